import { data, Form, href } from "react-router";
import { endMails } from "#app/notifications/settings.server.ts";
import { mailsOf } from "#app/notifications/settings-form.ts";
import { readUnsubscribeToken, type Unsubscription } from "#app/notifications/unsubscribe-token.server.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { useRootData } from "#app/site/root-data.ts";
import { SubmitButton } from "#app/ui/button.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/unsubscribe";

/** A visit changes nothing: programs that look at mails follow their links. */
export function loader({ url }: Route.LoaderArgs) {
  return { mails: mailsOf(unsubscriptionOf(url).kinds) };
}

/** By the button of this page, or by a mail program; what the body says is not asked for: the link is the proof. */
export async function action({ url }: Route.ActionArgs) {
  const { userId, kinds } = unsubscriptionOf(url);
  await endMails(userId, kinds);
  return { ended: true };
}

export function headers() {
  return { "Cache-Control": "no-store" };
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `Mails · ${root.loaderData.siteName}` }, { name: "robots", content: "noindex" }];
}

export default function Unsubscribe({ loaderData: { mails }, actionData }: Route.ComponentProps) {
  const { siteName } = useRootData();
  if (actionData?.ended) {
    return (
      <PageColumns>
        <h1 className="page-title">{`No more mails about ${mails}`}</h1>
        <p>
          What happens is still told on {siteName}. You can change this at any time in your{" "}
          <Link className="text-link" to={href("/settings/notifications")}>
            notification settings
          </Link>
          .
        </p>
      </PageColumns>
    );
  }
  return (
    <PageColumns>
      <h1 className="page-title">{`Stop mails about ${mails}?`}</h1>
      <Form method="post" className="form">
        <p>{siteName} will send you no more of them. What happens is still told on the site.</p>
        <p>
          <SubmitButton busyText="Stopping">Stop these mails</SubmitButton>
        </p>
      </Form>
    </PageColumns>
  );
}

function unsubscriptionOf(url: URL): Unsubscription {
  const found = readUnsubscribeToken(url.searchParams.get("token"));
  if (!found) throw data(null, { status: 404, statusText: "Not Found" });
  return found;
}
