import { href, useLocation } from "react-router";
import { Link } from "#app/ui/link.tsx";

/** How many of each kind wait for moderators, counted up to one more than is said. */
export interface Waiting {
  reports: number;
  held: number;
  proposals: number;
  appeals: number;
}

const mostSaid = 999;

const lists: { key: keyof Waiting; to: string; label: string }[] = [
  { key: "reports", to: href("/moderation"), label: "Reports" },
  { key: "held", to: href("/moderation/held"), label: "Held" },
  { key: "proposals", to: href("/moderation/proposals"), label: "Proposals" },
  { key: "appeals", to: href("/moderation/appeals"), label: "Appeals" },
];

const places = [
  { to: href("/moderation/log"), label: "Log" },
  { to: href("/admin/users"), label: "People" },
  { to: href("/admin"), label: "Dashboard" },
];

/** The lists of what waits for moderators, with how much of it where that was counted, and their other pages. */
export function ModerationTabs({ waiting }: { waiting?: Waiting }) {
  const { pathname } = useLocation();
  const current = (to: string) => (pathname === to ? "page" : undefined);
  return (
    <nav className="settings-pages" aria-label="Moderation">
      {lists.map(({ key, to, label }) => (
        <Link key={key} to={to} aria-current={current(to)}>
          {label}
          {waiting && <span className="muted"> {waiting[key] > mostSaid ? `${mostSaid}+` : waiting[key]}</span>}
        </Link>
      ))}
      {places.map(({ to, label }) => (
        <Link key={to} to={to} aria-current={current(to)}>
          {label}
        </Link>
      ))}
    </nav>
  );
}
