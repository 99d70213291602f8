import type { ReactNode } from "react";
import { href, useLocation } from "react-router";
import { PageColumns } from "#app/site/page-columns.tsx";
import { useRootData } from "#app/site/root-data.ts";
import { Link } from "#app/ui/link.tsx";

/** The settings' pages, in the order of their list. */
const pages = [
  { to: href("/settings/profile"), label: "Profile" },
  { to: href("/settings/account"), label: "Account" },
  { to: href("/settings/security"), label: "Security" },
  { to: href("/settings/sessions"), label: "Devices" },
  { to: href("/settings/notifications"), label: "Notifications" },
  { to: href("/settings/muted"), label: "Muted" },
  { to: href("/settings/invites"), label: "Invites" },
  { to: href("/settings/reports"), label: "Reports" },
  { to: href("/settings/decisions"), label: "Decisions" },
  { to: href("/settings/data"), label: "Your data" },
];

/** A page of one's own settings: the list of all of them above it. */
export function SettingsPage({ title, children }: { title: string; children: ReactNode }) {
  const { pathname } = useLocation();
  const { viewer } = useRootData();
  const shown = viewer?.banned ? pages.filter(({ to }) => to === href("/settings/data")) : pages;
  return (
    <PageColumns>
      <nav className="settings-pages" aria-label="Settings">
        {shown.map(({ to, label }) => (
          <Link key={to} to={to} aria-current={pathname === to ? "page" : undefined}>
            {label}
          </Link>
        ))}
      </nav>
      <h1 className="page-title">{title}</h1>
      {children}
    </PageColumns>
  );
}

/** A part of a settings page: what it is about, how it stands now, what can be done. */
export function SettingsSection({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id} className="settings-section">
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}
