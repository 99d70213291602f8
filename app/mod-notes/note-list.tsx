import type { ModNote } from "#app/mod-notes/note.ts";
import { TimeAgo } from "#app/ui/time-ago.tsx";

export function NoteList({ notes }: { notes: ModNote[] }) {
  return (
    <ol className="record">
      {notes.map(({ id, body, authorUsername, createdAt }) => (
        <li key={id}>
          <p className="muted">
            {authorUsername ? `@${authorUsername}` : "Somebody who has left"} · <TimeAgo at={createdAt} />
          </p>
          <p className="record-reason" dir="auto">
            {body}
          </p>
        </li>
      ))}
    </ol>
  );
}
