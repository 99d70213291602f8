import { getFormProps, getTextareaProps, type SubmissionResult, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { data, Form, href, redirect } from "react-router";
import { requireModerator } from "#app/middleware/require-moderator.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { longestNote, noteForm } from "#app/mod-notes/note.ts";
import { addNote, listNotes } from "#app/mod-notes/notes.server.ts";
import { listActionsOn } from "#app/moderation/moderation-log.server.ts";
import { ModerationRecord } from "#app/moderation/moderation-record.tsx";
import { findCase } from "#app/reports/queue/case.server.ts";
import { whatOf } from "#app/reports/queue/case.ts";
import { CaseActs } from "#app/reports/queue/case-acts.tsx";
import {
  findResolution,
  listEarlierCases,
  listProposals,
  listSimilar,
  listUndone,
} from "#app/reports/queue/case-context.server.ts";
import { EarlierCases, Notes, Reports, Similar, TakenBack, TheThing } from "#app/reports/queue/case-parts.tsx";
import { findDone } from "#app/reports/queue/done.server.ts";
import { Done } from "#app/reports/queue/done.tsx";
import { formatPlace } from "#app/reports/queue/queue.server.ts";
import { casePath, parseQueueFilter, queuePath, withFilter } from "#app/reports/queue/queue-filter.ts";
import { readForm } from "#app/server/form.server.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { findSiteSetting } from "#app/site/site-settings.server.ts";
import { SubmitButton } from "#app/ui/button.tsx";
import { TextField } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/show";

export const middleware: Route.MiddlewareFunction[] = [requireModerator];

export async function loader({ params, context, url: { searchParams } }: Route.LoaderArgs) {
  const viewer = viewerOf(context);
  const { shown, reports, snapshot } = await findCase(viewer, params.reportId);
  const { id, subject, postId, commentId } = shown;
  const words = shown.now.body || snapshot.body;
  const [resolution, undone, proposals, actions, earlier, similar, notes, { list: rules }, done] = await Promise.all([
    shown.closed ? findResolution(id) : null,
    listUndone(id),
    listProposals(subject.id, id),
    listActionsOn(subject.id),
    listEarlierCases(subject.id, id),
    listSimilar(subject.id, { postId, commentId, words }),
    listNotes(subject.id),
    findSiteSetting("rules"),
    findDone(viewer, searchParams.get("done")),
  ]);
  const place = formatPlace({ weight: shown.weight, id });
  const filter = parseQueueFilter(searchParams);
  const beside = { resolution, undone, proposals, actions, earlier, similar, notes };
  return { shown, reports, snapshot, rules, done, place, filter, late: searchParams.has("late"), ...beside };
}

export async function action({ request, params, context, url }: Route.ActionArgs) {
  const viewer = viewerOf(context);
  const { shown } = await findCase(viewer, params.reportId);
  const submission = parseWithZod(await readForm(request), { schema: noteForm });
  if (submission.status !== "success") return data({ lastResult: submission.reply() }, { status: 400 });
  await addNote(viewer, { userId: shown.subject.id, caseId: shown.id }, submission.value.note);
  return redirect(`${casePath(params.reportId, parseQueueFilter(url.searchParams))}#notes`);
}

export function meta({ loaderData, matches: [root] }: Route.MetaArgs) {
  const what = loaderData ? whatOf(loaderData.shown.kind, loaderData.shown.subject.username) : "Not found";
  return [{ title: `${what} · ${root.loaderData.siteName}` }];
}

export default function Show({ loaderData, params: { reportId }, actionData }: Route.ComponentProps) {
  const { shown, reports, snapshot, rules, done, place, filter, late, resolution, undone, proposals, ...beside } =
    loaderData;
  const { actions, earlier, similar, notes } = beside;
  const { kind, subject, reportCount, weight } = shown;
  return (
    <PageColumns wide>
      <p className="case-places">
        <Link className="text-link" to={queuePath(filter)}>
          All cases
        </Link>
        <Link
          className="text-link"
          to={withFilter(href("/moderation/next"), filter, { after: place })}
          data-key="n"
          aria-keyshortcuts="n"
        >
          Next case <kbd>n</kbd>
        </Link>
      </p>
      {done && <Done done={done} filter={filter} />}
      <h1 className="page-title">{whatOf(kind, subject.username)}</h1>
      <p className="muted">
        {reportCount === 1 ? "1 report" : `${reportCount} reports`} · weight {weight.toFixed(1)}
      </p>
      <div className="case-columns">
        <div>
          <CaseActs {...{ shown, reportId, resolution, proposals, late, filter }} />
          <TakenBack undone={undone} />
          <TheThing shown={shown} snapshot={snapshot} />
          <Reports reports={reports} rules={rules} more={reportCount - reports.length} />
        </div>
        <div>
          <section aria-labelledby="record">
            <h2 id="record" className="list-title">
              Record of @{subject.username}
            </h2>
            {actions.length > 0 ? (
              <ModerationRecord actions={actions} />
            ) : (
              <p className="muted">No moderator has ever acted here.</p>
            )}
          </section>
          <EarlierCases earlier={earlier} filter={filter} />
          <Similar similar={similar} />
          <Notes notes={notes} />
          {!subject.gone && <NoteForm lastResult={actionData?.lastResult} />}
        </div>
      </div>
    </PageColumns>
  );
}

function NoteForm({ lastResult }: { lastResult?: SubmissionResult<string[]> | null }) {
  const [form, fields] = useForm({
    id: "note",
    lastResult,
    onValidate: ({ formData }) => parseWithZod(formData, { schema: noteForm }),
  });
  const { key, ...note } = getTextareaProps(fields.note);
  return (
    <Form method="post" className="form" {...getFormProps(form)}>
      <TextField
        key={key}
        label="Add a note"
        hint="Only moderators and admins read it. Press m to write one."
        {...note}
        rows={3}
        maxLength={longestNote}
        data-key="m"
        aria-keyshortcuts="m"
        errors={fields.note.errors}
      />
      <p className="actions">
        <SubmitButton kind="plain" busyText="Keeping it">
          Keep note
        </SubmitButton>
      </p>
    </Form>
  );
}
