import { useEffect } from "react";
import { Form, href, redirect, useRevalidator } from "react-router";
import { findBulk, steerBulk } from "#app/admin/bulk/progress.server.ts";
import type { BulkLine } from "#app/admin/bulk/removal.ts";
import { requireModerator } from "#app/middleware/require-moderator.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { ModerationRecord } from "#app/moderation/moderation-record.tsx";
import { readForm } from "#app/server/form.server.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { SubmitButton } from "#app/ui/button.tsx";
import { fullMoment } from "#app/ui/time-ago.tsx";
import type { Route } from "./+types/progress";

export const middleware: Route.MiddlewareFunction[] = [requireModerator];

export function loader({ params }: Route.LoaderArgs) {
  return findBulk(params.actionId);
}

/** `stop`: whether it is to stand still from now on. */
export async function action({ request, params, context }: Route.ActionArgs) {
  const { action: found } = await findBulk(params.actionId);
  await steerBulk(viewerOf(context), found.id, (await readForm(request)).get("stop") === "true");
  return redirect(href("/admin/bulk/:actionId", { actionId: found.id }));
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `A removal of many posts · ${root.loaderData.siteName}` }];
}

const everyMs = 2_000;

export default function Progress({ loaderData: { action: found, jobs } }: Route.ComponentProps) {
  const underWay = jobs.some(({ ended, stopped }) => !ended && !stopped);
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (!underWay) return;
    const timer = setInterval(() => void revalidate(), everyMs);
    return () => clearInterval(timer);
  }, [underWay, revalidate]);
  return (
    <PageColumns>
      <h1 className="page-title">A removal of many posts</h1>
      {underWay && (
        <noscript>
          <meta httpEquiv="refresh" content="3" />
        </noscript>
      )}
      <ModerationRecord actions={[found]} withUndo />
      {jobs.length === 0 && <p className="notice">Done. There were few, so that it was done at once.</p>}
      {jobs.map((job) => (
        <Job key={job.id} job={job} />
      ))}
    </PageColumns>
  );
}

const doing = {
  do: { now: "Removing", past: "Removed" },
  undo: { now: "Undoing", past: "Undone" },
  redo: { now: "Removing again", past: "Removed again" },
} as const;

function Job({ job: { id, direction, total, done, startedAt, stopped, ended } }: { job: BulkLine }) {
  const number = (count: number) => count.toLocaleString("en-GB");
  const whole = done >= total;
  const words = ended && whole ? doing[direction].past : doing[direction].now;
  const state = ended && !whole ? " · given up, because it was undone" : !ended && stopped ? " · stopped" : "";
  return (
    <section className="user-section" aria-label={`${words} since ${fullMoment(startedAt)}`}>
      <p id={`job-${id}`}>{`${words}: ${number(done)} of ${number(total)}${state}`}</p>
      <progress className="bulk-progress" value={done} max={total} aria-labelledby={`job-${id}`} />
      <p className="muted">Since {fullMoment(startedAt)}</p>
      {!ended && (
        <Form method="post" className="actions">
          <input type="hidden" name="stop" value={stopped ? "false" : "true"} />
          <SubmitButton kind="plain" busyText="One moment">
            {stopped ? "Go on" : "Stop"}
          </SubmitButton>
        </Form>
      )}
    </section>
  );
}
