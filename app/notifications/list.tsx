import { Form, href, type ShouldRevalidateFunctionArgs } from "react-router";
import { NewNotifications } from "#app/live/new-notifications.tsx";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import type { ShownNotification } from "#app/notifications/notification.ts";
import { NotificationLine } from "#app/notifications/notification-line.tsx";
import { listNotifications } from "#app/notifications/notifications.server.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { useRootData } from "#app/site/root-data.ts";
import { asksAgainAfter } from "#app/ui/after-small-act.ts";
import { SubmitButton } from "#app/ui/button.tsx";
import { parseCursor } from "#app/ui/cursor.ts";
import { Empty } from "#app/ui/empty.tsx";
import { Link } from "#app/ui/link.tsx";
import { NextPage } from "#app/ui/pagination.tsx";
import type { Route } from "./+types/list";

export const middleware: Route.MiddlewareFunction[] = [requireViewer];

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export async function loader({ context, url }: Route.LoaderArgs) {
  const after = parseCursor(url.searchParams.get("after"), uuid);
  return { ...(await listNotifications(viewerOf(context), after)), first: after === null };
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `Notifications · ${root.loaderData.siteName}` }];
}

export default function List({ loaderData: { notifications, next, first } }: Route.ComponentProps) {
  const { viewer, unread } = useRootData();
  const [newest] = notifications;
  return (
    <PageColumns aside={<AboutThis />}>
      <div className="page-head">
        <h1 className="page-title">Notifications</h1>
        {first && newest && unread.count > 0 && <MarkAllRead until={newest.updatedAt} />}
      </div>
      {first && <NewNotifications newest={newest ? Date.parse(newest.updatedAt) : 0} />}
      {notifications.length === 0 ? (
        <Nothing />
      ) : (
        <>
          <ol className="notifications">
            {notifications.map((notification) => (
              <li key={notification.id}>
                <NotificationLine notification={notification} reader={viewer?.username ?? ""} />
              </li>
            ))}
          </ol>
          <NextPage
            href={next && `${href("/notifications")}?after=${next}`}
            label="Older notifications"
            end="These are all."
          />
        </>
      )}
    </PageColumns>
  );
}

/** Each line takes care of itself when it is marked: the list keeps its order under the reader's finger. */
export function shouldRevalidate(after: ShouldRevalidateFunctionArgs) {
  return asksAgainAfter(/^\/notifications\/[^/]+\/read$/, after);
}

function MarkAllRead({ until }: { until: ShownNotification["updatedAt"] }) {
  return (
    <Form method="post" action={href("/notifications/read")}>
      <input type="hidden" name="until" value={until} />
      <SubmitButton kind="plain" busyText="Marking">
        Mark all as read
      </SubmitButton>
    </Form>
  );
}

function Nothing() {
  return (
    <Empty title="Nothing to tell you yet">
      <p>When somebody answers you, names you, follows you or likes what you wrote, it will be here.</p>
      <Link className="text-link" to={href("/")}>
        Read the latest
      </Link>
    </Empty>
  );
}

function AboutThis() {
  return (
    <section aria-labelledby="about-notifications">
      <h2 id="about-notifications" className="aside-title">
        What you are told
      </h2>
      <p>Choose what appears here and what comes by mail, at once or gathered.</p>
      <p className="aside-actions">
        <Link className="text-link" to={href("/settings/notifications")}>
          Notification settings
        </Link>
      </p>
    </section>
  );
}
