import { href } from "react-router";
import { PageColumns } from "#app/site/page-columns.tsx";
import { buttonClass } from "#app/ui/button.tsx";
import { Link } from "#app/ui/link.tsx";

/** Instead of a page of moderators and admins, for one of them without the second factor that it needs. */
export function FactorMissing() {
  return (
    <PageColumns>
      <title>This needs your second factor</title>
      <div className="entry">
        <h1 className="page-title">This needs your second factor</h1>
        <div className="entry-lead">
          <p>
            The people who run this site ask every moderator and admin for a second factor. Everything else on the site
            is open to you as before.
          </p>
          <p>
            Set up an authenticator app. Or, if you have a passkey, sign out and sign in with it: it counts as both.
          </p>
        </div>
        <p className="actions">
          <Link className={buttonClass()} to={href("/settings/security/two-factor")}>
            Set up a second factor
          </Link>
          <Link className={buttonClass("plain")} to={href("/settings/security/passkeys")}>
            Your passkeys
          </Link>
        </p>
      </div>
    </PageColumns>
  );
}
