import { href } from "react-router";
import { useRootData } from "#app/site/root-data.ts";
import { Link } from "#app/ui/link.tsx";

/** On a phone, the way from one feed to another. @param here the address of the feed that is shown */
export function FeedTabs({ here }: { here: string }) {
  const { viewer } = useRootData();
  const feeds = [
    { to: href("/"), label: "Latest" },
    ...(viewer ? [{ to: href("/following"), label: "Following" }] : []),
    { to: href("/hot"), label: "Hot" },
    { to: href("/tags"), label: "Tags" },
  ];
  return (
    <nav className="tabs feed-tabs" aria-label="Feeds">
      {feeds.map(({ to, label }) => (
        <Link key={to} to={to} aria-current={to === here ? "page" : undefined}>
          {label}
        </Link>
      ))}
    </nav>
  );
}
