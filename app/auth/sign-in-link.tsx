import { data, Form, href } from "react-router";
import { browserOf } from "#app/auth/browser.server.ts";
import { letIn } from "#app/auth/code-answer.server.ts";
import { tryMailedLink } from "#app/auth/email-proofs.server.ts";
import { EntryPage } from "#app/auth/entry-page.tsx";
import { findMailedLink } from "#app/auth/mailed-links.server.ts";
import { titled } from "#app/auth/page-title.ts";
import { tokenOf } from "#app/auth/tokens.server.ts";
import { neverCached, visitorsOnly } from "#app/auth/visitors-only.ts";
import type { PageHandle } from "#app/site/page-scripts.ts";
import { useRootData } from "#app/site/root-data.ts";
import { buttonClass, SubmitButton } from "#app/ui/button.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/sign-in-link";

export const handle: PageHandle = { scripts: true };

export const middleware: Route.MiddlewareFunction[] = [neverCached, visitorsOnly];

/** Shows what the link does: what only looks at links, as mail programs do, uses none up. */
export async function loader({ url }: Route.LoaderArgs) {
  const token = tokenOf(url);
  const link = token ? await findMailedLink(token) : null;
  return { email: link?.email ?? null };
}

export async function action({ request, url }: Route.ActionArgs) {
  const token = tokenOf(url);
  const answer = token ? await tryMailedLink(token, browserOf(request)) : null;
  return answer ? letIn(answer, "/") : data(null, { status: 400 });
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Come in by a link", matches);

export default function SignInLink({ loaderData: { email } }: Route.ComponentProps) {
  const { siteName } = useRootData();
  if (email === null) return <Over />;
  return (
    <EntryPage
      title={`Come in to ${siteName}`}
      lead={
        <p>
          The link was mailed to <span className="entry-address">{email}</span>. It lets you in once, in this browser.
        </p>
      }
    >
      <Form method="post" className="form">
        <SubmitButton busyText="Letting you in">Come in</SubmitButton>
      </Form>
    </EntryPage>
  );
}

function Over() {
  return (
    <EntryPage title="This link is over" lead={<p>It works once, for an hour.</p>}>
      <p className="actions">
        <Link className={buttonClass()} to={href("/sign-in/code")}>
          Ask for a code
        </Link>
      </p>
    </EntryPage>
  );
}
