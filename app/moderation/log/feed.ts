import { href } from "react-router";
import type { LogEntry } from "#app/moderation/log/log-entry.ts";
import { logSentence } from "#app/moderation/log/log-words.tsx";
import { listLog, namesAreShown } from "#app/moderation/log/public-log.server.ts";
import { answerDocument } from "#app/server/document.server.ts";
import { settings } from "#app/server/env.server.ts";
import { feedTypes } from "#app/syndication/feed.ts";
import { xml, xmlDocument } from "#app/syndication/xml.ts";
import type { Route } from "./+types/feed";

/** The newest lines of the public log as Atom (RFC 4287). */
export async function loader({ request }: Route.LoaderArgs) {
  const { entries } = await listLog({ kind: null, moderator: null, from: null, to: null }, null, await namesAreShown());
  const lastModified = new Date(entries[0]?.createdAt ?? 0);
  return answerDocument(request, feedOf(entries, lastModified), {
    type: `${feedTypes.xml}; charset=utf-8`,
    // No Last-Modified: a line changes when its act is undone, and bears the same time.
    headers: { "X-Robots-Tag": "noindex" },
  });
}

function feedOf(entries: LogEntry[], updatedAt: Date): string {
  const { siteName, siteUrl } = settings();
  const self = siteUrl + href("/moderation/log.xml");
  return xmlDocument(xml`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<id>${self}</id>
<title>${`Moderation log · ${siteName}`}</title>
<updated>${updatedAt.toISOString()}</updated>
<link rel="self" type="${feedTypes.xml}" href="${self}"/>
<link rel="alternate" type="text/html" href="${siteUrl + href("/moderation/log")}"/>
${entries.map((entry) => entryOf(entry, siteUrl))}</feed>`);
}

function entryOf(entry: LogEntry, siteUrl: string) {
  const url = siteUrl + href("/moderation/log/:actionId", { actionId: entry.id });
  const said = [entry.reason, entry.rule && `Rule: ${entry.rule}`, entry.undone && "Undone since"].filter(Boolean);
  return xml`<entry>
<id>${url}</id>
<title>${logSentence(entry)}</title>
<published>${entry.createdAt}</published>
<updated>${entry.createdAt}</updated>
<author><name>${entry.by}</name></author>
<link rel="alternate" type="text/html" href="${url}"/>
<summary>${said.join("\n")}</summary>
</entry>
`;
}
