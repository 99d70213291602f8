import { getFormProps, getTextareaProps, useForm } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { Form, href, redirect } from "react-router";
import { requireModerator } from "#app/middleware/require-moderator.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { longestNote, noteForm } from "#app/mod-notes/note.ts";
import { NoteList } from "#app/mod-notes/note-list.tsx";
import { addNote, listNotes } from "#app/mod-notes/notes.server.ts";
import { invalid } from "#app/moderation/act-answers.ts";
import { findSubject } from "#app/moderation/subjects.server.ts";
import { readForm } from "#app/server/form.server.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { SubmitButton } from "#app/ui/button.tsx";
import { FormErrors, TextField } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/about-person";

export const middleware: Route.MiddlewareFunction[] = [requireModerator];

export async function loader({ params }: Route.LoaderArgs) {
  const { id, username } = await findSubject(params.username);
  return { username, notes: await listNotes(id) };
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const { id, username } = await findSubject(params.username);
  const submission = parseWithZod(await readForm(request), { schema: noteForm });
  if (submission.status !== "success") return invalid(submission);
  await addNote(viewerOf(context), { userId: id }, submission.value.note);
  return redirect(href("/admin/users/:username/notes", { username }));
}

export function meta({ params, matches: [root] }: Route.MetaArgs) {
  return [{ title: `Notes on @${params.username} · ${root.loaderData.siteName}` }];
}

export default function Notes({ loaderData: { username, notes }, actionData }: Route.ComponentProps) {
  const [form, fields] = useForm({
    // The empty form comes back after each note.
    id: `note-${notes.length}`,
    lastResult: actionData?.lastResult,
    constraint: getZodConstraint(noteForm),
    onValidate: ({ formData }) => parseWithZod(formData, { schema: noteForm }),
    shouldRevalidate: "onInput",
  });
  const { key, ...note } = getTextareaProps(fields.note);
  return (
    <PageColumns>
      <h1 className="page-title">
        Notes on{" "}
        <Link className="text-link" to={href("/admin/users/:username", { username })}>
          @{username}
        </Link>
      </h1>
      <p className="muted user-lead">Moderators and admins read them, and nobody else. They are not changed later.</p>
      <Form method="post" className="form" {...getFormProps(form)}>
        <FormErrors id={form.errorId} errors={form.errors} />
        <TextField
          key={key}
          label="Note"
          {...note}
          maxLength={longestNote}
          errors={fields.note.errors}
          autoFocus={Boolean(fields.note.errors)}
        />
        <p className="actions">
          <SubmitButton busyText="Adding">Add the note</SubmitButton>
        </p>
      </Form>
      <section className="user-section" aria-labelledby="all-notes">
        <h2 id="all-notes">So far</h2>
        {notes.length > 0 ? <NoteList notes={notes} /> : <p className="muted">None yet.</p>}
      </section>
    </PageColumns>
  );
}
