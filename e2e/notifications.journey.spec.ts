import type { Browser, BrowserContextOptions, Page } from "@playwright/test";
import { expect, freshName, mailedCode, signIn, test } from "./stage.ts";

/** Somebody who joined for this test alone, in a browser of their own. */
async function newcomer(browser: Browser, options: BrowserContextOptions): Promise<{ page: Page; username: string }> {
  const page = await (await browser.newContext(options)).newPage();
  const username = freshName("told").slice(0, 20);
  await page.goto("/join");
  await page.getByLabel("E-mail address").fill(`${username}@example.org`);
  await page.getByRole("button", { name: "Send the code" }).click();
  await page.getByLabel("Code").fill(await mailedCode(page, `${username}@example.org`));
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByLabel("Username").fill(username);
  await page.getByLabel("Name", { exact: true }).fill("A Newcomer");
  await page.getByLabel("Password", { exact: true }).fill("three quiet columns");
  await page.getByRole("button", { name: "Join" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-viewer", username);
  return { page, username };
}

async function publish(page: Page, title: string): Promise<void> {
  await page.goto("/new");
  await page.getByLabel("Title").fill(title);
  await page.getByLabel("Text", { exact: true }).fill("A short text.");
  await page.getByLabel("Tags").fill("telling");
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
}

async function comment(page: Page, url: string, words: string): Promise<void> {
  await page.goto(url);
  await page.getByLabel("Add a comment").fill(words);
  await page.getByRole("button", { name: "Comment" }).click();
  await expect(page.getByRole("article").getByText(words)).toBeVisible();
}

const bell = (page: Page) =>
  page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Notifications" });

test("somebody answers, the author sees it without asking, opens it and lands on the comment", async ({
  page,
  browser,
  baseURL,
  javaScriptEnabled,
}) => {
  const author = await newcomer(browser, { baseURL, javaScriptEnabled });
  const title = `Told of ${freshName("post")}`;
  await publish(author.page, title);
  const url = author.page.url();
  await author.page.goto("/drafts");
  await expect(bell(author.page)).toHaveAccessibleName("Notifications");

  await signIn(page, "nils");
  const words = `I read it twice ${freshName("so")}`;
  await comment(page, url, words);

  if (!javaScriptEnabled) await author.page.reload();
  await expect(bell(author.page)).toHaveAccessibleName("Notifications 1 unread");
  if (javaScriptEnabled) await expect(author.page).toHaveTitle(/^\(1\) /);
  await bell(author.page).click();
  const line = author.page.getByRole("article").filter({ hasText: words });
  await expect(line).toContainText("Nils Aho commented on");
  await line.getByRole("link", { name: title }).click();
  await expect(author.page).toHaveURL(/#comment-\d+$/);
  const answer = author.page.locator(new URL(author.page.url()).hash);
  await expect(answer).toContainText(words);
  await expect(answer).toBeInViewport();

  await author.page.goto("/notifications");
  if (javaScriptEnabled) {
    await expect(bell(author.page)).toHaveAccessibleName("Notifications");
  } else {
    await author.page.getByRole("button", { name: /^Mark as read/ }).click();
    await expect(bell(author.page)).toHaveAccessibleName("Notifications");
  }
  await expect(line).not.toHaveAttribute("data-unread");
});

test("Mina gets a mail of what she has not read, and its link ends such mails in any browser", async ({ page }) => {
  test.setTimeout(120_000);
  let mail = "";
  // The clock looks once a minute for what is due.
  await expect(async () => {
    const outbox = await (await page.request.get("/dev/mail")).text();
    const mails = outbox.split("<article").filter((part) => part.includes("mina@demo.example"));
    mail = mails.find((part) => part.includes("new notifications")) ?? "";
    expect(mail).not.toBe("");
  }).toPass({ timeout: 100_000 });
  const link = /http\S+\/unsubscribe\?token=[\w.-]+/.exec(mail)?.[0] ?? "";

  await page.goto(link);
  await expect(page.getByRole("heading", { name: "Stop mails about replies?" })).toBeVisible();
  await page.getByRole("button", { name: "Stop these mails" }).click();
  await expect(page.getByRole("heading", { name: "No more mails about replies" })).toBeVisible();
  await signIn(page, "mina");
  await page.goto("/settings/notifications");
  const replies = page.getByRole("group", { name: "Replies" });
  await expect(replies.getByLabel("By mail")).toHaveValue("off");
  await expect(replies.getByLabel("On the site")).toBeChecked();
});

test("what is published meanwhile is offered on the latest posts, and nothing moves until it is taken", async ({
  page,
  browser,
  baseURL,
  javaScriptEnabled,
}) => {
  const author = await newcomer(browser, { baseURL, javaScriptEnabled });
  await signIn(page, "pavel");
  await page.goto("/");
  const first = page.getByRole("main").getByRole("article").first();
  const before = await first.getAttribute("data-post-id");
  const title = `Meanwhile ${freshName("post")}`;
  await publish(author.page, title);
  if (javaScriptEnabled) {
    const offer = page.getByRole("link", { name: /new posts?$/ });
    await expect(offer).toBeVisible();
    await expect(first).toHaveAttribute("data-post-id", before ?? "");
    await offer.click();
    await expect(page.getByRole("link", { name: title })).toBeVisible();
    await expect(offer).toBeHidden();
  } else {
    await page.reload();
    await expect(page.getByRole("link", { name: title })).toBeVisible();
  }
});
