import type { ReactNode } from "react";
import { buttonClass } from "#app/ui/button.tsx";
import { Link } from "#app/ui/link.tsx";

interface SettingSectionProps {
  id: string;
  title: string;
  /** where the settings are changed */
  change: { to: string; words: string };
  /** what has just been done, said here */
  saved?: ReactNode;
  /** the settings as they are */
  children: ReactNode;
}

/** A group of the site's settings as it stands, and the way to change it. */
export function SettingSection({ id, title, change, saved, children }: SettingSectionProps) {
  return (
    <section className="user-section" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {saved && (
        <p className="notice" role="status">
          {saved}
        </p>
      )}
      <div className="setting-values">{children}</div>
      <Link className={buttonClass("plain")} to={change.to}>
        {change.words}
      </Link>
    </section>
  );
}
