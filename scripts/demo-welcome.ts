import { cast, demoPassword } from "#prisma/demo/cast.ts";
import { say, secondsSinceCommand } from "./steps.ts";

/** What a newcomer to the demo needs to know: where it is, who to be, and how to end it. */
export function sayDemoWelcome(url: string, site: string): void {
  const people = ["iris", "omar", "mina", "rufus"]
    .map((username) => cast.find((member) => member.username === username))
    .filter((member) => member !== undefined)
    .map(({ username, role, banned }) => `    ${username.padEnd(8)}${banned ? "banned" : role}`);
  say(
    [
      "",
      `  ${site} is at ${url}`,
      "",
      `  Sign in as one of these, with the password ${demoPassword}`,
      ...people,
      "  or join as somebody new: the code that is mailed to you appears at",
      `    ${url}/dev/mail`,
      "",
      `  Ready in ${secondsSinceCommand()} s. Ctrl-C stops it.`,
      "",
    ].join("\n"),
  );
}
