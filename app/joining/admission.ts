import type { JoiningMode } from "#app/joining/joining.ts";

/** Why somebody is not taken, all else being right. */
export type NotAdmittedBecause =
  /** the site takes nobody, or only others: see `joiningModes` */
  | Exclude<JoiningMode, "open">
  | "domain-blocked"
  | "network-blocked"
  | "name-reserved"
  /** not to what holds now */
  | "not-agreed";

/** What can be put right in the form of the last step, as conform's reply takes it. */
const fieldProblems: Record<"name-reserved" | "not-agreed", FieldProblem> = {
  "name-reserved": { fieldErrors: { username: ["That username is reserved for the site. Choose another."] } },
  "not-agreed": { formErrors: ["Read what you are asked to agree to, as it is now, and tick the box beside it."] },
};

interface FieldProblem {
  fieldErrors?: Record<string, string[]>;
  formErrors?: string[];
}

export function isFieldProblem(because: NotAdmittedBecause): because is keyof typeof fieldProblems {
  return Object.hasOwn(fieldProblems, because);
}

export function problemOf(because: keyof typeof fieldProblems): FieldProblem {
  return fieldProblems[because];
}
