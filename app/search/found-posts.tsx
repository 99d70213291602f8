import { tagPath } from "#app/posts/post.ts";
import { PostCard } from "#app/posts/post-card.tsx";
import { FewPeople } from "#app/search/found-people.tsx";
import { Marked } from "#app/search/marked.tsx";
import {
  type FoundPost,
  maxRanked,
  type PeopleResults,
  type PostResults,
  sayPosts,
  searchPath,
} from "#app/search/search.ts";
import { Empty } from "#app/ui/empty.tsx";
import { Link } from "#app/ui/link.tsx";
import { NextPage } from "#app/ui/pagination.tsx";

type Results = PostResults & { people: PeopleResults | null };

/** What a search found: a few people, tags, and posts, the best first. */
export function FoundPosts({ q, results, later }: { q: string; results: Results; later: boolean }) {
  const { posts, people, next, count, close } = results;
  return (
    <>
      {people && <FewPeople q={q} results={people} />}
      <Tags tags={results.tags} />
      <section aria-labelledby="found-posts" className="search-section">
        <h2 id="found-posts" className="list-title">
          {count > 0 && !later ? sayPosts(count) : "Posts"}
        </h2>
        <Hints results={results} later={later} />
        {posts.length === 0 && (
          <Empty title={later ? "There are no more posts that match" : "No post matches"}>
            {!later && <p>Try fewer words, another spelling, or the beginning of a word with a star: gard*</p>}
          </Empty>
        )}
        {posts.map((post) => (
          <Result key={post.id} post={post} />
        ))}
        {posts.length > 0 && !close && (
          <NextPage
            href={next && searchPath(q, { after: next })}
            label="More posts"
            end={count === 1 ? "This is all that matches." : "These are all that match."}
          />
        )}
      </section>
    </>
  );
}

function Result({ post }: { post: FoundPost }) {
  const snippet = post.snippet ? <Marked text={post.snippet} /> : post.excerpt;
  return (
    <PostCard
      post={post}
      title={<Marked text={post.markedTitle} />}
      excerpt={post.warning ? `Content warning: ${post.warning}` : snippet}
    />
  );
}

/** What a reader should know about what was found. */
function Hints({ results, later }: { results: Results; later: boolean }) {
  const { posts, bounded, close, suggestion, unknownAuthors } = results;
  return (
    <div className="search-hints muted">
      {bounded && !later && (
        <p>{`Of all that match, the newest ${maxRanked.toLocaleString("en")} were looked at. For older ones add a date, like before:${new Date().getUTCFullYear()}.`}</p>
      )}
      {unknownAuthors.map((username) => (
        <p key={username}>{`Nobody here has the username ${username}.`}</p>
      ))}
      {suggestion && (
        <p>
          Did you mean{" "}
          <Link className="text-link" to={searchPath(suggestion)}>
            {suggestion}
          </Link>
          ?
        </p>
      )}
      {close && posts.length > 0 && <p>No post has just these words. These titles come close:</p>}
    </div>
  );
}

function Tags({ tags }: { tags: PostResults["tags"] }) {
  if (tags.length === 0) return null;
  return (
    <section aria-labelledby="found-tags" className="search-tags">
      <h2 id="found-tags" className="sr-only">
        Tags
      </h2>
      <ul className="found-tags muted">
        {tags.map(({ name, postCount }) => (
          <li key={name}>
            <Link className="tag" to={tagPath(name)}>
              {name}
            </Link>{" "}
            {postCount.toLocaleString("en")} {postCount === 1 ? "post" : "posts"}
          </li>
        ))}
      </ul>
    </section>
  );
}
