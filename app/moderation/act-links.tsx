import { href } from "react-router";
import type { Viewer } from "#app/auth/viewer.ts";
import { personActPath } from "#app/moderation/act-addresses.ts";
import { type ActKind, actWords } from "#app/moderation/moderation.ts";
import { may, type Subject, whyNot } from "#app/moderation/policy.ts";
import { buttonClass } from "#app/ui/button.tsx";
import { Link } from "#app/ui/link.tsx";

/** The ways to the acts that the viewer may do, the gravest one last; and in words why not to the others. */
export function ActLinks({ viewer, user, sessionCount }: { viewer: Viewer; user: Subject; sessionCount: number }) {
  const { username } = user;
  const allowed = (act: ActKind) => may(act, viewer, user);
  return (
    <div className="act-links">
      <p className="actions">
        {allowed("role") && (
          <Link className={buttonClass("plain")} to={href("/admin/users/:username/role", { username })}>
            {viewer.id === user.id ? "Step down" : "Change role"}
          </Link>
        )}
        {allowed("sessions") && sessionCount > 0 && (
          <Link className={buttonClass("plain")} to={href("/admin/users/:username/sessions", { username })}>
            Sign out everywhere
          </Link>
        )}
        {small.map(
          (kind) =>
            allowed(kind) && (
              <Link key={kind} className={buttonClass("plain")} to={personActPath(kind, username)}>
                {actWords[kind].button}
              </Link>
            ),
        )}
        {allowed("unban") && (
          <Link className={buttonClass("plain")} to={href("/admin/users/:username/unban", { username })}>
            Lift the ban
          </Link>
        )}
        {allowed("ban") && (
          <Link className={buttonClass("danger")} to={href("/admin/users/:username/ban", { username })}>
            Ban
          </Link>
        )}
      </p>
      {lacks(viewer, user).map((text) => (
        <p key={text} className="muted">
          {text}
        </p>
      ))}
    </div>
  );
}

/** What is done by a form alone. */
const small = ["warn", "silence", "unsilence", "rename", "clear-profile", "clear-avatar"] as const;

/** What is not for the viewer to do here, each reason once. */
function lacks(viewer: Viewer, user: Subject): string[] {
  const refusals = (["ban", "role"] satisfies ActKind[]).map((act) => whyNot(act, viewer, user));
  return [
    ...new Set(refusals.filter((refusal) => refusal?.because === "authority").map((refusal) => refusal?.text ?? "")),
  ];
}
