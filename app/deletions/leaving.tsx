import { data, Form, href } from "react-router";
import { browserOf } from "#app/auth/browser.server.ts";
import { endedCeremonyCookie, readCeremonyToken } from "#app/auth/ceremonies.server.ts";
import { goOn } from "#app/auth/door.server.ts";
import { EntryPage } from "#app/auth/entry-page.tsx";
import { titled } from "#app/auth/page-title.ts";
import { neverCached, visitorsOnly } from "#app/auth/visitors-only.ts";
import { graceDays } from "#app/deletions/deletion.ts";
import { findLeaving, stay } from "#app/deletions/deletions.server.ts";
import { buttonClass, SubmitButton } from "#app/ui/button.tsx";
import { Link } from "#app/ui/link.tsx";
import { fullDate } from "#app/ui/time-ago.tsx";
import type { Route } from "./+types/leaving";

export const middleware: Route.MiddlewareFunction[] = [neverCached, visitorsOnly];

export async function loader({ request, url }: Route.LoaderArgs) {
  return { leaving: await findLeaving(request), asked: url.searchParams.has("asked") };
}

export async function action({ request }: Route.ActionArgs) {
  const entry = await stay(readCeremonyToken("leaving", request), browserOf(request));
  const over: ["Set-Cookie", string] = ["Set-Cookie", endedCeremonyCookie("leaving")];
  return entry ? goOn(entry, `${href("/settings/data")}?done=stayed`, [over]) : data({ over: true }, { status: 400 });
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Your account is being deleted", matches);

export default function Leaving({ loaderData: { leaving, asked }, actionData }: Route.ComponentProps) {
  if (leaving && !actionData) {
    return (
      <EntryPage
        title="Your account is being deleted"
        lead={
          <p>{`@${leaving.username}, you asked for that. On ${fullDate(leaving.dueAt)} it is deleted for good. Until then nothing is lost: if you change your mind, everything is as it was.`}</p>
        }
      >
        <Form method="post" className="actions">
          <SubmitButton busyText="Bringing it back">Keep my account</SubmitButton>
          <Link className={buttonClass("plain")} to={href("/")}>
            Leave it
          </Link>
        </Form>
      </EntryPage>
    );
  }
  const title = asked ? "Your account is being deleted" : "This page is over";
  const words = asked
    ? `You are signed out everywhere, and no longer shown. We have mailed you when it is deleted for good: in ${graceDays} days. If you change your mind before, sign in.`
    : "It opens when somebody signs in whose account is being deleted, for half an hour.";
  return (
    <EntryPage title={title} lead={<p>{words}</p>}>
      <p className="actions">
        <Link className={buttonClass("plain")} to={href("/sign-in")}>
          Sign in
        </Link>
      </p>
    </EntryPage>
  );
}
