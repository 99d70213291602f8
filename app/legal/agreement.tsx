import { data, Form, href, redirect } from "react-router";
import { factsOf } from "#app/auth/browser.server.ts";
import { titled } from "#app/auth/page-title.ts";
import { ConsentFields } from "#app/legal/consent-fields.tsx";
import { legalTitles, readAgreed } from "#app/legal/legal.ts";
import { agree, listConsents, listUnagreed } from "#app/legal/legal-texts.server.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { readForm } from "#app/server/form.server.ts";
import { SettingsPage } from "#app/settings/settings-page.tsx";
import { SubmitButton } from "#app/ui/button.tsx";
import { FormErrors } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";
import { fullDate } from "#app/ui/time-ago.tsx";
import type { Route } from "./+types/agreement";

export const middleware: Route.MiddlewareFunction[] = [requireViewer];

export async function loader({ context }: Route.LoaderArgs) {
  const { id } = viewerOf(context);
  const [asked, given] = await Promise.all([listUnagreed(id), listConsents(id)]);
  return { asked, given };
}

export async function action({ request, context }: Route.ActionArgs) {
  const agreed = await agree(viewerOf(context), readAgreed(await readForm(request)), factsOf(request));
  return agreed ? redirect(href("/settings/agreement")) : data({ failed: true }, { status: 400 });
}

export const meta: Route.MetaFunction = ({ matches }) => titled("What you agreed to", matches);

export default function Agreement({ loaderData: { asked, given }, actionData }: Route.ComponentProps) {
  return (
    <SettingsPage title="What you agreed to">
      {asked.length > 0 ? (
        <Form method="post" className="form">
          <FormErrors
            id="agreement-errors"
            errors={actionData ? ["Read the text, as it is now, and tick the box beside it."] : undefined}
          />
          <p>This site has changed what it asks of you and binds itself to. You may read on without agreeing.</p>
          <ConsentFields texts={asked} />
          <SubmitButton busyText="Saving">I agree</SubmitButton>
        </Form>
      ) : (
        <p>Nothing is asked of you now.</p>
      )}
      {given.length > 0 && (
        <ul className="legal-versions">
          {given.map(({ kind, version, givenAt }) => (
            <li key={`${kind} ${version}`}>
              <Link className="text-link" to={`/about/${kind}?version=${version}`}>
                {`${legalTitles[kind]}, version ${version}`}
              </Link>
              {`, on ${fullDate(givenAt)}`}
            </li>
          ))}
        </ul>
      )}
    </SettingsPage>
  );
}
