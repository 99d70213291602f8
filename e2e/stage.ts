import { test as base, expect, type Locator, type Page } from "@playwright/test";
import { cast, demoPassword } from "../prisma/demo/cast.ts";

export { cast, demoPassword, expect };

/** A test whose page may not complain: a console error or a thrown one fails it. */
export const test = base.extend<{ complaints: string[] }>({
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on("console", (message) => {
        // The browser itself reports every answer of 400 and above; journeys ask for some of those on purpose.
        if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
          complaints.push(message.text());
      });
      page.on("pageerror", (error) => {
        // Between two documents the browser leaves the fade out when it is late, and says so as an error of the page.
        if (!error.message.startsWith("Transition was aborted")) complaints.push(error.message);
      });
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

/** Signs one of the cast in through the form. */
export async function signIn(page: Page, username: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("Username or e-mail address").fill(username);
  await page.getByLabel("Password", { exact: true }).fill(demoPassword);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-viewer", username);
}

/** Presses a button that shows its new state before the site has it, and waits until the site has. */
export async function press(page: Page, button: Locator): Promise<void> {
  const answered = page.waitForResponse((response) => response.request().method() === "POST");
  await button.click();
  await answered;
}

/** The newest code that was mailed to an address, from the outbox. */
export async function mailedCode(page: Page, address: string): Promise<string> {
  let code = "";
  await expect(async () => {
    const outbox = await page.request.get("/dev/mail");
    const html = await outbox.text();
    const mail = html.split("<article").find((part) => part.includes(address));
    code = /\b(\d{6})\b/.exec(mail?.split("<pre")[1] ?? "")?.[1] ?? "";
    expect(code).toMatch(/^\d{6}$/);
  }).toPass({ timeout: 15_000 });
  return code;
}

/** A name that no other test and no other project of this run has taken. */
export function freshName(prefix: string): string {
  const letters = "abcdefghjkmpqrtuxyz";
  const tail = Array.from({ length: 7 }, () => letters[Math.floor(Math.random() * letters.length)]).join("");
  return `${prefix}-${tail}`;
}
