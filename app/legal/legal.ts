/** What a site binds itself and its members to. */
export const legalKinds = ["terms", "privacy"] as const;
export type LegalKind = (typeof legalKinds)[number];

export const legalTitles: Record<LegalKind, string> = { terms: "Terms of use", privacy: "Privacy notice" };

/** One of the versions that a text has had. */
export interface LegalVersion {
  kind: LegalKind;
  version: number;
}

/** The version of each text that somebody agrees to. */
export type Agreed = Partial<Record<LegalKind, number>>;

/** The boxes of a form that were ticked: each is sent with the number of the version that it names. */
export function readAgreed(form: FormData): Agreed {
  const agreed: Agreed = {};
  for (const kind of legalKinds) {
    const version = Number(form.get(`agreed-${kind}`));
    if (Number.isInteger(version) && version > 0) agreed[kind] = version;
  }
  return agreed;
}
