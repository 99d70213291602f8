import { Form, redirect } from "react-router";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { pathAfterMute, readWish } from "#app/mutes/mute-request.server.ts";
import { findOther, setBlock } from "#app/mutes/mutes.server.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { buttonClass, SubmitButton } from "#app/ui/button.tsx";
import { Link } from "#app/ui/link.tsx";
import { userPath } from "#app/users/user.ts";
import type { Route } from "./+types/block";

export const middleware: Route.MiddlewareFunction[] = [requireViewer];

export function loader({ params, context }: Route.LoaderArgs) {
  return findOther(viewerOf(context), params.username);
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const viewer = viewerOf(context);
  const wish = await readWish(request);
  const other = await findOther(viewer, params.username);
  await setBlock(viewer, other.username, wish.on);
  return redirect(pathAfterMute(other.username, wish));
}

export function meta({ params, matches: [root] }: Route.MetaArgs) {
  return [{ title: `Block @${params.username} · ${root.loaderData.siteName}` }];
}

export default function Block({ loaderData: { username, name, avatar, kind } }: Route.ComponentProps) {
  const blocked = kind === "block";
  return (
    <PageColumns>
      <h1 className="page-title">{blocked ? `Unblock @${username}` : `Block @${username}`}</h1>
      <p className="person-line">
        <img src={avatar} alt="" width={40} height={40} />
        <span>
          <bdi className="person-name">{name}</bdi> <span className="muted">@{username}</span>
        </span>
      </p>
      <ul className="mute-effects">
        {blocked ? (
          <>
            <li>You see what they write again, and they can answer, mention and follow you again.</li>
            <li>You do not follow each other: that ended with the block.</li>
          </>
        ) : (
          <>
            <li>Their posts leave your lists, their comments stay closed, and you are told nothing of what they do.</li>
            <li>They can neither comment on your posts, answer your comments, mention you nor follow you.</li>
            <li>If you follow each other, that ends, on both sides.</li>
            <li>
              Nobody tells them. They can notice when they try to answer you, and what is public they can still read.
            </li>
            <li>Moderators still see what both of you write. You can undo it at any time.</li>
          </>
        )}
      </ul>
      {!blocked && kind === null && (
        <p className="mute-lighter">To see nothing of theirs without their noticing anything, mute them instead.</p>
      )}
      <Form method="post" className="actions">
        <input type="hidden" name="on" value={String(!blocked)} />
        <Link className={buttonClass("quiet")} to={userPath(username)}>
          Cancel
        </Link>
        <SubmitButton kind={blocked ? "plain" : "danger"} busyText={blocked ? "Unblocking" : "Blocking"}>
          {blocked ? `Unblock @${username}` : `Block @${username}`}
        </SubmitButton>
      </Form>
    </PageColumns>
  );
}
