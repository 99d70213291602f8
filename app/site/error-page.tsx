import type { ReactNode } from "react";
import { type ErrorResponse, Form, href, useLocation } from "react-router";
import { FactorMissing } from "#app/auth/staff-factor/factor-missing.tsx";
import { isFactorMissing } from "#app/auth/staff-factor/staff-factor.ts";
import { isClosedInGlassBox } from "#app/impersonation/glass-box.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { useRequestId } from "#app/site/request-id.ts";
import { buttonClass } from "#app/ui/button.tsx";
import { Link } from "#app/ui/link.tsx";
import { fullDate } from "#app/ui/time-ago.tsx";

/** What went wrong and what to do next; for every failure that no page answers itself. */
export function ErrorPage({ error }: { error: ErrorResponse | null }) {
  if (error && isBan(error.data)) return <BanPage {...error.data.ban} />;
  switch (error?.status) {
    case 400:
      return (
        <Plain status="400" title="The form did not arrive whole">
          <p>Nothing was changed. Use your browser's Back button to find what you typed, and send it again.</p>
        </Plain>
      );
    case 401:
      return <SignInFirst />;
    case 403:
      if (isFactorMissing(error.data)) return <FactorMissing />;
      if (isClosedInGlassBox(error.data)) {
        return (
          <Plain status="403" title="You only read here">
            <p>
              You see the site as somebody else, so nothing was changed, and what is private to them stays closed. End
              it first, with the button above, to do anything in your own name.
            </p>
          </Plain>
        );
      }
      if (!isForeignOrigin(error.data)) {
        return (
          <Plain status="403" title="That is not yours to do">
            <p>Your role does not allow it, or no longer does.</p>
          </Plain>
        );
      }
      return (
        <Plain status="403" title="This did not come from this site">
          <p>
            The form was sent from another address than this site's, so nothing was changed. Open the page here and send
            it again.
          </p>
        </Plain>
      );
    case 404:
      return (
        <Plain status="404" title="Nothing is here">
          <p>The address may be mistyped, or what was here has been deleted or removed.</p>
        </Plain>
      );
    case 405:
      return (
        <Plain status="405" title="This address does something else">
          <p>It takes a form, not a visit. Go back and use the button there.</p>
        </Plain>
      );
    case 429:
      return <TooMany error={error} />;
    case 503:
      return (
        <Plain status="503" title="The database does not answer">
          <p>Nothing was lost, and if you were signed in you still are. Try again in a moment.</p>
        </Plain>
      );
    default:
      return <Broken />;
  }
}

interface BanData {
  ban: {
    username: string;
    reason: string;
    rule: string | null;
    actionId: string | null;
    createdAt: Date;
    expiresAt: Date | null;
    contact: string | null;
  };
}

function isBan(thrown: unknown): thrown is BanData {
  return typeof thrown === "object" && thrown !== null && "ban" in thrown;
}

function isForeignOrigin(thrown: unknown): boolean {
  return typeof thrown === "object" && thrown !== null && "foreignOrigin" in thrown;
}

function BanPage({ username, reason, rule, actionId, createdAt, expiresAt, contact }: BanData["ban"]) {
  return (
    <Plain
      status="Banned"
      title={expiresAt ? `You are banned until ${fullDate(expiresAt.toISOString())}` : "You are banned for good"}
    >
      <dl className="facts">
        <dt>Who</dt>
        <dd>@{username}</dd>
        {rule && (
          <>
            <dt>Rule</dt>
            <dd>{rule}</dd>
          </>
        )}
        <dt>Why</dt>
        <dd>{reason}</dd>
        <dt>Since</dt>
        <dd>{fullDate(createdAt.toISOString())}</dd>
        <dt>Until</dt>
        <dd>
          {expiresAt
            ? `${fullDate(expiresAt.toISOString())}, ${expiresAt.toISOString().slice(11, 16)} UTC. It ends by itself; sign in again then.`
            : "There is no end date."}
        </dd>
      </dl>
      <p>
        {actionId
          ? "If you think that this is wrong, appeal: somebody else decides about it. You may take your data with you, or delete your account. "
          : "If you think that this is wrong, write to the people who run this site and name your username. "}
        {contact && (
          <>
            {"They are reached at "}
            <a className="text-link" href={`mailto:${contact}`}>
              {contact}
            </a>
            {". "}
          </>
        )}
        {"You may read the site signed out."}
      </p>
      <p className="actions">
        {actionId && (
          <Link className={buttonClass("primary")} to={href("/decisions/:actionId", { actionId })}>
            See the decision, and appeal
          </Link>
        )}
        <Link className={buttonClass("plain")} to={href("/settings/data")}>
          Your data
        </Link>
      </p>
      <Form method="post" action={href("/sign-out")} reloadDocument>
        <button type="submit" className={buttonClass("plain")}>
          Sign out
        </button>
      </Form>
    </Plain>
  );
}

function Broken() {
  const id = useRequestId();
  return (
    <Plain status="500" title="Something broke on our side">
      <p>
        Nothing of it was kept by half. Go back and try again; if it happens again, tell the people who run this site.
      </p>
      <p className="muted">
        Give them this number: <span suppressHydrationWarning>{id ?? "none"}</span>
      </p>
    </Plain>
  );
}

function SignInFirst() {
  const { pathname, search } = useLocation();
  return (
    <Plain status="401" title="Sign in to see this page">
      <p>You will come back here afterwards.</p>
      <p className="actions">
        <Link
          className={buttonClass("primary")}
          to={`${href("/sign-in")}?redirectTo=${encodeURIComponent(pathname + search)}`}
        >
          Sign in
        </Link>
        <Link className={buttonClass("plain")} to={href("/join")}>
          Join
        </Link>
      </p>
    </Plain>
  );
}

function TooMany({ error }: { error: ErrorResponse }) {
  const seconds = Number(error.data?.retryAfterSeconds ?? 60);
  const wait = seconds > 90 ? `${Math.ceil(seconds / 60)} minutes` : `${seconds} seconds`;
  if (error.data?.mailed) return <MailedEnough what={error.data.mailed} wait={wait} />;
  return (
    <Plain status="429" title="That was a lot in a short time">
      <p>Wait {wait}, then try again. Use your browser's Back button to find what you typed.</p>
    </Plain>
  );
}

/** No more mail for an address: what was mailed already lets its owner in, whoever asked for it. */
function MailedEnough({ what, wait }: { what: "codes" | "links"; wait: string }) {
  return (
    <Plain status="429" title="Look into your mail">
      <p>
        Several {what} were asked for at this address within the last hour, so no more are mailed for {wait}.{" "}
        {what === "codes"
          ? "One of those mails, usually the newest, has a link that lets you in, in any browser."
          : "The newest link works until then, in any browser."}
      </p>
      <p>If it was somebody else who asked, they do not get in: they do not have your mail.</p>
    </Plain>
  );
}

function Plain({ status, title, children }: { status: string; title: string; children: ReactNode }) {
  return (
    <PageColumns>
      <title>{title}</title>
      <div className="error-page">
        <p className="error-status">{status}</p>
        <h1>{title}</h1>
        {children}
        {status !== "401" && status !== "Banned" && (
          <p className="actions">
            <Link className={buttonClass("plain")} to={href("/")}>
              Read the latest
            </Link>
          </p>
        )}
      </div>
    </PageColumns>
  );
}
