import { parseWithZod } from "@conform-to/zod/v4";
import { data, href, redirect } from "react-router";
import { browserOf } from "#app/auth/browser.server.ts";
import { goOn } from "#app/auth/door.server.ts";
import { type LetIn, tryCode } from "#app/auth/email-proofs.server.ts";
import { codeForm } from "#app/auth/entry-forms.ts";
import { expiredJoinCookie, readJoinToken } from "#app/auth/join-cookie.server.ts";

/**
 * The answer to a mailed code that was typed: known people are let in, by their second factor where they have one;
 * others go on to the last step of joining.
 */
export async function answerCode(form: FormData, request: Request, redirectTo: string) {
  const submission = parseWithZod(form, { schema: codeForm });
  if (submission.status !== "success") return data({ lastResult: submission.reply() }, { status: 400 });
  const answer = await tryCode(readJoinToken(request), submission.value.code, browserOf(request));
  if (answer.is === "newcomer" || answer.is === "known") return letIn(answer, redirectTo);
  const fieldErrors = { code: [wordsFor(answer)] };
  return data({ lastResult: submission.reply({ resetForm: false, fieldErrors }) }, { status: 400 });
}

/** The way on for whoever has proved an address. */
export function letIn(answer: LetIn, redirectTo: string) {
  if (answer.is === "newcomer") return redirect(href("/join/profile"), { headers: answer.cookies });
  return goOn(answer.entry, redirectTo, [["Set-Cookie", expiredJoinCookie()]]);
}

function wordsFor(answer: { is: "wrong"; triesLeft: number } | { is: "over" }): string {
  if (answer.is === "over") return "This code does not work any more. Send a new one.";
  return `That is not the code. You have ${answer.triesLeft} ${answer.triesLeft === 1 ? "try" : "tries"} left.`;
}
