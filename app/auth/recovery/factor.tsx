import { data, Form, href } from "react-router";
import { browserOf } from "#app/auth/browser.server.ts";
import { endedCeremonyCookie, findCeremony, readCeremonyToken } from "#app/auth/ceremonies.server.ts";
import { goOn } from "#app/auth/door.server.ts";
import { EntryPage } from "#app/auth/entry-page.tsx";
import { titled } from "#app/auth/page-title.ts";
import { beginRecovery, findRecovery, finishRecovery } from "#app/auth/recovery/factor-recovery.server.ts";
import {
  type RecoveryState,
  recoveryForm,
  recoveryHours,
  recoveryOpenDays,
} from "#app/auth/recovery/factor-recovery.ts";
import { neverCached, visitorsOnly } from "#app/auth/visitors-only.ts";
import { readForm } from "#app/server/form.server.ts";
import type { PageHandle } from "#app/site/page-scripts.ts";
import { buttonClass, SubmitButton } from "#app/ui/button.tsx";
import { Link } from "#app/ui/link.tsx";
import { fullMoment } from "#app/ui/time-ago.tsx";
import type { Route } from "./+types/factor";

export const handle: PageHandle = { scripts: true };

export const middleware: Route.MiddlewareFunction[] = [neverCached, visitorsOnly];

export async function loader({ request }: Route.LoaderArgs): Promise<RecoveryState> {
  const first = await findFirst(request);
  return first ? findRecovery(first.userId) : { is: "over" };
}

export async function action({ request }: Route.ActionArgs) {
  const form = recoveryForm.safeParse(Object.fromEntries(await readForm(request)));
  const first = await findFirst(request);
  if (!form.success || !first) return data(null, { status: 400 });
  const browser = browserOf(request);
  const answer = form.data.act === "begin" ? await beginRecovery(first, browser) : await finishRecovery(first, browser);
  const over: ["Set-Cookie", string] = ["Set-Cookie", endedCeremonyCookie("second-factor")];
  if (answer.is === "in") return goOn(answer.entry, href("/settings/security"), [over]);
  const begun = form.data.act === "begin" && answer.is === "waiting";
  return data(answer, begun ? { headers: [over] } : { status: 400 });
}

/** The sign-in of this browser that waits for its second factor. */
async function findFirst(request: Request): Promise<{ userId: string; token: string } | null> {
  const token = readCeremonyToken("second-factor", request);
  const ceremony = token ? await findCeremony("second-factor", request) : null;
  return token && ceremony?.userId ? { userId: ceremony.userId, token } : null;
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Lost second factor", matches);

export default function Factor({ loaderData, actionData }: Route.ComponentProps) {
  const state = actionData ?? loaderData;
  switch (state.is) {
    case "none":
      return <Begin />;
    case "waiting":
      return <Waiting readyAt={state.readyAt} />;
    case "ready":
      return <Finish />;
    case "staff":
      return (
        <Refused>
          Moderators and admins do not come back by waiting on this site. Ask another admin: once they have made you a
          member, you can. Where no other admin is, whoever runs the server can name one.
        </Refused>
      );
    case "not-offered":
      return <Refused>This site does not take it off by waiting. Write to the people who run it.</Refused>;
    default:
      return <Refused>This sign-in is over. Begin it again, and you come back here.</Refused>;
  }
}

function Begin() {
  return (
    <EntryPage
      title="Both are lost?"
      lead={
        <p>{`Then your second factor can be taken off after ${recoveryHours} hours, so that nobody does it behind your back.`}</p>
      }
    >
      <ul className="act-effects">
        <li>We write to every address of yours now, and say it on every device on which you are signed in.</li>
        <li>{`For ${recoveryHours} hours anybody who reads that can stop it. A new password does not make it shorter.`}</li>
        <li>{`Then come back within ${recoveryOpenDays} days and sign in again as you just did. You are signed out everywhere else.`}</li>
        <li>If you find your app or a backup code meanwhile, sign in with it; that ends the waiting.</li>
      </ul>
      <Form method="post" className="form">
        <SubmitButton name="act" value="begin" busyText="Beginning">
          Begin the {recoveryHours} hours
        </SubmitButton>
      </Form>
      <BackToCode />
    </EntryPage>
  );
}

function Waiting({ readyAt }: { readyAt: string }) {
  return (
    <EntryPage
      title="You wait now"
      lead={
        <p>{`Come back after ${fullMoment(readyAt)} and sign in again as you just did. You then have ${recoveryOpenDays} days.`}</p>
      }
    >
      <p>Every address of yours has been told, with a link that stops it.</p>
    </EntryPage>
  );
}

function Finish() {
  return (
    <EntryPage
      title="The time is over"
      lead={
        <p>
          Nobody has stopped it. Your second factor and its backup codes are taken off, and you are signed out
          everywhere but here.
        </p>
      }
    >
      <Form method="post" className="form">
        <SubmitButton name="act" value="finish" busyText="Taking it off">
          Take it off and sign in
        </SubmitButton>
      </Form>
      <BackToCode />
    </EntryPage>
  );
}

function BackToCode() {
  return (
    <div className="entry-more">
      <p>
        <Link className="text-link" to={href("/sign-in/two-factor")}>
          I have a code after all
        </Link>
      </p>
    </div>
  );
}

function Refused({ children }: { children: string }) {
  return (
    <EntryPage title="Not this way" lead={<p>{children}</p>}>
      <p className="actions">
        <Link className={buttonClass()} to={href("/sign-in")}>
          Sign in
        </Link>
      </p>
    </EntryPage>
  );
}
