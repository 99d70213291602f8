import { expect, signIn, test } from "./stage.ts";

test("a visitor searches from any page, narrows it down, and corrects a slip", async ({ page }) => {
  await page.goto("/u/mina");
  const field = page.getByRole("searchbox");
  await field.fill("garden");
  await field.press("Enter");
  await expect(page).toHaveURL("/search?q=garden");
  await expect(page.getByRole("searchbox")).toHaveValue("garden");
  await expect(page.locator("script")).toHaveCount(0);
  const posts = page.getByRole("main").getByRole("article");
  await expect(posts.first()).toBeVisible();
  await expect(page.locator("mark").first()).toBeVisible();
  const all = await posts.count();

  await page.getByRole("searchbox").fill("garden author:mina before:soon");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByText("before: wants a date like 2026-01-31")).toBeVisible();
  await expect(page.getByRole("searchbox")).toHaveValue("garden author:mina before:soon");
  expect(await posts.count()).toBeLessThanOrEqual(all);
  for (const author of await posts.locator("a[rel=author]").all()) {
    await expect(author).toHaveAttribute("href", "/u/mina");
  }

  await page.goto("/search?q=gradening");
  await page.getByRole("link", { name: "gardening", exact: true }).first().click();
  await expect(page.getByRole("searchbox")).toHaveValue("gardening");
  await expect(posts.first()).toBeVisible();
});

test("a visitor finds a person, and on a phone the way to search", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/");
  await page.getByRole("link", { name: "Search" }).click();
  await expect(page.getByRole("heading", { name: "What you can look for" })).toBeVisible();
  await page.getByRole("searchbox").fill("sorensen");
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByRole("main").getByRole("link", { name: "@mina" }).first().click();
  await expect(page).toHaveURL("/u/mina");
  await page.goto("/search?q=xylofon+quux");
  await expect(page.getByText("No post matches")).toBeVisible();
});

test("Back leads to where the reader was in the list", async ({ page, javaScriptEnabled }) => {
  if (javaScriptEnabled) await signIn(page, "mina");
  await page.goto("/");
  const link = page.getByRole("main").getByRole("article").nth(20).getByRole("heading").getByRole("link");
  await link.scrollIntoViewIfNeeded();
  const before = await page.evaluate(() => scrollY);
  expect(before).toBeGreaterThan(500);
  await link.click();
  await expect(page).toHaveURL(/\/p\//);
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(0);
  await page.goBack();
  await expect(link).toBeInViewport();
  await expect.poll(() => page.evaluate(() => Math.abs(scrollY))).toBeGreaterThan(before - 50);
});

test("on paper a post is its text", async ({ page }) => {
  await page.goto("/p/1");
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await expect(page.getByRole("navigation", { name: "Places" })).toBeHidden();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).toMatch(
    /255|white|oklch\(1 /,
  );
});
