import { data } from "react-router";
import { findEmailChange, undoEmailChange } from "#app/auth/account/addresses.server.ts";
import { factsOf } from "#app/auth/browser.server.ts";
import { titled } from "#app/auth/page-title.ts";
import { LinkOver, TakeBack, TakenBack } from "#app/auth/recovery/take-back.tsx";
import { tokenOf } from "#app/auth/tokens.server.ts";
import { neverCached } from "#app/auth/visitors-only.ts";
import { spend } from "#app/middleware/rate-limit.ts";
import type { PageHandle } from "#app/site/page-scripts.ts";
import type { Route } from "./+types/undo-email-change";

export const handle: PageHandle = { scripts: true };

export const middleware: Route.MiddlewareFunction[] = [neverCached];

export async function loader({ url }: Route.LoaderArgs) {
  const token = tokenOf(url);
  return { change: token && (await findEmailChange(token)) };
}

export async function action({ request, url }: Route.ActionArgs) {
  await spend("reset-by-source");
  const token = tokenOf(url);
  const undone = token !== null && (await undoEmailChange(token, factsOf(request)));
  return data({ undone }, { status: undone ? 200 : 400 });
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Take the change back", matches);

export default function UndoEmailChange({ loaderData: { change }, actionData }: Route.ComponentProps) {
  if (actionData?.undone) {
    return (
      <TakenBack
        title="It is your account again"
        lead="Your mail goes to your address as before, and every device is signed out. Now choose a new password."
      />
    );
  }
  if (!change) return <LinkOver lead="It works once, for seven days after the change." />;
  return (
    <TakeBack
      title="Take the change back"
      lead={`The account @${change.username} was given another e-mail address. If that was not you, take it back: ${change.oldEmail} becomes its address again, and every device is signed out.`}
      button={{ words: "Take the change back", busy: "Taking it back" }}
    />
  );
}
