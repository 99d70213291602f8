import { seal } from "#app/server/sealing.server.ts";

/** What a stranger's form carries that was shown some seconds ago. */
export function shownAgo(seconds: number): string {
  return seal("stranger's form", JSON.stringify({ id: "x", at: Date.now() - seconds * 1000, facts: {} }));
}

/** A form as its page sends it: with proof of when it was shown, where it is one for strangers. */
export function asItsPageSends<Value>(path: string, form: Record<string, Value>): Record<string, Value | string> {
  const forStrangers = /^\/(join|forgot-password|sign-in\/code)(\.data)?(\?|$)/.test(path);
  return forStrangers ? { shown: shownAgo(5), ...form } : form;
}
