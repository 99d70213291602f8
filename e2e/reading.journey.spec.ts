import { expect, test } from "./stage.ts";

test("a visitor browses the feed, reads a post, meets its author and goes on to older posts", async ({ page }) => {
  await page.goto("/");
  const posts = page.getByRole("main").getByRole("article");
  await expect(posts).toHaveCount(25);
  await expect(page.locator("script")).toHaveCount(0);
  const first = posts.first();
  const title = (await first.getByRole("heading").textContent()) ?? "";
  await first.getByRole("heading").getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  const author = page.locator("a[rel=author]").first();
  const username = (await author.getAttribute("href"))?.split("/").at(-1);
  await author.click();
  await expect(page).toHaveURL(`/u/${username}`);
  await expect(page.getByText(`@${username}`).first()).toBeVisible();
  await page.goto("/");
  const newest = await posts.first().getAttribute("data-post-id");
  await page.getByRole("link", { name: "Older posts" }).click();
  await expect(page).toHaveURL(/\?after=/);
  await expect(posts.first()).not.toHaveAttribute("data-post-id", newest ?? "");
});

test("a visitor follows a tag, and finds word of a thing that is not there", async ({ page }) => {
  await page.goto("/");
  const tag = page.getByRole("article").locator("a[href^='/t/']").first();
  const name = await tag.textContent();
  await tag.click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(name ?? "");
  await expect(page.getByRole("article").first()).toBeVisible();
  const answer = await page.goto("/p/999999");
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "Nothing is here" })).toBeVisible();
});
