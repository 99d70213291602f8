import { getFormProps, getSelectProps, type SubmissionResult, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { data, Form, href } from "react-router";
import { factsOf } from "#app/auth/browser.server.ts";
import { actOnBranch } from "#app/invites/branch-acts.server.ts";
import { branchActs, branchForm, largestBranch, mostConcerned } from "#app/invites/branch-form.ts";
import type { Branch } from "#app/invites/invite.ts";
import { findRoot, listBranch } from "#app/invites/tree.server.ts";
import { requireAdmin } from "#app/middleware/require-admin.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { ReasonField } from "#app/moderation/reason-field.tsx";
import { readForm } from "#app/server/form.server.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { buttonClass, SubmitButton } from "#app/ui/button.tsx";
import { Empty } from "#app/ui/empty.tsx";
import { FormErrors, SelectField } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";
import { fullDate } from "#app/ui/time-ago.tsx";
import type { Route } from "./+types/branch";

export const middleware: Route.MiddlewareFunction[] = [requireAdmin];

export async function loader({ params }: Route.LoaderArgs) {
  const root = await rootOf(params.username);
  const found = await listBranch(root.id);
  return { root, people: found.slice(0, largestBranch), more: found.length > largestBranch };
}

async function rootOf(username: string) {
  const root = await findRoot(username);
  if (!root) throw data(null, { status: 404, statusText: "Not Found" });
  return root;
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const root = await rootOf(params.username);
  const submission = parseWithZod(await readForm(request), { schema: branchForm });
  if (submission.status !== "success") return data({ lastResult: submission.reply(), outcome: null }, { status: 400 });
  const outcome = await actOnBranch(viewerOf(context), root.id, submission.value, factsOf(request));
  return data({ lastResult: submission.reply({ resetForm: true }), outcome });
}

export function meta({ params, matches: [root] }: Route.MetaArgs) {
  return [{ title: `Brought in below @${params.username} · ${root.loaderData.siteName}` }];
}

export default function BranchPage({ loaderData: { root, people, more }, actionData }: Route.ComponentProps) {
  const outcome = actionData?.outcome;
  return (
    <PageColumns>
      <h1 className="page-title">{`Brought in below @${root.username}`}</h1>
      {outcome && (
        <p className="notice" role="status">
          {`${count(outcome.invites, "open invite")} ended. `}
          {outcome.done + outcome.proposed + outcome.refused.length > 0 &&
            `Done to ${count(outcome.done, "person", "people")}; ${outcome.proposed} wait for a second moderator. `}
          {outcome.refused.length > 0 && `Not done to ${outcome.refused.map((name) => `@${name}`).join(", ")}.`}
        </p>
      )}
      {people.length === 0 ? (
        <Empty title="They have brought nobody" />
      ) : (
        <ul className="invite-tree">
          {people.map((person) => (
            <Person key={person.id} person={person} />
          ))}
        </ul>
      )}
      {more && <p className="notice">{`There are more; these are the ${largestBranch} nearest ones.`}</p>}
      <Revocation root={root} people={people} lastResult={actionData?.lastResult} />
    </PageColumns>
  );
}

function Person({ person: { username, name, depth, joinedAt, banned, openInvites } }: { person: Branch }) {
  return (
    <li data-depth={Math.min(depth, 6)}>
      <span className="sr-only">{`Step ${depth}: `}</span>
      <Link className="text-link" to={href("/admin/users/:username", { username })}>
        @{username}
      </Link>{" "}
      <bdi>{name}</bdi>
      <span className="muted">
        {` · ${fullDate(joinedAt)}`}
        {openInvites > 0 && ` · ${count(openInvites, "open invite")}`}
      </span>
      {banned && <span className="banned-mark"> · banned</span>}
    </li>
  );
}

interface RevocationProps {
  root: { username: string; openInvites: number };
  people: Branch[];
  lastResult: SubmissionResult<string[]> | undefined;
}

function Revocation({ root, people, lastResult }: RevocationProps) {
  const [form, fields] = useForm({
    id: "branch",
    lastResult,
    onValidate: ({ formData }) => parseWithZod(formData, { schema: branchForm }),
    shouldRevalidate: "onInput",
  });
  const { key, ...act } = getSelectProps(fields.act);
  const open = people.reduce((sum, { openInvites }) => sum + openInvites, root.openInvites);
  return (
    <section className="user-section" aria-labelledby="revocation">
      <h2 id="revocation">End the branch</h2>
      <h3 className="act-effects-title">What will happen</h3>
      <ul className="act-effects">
        <li>{`${count(open, "open invite")} of @${root.username} and of the ${count(people.length, "person", "people")} above stop working. Who has joined stays, and so does this tree.`}</li>
        <li>
          {people.length > mostConcerned
            ? `More than ${mostConcerned} people stand above, so that nothing is done to them from here. Go branch by branch.`
            : `What you choose below is done to exactly the people above, each with a line of its own in the log that can be undone; not to @${root.username}, and not to whoever joins meanwhile.`}
        </li>
      </ul>
      <Form method="post" className="form" {...getFormProps(form)}>
        <FormErrors id={form.errorId} errors={form.errors} />
        <input type="hidden" name="people" value={people.map(({ id }) => id).join(" ")} />
        {people.length > 0 && people.length <= mostConcerned && (
          <SelectField key={key} label="The people above" {...act} errors={fields.act.errors}>
            {Object.entries(branchActs).map(([name, { words }]) => (
              <option key={name} value={name}>
                {words}
              </option>
            ))}
          </SelectField>
        )}
        <ReasonField
          field={fields.reason}
          hint="It stays in the site's records, and in those of the people concerned."
        />
        <p className="actions">
          <Link className={buttonClass("quiet")} to={href("/admin/users/:username", { username: root.username })}>
            Cancel
          </Link>
          <SubmitButton kind="danger" busyText="Ending the branch">
            End the branch
          </SubmitButton>
        </p>
      </Form>
    </section>
  );
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString("en-GB")} ${number === 1 ? one : many}`;
}
