import { href } from "react-router";
import { legalTitles } from "#app/legal/legal.ts";
import { useRootData } from "#app/site/root-data.ts";
import { Link } from "#app/ui/link.tsx";

/** The foot of every page: what the site is, what it binds itself to, how its people are reached. */
export function SiteFoot() {
  const { siteName, about } = useRootData();
  const { description, contact, texts } = about;
  return (
    <footer className="site-foot">
      {description && <p dir="auto">{description}</p>}
      <ul>
        <li>
          <Link to={href("/about")}>{`About ${siteName}`}</Link>
        </li>
        {texts.map(({ kind }) => (
          <li key={kind}>
            <Link to={`/about/${kind}`}>{legalTitles[kind]}</Link>
          </li>
        ))}
        {contact && (
          <li>
            <a href={`mailto:${contact}`}>{contact}</a>
          </li>
        )}
      </ul>
    </footer>
  );
}
