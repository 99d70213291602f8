import { type FoundPerson, type PeopleResults, searchPath } from "#app/search/search.ts";
import { Empty } from "#app/ui/empty.tsx";
import { Link } from "#app/ui/link.tsx";
import { NextPage } from "#app/ui/pagination.tsx";
import { userPath } from "#app/users/user.ts";

/** The likeliest people, above the posts. Names that only come close stand there when they are asked for. */
export function FewPeople({ q, results: { people, next, close } }: { q: string; results: PeopleResults }) {
  if (people.length === 0) return null;
  return (
    <section aria-labelledby="found-people" className="search-section">
      <h2 id="found-people" className="list-title">
        {close ? "People with a name like that" : "People"}
      </h2>
      <PeopleList people={people} />
      {next && (
        <p>
          <Link className="text-link" to={searchPath(q, { people: true })}>
            All people who match
          </Link>
        </p>
      )}
    </section>
  );
}

/** A page of people alone. */
export function FoundPeople({ q, results: { people, next, close } }: { q: string; results: PeopleResults }) {
  return (
    <section aria-labelledby="found-people" className="search-section">
      <h2 id="found-people" className="list-title">
        People
      </h2>
      {close && people.length > 0 && <p className="search-hints muted">Nobody is called so. These names come close:</p>}
      {people.length === 0 && <Empty title="Nobody matches" />}
      <PeopleList people={people} />
      {people.length > 0 && !close && (
        <NextPage
          href={next && searchPath(q, { people: true, after: next })}
          label="More people"
          end="These are all who match."
        />
      )}
      <p>
        <Link className="text-link" to={searchPath(q)}>
          Search posts instead
        </Link>
      </p>
    </section>
  );
}

function PeopleList({ people }: { people: FoundPerson[] }) {
  return (
    <ul className="found-people">
      {people.map(({ username, name, avatar, bio }) => (
        <li key={username} data-item>
          <Link to={userPath(username)} className="found-person">
            <img src={avatar} alt="" width={40} height={40} loading="lazy" decoding="async" />
            <span className="found-person-words">
              <span>
                <bdi className="byline-name">{name}</bdi> <span className="muted">@{username}</span>
              </span>
              {bio && (
                <span className="found-person-bio muted" dir="auto">
                  {bio}
                </span>
              )}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
