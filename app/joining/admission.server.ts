import { z } from "zod";
import { domainsOf } from "#app/exclusions/exclusion.ts";
import { clientNetwork } from "#app/exclusions/exclusions.server.ts";
import { type TakenInvite, takeInvite } from "#app/invites/invites.server.ts";
import type { NotAdmittedBecause } from "#app/joining/admission.ts";
import { joiningModeNames } from "#app/joining/joining.ts";
import type { Agreed, LegalVersion } from "#app/legal/legal.ts";
import { legalKindSchema } from "#app/legal/legal-form.ts";
import type { Transaction } from "#app/server/database.server.ts";
import { bareSkeletonOf } from "#app/users/username.ts";

/** Ends the transaction of a newcomer whom the site does not take: what they brought is as it was. */
export class NotAdmitted extends Error {
  readonly because: NotAdmittedBecause;

  constructor(because: NotAdmittedBecause) {
    super(`Not admitted: ${because}`);
    this.because = because;
  }
}

export interface Admission {
  invite: TakenInvite | null;
  /** what they agree to */
  texts: LegalVersion[];
}

interface Newcomer {
  email: string;
  username: string;
  invite?: string | null | undefined;
  agreed?: Agreed | undefined;
}

/**
 * Whether the site takes a newcomer, asked by every way of joining in the transaction that makes the user. An invite
 * is used up here, also where nobody needs one: the tree of who brought whom has it then.
 * @throws NotAdmitted
 */
export async function admit(
  tx: Transaction,
  { email, username, invite: code, agreed = {} }: Newcomer,
): Promise<Admission> {
  const [site] = siteRow.parse(
    await tx.$queryRaw`
      select coalesce((select value ->> 'mode' from site_settings where name = 'joining'), 'open') as mode,
             exists (select from reserved_names where skeleton = ${bareSkeletonOf(username)}) as "nameReserved",
             exists (select from blocked_domains where domain = any(${domainsOf(email)})) as "domainBlocked",
             exists (select from blocked_networks
                      where network >>= ${clientNetwork()}::inet
                        and (expires_at is null or expires_at > now())) as "networkBlocked",
             (select coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'version', version) order by kind), '[]')
                from (select kind, max(version) as version from legal_texts group by kind) latest) as texts`,
  );
  if (!site || site.mode === "closed") throw new NotAdmitted("closed");
  if (site.networkBlocked) throw new NotAdmitted("network-blocked");
  if (site.domainBlocked) throw new NotAdmitted("domain-blocked");
  if (site.nameReserved) throw new NotAdmitted("name-reserved");
  if (site.texts.some(({ kind, version }) => agreed[kind] !== version)) throw new NotAdmitted("not-agreed");
  const invite = code || site.mode !== "open" ? await takeInvite(tx, code ?? null, email) : null;
  if (site.mode !== "open" && !invite) throw new NotAdmitted(site.mode);
  return { invite, texts: site.texts };
}

const siteRow = z.array(
  z.object({
    mode: z.enum(joiningModeNames),
    nameReserved: z.boolean(),
    domainBlocked: z.boolean(),
    networkBlocked: z.boolean(),
    texts: z.array(z.object({ kind: legalKindSchema, version: z.number() })),
  }),
);

/** What the user, who exists now, came by and agreed to. */
export async function settleIn(tx: Transaction, userId: string, { invite, texts }: Admission): Promise<void> {
  if (invite) {
    const { id: inviteId, inviterId } = invite;
    await tx.arrival.create({ data: { userId, inviteId, inviterId }, select: { userId: true } });
  }
  if (texts.length > 0) await tx.consent.createMany({ data: texts.map((text) => ({ userId, ...text })) });
}
