import { href } from "react-router";
import type { ListedPerson } from "#app/follows/follow.ts";
import { FollowButton } from "#app/follows/follow-button.tsx";
import { PersonLink } from "#app/users/person-link.tsx";
import { isGone } from "#app/users/user.ts";

/** People, each with a line about them and, for members, the button to follow them. */
export function PeopleList({ people, from, member }: { people: ListedPerson[]; from: string; member: boolean }) {
  return (
    <ul className="people-list">
      {people.map((person) => (
        <li key={person.username} className="person">
          <PersonFace person={person} />
          {member && !person.self && !isGone(person.username) && (
            <FollowButton
              action={href("/u/:username/follow", { username: person.username })}
              name={person.name}
              followed={person.followed}
              from={from}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

function PersonFace({ person }: { person: ListedPerson }) {
  return (
    <PersonLink className="person-face" username={person.username}>
      <img src={person.avatar} alt="" width={40} height={40} loading="lazy" decoding="async" />
      <span className="person-words">
        <span className="person-names">
          <bdi className="person-name">{person.name}</bdi>{" "}
          {!isGone(person.username) && <span className="muted">@{person.username}</span>}
        </span>
        {person.bio && (
          <span className="person-bio muted" dir="auto">
            {person.bio}
          </span>
        )}
      </span>
    </PersonLink>
  );
}
