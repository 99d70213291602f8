import { href } from "react-router";
import { Link } from "#app/ui/link.tsx";
import { userPath } from "#app/users/user.ts";

/** The lists of what a person wrote. */
export function ProfileTabs({ username, here }: { username: string; here: "posts" | "comments" }) {
  return (
    <nav className="profile-tabs" aria-label="What they wrote">
      <Link to={userPath(username)} aria-current={here === "posts" ? "page" : undefined}>
        Posts
      </Link>
      <Link to={href("/u/:username/comments", { username })} aria-current={here === "comments" ? "page" : undefined}>
        Comments
      </Link>
    </nav>
  );
}
