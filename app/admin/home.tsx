import { href } from "react-router";
import { findDays, findHealth, findWaiting } from "#app/admin/dashboard/figures.server.ts";
import { bytesInWords, type Health, type Waiting } from "#app/admin/dashboard/figures.ts";
import { Plot } from "#app/admin/dashboard/plot.tsx";
import { requireModerator } from "#app/middleware/require-moderator.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { ModerationTabs } from "#app/moderation/moderation-tabs.tsx";
import { PageColumns } from "#app/site/page-columns.tsx";
import { Link } from "#app/ui/link.tsx";
import { fullMoment, TimeAgo } from "#app/ui/time-ago.tsx";
import type { Route } from "./+types/home";

export const middleware: Route.MiddlewareFunction[] = [requireModerator];

export async function loader({ context }: Route.LoaderArgs) {
  const admin = viewerOf(context).role === "admin";
  const [{ days, countedAt }, waiting, health] = await Promise.all([
    findDays(),
    findWaiting(),
    admin ? findHealth() : null,
  ]);
  return { days, countedAt, waiting, health };
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `How the site is · ${root.loaderData.siteName}` }];
}

export default function Home({ loaderData: { days, countedAt, waiting, health } }: Route.ComponentProps) {
  return (
    <PageColumns wide>
      <ModerationTabs />
      <h1 className="page-title">How the site is</h1>
      <p className="user-more">
        <Link className="text-link" to={href("/admin/bulk")}>
          Acts on many things
        </Link>
        {health && (
          <Link className="text-link" to={href("/admin/settings")}>
            Site settings
          </Link>
        )}
      </p>
      <WaitingList waiting={waiting} />
      <p className="muted user-section">
        {countedAt ? `Counted ${fullMoment(countedAt)}, every ten minutes.` : "Not counted yet: it takes some minutes."}
      </p>
      <div className="plots">
        <Plot of="signUps" days={days} />
        <Plot of="activePeople" days={days} />
        <Plot of="posts" days={days} />
        <Plot of="comments" days={days} />
        <Plot of="reports" days={days} />
      </div>
      {health && <HealthOf health={health} />}
    </PageColumns>
  );
}

function WaitingList({ waiting: { cases, oldestCaseAt, held, proposals, appeals } }: { waiting: Waiting }) {
  const number = (count: number) => count.toLocaleString("en-GB");
  return (
    <section className="user-section" aria-labelledby="waiting">
      <h2 id="waiting">Waits for moderators</h2>
      <dl className="facts figures">
        <dt>Open cases</dt>
        <dd>{number(cases)}</dd>
        <dt>The oldest of them</dt>
        <dd>{oldestCaseAt ? <TimeAgo at={oldestCaseAt} /> : "none"}</dd>
        <dt>Posts and comments held for a look</dt>
        <dd>{number(held)}</dd>
        <dt>Acts that wait for a second moderator</dt>
        <dd>{number(proposals)}</dd>
        <dt>Appeals</dt>
        <dd>{number(appeals)}</dd>
      </dl>
    </section>
  );
}

function HealthOf({ health: { queues, uploadBytes, uploadCount, databaseBytes, limits } }: { health: Health }) {
  return (
    <>
      <section className="user-section" aria-labelledby="jobs">
        <h2 id="jobs">Mail and jobs</h2>
        <div className="figures-scroll">
          <table className="figures-table">
            <thead>
              <tr>
                <th scope="col">Queue</th>
                <th scope="col" className="number">
                  Waiting
                </th>
                <th scope="col" className="number">
                  Under way
                </th>
                <th scope="col" className="number">
                  Failed
                </th>
                <th scope="col">Waits since</th>
              </tr>
            </thead>
            <tbody>
              {queues.map(({ name, waiting, active, failed, oldestWaitingAt }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td className="number">{waiting}</td>
                  <td className="number">{active}</td>
                  <td className={failed > 0 ? "number banned-mark" : "number"}>{failed}</td>
                  <td>{oldestWaitingAt ? <TimeAgo at={oldestWaitingAt} /> : "–"}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
      <section className="user-section" aria-labelledby="storage">
        <h2 id="storage">Storage</h2>
        <dl className="facts figures">
          <dt>Pictures</dt>
          <dd>{`${bytesInWords(uploadBytes)} in ${uploadCount.toLocaleString("en-GB")}`}</dd>
          <dt>Database</dt>
          <dd>{bytesInWords(databaseBytes)}</dd>
        </dl>
      </section>
      <section className="user-section" aria-labelledby="limits">
        <h2 id="limits">Limits reached just now</h2>
        {limits.length === 0 && <p className="muted">None.</p>}
        <ul className="user-counts">
          {limits.map(({ name, count }) => (
            <li key={name}>{`${name.replaceAll("-", " ")}: ${count}`}</li>
          ))}
        </ul>
      </section>
    </>
  );
}
