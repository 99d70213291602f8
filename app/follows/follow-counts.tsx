import { href } from "react-router";
import { Link } from "#app/ui/link.tsx";
import type { Profile } from "#app/users/user.ts";

/** How many follow somebody and whom they follow, as ways to the lists. */
export function FollowCounts({ profile }: { profile: Profile }) {
  const { username, followerCount, followingCount } = profile;
  return (
    <p className="profile-counts">
      <Link to={href("/u/:username/followers", { username })}>
        <strong>{followerCount.toLocaleString("en")}</strong> {followerCount === 1 ? "follower" : "followers"}
      </Link>
      <Link to={href("/u/:username/following", { username })}>
        <strong>{followingCount.toLocaleString("en")}</strong> following
      </Link>
    </p>
  );
}
