import { useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { href, redirect } from "react-router";
import { z } from "zod";
import { factsOf } from "#app/auth/browser.server.ts";
import { requireAdmin } from "#app/middleware/require-admin.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { invalid } from "#app/moderation/act-answers.ts";
import { reasonForm } from "#app/moderation/moderation.ts";
import { rankingNumbers } from "#app/ranking/ranking.ts";
import { readForm } from "#app/server/form.server.ts";
import { changeSiteSetting } from "#app/site/change-setting.server.ts";
import { NumberField, SettingPage, WhatWillHappen } from "#app/site/setting-page.tsx";
import { findSiteSetting } from "#app/site/site-settings.server.ts";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/change-numbers";

export const middleware: Route.MiddlewareFunction[] = [requireAdmin];

const numbersForm = z.object({ ...rankingNumbers, ...reasonForm.shape });

export async function loader() {
  return { numbers: await findSiteSetting("ranking") };
}

export async function action({ request, context }: Route.ActionArgs) {
  const submission = parseWithZod(await readForm(request), { schema: numbersForm });
  if (submission.status !== "success") return invalid(submission);
  const { reason, ...value } = submission.value;
  await changeSiteSetting(viewerOf(context), "ranking", { value, reason }, factsOf(request));
  return redirect(`${href("/admin/settings")}?saved=ranking`);
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `The order of Hot · ${root.loaderData.siteName}` }];
}

export default function ChangeNumbers({ loaderData: { numbers }, actionData }: Route.ComponentProps) {
  const [form, fields] = useForm({
    id: "ranking",
    lastResult: actionData?.lastResult,
    defaultValue: { ...numbers, reason: "" },
    onValidate: ({ formData }) => parseWithZod(formData, { schema: numbersForm }),
    shouldRevalidate: "onInput",
  });
  const numberFields = [
    { field: fields.reactionWeight, label: "Weight of likes", hint: "0 to 100. With 0 they do not count." },
    { field: fields.commentWeight, label: "Weight of people who comment", hint: "0 to 100. With 0 they do not count." },
    {
      field: fields.hoursPerPoint,
      label: "Hours that cost a point",
      hint: "1 to 1,000. The more hours, the longer posts stay.",
    },
  ];
  const firstWrong = numberFields.find(({ field }) => field.errors)?.field.name;
  return (
    <SettingPage
      title="The order of Hot"
      before={
        <WhatWillHappen>
          <li>Within a minute the order of Hot is made with these numbers, for everyone.</li>
          <li>
            The page on{" "}
            <Link className="text-link" to={href("/about/ranking")}>
              how Hot is ranked
            </Link>{" "}
            shows them at once.
          </li>
        </WhatWillHappen>
      }
      form={form}
      reason={fields.reason}
      save="Save the numbers"
    >
      {numberFields.map(({ field, ...words }) => (
        <NumberField key={field.name} field={field} {...words} decimal autoFocus={firstWrong === field.name} />
      ))}
    </SettingPage>
  );
}
