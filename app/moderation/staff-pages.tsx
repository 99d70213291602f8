import { href, useLocation } from "react-router";
import { Link } from "#app/ui/link.tsx";

/** The lists of what waits for moderators, and of what was done. */
const pages = [
  { to: href("/moderation/appeals"), label: "Appeals" },
  { to: href("/moderation/proposals"), label: "Proposals" },
  { to: href("/moderation/log"), label: "Log" },
];

export function StaffPages() {
  const { pathname } = useLocation();
  return (
    <nav className="settings-pages" aria-label="Moderation">
      {pages.map(({ to, label }) => (
        <Link key={to} to={to} aria-current={pathname === to ? "page" : undefined}>
          {label}
        </Link>
      ))}
    </nav>
  );
}
