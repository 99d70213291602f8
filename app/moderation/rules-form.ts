import { z } from "zod";
import { reasonForm } from "#app/moderation/moderation.ts";
import { maxRules, type Rule, type Rules, ruleSchema } from "#app/moderation/rule.ts";

/** One rule as the form asks for it; without a title it is taken away. */
interface TypedRule {
  /** null for a new one */
  key: string | null;
  /** where it stands among the others */
  place: number;
  title: string;
  text: string;
}

const place = z
  .number("Enter a number.")
  .min(0, "Enter a number from 0 on.")
  .max(1_000, "Enter at most 1,000.")
  .optional();
const title = ruleSchema.shape.title.optional();
const text = ruleSchema.shape.text.optional();

/** The names of a rule's fields: flat, as all fields of forms are. */
export function ruleFields(key: string | null) {
  const of = key === null ? "_new" : `-${key}`;
  return { place: `place${of}`, title: `title${of}`, text: `text${of}` };
}

/** The form of the rules as they are: three fields for each, three for a new one, and why. */
export function rulesFormOf(list: Rule[]) {
  const keys = [...list.map(({ key }) => key), null];
  const shape = Object.fromEntries(
    keys.flatMap((key) => {
      const names = ruleFields(key);
      return [
        [names.place, place],
        [names.title, title],
        [names.text, text],
      ];
    }),
  );
  return z.object({ ...shape, ...reasonForm.shape }).transform(({ reason, ...typed }, context) => {
    const say = (message: string, path: string[] = []) => context.addIssue({ code: "custom", path, message });
    const values: Record<string, unknown> = typed;
    const rules = keys.flatMap((key): TypedRule[] => {
      const names = ruleFields(key);
      const [at, called, said] = [values[names.place], values[names.title], values[names.text]];
      const rule = { key, place: Number(at ?? 0), title: String(called ?? ""), text: String(said ?? "") };
      if (rule.title === "" && rule.text !== "") say("Give the rule a title, or empty its text too.", [names.title]);
      if (rule.title !== "" && at === undefined) say("Enter a number.", [names.place]);
      // A rule of which the form says nothing was added elsewhere meanwhile.
      return at === undefined ? [] : [rule];
    });
    const kept = rules.filter((rule) => rule.title !== "");
    if (kept.length === 0) say("Keep one rule at least.");
    if (kept.length > maxRules) say(`Keep at most ${maxRules} rules.`);
    return { rules, reason: String(reason) };
  });
}

/**
 * The rules after a change. A rule keeps its key whatever it is called from then on; one that is taken away is kept
 * aside, so that acts which named it still say which it was; one that the form did not know stays.
 */
export function changedRules(from: Rules, typed: TypedRule[]): Rules {
  const known = new Set([...from.list, ...from.retired].map(({ key }) => key));
  const inOrder = typed.toSorted((one, other) => one.place - other.place);
  const kept = inOrder.flatMap((rule): Rule[] => {
    if (rule.title === "" || (rule.key !== null && !known.has(rule.key))) return [];
    const key = rule.key ?? newKey(rule.title, known);
    known.add(key);
    return [{ key, title: rule.title, text: rule.text }];
  });
  const untouched = from.list.filter(({ key }) => !typed.some((rule) => rule.key === key));
  const list = [...kept, ...untouched];
  const gone = from.list.filter(({ key }) => !list.some((rule) => rule.key === key));
  return { list, retired: [...from.retired.filter(({ key }) => !list.some((rule) => rule.key === key)), ...gone] };
}

/** A key of a new rule: its first words in small letters, and a letter more where that is another rule's. */
function newKey(title: string, known: Set<string>): string {
  const words = title
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z]+/g, "-")
    .slice(0, 30)
    .replace(/^-+|-+$/g, "");
  const stem = words || "rule";
  let key = stem;
  for (let serial = 1; known.has(key); serial++) key = `${stem}-${letters(serial)}`;
  return key;
}

function letters(number: number): string {
  const rest = Math.floor(number / 26);
  return (rest > 0 ? letters(rest) : "") + String.fromCharCode(97 + (number % 26));
}
