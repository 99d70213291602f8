import { href } from "react-router";
import { EntryPage } from "#app/auth/entry-page.tsx";
import type { JoiningMode } from "#app/joining/joining.ts";
import { useRootData } from "#app/site/root-data.ts";
import { Link } from "#app/ui/link.tsx";

interface DoorProps {
  mode: JoiningMode;
  invite: { open: boolean; inviter: string | null } | null;
}

/** What happens to whoever gives their address, said before they do. */
export function DoorWords({ mode, invite }: DoorProps) {
  return (
    <>
      {invite && (
        <p className="notice">
          {invite.open
            ? `Your invite${invite.inviter ? ` from @${invite.inviter}` : ""} is good.`
            : "Your invite does not work any more: it is used up, expired or taken back."}
        </p>
      )}
      <p>{`We mail you a code, to see that the address is yours. ${afterwards(invite?.open ? "open" : mode)}`}</p>
    </>
  );
}

function afterwards(mode: JoiningMode): string {
  if (mode === "approval") {
    return "Then you answer a question, and the people who run this site decide. You get a mail either way.";
  }
  if (mode === "waitlist") {
    return "Then you stand in the list of those who wait, and we mail you when it is your turn.";
  }
  return "Then you choose a username and a password.";
}

/** The page for joining where nobody can, or not like this. */
export function DoorClosed({ mode, invite }: DoorProps) {
  const { siteName } = useRootData();
  return (
    <EntryPage
      title={mode === "closed" ? `${siteName} takes nobody new now` : `${siteName} is joined by invite`}
      lead={mode === "closed" ? <p>You may read everything that visitors may read.</p> : <NoInvite invite={invite} />}
    >
      <div className="entry-more">
        <p>
          Are you a member already?{" "}
          <Link className="text-link" to={href("/sign-in")}>
            Sign in
          </Link>{" "}
          or{" "}
          <Link className="text-link" to={href("/sign-in/code")}>
            have a code mailed to you
          </Link>
          .
        </p>
      </div>
    </EntryPage>
  );
}

function NoInvite({ invite }: Pick<DoorProps, "invite">) {
  return (
    <p>
      {invite
        ? "Your invite does not work any more: it is used up, expired or taken back. Ask for another one whoever gave it to you."
        : "Ask a member for one, and open the link that they give you."}
    </p>
  );
}
