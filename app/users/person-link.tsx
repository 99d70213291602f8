import type { ComponentProps } from "react";
import { Link } from "#app/ui/link.tsx";
import { isGone, userPath } from "#app/users/user.ts";

/** The way to a person's page; of somebody who left only the words, for they have none. */
export function PersonLink({
  username,
  className,
  children,
  ...link
}: Omit<ComponentProps<typeof Link>, "to"> & { username: string }) {
  if (isGone(username)) return <span className={className}>{children}</span>;
  return (
    <Link to={userPath(username)} className={className} {...link}>
      {children}
    </Link>
  );
}
