import { z } from "zod";
import type { RequestFacts } from "#app/auth/browser.server.ts";
import { assertStillAdmin } from "#app/auth/still-admin.server.ts";
import { assertStillMay } from "#app/auth/still-signed-in.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import type { Agreed, LegalKind, LegalVersion } from "#app/legal/legal.ts";
import { legalKindSchema } from "#app/legal/legal-form.ts";
import { renderMarkdown } from "#app/markdown/markdown.server.ts";
import { recordEvent } from "#app/register/audit-events.server.ts";
import { inTransaction, select } from "#app/server/database.server.ts";

/** The texts that hold now, and since when. */
export function listLatestTexts(): Promise<(LegalVersion & { publishedAt: string })[]> {
  return select("latest-legal-texts", latestSql, [], latestRow);
}

const latestSql = `
  select distinct on (kind) kind, version, published_at as "publishedAt"
    from legal_texts order by kind desc, version desc`;

const latestRow = z.object({
  kind: legalKindSchema,
  version: z.number(),
  publishedAt: z.date().transform((at) => at.toISOString()),
});

/** One version of a text, the latest where none is asked for, with the numbers of all of them. */
export async function findText(kind: LegalKind, version: number | null): Promise<LegalText | null> {
  const [text] = await select("legal-text", textSql, [kind, version], textRow);
  return text ?? null;
}

const textSql = `
  select version, body, body_html as "bodyHtml", asks_again as "asksAgain", published_at as "publishedAt",
         (select jsonb_agg(jsonb_build_object('version', version, 'publishedAt', published_at) order by version desc)
            from legal_texts where kind = $1) as versions
    from legal_texts where kind = $1 and ($2::int is null or version = $2) order by version desc limit 1`;

const textRow = z.object({
  version: z.number(),
  body: z.string(),
  bodyHtml: z.string(),
  asksAgain: z.boolean(),
  publishedAt: z.date().transform((at) => at.toISOString()),
  versions: z.array(z.object({ version: z.number(), publishedAt: z.string() })),
});

export type LegalText = z.infer<typeof textRow>;

/** Publishes the next version of a text; the former ones stay as they are. @returns its number */
export async function publishText(
  viewer: Viewer,
  kind: LegalKind,
  { body, asksAgain }: { body: string; asksAgain: boolean },
  facts: RequestFacts,
): Promise<number> {
  const { html } = await renderMarkdown(body);
  return inTransaction(async (tx) => {
    await assertStillAdmin(tx, viewer);
    // Two at once are two versions, one after the other.
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('legal_texts'))`;
    const last = await tx.legalText.findFirst({
      where: { kind },
      orderBy: { version: "desc" },
      select: { version: true },
    });
    const version = (last?.version ?? 0) + 1;
    await tx.legalText.create({
      data: { kind, version, body, bodyHtml: html, asksAgain, publishedBy: viewer.id },
      select: { version: true },
    });
    await recordEvent(tx, "legal-text-published", {
      userId: viewer.id,
      actorId: viewer.id,
      ...facts,
      details: { kind, version, asksAgain },
    });
    return version;
  });
}

/**
 * The texts that a member is asked to agree to: those that have a version that asks again and is later than what they
 * agreed to. Whoever joined before there was a text has agreed to none.
 */
export async function listUnagreed(userId: string): Promise<(LegalVersion & { publishedAt: string })[]> {
  return select("unagreed-texts", unagreedSql, [userId], latestRow);
}

const unagreedSql = `
  select distinct on (t.kind) t.kind, t.version, t.published_at as "publishedAt"
    from legal_texts t
   where exists (select from legal_texts a
                  where a.kind = t.kind and a.asks_again
                    and a.version > coalesce((select max(c.version) from consents c
                                               where c.user_id = $1 and c.kind = t.kind), 0))
   order by t.kind desc, t.version desc`;

/** A member agrees to what holds now. @returns whether that is what they were shown */
export async function agree(viewer: Viewer, agreed: Agreed, facts: RequestFacts): Promise<boolean> {
  return inTransaction(async (tx) => {
    await assertStillMay(tx, viewer);
    const latest = versionRows.parse(
      await tx.$queryRaw`select kind, max(version) as version from legal_texts group by kind`,
    );
    const given = latest.filter(({ kind, version }) => agreed[kind] === version);
    if (given.length < Object.keys(agreed).length || given.length === 0) return false;
    const data = given.map((text) => ({ userId: viewer.id, ...text }));
    const { count } = await tx.consent.createMany({ data, skipDuplicates: true });
    if (count > 0) {
      const details = { texts: given.map(({ kind, version }) => `${kind} ${version}`) };
      await recordEvent(tx, "consented", { userId: viewer.id, actorId: viewer.id, ...facts, details });
    }
    return true;
  });
}

const versionRows = z.array(z.object({ kind: legalKindSchema, version: z.number() }));

/** What somebody has agreed to, the latest first. */
export function listConsents(userId: string): Promise<z.infer<typeof consentRow>[]> {
  return select("own-consents", consentsSql, [userId], consentRow);
}

const consentsSql = `
  select kind, version, given_at as "givenAt" from consents where user_id = $1 order by given_at desc, kind desc`;

const consentRow = z.object({
  kind: legalKindSchema,
  version: z.number(),
  givenAt: z.date().transform((at) => at.toISOString()),
});
