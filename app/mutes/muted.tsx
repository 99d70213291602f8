import { useState } from "react";
import { href } from "react-router";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { type MutedPerson, undoWords } from "#app/mutes/mute.ts";
import { UndoMute } from "#app/mutes/mute-controls.tsx";
import { listMuted } from "#app/mutes/mutes.server.ts";
import { SettingsPage } from "#app/settings/settings-page.tsx";
import { parseCursor } from "#app/ui/cursor.ts";
import { Empty } from "#app/ui/empty.tsx";
import { Link } from "#app/ui/link.tsx";
import { NextPage } from "#app/ui/pagination.tsx";
import { TimeAgo } from "#app/ui/time-ago.tsx";
import { userPath } from "#app/users/user.ts";
import type { Route } from "./+types/muted";

export const middleware: Route.MiddlewareFunction[] = [requireViewer];

export function loader({ context, url }: Route.LoaderArgs) {
  return listMuted(viewerOf(context), parseCursor(url.searchParams.get("after"), uuidPattern));
}

const uuidPattern = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `Muted and blocked · ${root.loaderData.siteName}` }];
}

export default function Muted({ loaderData: { people, next } }: Route.ComponentProps) {
  const [said, setSaid] = useState("");
  return (
    <SettingsPage title="Muted and blocked">
      <p className="muted mute-about">Only you see this list.</p>
      <p className="sr-only" role="status">
        {said}
      </p>
      {people.length === 0 ? (
        <Empty title={next === null ? "You have muted and blocked nobody" : "Nobody is left on this page"}>
          <p>To see nothing more of somebody, open their page and choose Mute or Block. You can undo both here.</p>
        </Empty>
      ) : (
        <>
          <ul className="muted-list">
            {people.map((person) => (
              <MutedLine key={person.username} person={person} onUndo={setSaid} />
            ))}
          </ul>
          <NextPage
            href={next && `${href("/settings/muted")}?after=${next}`}
            label="People from before"
            end="These are all."
          />
        </>
      )}
    </SettingsPage>
  );
}

function MutedLine({ person, onUndo }: { person: MutedPerson; onUndo: (words: string) => void }) {
  const { username, name, avatar, kind, since } = person;
  return (
    <li className="person-line">
      <img src={avatar} alt="" width={40} height={40} loading="lazy" decoding="async" />
      <span className="muted-who">
        <Link to={userPath(username)}>
          <bdi className="person-name">{name}</bdi> <span className="muted">@{username}</span>
        </Link>
        <span className="muted muted-since">
          {kind === "block" ? "Blocked" : "Muted"} <TimeAgo at={since} />
        </span>
      </span>
      <UndoMute
        username={username}
        kind={kind}
        from="list"
        onUndo={() => onUndo(`@${username} is ${kind === "block" ? "unblocked" : "unmuted"}.`)}
      >
        {undoWords[kind]}
        <span className="sr-only"> @{username}</span>
      </UndoMute>
    </li>
  );
}
