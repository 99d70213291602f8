import { type ReactNode, useEffect, useRef } from "react";
import { href, useFetcher } from "react-router";
import { type MuteKind, undoWords } from "#app/mutes/mute.ts";
import { buttonClass } from "#app/ui/button.tsx";
import { Link } from "#app/ui/link.tsx";

/** On somebody's page: to mute them at once, or to read what a block does. Nothing where one of the two stands. */
export function MuteButtons({ username, kind }: { username: string; kind: MuteKind | null }) {
  const fetcher = useFetcher({ key: `mute-${username}` });
  if (kind) return null;
  return (
    <>
      <fetcher.Form method="post" action={href("/u/:username/mute", { username })}>
        <input type="hidden" name="on" value="true" />
        <button type="submit" className={buttonClass("quiet")}>
          Mute<span className="sr-only"> @{username}</span>
        </button>
      </fetcher.Form>
      <Link className={buttonClass("quiet")} to={href("/u/:username/block", { username })}>
        Block<span className="sr-only"> @{username}</span>
      </Link>
    </>
  );
}

/** Above a muted or blocked person's posts: that it is so, why they are shown all the same, and the way back. */
export function MuteNotice({ username, name, kind }: { username: string; name: string; kind: MuteKind | null }) {
  const element = useRef<HTMLDivElement>(null);
  const before = useRef(kind);
  useEffect(() => {
    // The button that was pressed is gone: its place is here now.
    if (kind && !before.current) element.current?.focus();
    before.current = kind;
  }, [kind]);
  if (!kind) return null;
  return (
    <div className="notice mute-notice" tabIndex={-1} ref={element}>
      <p>
        {kind === "block" ? "You blocked " : "You muted "}
        <bdi>{name}</bdi>.{" "}
        {kind === "block"
          ? "They can neither answer, mention nor follow you, and you see nothing of theirs elsewhere."
          : "You see nothing of theirs elsewhere, and they cannot tell."}{" "}
        Their posts are here because you opened their page.
      </p>
      <div className="actions">
        <UndoMute username={username} kind={kind}>
          {undoWords[kind]}
        </UndoMute>
        {kind === "mute" && (
          <Link className={buttonClass("quiet")} to={href("/u/:username/block", { username })}>
            Block instead
          </Link>
        )}
      </div>
    </div>
  );
}

/** The button that takes a mute or a block back. */
export function UndoMute({
  username,
  kind,
  from,
  onUndo,
  children,
}: {
  username: string;
  kind: MuteKind;
  from?: "list";
  onUndo?: () => void;
  children: ReactNode;
}) {
  const fetcher = useFetcher({ key: `mute-${username}` });
  const path = { mute: "/u/:username/mute", block: "/u/:username/block" } as const;
  return (
    <fetcher.Form method="post" action={href(path[kind], { username })} onSubmit={onUndo}>
      <input type="hidden" name="on" value="false" />
      {from && <input type="hidden" name="from" value={from} />}
      <button type="submit" className={buttonClass("plain")}>
        {children}
      </button>
    </fetcher.Form>
  );
}
