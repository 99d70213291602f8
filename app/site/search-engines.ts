/** What no robot should fetch: forms, one's own things, staff pages, and the data of pages beside the pages. */
export const closedToRobots = [
  "/admin",
  "/api/",
  "/bookmarks",
  "/comments/",
  "/confirm",
  "/decisions/",
  "/dev/",
  "/drafts",
  "/forgot-password",
  "/impersonation",
  "/join",
  "/leaving",
  "/moderation",
  "/following",
  "/live",
  "/new",
  "/notifications",
  "/offline",
  "/p/*/delete",
  "/p/*/edit",
  "/p/*/report",
  "/preview",
  "/reset-password",
  "/search",
  "/settings",
  "/setup",
  "/sign-in",
  "/sign-out",
  "/undo-email-change",
  "/stop-recovery",
  "/unsubscribe",
  "/welcome",
  "/*.data$",
  "/*?reply=",
];

/** The pages that belong in a search engine's index: the others are ways to them, or nobody's to find. */
const toBeFound = /^\/(?:p\/\d+(?:\/[^/]+)?|u\/[\w-]+|t\/[^/]+|tags|hot|about(?:\/[\w-]+)?)?\/?$/;
const notToBeFound =
  /^\/p\/\d+\/(?:edit|delete|comments|reaction|bookmark|report|history|ranking|draft|pin|removal|restoration|approval|lock|unlock|feature|unfeature)\/?$/;

/**
 * Whether a search engine should show the page. The later pages of a list only lead to posts, and change whenever
 * somebody writes: they are followed and not shown.
 */
export function isToBeFound({ pathname, searchParams }: URL): boolean {
  return toBeFound.test(pathname) && !notToBeFound.test(pathname) && !searchParams.has("after");
}
