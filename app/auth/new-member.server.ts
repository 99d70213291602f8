import type { z } from "zod";
import type { profileForm } from "#app/auth/entry-forms.ts";
import { passwordProblem } from "#app/auth/password-rules.server.ts";
import { siteUsernameProblem } from "#app/auth/usernames.server.ts";

/**
 * A form that makes a member, with the rules that only the server knows: the site's own name is nobody's username,
 * and a password is not what anyone would try first for this person.
 */
export function strictly<Form extends typeof profileForm>(form: Form, email?: string) {
  return form.superRefine((member: z.output<typeof profileForm> & { email?: string }, context) => {
    const { username, name, password } = member;
    const about = [username, name, member.email ?? email ?? ""];
    const problems = { username: siteUsernameProblem(username), password: passwordProblem(password, about) };
    for (const [field, message] of Object.entries(problems)) {
      if (message) context.addIssue({ code: "custom", path: [field], message });
    }
  });
}
