import { href } from "react-router";
import { hasSuggestions, type Suggestions as Suggested } from "#app/follows/follow.ts";
import { FollowButton } from "#app/follows/follow-button.tsx";
import { PeopleList } from "#app/follows/people-list.tsx";
import { tagPath } from "#app/posts/post.ts";
import { postsWords } from "#app/tags/tag.ts";
import { Link } from "#app/ui/link.tsx";

/** People and tags to follow, each with its button. */
export function Suggestions({ suggestions, from }: { suggestions: Suggested; from: string }) {
  const { people, tags } = suggestions;
  if (!hasSuggestions(suggestions)) return null;
  return (
    <div className="follow-suggestions">
      {people.length > 0 && (
        <section aria-labelledby="people-to-follow">
          <h2 id="people-to-follow" className="list-title">
            People to follow
          </h2>
          <PeopleList people={people} from={from} member />
        </section>
      )}
      {tags.length > 0 && (
        <section aria-labelledby="tags-to-follow">
          <h2 id="tags-to-follow" className="list-title">
            Tags to follow
          </h2>
          <ul className="people-list">
            {tags.map((tag) => (
              <li key={tag.name} className="person">
                <Link className="tag-row" to={tagPath(tag.name)}>
                  <bdi className="tag">{tag.name}</bdi> <span className="muted">{postsWords(tag.postCount)}</span>
                </Link>
                <FollowButton
                  action={href("/t/:tag/follow", { tag: tag.name })}
                  name={`#${tag.name}`}
                  followed={false}
                  from={from}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
