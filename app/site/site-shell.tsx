import type { ReactNode } from "react";
import { Form, href, useLocation } from "react-router";
import { SiteFoot } from "#app/about/site-foot.tsx";
import { AccountWarnings } from "#app/auth/account-warnings.tsx";
import type { Viewer } from "#app/auth/viewer.ts";
import { UnreadBadge } from "#app/notifications/unread-badge.tsx";
import { PlacesSearch } from "#app/search/places-search.tsx";
import { ShortcutsButton } from "#app/shortcuts/help-button.tsx";
import { Icon, type IconName } from "#app/ui/icon.tsx";
import { Link } from "#app/ui/link.tsx";
import { isAtLeast, userPath } from "#app/users/user.ts";

interface Place {
  to: string;
  label: string;
  icon: IconName;
  /** also one of the five targets of a phone's bottom bar */
  onPhone?: boolean;
  /** has the count of what is unread beside its word */
  badge?: boolean;
}

/** The frame of every page: the name, the places, the content. */
export function SiteShell({
  viewer,
  siteName,
  children,
}: {
  viewer: Viewer | null;
  siteName: string;
  children: ReactNode;
}) {
  const places = placesFor(viewer);
  const member = viewer?.banned ? null : viewer;
  const { pathname } = useLocation();
  return (
    <>
      <a className="skip-link" href="#content">
        Skip to the content
      </a>
      <header className="top-bar">
        <Link to={href("/")} className="site-name">
          {siteName}
        </Link>
        {!viewer?.banned && <PlacesSearch here={pathname === "/search"} />}
        {member && (
          <Link to={href("/notifications")} className="phone-bell">
            <Icon name="bell" />
            <span className="sr-only">Notifications</span>
            <UnreadBadge />
          </Link>
        )}
        <nav className="places" aria-label="Places">
          {places.map((place) => (
            <PlaceLink key={place.to} {...place} />
          ))}
          {member && <ShortcutsButton />}
          {viewer && (
            <Form method="post" action={href("/sign-out")} reloadDocument className="desk-only">
              <button type="submit" className="place">
                <Icon name="arrow" />
                <span>Sign out</span>
              </button>
            </Form>
          )}
        </nav>
      </header>
      <div className="page">
        {viewer && <AccountWarnings viewer={viewer} />}
        {children}
        <SiteFoot />
      </div>
    </>
  );
}

function PlaceLink({ to, label, icon, onPhone, badge }: Place) {
  const here = useLocation().pathname === to;
  return (
    <Link to={to} className={onPhone ? "place" : "place desk-only"} aria-current={here ? "page" : undefined}>
      <Icon name={icon} />
      <span>{label}</span>
      {badge && <UnreadBadge />}
    </Link>
  );
}

function visitorPlaces(): Place[] {
  return [
    { to: href("/"), label: "Latest", icon: "home", onPhone: true },
    { to: href("/hot"), label: "Hot", icon: "flame" },
    { to: href("/tags"), label: "Tags", icon: "hash" },
    { to: href("/join"), label: "Join", icon: "users", onPhone: true },
    { to: href("/sign-in"), label: "Sign in", icon: "user", onPhone: true },
  ];
}

function placesFor(viewer: Viewer | null): Place[] {
  if (!viewer) return visitorPlaces();
  return viewer.banned ? bannedPlaces() : placesOf(viewer);
}

/** Any address but a few shows them the ban's page, with the way out. */
function bannedPlaces(): Place[] {
  return [
    { to: href("/"), label: "Your ban", icon: "shield", onPhone: true },
    { to: href("/settings/data"), label: "Your data", icon: "gear", onPhone: true },
  ];
}

function placesOf(viewer: Viewer): Place[] {
  const staff: Place[] = isAtLeast(viewer.role, "moderator")
    ? [
        { to: href("/moderation"), label: "Moderation", icon: "shield", onPhone: true },
        { to: href("/admin"), label: "Dashboard", icon: "shield" },
        { to: href("/admin/users"), label: "People", icon: "users" },
      ]
    : [];
  if (isAtLeast(viewer.role, "admin")) staff.push({ to: href("/admin/settings"), label: "Site", icon: "shield" });
  return [
    { to: href("/"), label: "Latest", icon: "home", onPhone: true },
    { to: href("/following"), label: "Following", icon: "following" },
    { to: href("/hot"), label: "Hot", icon: "flame" },
    { to: href("/tags"), label: "Tags", icon: "hash" },
    { to: href("/new"), label: "Write", icon: "pen", onPhone: true },
    { to: href("/drafts"), label: "Drafts", icon: "draft", onPhone: staff.length === 0 },
    { to: href("/bookmarks"), label: "Bookmarks", icon: "bookmark" },
    { to: href("/notifications"), label: "Notifications", icon: "bell", badge: true },
    { to: userPath(viewer.username), label: "You", icon: "user", onPhone: true },
    ...staff,
    { to: href("/settings/profile"), label: "Settings", icon: "gear", onPhone: true },
  ];
}
