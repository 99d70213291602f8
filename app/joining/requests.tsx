import { Form, href } from "react-router";
import { type DecidedRequest, type JoinRequest, joiningModes } from "#app/joining/joining.ts";
import { countWaiting, listDecided, listWaiting } from "#app/joining/requests.server.ts";
import { requireModerator } from "#app/middleware/require-moderator.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { useRootData } from "#app/site/root-data.ts";
import { findSiteSetting } from "#app/site/site-settings.server.ts";
import { buttonClass, SubmitButton } from "#app/ui/button.tsx";
import { Empty } from "#app/ui/empty.tsx";
import { Link } from "#app/ui/link.tsx";
import { NextPage } from "#app/ui/pagination.tsx";
import { TimeAgo } from "#app/ui/time-ago.tsx";
import type { Route } from "./+types/requests";

export const middleware: Route.MiddlewareFunction[] = [requireModerator];

export async function loader({ url }: Route.LoaderArgs) {
  const after = Number(url.searchParams.get("after"));
  const [page, waiting, decided, { mode, question }] = await Promise.all([
    listWaiting(Number.isInteger(after) && after > 0 && after < 2 ** 31 ? after : 0),
    countWaiting(),
    listDecided(),
    findSiteSetting("joining"),
  ]);
  return { ...page, waiting, decided, mode, question, done: url.searchParams.get("done") };
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `People who ask to join · ${root.loaderData.siteName}` }];
}

export default function Requests({ loaderData }: Route.ComponentProps) {
  const { requests, next, waiting, decided, mode, question, done } = loaderData;
  const { viewer } = useRootData();
  return (
    <PageColumns>
      <h1 className="page-title">People who ask to join</h1>
      {done && (
        <p className="notice" role="status">
          {doneWords(done)}
        </p>
      )}
      <p className="invite-about">
        {`Who may join: ${joiningModes[mode].title.toLowerCase()}. `}
        {mode === "approval" && `They are asked: “${question}” `}
        {viewer?.role === "admin" && (
          <Link className="text-link" to={href("/admin/settings/joining")}>
            Change who may join
          </Link>
        )}
      </p>
      <ul className="act-effects">
        <li>Whoever is approved gets a mail with a link, and joins by it within 30 days.</li>
        <li>Whoever is declined is mailed the reason that you give, and cannot ask again for 30 days.</li>
      </ul>
      {viewer?.role === "admin" && waiting > 0 && <NextOnes waiting={waiting} />}
      {requests.length === 0 ? (
        <Empty title="Nobody waits">
          <p>Those who ask from now on stand here, the first ones first.</p>
        </Empty>
      ) : (
        <>
          <ol className="join-requests">
            {requests.map((request) => (
              <Waiting key={request.id} request={request} />
            ))}
          </ol>
          <NextPage
            href={next === null ? null : `${href("/admin/joining")}?after=${next}`}
            label="Later ones"
            end="These are all."
          />
        </>
      )}
      {decided.length > 0 && <Decided decided={decided} />}
    </PageColumns>
  );
}

function doneWords(done: string): string {
  if (done === "approved") return "Approved. The mail with the link is on its way.";
  if (done === "declined") return "Declined. The mail with your reason is on its way.";
  const count = Number(done);
  return count === 1 ? "One was let in." : `${Number.isInteger(count) ? count : 0} were let in.`;
}

function NextOnes({ waiting }: { waiting: number }) {
  return (
    <Form method="post" action={href("/admin/joining/admissions")} className="join-admissions">
      <label htmlFor="count">{`Let the next ones in, of ${waiting.toLocaleString("en-GB")} who wait`}</label>
      <input
        id="count"
        name="count"
        type="number"
        min={1}
        max={50}
        defaultValue={Math.min(10, waiting)}
        className="input"
      />
      <SubmitButton busyText="Letting them in" kind="plain">
        Let them in
      </SubmitButton>
    </Form>
  );
}

function Waiting({ request: { id, name, answer, createdAt } }: { request: JoinRequest }) {
  const requestId = String(id);
  return (
    <li>
      <p>
        <strong>
          <bdi>{name}</bdi>
        </strong>
        <span className="muted">
          {" · "}
          <TimeAgo at={createdAt} />
        </span>
      </p>
      {answer && (
        <p className="record-reason" dir="auto">
          {answer}
        </p>
      )}
      <div className="actions">
        <Form method="post" action={href("/admin/joining/:requestId/approval", { requestId })}>
          <button type="submit" className={buttonClass("plain")}>
            Approve <span className="sr-only">{name}</span>
          </button>
        </Form>
        <Link className={buttonClass("quiet")} to={href("/admin/joining/:requestId/decline", { requestId })}>
          Decline <span className="sr-only">{name}</span>
        </Link>
      </div>
    </li>
  );
}

function Decided({ decided }: { decided: DecidedRequest[] }) {
  return (
    <section className="user-section" aria-labelledby="decided">
      <h2 id="decided">Decided lately</h2>
      <ol className="record">
        {decided.map(({ id, name, approved, reason, decidedAt, decidedBy }) => (
          <li key={id}>
            <p>
              <bdi>{name}</bdi> {approved ? "was approved" : "was declined"}
              {decidedBy && ` by @${decidedBy}`}
              <span className="muted">
                {" · "}
                <TimeAgo at={decidedAt} />
              </span>
            </p>
            {reason && (
              <p className="record-reason" dir="auto">
                {reason}
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
