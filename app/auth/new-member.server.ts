import type { z } from "zod";
import { type passkeyProfileForm, vouchedProfileForm } from "#app/auth/entry-forms.ts";
import { passwordLength } from "#app/auth/password/password.ts";
import { passwordProblem } from "#app/auth/password/password-rules.server.ts";
import { isSiteName } from "#app/auth/usernames.server.ts";
import { isReserved, reserved } from "#app/users/username.ts";

type Member = z.output<typeof passkeyProfileForm> & { password?: string; email?: string };

/**
 * A form that makes a member, with the rules that only the server knows: the site's own name is nobody's username,
 * and a password is not what anyone would try first for this person.
 */
export function strictly<Form extends typeof passkeyProfileForm>(form: Form, email?: string) {
  return form.superRefine((member: Member, context) => {
    const { username, name, password } = member;
    refuseSiteName(username, context);
    const longEnough = password !== undefined && password.length >= passwordLength.min;
    const message = longEnough && passwordProblem(password, [username, name, member.email ?? email ?? ""]);
    if (message) context.addIssue({ code: "custom", path: ["password"], message });
  });
}

/** The same for whom a provider vouches, who chooses no password. */
export const strictlyVouched = vouchedProfileForm.superRefine(({ username }, context) =>
  refuseSiteName(username, context),
);

/** Where the site's name is a reserved word too, the form has said so already. */
function refuseSiteName(username: string, context: z.RefinementCtx): void {
  if (isSiteName(username) && !isReserved(username))
    context.addIssue({ code: "custom", path: ["username"], message: reserved });
}
