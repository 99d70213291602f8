import { Link } from "#app/ui/link.tsx";

/** The way to the next page of a list, or word that this is its end. */
export function NextPage({
  href,
  label = "Older posts",
  end = "You have reached the beginning.",
}: {
  href: string | null;
  label?: string;
  end?: string;
}) {
  return (
    <nav className="next-page" aria-label="Pages">
      {href ? (
        <Link rel="next" className="button plain" to={href}>
          {label}
        </Link>
      ) : (
        <p className="muted">{end}</p>
      )}
    </nav>
  );
}
