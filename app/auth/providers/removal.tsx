import { data, href, redirect } from "react-router";
import { z } from "zod";
import { factsOf } from "#app/auth/browser.server.ts";
import { titled } from "#app/auth/page-title.ts";
import { unlink } from "#app/auth/providers/linked.server.ts";
import { postOnly } from "#app/middleware/post-only.ts";
import { requireFreshProof } from "#app/middleware/require-fresh-proof.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { SettingsPage } from "#app/settings/settings-page.tsx";
import { buttonClass } from "#app/ui/button.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/removal";

export const middleware: Route.MiddlewareFunction[] = [postOnly, requireViewer, requireFreshProof];

export async function action({ request, params, context }: Route.ActionArgs) {
  const id = z.uuid().safeParse(params.linkId);
  const answer = id.success ? await unlink(viewerOf(context), id.data, factsOf(request)) : "none";
  if (answer === "none") throw data(null, { status: 404, statusText: "Not Found" });
  if (answer === "last") return data(null, { status: 400 });
  return redirect(`${href("/settings/security/providers")}?done=unlinked`);
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Linked sites", matches);

/** The answer to who would lock themselves out. */
export default function LastWayIn() {
  return (
    <SettingsPage title="It is your last way in">
      <p>
        Without it nobody could sign in to your account, you neither. Add another way first: a password, or an address.
      </p>
      <p className="actions">
        <Link className={buttonClass()} to={href("/settings/security/password")}>
          Choose a password
        </Link>
        <Link className={buttonClass("plain")} to={href("/settings/account")}>
          Your addresses
        </Link>
      </p>
    </SettingsPage>
  );
}
