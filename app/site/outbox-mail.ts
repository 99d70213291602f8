import { data } from "react-router";
import { findInOutbox, outboxExists } from "#app/server/mail.server.ts";
import type { Route } from "./+types/outbox-mail";

/** A kept mail as a mail program shows it: with its own styles, and without anything from elsewhere. */
export async function loader({ params }: Route.LoaderArgs) {
  const mail = outboxExists() ? await findInOutbox(params.mail) : null;
  if (!mail) throw data(null, { status: 404, statusText: "Not Found" });
  return new Response(mail.html, {
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy":
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; sandbox allow-popups",
      "Cache-Control": "no-store",
    },
  });
}
