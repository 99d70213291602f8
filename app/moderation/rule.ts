import { z } from "zod";

/** What is asked of everybody here; reports and acts name the rule that was broken by its key. */
export const ruleSchema = z.object({
  key: z.string().regex(/^[a-z][a-z-]{0,39}$/, "Use small letters and -."),
  title: z.string().trim().min(3, "Say it in a few words.").max(60),
  text: z.string().trim().max(500),
});
export type Rule = z.infer<typeof ruleSchema>;

/** What a new site begins with. */
export const defaultRules: Rule[] = [
  {
    key: "spam",
    title: "No advertising",
    text: "Nothing that is here to sell, to collect clicks or to fill the place.",
  },
  {
    key: "harassment",
    title: "Be fair to people",
    text: "No insults, no threats, no hounding. Argue with what was said.",
  },
  {
    key: "hate",
    title: "No hate",
    text: "Nobody is made less for who they are, where they come from or whom they love.",
  },
  {
    key: "privacy",
    title: "Leave others their privacy",
    text: "No names, addresses, pictures or letters of people who did not agree.",
  },
  { key: "illegal", title: "Nothing against the law", text: "Nothing that it is a crime to show or to offer." },
  {
    key: "explicit",
    title: "Warn before what is hard to see",
    text: "Violence and nudity stand behind a content warning, where they stand at all.",
  },
  {
    key: "off-topic",
    title: "Stay with the subject",
    text: "Tags say what a post is about, and comments answer the post.",
  },
  { key: "other", title: "Something else", text: "What these rules do not name and hurts the place all the same." },
];

/** As many rules a site has at most: the form of all of them stays within what a form may hold. */
export const maxRules = 20;

/** The rules that stand, and those that stood once: acts that named them still say which they were. */
export const rulesSchema = z.object({
  list: z.array(ruleSchema).min(1).max(maxRules).default(defaultRules),
  retired: z.array(ruleSchema).default([]),
});
export type Rules = z.infer<typeof rulesSchema>;

/** What a rule is or was called; its key where nobody knows it any more. */
export function titleOfRule({ list, retired }: Rules, key: string): string {
  return [...list, ...retired].find((rule) => rule.key === key)?.title ?? key.replaceAll("-", " ");
}
