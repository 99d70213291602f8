import { href } from "react-router";
import { buttonClass } from "#app/ui/button.tsx";
import { Link } from "#app/ui/link.tsx";

/** The right column of the feeds: what this place is, and for visitors how to take part. */
export function AboutSite({ siteName, visitor }: { siteName: string; visitor: boolean }) {
  return (
    <section aria-labelledby="about-site">
      <h2 id="about-site" className="aside-title">
        {siteName}
      </h2>
      <p>
        An open colonnade to walk, read and talk in. Everything here was written by a member, and anyone may read it.
      </p>
      {visitor && (
        <p className="aside-actions">
          <Link className={buttonClass("primary")} to={href("/join")}>
            Join
          </Link>
          <Link className={buttonClass("plain")} to={href("/sign-in")}>
            Sign in
          </Link>
        </p>
      )}
      <h3 className="aside-subtitle">House rules</h3>
      <ul className="aside-list">
        <li>Write as you would speak to someone you will meet again.</li>
        <li>Disagree with what was said, not with who said it.</li>
        <li>Say where a thing comes from.</li>
      </ul>
      <ul className="aside-links">
        <li>
          <Link className="text-link" to={href("/about/rules")}>
            All the rules
          </Link>
        </li>
        <li>
          <Link className="text-link" to={href("/about/trust")}>
            What accounts may
          </Link>
        </li>
        <li>
          <Link className="text-link" to={href("/moderation/log")}>
            What moderators decide
          </Link>
        </li>
      </ul>
    </section>
  );
}
