import { Form, href } from "react-router";
import type { GlassBox } from "#app/impersonation/glass-box.ts";

/** Above every page while an admin sees the site as somebody else. */
export function GlassBoxBanner({ glassBox: { username, until } }: { glassBox: GlassBox }) {
  return (
    <aside className="glass-box" aria-label="Seeing the site as somebody else">
      <p>
        You see the site as <strong>{`@${username}`}</strong>, reading only, until{" "}
        <time dateTime={until}>{until.slice(11, 16)} UTC</time>. They know.
      </p>
      <Form method="post" action={href("/impersonation/end")} reloadDocument>
        <button type="submit" className="button plain">
          End it
        </button>
      </Form>
    </aside>
  );
}
