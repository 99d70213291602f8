import { getFormProps, type SubmissionResult, useForm } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { data, Form, href } from "react-router";
import { encode } from "uqr";
import { factsOf } from "#app/auth/browser.server.ts";
import { CodeField } from "#app/auth/code-field.tsx";
import { titled } from "#app/auth/page-title.ts";
import { BackupCodes } from "#app/auth/two-factor/backup-codes.tsx";
import { confirmEnrolment, findEnrolment, findSecondFactor } from "#app/auth/two-factor/enrolment.server.ts";
import { QrCode } from "#app/auth/two-factor/qr-code.tsx";
import { appCodeForm } from "#app/auth/two-factor/two-factor.ts";
import { requireFreshProof } from "#app/middleware/require-fresh-proof.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { readForm } from "#app/server/form.server.ts";
import { SettingsPage } from "#app/settings/settings-page.tsx";
import { SubmitButton } from "#app/ui/button.tsx";
import { FormErrors } from "#app/ui/field.tsx";
import { TimeAgo } from "#app/ui/time-ago.tsx";
import type { Route } from "./+types/settings";

export const middleware: Route.MiddlewareFunction[] = [requireViewer, requireFreshProof];

export async function loader({ context }: Route.LoaderArgs) {
  const viewer = viewerOf(context);
  const [state, enrolment] = await Promise.all([findSecondFactor(viewer), findEnrolment(viewer)]);
  return { ...state, enrolment: enrolment && { ...enrolment, squares: encode(enrolment.address, { border: 2 }).data } };
}

/** The code of the new app: from then on it counts. */
export async function action({ request, context }: Route.ActionArgs) {
  const submission = parseWithZod(await readForm(request), { schema: appCodeForm });
  const again = { hideFields: ["code"] };
  if (submission.status !== "success")
    return data({ lastResult: submission.reply(again), codes: null }, { status: 400 });
  const codes = await confirmEnrolment(viewerOf(context), submission.value.code, factsOf(request));
  if (codes) return { lastResult: undefined, codes };
  const fieldErrors = { code: ["That is not the code that the app shows now. Is the clock of your phone right?"] };
  return data({ lastResult: submission.reply({ ...again, fieldErrors }), codes: null }, { status: 400 });
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Second factor", matches);

export default function Settings({ loaderData, actionData }: Route.ComponentProps) {
  return (
    <SettingsPage title="Second factor">
      {actionData?.codes ? (
        <BackupCodes codes={actionData.codes} />
      ) : loaderData.enrolment ? (
        <Enrolment {...loaderData.enrolment} lastResult={actionData?.lastResult} />
      ) : loaderData.since ? (
        <On since={loaderData.since} backupCodesLeft={loaderData.backupCodesLeft} />
      ) : (
        <Off />
      )}
    </SettingsPage>
  );
}

function Off() {
  const action = href("/settings/security/two-factor/enrolment");
  return (
    <Form method="post" action={action} className="form">
      <p>
        With a second factor nobody gets in with your password alone: signing in also asks for a code that an app on
        your phone shows. Any authenticator app does.
      </p>
      <SubmitButton formAction={action}>Set up an app</SubmitButton>
    </Form>
  );
}

interface EnrolmentProps {
  squares: boolean[][];
  /** what the app is told, in letters */
  secret: string;
  lastResult: SubmissionResult<string[]> | undefined;
}

function Enrolment({ squares, secret, lastResult }: EnrolmentProps) {
  const [form, fields] = useForm({
    id: "enrolment",
    lastResult,
    constraint: getZodConstraint(appCodeForm),
    onValidate: ({ formData }) => parseWithZod(formData, { schema: appCodeForm }),
  });
  return (
    <>
      <ol className="enrolment-steps">
        <li>
          <p>Scan this with your authenticator app:</p>
          <QrCode squares={squares} label="QR picture for your authenticator app to scan" />
          <p>
            Or type this key into it: <code className="enrolment-key">{secret.replace(/.{4}(?=.)/g, "$& ")}</code>
          </p>
        </li>
        <li>Enter the code that it shows now. From then on it is asked for.</li>
      </ol>
      <Form method="post" className="form" {...getFormProps(form)}>
        <FormErrors id={form.errorId} errors={form.errors} />
        <CodeField field={fields.code} autoFocus={Boolean(fields.code.errors)} />
        <SubmitButton busyText="Checking">Turn it on</SubmitButton>
      </Form>
    </>
  );
}

function On({ since, backupCodesLeft }: { since: string; backupCodesLeft: number }) {
  const renewal = href("/settings/security/two-factor/backup-codes");
  const removal = href("/settings/security/two-factor/removal");
  return (
    <>
      <p>
        On since <TimeAgo at={since} />. You have {backupCodesLeft} of 10 backup codes left.
      </p>
      <Form method="post" action={renewal} className="form actions">
        <SubmitButton kind="plain" formAction={renewal} busyText="Making them">
          Make new backup codes
        </SubmitButton>
      </Form>
      <Form method="post" action={removal} className="form actions">
        <p className="muted">
          Without it your password or a code in your mailbox is enough to get in. Your backup codes and trusted browsers
          end with it.
        </p>
        <SubmitButton kind="danger" formAction={removal} busyText="Turning it off">
          Turn the second factor off
        </SubmitButton>
      </Form>
    </>
  );
}
