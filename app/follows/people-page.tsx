import { href } from "react-router";
import type { PeoplePage as Page } from "#app/follows/follow.ts";
import { PeopleList } from "#app/follows/people-list.tsx";
import { PageColumns } from "#app/site/page-columns.tsx";
import { useRootData } from "#app/site/root-data.ts";
import { Empty } from "#app/ui/empty.tsx";
import { Link } from "#app/ui/link.tsx";
import { NextPage } from "#app/ui/pagination.tsx";
import { type UserSummary, userPath } from "#app/users/user.ts";

interface PeoplePageProps {
  list: "followers" | "following";
  user: Pick<UserSummary, "username" | "name">;
  page: Page;
}

/** Who follows somebody, or whom they follow. */
export function PeoplePage({ list, user, page }: PeoplePageProps) {
  const { viewer } = useRootData();
  const lists = {
    followers: href("/u/:username/followers", { username: user.username }),
    following: href("/u/:username/following", { username: user.username }),
  };
  return (
    <PageColumns>
      <p className="back-link">
        <Link className="text-link" to={userPath(user.username)}>
          <bdi>{user.name}</bdi>
        </Link>
      </p>
      <h1 className="sr-only">
        {list === "followers" ? `People who follow ${user.name}` : `People whom ${user.name} follows`}
      </h1>
      <nav className="tabs" aria-label="People">
        <Link to={lists.followers} aria-current={list === "followers" ? "page" : undefined}>
          Followers
        </Link>
        <Link to={lists.following} aria-current={list === "following" ? "page" : undefined}>
          Following
        </Link>
      </nav>
      {page.people.length > 0 ? (
        <>
          <PeopleList people={page.people} from={lists[list]} member={viewer !== null} />
          <NextPage
            href={page.next && `${lists[list]}?after=${page.next}`}
            label="More people"
            end="That is everybody."
          />
        </>
      ) : (
        <Empty title={emptyTitle(list, user, viewer?.username)} />
      )}
    </PageColumns>
  );
}

function emptyTitle(list: PeoplePageProps["list"], { username, name }: PeoplePageProps["user"], viewer?: string) {
  const own = username === viewer;
  if (list === "followers") return own ? "Nobody follows you yet" : `Nobody follows ${name} yet`;
  return own ? "You do not follow anybody yet" : `${name} does not follow anybody yet`;
}
