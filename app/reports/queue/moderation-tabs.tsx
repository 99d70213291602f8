import { href } from "react-router";
import { Link } from "#app/ui/link.tsx";

/** How many of each kind wait for moderators, counted up to one more than is said. */
export interface Waiting {
  reports: number;
  held: number;
  proposals: number;
  appeals: number;
}

const mostSaid = 999;

/** The lists of what waits for moderators, each with how much of it. */
export function ModerationTabs({ waiting, here = "reports" }: { waiting: Waiting; here?: keyof Waiting }) {
  const tabs: { key: keyof Waiting; to: string; label: string }[] = [
    { key: "reports", to: href("/moderation"), label: "Reports" },
    { key: "held", to: "/moderation/held", label: "Held" },
    { key: "proposals", to: "/moderation/proposals", label: "Proposals" },
    { key: "appeals", to: "/moderation/appeals", label: "Appeals" },
  ];
  return (
    <nav className="moderation-tabs" aria-label="What waits">
      {tabs.map(({ key, to, label }) => (
        <Link key={key} to={to} aria-current={key === here ? "page" : undefined}>
          {label} <span className="muted">{waiting[key] > mostSaid ? `${mostSaid}+` : waiting[key]}</span>
        </Link>
      ))}
      <Link to="/moderation/log">Log</Link>
    </nav>
  );
}
