import type { Browser, Page } from "@playwright/test";
import { expect, freshName, signIn, test } from "./stage.ts";

interface Stage {
  browser: Browser;
  baseURL: string | undefined;
  javaScriptEnabled: boolean;
}

/** Somebody of the cast, signed in on a device of their own. */
async function enter({ browser, ...options }: Stage, username: string): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage();
  await signIn(page, username);
  return page;
}

test("a post is reported, removed, appealed about and given back, and everybody concerned is told", async ({
  browser,
  baseURL,
  javaScriptEnabled,
}) => {
  test.slow();
  const stage = { browser, baseURL, javaScriptEnabled: javaScriptEnabled ?? true };
  const title = `Watches for nobody ${freshName("w")}`;

  // The two projects run side by side on one site.
  const [writes, reports] = stage.javaScriptEnabled ? ["kwame", "priyanka"] : ["bram", "grace-w"];
  const author = await enter(stage, writes);
  await author.goto("/new");
  await author.getByLabel("Title").fill(title);
  await author.getByLabel("Text", { exact: true }).fill("I describe a watch that nobody can buy.");
  await author.getByLabel("Tags").fill("watches");
  await author.getByRole("button", { name: "Publish" }).click();
  await expect(author.getByRole("heading", { level: 1, name: title })).toBeVisible();
  const address = author.url();

  const reporter = await enter(stage, reports);
  await reporter.goto(address);
  await reporter.getByRole("link", { name: "Report this post" }).click();
  await reporter.getByLabel(/^No advertising/).check();
  await reporter.getByLabel("Note").fill("It sells watches.");
  await reporter.getByRole("button", { name: "Send report" }).click();
  await expect(reporter).toHaveURL(/\/settings\/reports/);
  await expect(reporter.getByRole("main")).toContainText(title);

  const moderator = await enter(stage, "omar");
  await moderator.goto("/moderation");
  await moderator.getByRole("main").getByRole("link", { name: title }).click();
  await expect(moderator.getByText("It sells watches.")).toBeVisible();
  await moderator.getByRole("link", { name: /^Remove/ }).click();
  await moderator.getByLabel(/^Reason/).fill("Adverts are not for here.");
  await moderator.getByLabel("Words to whoever reported it").fill("Thank you, it is gone.");
  await moderator.getByRole("button", { name: /^Remove/ }).click();
  await expect(moderator).toHaveURL(/[?&]done=/);
  const visitor = await (await browser.newContext(stage)).newPage();
  expect((await visitor.goto(address))?.status()).toBe(404);

  await reporter.goto("/settings/reports");
  await expect(reporter.getByText("Thank you, it is gone.").first()).toBeVisible();

  await author.goto("/settings/decisions");
  await author.getByRole("link", { name: "Your post was removed" }).first().click();
  await expect(author.getByText("Adverts are not for here.")).toBeVisible();
  await expect(author.getByText("I describe a watch that nobody can buy.")).toBeVisible();
  await author.getByLabel("What is wrong with this decision?").fill("Nobody can buy it.");
  await author.getByRole("button", { name: "Appeal" }).click();
  await expect(author).toHaveURL(/#your-appeal$/);
  await expect(author.getByRole("button", { name: "Appeal" })).toHaveCount(0);

  const admin = await enter(stage, "iris");
  await admin.goto("/moderation/appeals");
  await admin
    .getByRole("main")
    .getByRole("link", { name: new RegExp(writes) })
    .last()
    .click();
  await admin.getByLabel("Grant it").check();
  await admin.getByLabel("Answer", { exact: true }).fill("You are right: it sells nothing.");
  await admin.getByRole("button", { name: "Answer" }).click();
  await expect(admin.getByRole("button", { name: "Answer" })).toHaveCount(0);
  await expect(admin.getByText("You are right: it sells nothing.").first()).toBeVisible();

  expect((await visitor.goto(address))?.status()).toBe(200);
  await author.goto("/settings/decisions");
  await expect(author.getByText(/You are right|taken back|undone/i).first()).toBeVisible();
  await visitor.goto("/moderation/log");
  await expect(visitor.getByText("Adverts are not for here.").first()).toBeVisible();
  await expect(visitor.getByText("You are right: it sells nothing.").first()).toBeVisible();
  for (const page of [author, reporter, moderator, admin, visitor]) await page.context().close();
});
