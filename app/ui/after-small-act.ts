import type { ShouldRevalidateFunctionArgs } from "react-router";

/**
 * Whether a page is asked for again, where an act on it shows its result by itself and nothing else is to move. Whoever
 * is already on the way to another page gets that page: the answer to the act would otherwise end the way with what is
 * on the screen, under the new address.
 * @param act what the addresses of such acts look like
 */
export function asksAgainAfter(
  act: RegExp,
  { formAction, currentUrl, nextUrl, ...rest }: ShouldRevalidateFunctionArgs,
) {
  const stays = currentUrl.pathname === nextUrl.pathname && currentUrl.search === nextUrl.search;
  return stays && act.test(formAction ?? "") ? false : rest.defaultShouldRevalidate;
}
