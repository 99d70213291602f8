import type { BrowserContext } from "@playwright/test";
import { expect, freshName, mailedCode, signIn, test } from "./stage.ts";

/** A member of this test alone, who joined through the form. */
async function join(context: BrowserContext): Promise<string> {
  const page = await context.newPage();
  const username = freshName("guest").slice(0, 20);
  await page.goto("/join");
  await page.getByLabel("E-mail address").fill(`${username}@example.org`);
  await page.getByRole("button", { name: "Send the code" }).click();
  await page.getByLabel("Code").fill(await mailedCode(page, `${username}@example.org`));
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByLabel("Username").fill(username);
  await page.getByLabel("Name", { exact: true }).fill("A Guest");
  await page.getByLabel("Password", { exact: true }).fill("three quiet columns");
  await page.getByRole("button", { name: "Join" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-viewer", username);
  await page.close();
  return username;
}

test("an admin finds a member, bans them, and the ban works on their very next request", async ({
  page,
  browser,
  baseURL,
  javaScriptEnabled,
}) => {
  const theirs = await browser.newContext({ baseURL, javaScriptEnabled });
  const username = await join(theirs);
  const theirPage = await theirs.newPage();

  await signIn(page, "iris");
  await page.goto("/admin/users");
  await page.getByLabel("Username, name or e-mail").fill(username);
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByRole("main").getByRole("link", { name: username }).first().click();
  await page.getByRole("link", { name: /^Ban/ }).click();
  await page.getByLabel("How long").selectOption("7d");
  await page.getByRole("button", { name: /^Ban/ }).click();
  await expect(page.getByLabel(/^Reason/)).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("How long").selectOption("7d");
  await page.getByLabel(/^Reason/).fill("Three adverts in one evening.");
  await page.getByRole("button", { name: /^Ban/ }).click();
  await expect(page).toHaveURL(`/admin/users/${username}`);
  await expect(page.getByText("Three adverts in one evening.").first()).toBeVisible();

  expect((await theirPage.goto("/new"))?.status()).toBe(403);
  await expect(theirPage.getByRole("heading", { name: /^You are banned until/ })).toBeVisible();
  await expect(theirPage.getByText("Three adverts in one evening.")).toBeVisible();

  await page.getByRole("link", { name: /^(Unban|Lift)/ }).click();
  await page.getByLabel(/^Reason/).fill("They wrote, and meant it.");
  await page.getByRole("button", { name: /^(Unban|Lift)/ }).click();
  await expect(page).toHaveURL(`/admin/users/${username}`);
  expect((await theirPage.goto("/drafts"))?.status()).toBe(401);
  await theirs.close();
});

test("a moderator sees no e-mail, and a member sees no such page", async ({ page }) => {
  await signIn(page, "omar");
  await page.goto("/admin/users?q=mina");
  await expect(page.getByRole("main")).toContainText("@mina");
  await expect(page.getByRole("main")).not.toContainText("@demo.example");
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(page.locator("html")).not.toHaveAttribute("data-viewer");
  await signIn(page, "mina");
  expect((await page.goto("/admin/users"))?.status()).toBe(404);
});
