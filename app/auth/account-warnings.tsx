import { Form, href } from "react-router";
import { isOverdue } from "#app/auth/staff-factor/staff-factor.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { Link } from "#app/ui/link.tsx";
import { fullMoment } from "#app/ui/time-ago.tsx";

/** What every page says to somebody whose account needs them, on each of their devices. */
export function AccountWarnings({ viewer: { role, staffFactorDue, recoveryReadyAt, consentDue } }: { viewer: Viewer }) {
  return (
    <>
      {recoveryReadyAt && (
        <aside className="account-warning" aria-label="Your second factor">
          <p>
            {`Somebody asked to have your second factor taken off, and can from ${fullMoment(recoveryReadyAt)} on. Is that not you?`}
          </p>
          <Form method="post" action={href("/settings/security/recovery-veto")}>
            <button type="submit" className="text-link link-button">
              Stop it
            </button>
          </Form>
        </aside>
      )}
      {staffFactorDue && !isOverdue(staffFactorDue) && (
        <aside className="account-warning" aria-label="Second factor needed">
          <p>
            {`From ${fullMoment(staffFactorDue)} on you need a second factor for your work as ${role === "admin" ? "an admin" : "a moderator"}.`}{" "}
            <Link className="text-link" to={href("/settings/security/two-factor")}>
              Set it up
            </Link>
          </p>
        </aside>
      )}
      {consentDue && (
        <aside className="account-warning" aria-label="What the site asks you to agree to">
          <p>
            {"What this site asks of you and binds itself to has changed. "}
            <Link className="text-link" to={href("/settings/agreement")}>
              Read it and agree
            </Link>
          </p>
        </aside>
      )}
    </>
  );
}
