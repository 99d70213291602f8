import { expect, freshName, mailedCode, signIn, test } from "./stage.ts";

test("a newcomer joins with a code by mail, chooses a username and is in", async ({ page }) => {
  const username = freshName("newcomer").slice(0, 20);
  const address = `${username}@example.org`;
  await page.goto("/");
  await page.getByRole("navigation").getByRole("link", { name: "Join" }).click();
  await page.getByLabel("E-mail address").fill(address);
  await page.getByRole("button", { name: "Send the code" }).click();
  await expect(page).toHaveURL("/join/code");
  await page.getByLabel("Code").fill("000000");
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByLabel("Code")).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("Code").fill(await mailedCode(page, address));
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page).toHaveURL("/join/profile");

  await page.getByLabel("Username").fill("iris");
  await page.getByLabel("Name", { exact: true }).fill("A Newcomer");
  await page.getByLabel("Password", { exact: true }).fill("three quiet columns");
  await page.getByRole("button", { name: "Join" }).click();
  await expect(page.getByLabel("Username")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("A Newcomer");

  await page.getByLabel("Username").fill(username);
  await page.getByLabel("Password", { exact: true }).fill("three quiet columns");
  await page.getByRole("button", { name: "Join" }).click();
  await expect(page).toHaveURL("/welcome");
  await expect(page.locator("html")).toHaveAttribute("data-viewer", username);
  await page.getByRole("checkbox", { name: /@mina/ }).check();
  await page.getByRole("button", { name: "Follow these and go on" }).click();
  await expect(page).toHaveURL("/");
  await expect(page.getByRole("article")).toHaveCount(25);
  await page.goto("/following");
  await expect(page.locator("a[rel=author]").first()).toHaveAttribute("href", "/u/mina");
  await page.goto("/welcome");
  await page.getByRole("main").getByRole("link", { name: "Skip" }).click();
  await expect(page).toHaveURL("/");
});

test("a member whose address is known comes in by the same code", async ({ page }) => {
  await page.goto("/join");
  await page.getByLabel("E-mail address").fill("nils@demo.example");
  await page.getByRole("button", { name: "Send the code" }).click();
  await page.getByLabel("Code").fill(await mailedCode(page, "nils@demo.example"));
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-viewer", "nils");
});

test("a member is asked to sign in, mistypes, and comes back to where they were going", async ({ page }) => {
  await page.goto("/drafts");
  await expect(page.getByRole("heading", { name: "Sign in to see this page" })).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "Sign in" }).click();
  await page.getByLabel("Username or e-mail address").fill("teodora");
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.getByLabel("Username or e-mail address")).toHaveValue("teodora");
  await page.getByLabel("Password", { exact: true }).fill("walk-read-talk-2026");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL("/drafts");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.locator("html")).not.toHaveAttribute("data-viewer");
});

test("a banned member signs in and learns why, until when and what to do", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByLabel("Username or e-mail address").fill("rufus");
  await page.getByLabel("Password", { exact: true }).fill("walk-read-talk-2026");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: /^You are banned until/ })).toBeVisible();
  await expect(page.getByText("discount-watch advert")).toBeVisible();
  await page.getByRole("main").getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("article").first()).toBeVisible();
});

test("whoever is signed in is not asked to join", async ({ page }) => {
  await signIn(page, "pavel");
  await page.goto("/join");
  await expect(page).toHaveURL("/");
});
