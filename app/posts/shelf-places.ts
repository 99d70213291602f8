/*
 * Texts that are kept on this device until the site has them. Each open form has a place of its own, so that two tabs
 * do not write over each other; places are named by the person's id, so that nobody is shown somebody else's.
 */

export const textPrefix = "stoa-text ";

/** Where texts of one person are kept. Throws where a browser keeps nothing. */
export function placesOf(userId: string): string[] {
  return Object.keys(localStorage).filter((place) => place.startsWith(`${textPrefix}${userId} `));
}
