import { getFormProps, getInputProps, getSelectProps, type SubmissionResult, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { data, Form, href } from "react-router";
import { factsOf } from "#app/auth/browser.server.ts";
import { titled } from "#app/auth/page-title.ts";
import { type Invite, inviteDays, inviteEndWords, inviteForm, longestNote } from "#app/invites/invite.ts";
import { listOwnInvites, makeInvite, placesLeft } from "#app/invites/invites.server.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { settings } from "#app/server/env.server.ts";
import { readForm } from "#app/server/form.server.ts";
import { SettingsPage } from "#app/settings/settings-page.tsx";
import { findSiteSetting } from "#app/site/site-settings.server.ts";
import { buttonClass, SubmitButton } from "#app/ui/button.tsx";
import { Empty } from "#app/ui/empty.tsx";
import { Field, FormErrors, SelectField } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";
import { fullDate } from "#app/ui/time-ago.tsx";
import { userPath } from "#app/users/user.ts";
import type { Route } from "./+types/own";

export const middleware: Route.MiddlewareFunction[] = [requireViewer];

export async function loader({ context }: Route.LoaderArgs) {
  const viewer = viewerOf(context);
  const [invites, left, { mode }] = await Promise.all([
    listOwnInvites(viewer),
    placesLeft(viewer),
    findSiteSetting("joining"),
  ]);
  return { invites, left, closed: mode === "closed" };
}

/** The link is in this answer and nowhere else, so that it is no redirect. */
export async function action({ request, context }: Route.ActionArgs) {
  const submission = parseWithZod(await readForm(request), { schema: inviteForm });
  if (submission.status !== "success") return data({ lastResult: submission.reply(), link: null }, { status: 400 });
  const made = await makeInvite(viewerOf(context), submission.value, factsOf(request));
  if (made.is === "made") {
    return data({
      lastResult: submission.reply({ resetForm: true }),
      link: `${settings().siteUrl}/join?invite=${made.code}`,
    });
  }
  const problem =
    made.is === "silenced"
      ? { formErrors: ["You cannot invite anyone while you are silenced."] }
      : { fieldErrors: { uses: [tooMany(made.left)] } };
  return data({ lastResult: submission.reply(problem), link: null }, { status: 400 });
}

function tooMany(left: number): string {
  if (left === 0) return "You have given away all places that you have in 30 days.";
  return `You have ${left} left.`;
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Invites", matches);

export default function OwnInvites({ loaderData: { invites, left, closed }, actionData }: Route.ComponentProps) {
  const link = actionData?.link;
  return (
    <SettingsPage title="Invites">
      {link && (
        <div className="notice" role="status">
          <p>This is your link. It is shown here once: give it to whom you want to bring.</p>
          <p className="invite-link">
            <code>{link}</code>
          </p>
        </div>
      )}
      <p className="invite-about">
        Whoever opens your link may join here, and it is kept who brought whom: the people who run this site see it.{" "}
        {left === null
          ? "You may invite as many as you like."
          : `You have ${left} ${left === 1 ? "place" : "places"} to give away.`}
      </p>
      {closed && <p className="notice">Nobody can join at the moment, also by an invite.</p>}
      {left !== 0 && <NewInvite lastResult={actionData?.lastResult} made={invites.length} />}
      {invites.length === 0 ? (
        <Empty title="You have invited nobody yet" />
      ) : (
        <ul className="invite-list">
          {invites.map((invite) => (
            <InviteLine key={invite.id} invite={invite} />
          ))}
        </ul>
      )}
    </SettingsPage>
  );
}

function NewInvite({ lastResult, made }: { lastResult: SubmissionResult<string[]> | undefined; made: number }) {
  const [form, fields] = useForm({
    // A form that was taken starts anew.
    id: `invite-${made}`,
    lastResult,
    defaultValue: { uses: "1", days: "7" },
    onValidate: ({ formData }) => parseWithZod(formData, { schema: inviteForm }),
    shouldRevalidate: "onInput",
  });
  const { key: noteKey, ...note } = getInputProps(fields.note, { type: "text" });
  const { key: usesKey, ...uses } = getInputProps(fields.uses, { type: "text" });
  const { key: daysKey, ...days } = getSelectProps(fields.days);
  return (
    <Form method="post" className="form" {...getFormProps(form)}>
      <FormErrors id={form.errorId} errors={form.errors} />
      <Field
        key={usesKey}
        label="For how many people"
        {...uses}
        inputMode="numeric"
        autoComplete="off"
        autoFocus={Boolean(fields.uses.errors)}
        errors={fields.uses.errors}
      />
      <SelectField key={daysKey} label="How long it works" {...days} errors={fields.days.errors}>
        {inviteDays.map((each) => (
          <option key={each} value={each}>
            {each === 1 ? "1 day" : `${each} days`}
          </option>
        ))}
      </SelectField>
      <Field
        key={noteKey}
        label="Note"
        hint="For yourself: whom it is for. Nobody else sees it."
        {...note}
        maxLength={longestNote}
        autoComplete="off"
        autoFocus={Boolean(fields.note.errors)}
        errors={fields.note.errors}
      />
      <SubmitButton busyText="Making the link">Make a link</SubmitButton>
    </Form>
  );
}

function InviteLine({ invite: { id, note, usesLeft, expiresAt, end, brought } }: { invite: Invite }) {
  return (
    <li>
      <p>
        <strong dir="auto">{note || "An invite"}</strong>
        <span className="muted">
          {end ? ` · ${inviteEndWords[end]}` : ` · ${usesLeft} left · until ${fullDate(expiresAt)}`}
        </span>
      </p>
      {brought.length > 0 && (
        <p>
          {"Brought "}
          {brought.map((username, at) => (
            <span key={username}>
              {at > 0 && ", "}
              <Link className="text-link" to={userPath(username)}>
                @{username}
              </Link>
            </span>
          ))}
        </p>
      )}
      {!end && (
        <Form method="post" action={href("/settings/invites/:inviteId/revocation", { inviteId: id })}>
          <button type="submit" className={buttonClass("quiet")}>
            Take it back
          </button>
        </Form>
      )}
    </li>
  );
}
