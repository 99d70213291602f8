import { data, href } from "react-router";
import { listOutbox, outboxExists } from "#app/server/mail.server.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { Empty } from "#app/ui/empty.tsx";
import { TimeAgo } from "#app/ui/time-ago.tsx";
import type { Route } from "./+types/outbox";

export async function loader() {
  if (!outboxExists()) throw data(null, { status: 404, statusText: "Not Found" });
  const mails = await listOutbox();
  return { mails: mails.map(({ key, to, subject, text, queuedAt }) => ({ key, to, subject, text, queuedAt })) };
}

export function headers() {
  return { "Cache-Control": "no-store" };
}

export function meta() {
  return [{ title: "Outbox" }, { name: "robots", content: "noindex" }];
}

export default function Outbox({ loaderData: { mails } }: Route.ComponentProps) {
  return (
    <PageColumns>
      <h1 className="page-title">Outbox</h1>
      <p className="muted">
        This site has no mail server, so the mails that it would have sent are kept here. A real site has no such page.
      </p>
      {mails.length === 0 && <Empty title="No mail yet" />}
      {mails.map((mail) => (
        <article key={mail.key} className="mail">
          <h2>{mail.subject}</h2>
          <p className="muted">
            To {mail.to} · <TimeAgo at={mail.queuedAt} /> ·{" "}
            <a className="text-link" href={href("/dev/mail/:mail", { mail: mail.key })} target="_blank" rel="noopener">
              See it as HTML<span className="sr-only">: {mail.subject}</span>
            </a>
          </p>
          <pre>{mail.text}</pre>
        </article>
      ))}
    </PageColumns>
  );
}
