import { Form, href } from "react-router";
import type { LastWay } from "#app/auth/providers/last-way.ts";
import type { ProviderChoice } from "#app/auth/providers/provider.ts";
import { buttonClass } from "#app/ui/button.tsx";

/** The ways in by another site; nothing where the site offers none. */
export function ProviderButtons({
  choices,
  lastWay,
  redirectTo,
}: {
  choices: ProviderChoice[];
  /** in this browser */
  lastWay?: LastWay | null;
  redirectTo?: string;
}) {
  if (choices.length === 0) return null;
  return (
    <div className="provider-ways">
      <p className="muted">Or by another site that knows you:</p>
      {choices.map(({ key, name }) => (
        <Form key={key} method="post" action={href("/sign-in/with/:provider", { provider: key })} reloadDocument>
          <input type="hidden" name="redirectTo" value={redirectTo ?? "/"} />
          <button type="submit" className={buttonClass("plain")}>
            {`Go on with ${name}`}
          </button>
          {lastWay === key && <LastUsed />}
        </Form>
      ))}
    </div>
  );
}

/** Beside the way that was last used in this browser. */
export function LastUsed() {
  return <span className="last-used">Last used here</span>;
}
