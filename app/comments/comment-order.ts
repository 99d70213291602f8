import { parsePostId } from "#app/posts/post.ts";

/**
 * In which order siblings stand. The best liked first is what a page begins with: where nobody has liked anything, which
 * is most conversations, that is the order in which they were written.
 */
export const commentOrders = ["top", "new", "old"] as const;
export type CommentOrder = (typeof commentOrders)[number];

/** What of a conversation a page shows. */
export interface CommentView {
  order: CommentOrder;
  /** the place in the order behind which it begins */
  after: number[] | null;
  /** the comment whose thread it is; null for the whole conversation */
  thread: number | null;
}

export const wholeConversation: CommentView = { order: "top", after: null, thread: null };

/** The view that an address asks for; what it says wrongly counts as not said. */
export function parseCommentView(search: URLSearchParams): CommentView {
  return {
    order: commentOrders.find((order) => order === search.get("sort")) ?? "top",
    after: parsePlace(search.get("after")),
    thread: parsePostId(search.get("thread") ?? ""),
  };
}

/** The query of a view's address; a new order or thread begins at its first page. */
export function commentViewQuery({ order, thread }: Omit<CommentView, "after">, after?: string | null): string {
  const search = new URLSearchParams();
  if (order !== "top") search.set("sort", order);
  if (thread) search.set("thread", String(thread));
  if (after) search.set("after", after);
  return search.size > 0 ? `?${search}` : "";
}

/** The same view with the form of a reply. */
export function replyPath(
  path: string,
  view: Omit<CommentView, "after">,
  id: number,
  more: "&quote" | "" = "",
): string {
  const query = commentViewQuery(view);
  return `${path}${query}${query ? "&" : "?"}reply=${id}${more}#comment-${id}`;
}

/** A place in the order: for each level down to it, what that comment is ordered by, and what decides between equals. */
function parsePlace(text: string | null): number[] | null {
  return /^-?\d{1,15}\.-?\d{1,15}(?:\.-?\d{1,15}\.-?\d{1,15}){0,6}$/.test(text ?? "")
    ? (text ?? "").split(".").map(Number)
    : null;
}
