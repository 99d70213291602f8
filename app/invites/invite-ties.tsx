import { href } from "react-router";
import { Link } from "#app/ui/link.tsx";
import { fullDate } from "#app/ui/time-ago.tsx";

interface InviteTiesProps {
  username: string;
  ties: { broughtBy: string | null; arrivedAt: string | null; brought: number; openInvites: number };
  /** whether the viewer may see the whole tree */
  linked: boolean;
}

/** On the page of one user: who brought them, and whom they brought. */
export function InviteTies({ username, ties, linked }: InviteTiesProps) {
  const { broughtBy, arrivedAt, brought, openInvites } = ties;
  return (
    <section className="user-section" aria-labelledby="invites">
      <h2 id="invites">Invites</h2>
      <p>
        {arrivedAt === null && "They joined without an invite. "}
        {arrivedAt !== null && broughtBy === null && `They joined by an invite on ${fullDate(arrivedAt)}. `}
        {arrivedAt !== null && broughtBy !== null && (
          <>
            {"Brought by "}
            <Link className="text-link" to={href("/admin/users/:username", { username: broughtBy })}>
              @{broughtBy}
            </Link>
            {` on ${fullDate(arrivedAt)}. `}
          </>
        )}
        {`They brought ${brought === 0 ? "nobody" : brought.toLocaleString("en-GB")}; ${openInvites} open ${openInvites === 1 ? "invite" : "invites"}.`}
      </p>
      {linked && (
        <Link className="text-link" to={href("/admin/invites/:username", { username })}>
          Everybody below them
        </Link>
      )}
    </section>
  );
}
