import { data, Form, href } from "react-router";
import { findEmailChange, undoEmailChange } from "#app/auth/account/addresses.server.ts";
import { factsOf } from "#app/auth/browser.server.ts";
import { EntryPage } from "#app/auth/entry-page.tsx";
import { titled } from "#app/auth/page-title.ts";
import { isToken } from "#app/auth/tokens.server.ts";
import { neverCached } from "#app/auth/visitors-only.ts";
import { spend } from "#app/middleware/rate-limit.ts";
import type { PageHandle } from "#app/site/page-scripts.ts";
import { buttonClass, SubmitButton } from "#app/ui/button.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/undo-email-change";

export const handle: PageHandle = { scripts: true };

export const middleware: Route.MiddlewareFunction[] = [neverCached];

export async function loader({ url }: Route.LoaderArgs) {
  const token = url.searchParams.get("token");
  return { change: isToken(token) ? await findEmailChange(token) : null };
}

export async function action({ request, url }: Route.ActionArgs) {
  await spend("reset-by-source");
  const token = url.searchParams.get("token");
  const undone = isToken(token) && (await undoEmailChange(token, factsOf(request)));
  return data({ undone }, { status: undone ? 200 : 400 });
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Take the change back", matches);

export default function UndoEmailChange({ loaderData: { change }, actionData }: Route.ComponentProps) {
  if (actionData?.undone) {
    return (
      <EntryPage
        title="It is your account again"
        lead={
          <p>Your mail goes to your address as before, and every device is signed out. Now choose a new password.</p>
        }
      >
        <p className="actions">
          <Link className={buttonClass()} to={href("/forgot-password")}>
            Choose a new password
          </Link>
        </p>
      </EntryPage>
    );
  }
  if (!change) {
    return (
      <EntryPage title="This link is over" lead={<p>It works once, for seven days after the change.</p>}>
        {null}
      </EntryPage>
    );
  }
  return (
    <EntryPage
      title="Take the change back"
      lead={
        <p>{`The account @${change.username} was given another e-mail address. If that was not you, take it back: ${change.oldEmail} becomes its address again, and every device is signed out.`}</p>
      }
    >
      <Form method="post" className="form">
        <SubmitButton busyText="Taking it back">Take the change back</SubmitButton>
      </Form>
    </EntryPage>
  );
}
