import type { Page } from "@playwright/test";
import { expect, freshName, press, signIn, test } from "./stage.ts";

/** A new post of somebody's; returns its address. */
async function publish(page: Page, title: string): Promise<string> {
  await page.goto("/new");
  await page.getByLabel("Title").fill(title);
  await page.getByLabel("Text", { exact: true }).fill("What do you think?");
  await page.getByLabel("Tags").fill("cities");
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  return page.url();
}

function comment(page: Page, words: string) {
  return page.getByRole("article").filter({ hasText: words }).last();
}

test("a member comments, answers with a quotation, previews, likes, edits, looks at how it read, and deletes", async ({
  page,
  browser,
  baseURL,
  javaScriptEnabled,
}) => {
  test.slow();
  const author = await (await browser.newContext({ baseURL, javaScriptEnabled })).newPage();
  await signIn(author, "kwame");
  const address = await publish(author, `On talking ${freshName("t")}`);
  await author.getByLabel("Add a comment").fill("I will begin *myself*.");
  await author.getByRole("button", { name: "Comment", exact: true }).click();
  await expect(comment(author, "I will begin myself.")).toBeVisible();
  await author.context().close();

  await signIn(page, "grace-w");
  await page.goto(address);
  const like = comment(page, "I will begin").getByRole("button", { name: /Like/ });
  await like.click();
  await expect(comment(page, "I will begin").getByRole("button", { name: /Like/ })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await comment(page, "I will begin").getByRole("link", { name: /Reply/ }).click();
  await page.getByRole("link", { name: "Quote" }).click();
  const reply = page.getByLabel("Reply to Kwame Boateng").or(page.getByLabel(/^Reply to/));
  await expect(reply).toHaveValue("> I will begin *myself*.\n\n");
  await reply.fill("> I will begin *myself*.\n\nThen **go on**.");
  await page.getByRole("article").getByRole("button", { name: "Preview" }).click();
  await expect(page.getByRole("region", { name: "Preview" }).locator("strong")).toHaveText("go on");
  await expect(page.getByLabel(/^Reply to/)).toHaveValue("> I will begin *myself*.\n\nThen **go on**.");
  await page.getByRole("button", { name: "Reply", exact: true }).click();
  await expect(page).toHaveURL(/#comment-\d+$/);
  await expect(comment(page, "Then go on.")).toBeVisible();
  await expect(page.getByLabel(/^Reply to/)).toHaveCount(0);

  await comment(page, "Then go on.").getByRole("link", { name: /Edit/ }).click();
  await page.getByLabel("Your comment").fill("Then let us go on.");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(comment(page, "Then let us go on.")).toHaveAttribute("aria-current", "true");
  await comment(page, "Then let us go on.")
    .getByRole("link", { name: /edited/ })
    .click();
  await expect(page.getByRole("heading", { name: "How this comment was edited" })).toBeVisible();
  await expect(page.locator("ins").filter({ hasText: "let us" })).toBeVisible();

  await page.getByRole("link", { name: /A comment by/ }).click();
  await page.getByRole("link", { name: "See the whole conversation" }).click();
  await expect(page).toHaveURL(/#comments$/);
  await comment(page, "Then let us go on.")
    .getByRole("link", { name: /Delete/ })
    .click();
  await page.getByRole("button", { name: "Delete comment" }).click();
  await expect(page.getByText("I will begin")).toBeVisible();
  await expect(page.getByText("Then let us go on.")).toHaveCount(0);
});

test("a member keeps a post for later, finds it, and lets it go", async ({ page }) => {
  await signIn(page, "priyanka");
  await page.goto("/p/2");
  const title = await page.getByRole("heading", { level: 1 }).innerText();
  const bookmark = page.getByRole("button", { name: "Bookmark" });
  if ((await bookmark.getAttribute("aria-pressed")) === "true") await press(page, bookmark);
  await expect(page.getByRole("button", { name: "Bookmark", pressed: false })).toBeVisible();
  await press(page, bookmark);
  await expect(page.getByRole("button", { name: "Bookmark", pressed: true })).toBeVisible();
  await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Bookmarks" }).click();
  await page.getByRole("link", { name: title, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await page.getByRole("button", { name: "Bookmark" }).click();
  await expect(page.getByRole("button", { name: "Bookmark", pressed: false })).toBeVisible();
});

test("a comment that does not arrive stays in its form", async ({ page, javaScriptEnabled }) => {
  await signIn(page, "bram");
  await page.goto("/p/3");
  await page.getByLabel("Add a comment").fill("Words that must not be lost.");
  if (javaScriptEnabled === false) {
    await page.getByLabel("Add a comment").fill("x".repeat(10_001));
    await page.getByRole("button", { name: "Comment", exact: true }).click();
    await expect(page.getByLabel("Add a comment")).toHaveValue("x".repeat(10_001));
    return;
  }
  await page.waitForLoadState("networkidle");
  await page.context().setOffline(true);
  await page.getByRole("button", { name: "Comment", exact: true }).click();
  await expect(page.getByText("This did not arrive.")).toBeVisible();
  await expect(page.getByLabel("Add a comment")).toHaveValue("Words that must not be lost.");
  await page.context().setOffline(false);
  await page.getByRole("button", { name: "Comment", exact: true }).click();
  await expect(comment(page, "Words that must not be lost.")).toBeFocused();
  await expect(page.getByLabel("Add a comment")).toHaveValue("");
});
