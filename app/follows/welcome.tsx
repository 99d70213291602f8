import { Form, href, redirect } from "react-router";
import { redirectTarget } from "#app/auth/redirect-target.ts";
import { hasSuggestions, type ListedPerson, offered } from "#app/follows/follow.ts";
import { followMany } from "#app/follows/follows.server.ts";
import { listSuggestions } from "#app/follows/suggestions.server.ts";
import { spend } from "#app/middleware/rate-limit.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { canonicalTag, tagsProblem } from "#app/posts/post-form.ts";
import { readForm } from "#app/server/form.server.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { useRootData } from "#app/site/root-data.ts";
import { postsWords } from "#app/tags/tag.ts";
import { buttonClass, SubmitButton } from "#app/ui/button.tsx";
import { Link } from "#app/ui/link.tsx";
import { usernameProblem } from "#app/users/username.ts";
import type { Route } from "./+types/welcome";

export const middleware: Route.MiddlewareFunction[] = [requireViewer];

export async function loader({ context, url }: Route.LoaderArgs) {
  const target = redirectTarget(url.searchParams.get("redirectTo"));
  const suggestions = await listSuggestions(viewerOf(context));
  // The first member of a site has nobody to follow.
  if (!hasSuggestions(suggestions)) throw redirect(target);
  return { suggestions, target };
}

export async function action({ request, context }: Route.ActionArgs) {
  const viewer = viewerOf(context);
  const form = await readForm(request);
  const usernames = chosen(form, "person", offered.people).filter((username) => !usernameProblem(username));
  const tags = chosen(form, "tag", offered.tags)
    .map(canonicalTag)
    .filter((tag) => !tagsProblem([tag]));
  if (usernames.length + tags.length > 0) {
    await spend("follow-by-user", viewer.id);
    await followMany(viewer, usernames, tags);
  }
  return redirect(redirectTarget(form.get("redirectTo")));
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `Welcome · ${root.loaderData.siteName}` }];
}

export default function Welcome({ loaderData: { suggestions, target } }: Route.ComponentProps) {
  const { viewer } = useRootData();
  const { people, tags } = suggestions;
  return (
    <PageColumns>
      <h1 className="page-title">
        Welcome, <bdi>{viewer?.name}</bdi>
      </h1>
      <p className="welcome-lead">
        Choose whom and what you want to read more of. Their posts will be under Following. You can do this later, or
        never.
      </p>
      <Form method="post" action={href("/welcome")} className="welcome">
        <input type="hidden" name="redirectTo" value={target} />
        {people.length > 0 && (
          <fieldset>
            <legend className="list-title">People</legend>
            <ul className="people-list">
              {people.map((person, index) => (
                <li key={person.username}>
                  <PersonChoice person={person} name={`person-${index}`} />
                </li>
              ))}
            </ul>
          </fieldset>
        )}
        {tags.length > 0 && (
          <fieldset>
            <legend className="list-title">Tags</legend>
            <ul className="tag-choices">
              {tags.map((tag, index) => (
                <li key={tag.name}>
                  <label className="choice">
                    <input type="checkbox" name={`tag-${index}`} value={tag.name} />
                    <span>
                      <bdi className="tag">{tag.name}</bdi> <span className="muted">{postsWords(tag.postCount)}</span>
                    </span>
                  </label>
                </li>
              ))}
            </ul>
          </fieldset>
        )}
        <p className="actions">
          <SubmitButton busyText="Following">Follow these and go on</SubmitButton>
          <Link className={buttonClass("quiet")} to={target}>
            Skip
          </Link>
        </p>
      </Form>
      <p className="muted welcome-all">
        <Link className="text-link" to={href("/tags")}>
          All tags
        </Link>
      </p>
    </PageColumns>
  );
}

function PersonChoice({ person, name }: { person: ListedPerson; name: string }) {
  return (
    <label className="choice">
      <input type="checkbox" name={name} value={person.username} />
      <img src={person.avatar} alt="" width={40} height={40} />
      <span className="person-words">
        <span className="person-names">
          <bdi className="person-name">{person.name}</bdi> <span className="muted">@{person.username}</span>
        </span>
        {person.bio && (
          <span className="person-bio muted" dir="auto">
            {person.bio}
          </span>
        )}
      </span>
    </label>
  );
}

/** The ticked boxes `kind-0`, `kind-1` …: a form of ours has each name once. */
function chosen(form: FormData, kind: string, most: number): string[] {
  return Array.from({ length: most }, (_, index) => form.get(`${kind}-${index}`)).filter(
    (value) => typeof value === "string",
  );
}
