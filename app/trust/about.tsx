import { href } from "react-router";
import { PageColumns } from "#app/site/page-columns.tsx";
import { useRootData } from "#app/site/root-data.ts";
import { findSiteSetting } from "#app/site/site-settings.server.ts";
import { GateTable } from "#app/trust/gate-table.tsx";
import type { Gates } from "#app/trust/gates.ts";
import { Link } from "#app/ui/link.tsx";
import { isAtLeast } from "#app/users/user.ts";
import type { Route } from "./+types/about";

export async function loader() {
  return { gates: await findSiteSetting("gates") };
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [
    { title: `What accounts may · ${root.loaderData.siteName}` },
    { name: "description", content: "What new accounts may do here, with the present numbers" },
  ];
}

export default function About({ loaderData: { gates } }: Route.ComponentProps) {
  const { viewer } = useRootData();
  return (
    <PageColumns>
      <h1 className="page-title">What accounts may</h1>
      <div className="prose-page">
        <p>
          Most who come to spoil a place come with an account of today. So new accounts may a little less, by a few
          numbers that everybody can read here. Nothing else counts: nobody is judged by a formula that they cannot see.
        </p>
        <GateTable gates={gates} />
        <h2>Which accounts are new</h2>
        <NewAccounts gates={gates} />
        <h2>What waits for a look</h2>
        <p>
          {gates.heldPosts === 0
            ? "Nothing: what anybody publishes is seen by everybody at once."
            : `Until ${things(gates.heldPosts)} of an account ${gates.heldPosts === 1 ? "stands" : "stand"}, what it publishes waits for a moderator’s look, who approves or removes it. Its author sees that it waits. Once approved it appears as published at that moment.`}
        </p>
        <h2>Before you write</h2>
        <p>
          Every form says which of this concerns you before you write in it. If a text is not taken, it stays in the
          form, with the reason beside it. Drafts are always saved.
        </p>
        {viewer && isAtLeast(viewer.role, "moderator") && (
          <p>
            <Link className="text-link" to={href("/moderation/held")}>
              See what waits for a look
            </Link>
          </p>
        )}
        {viewer?.role === "admin" && (
          <p>
            <Link className="text-link" to={href("/admin/settings/trust")}>
              Change the numbers
            </Link>
          </p>
        )}
      </div>
    </PageColumns>
  );
}

function NewAccounts({ gates }: { gates: Gates }) {
  return (
    <ul>
      {gates.newDays > 0 && <li>Those younger than {days(gates.newDays)}.</li>}
      {gates.newContributions > 0 && (
        <li>
          Those of which fewer than {things(gates.newContributions)} stand. What was deleted or removed does not stand.
        </li>
      )}
      <li>
        Again, those against which moderators acted {gates.actsAgainst === 1 ? "once" : `${gates.actsAgainst} times`} in
        the last {days(gates.actDays)}: a warning, a silence, a ban, a post or comment that was removed. What was undone
        or restored does not count.
      </li>
      <li>Moderators and admins are never new.</li>
    </ul>
  );
}

function days(number: number): string {
  return number === 1 ? "one day" : `${number.toLocaleString("en")} days`;
}

function things(number: number): string {
  return number === 1 ? "one post or comment" : `${number.toLocaleString("en")} posts and comments`;
}
