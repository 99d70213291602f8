import AxeBuilder from "@axe-core/playwright";
import { expect, freshName, signIn, test } from "./stage.ts";

test("a member mutes somebody, sees nothing of them, and takes it back from the list", async ({
  page,
  javaScriptEnabled,
}) => {
  await signIn(page, javaScriptEnabled ? "dalia" : "ottilie");
  await page.goto("/t/postgres");
  const author = page.getByRole("article").first().locator("a[rel=author]");
  const username = (await author.getAttribute("href"))?.split("/").at(-1) ?? "";
  const ofThem = page.getByRole("article").filter({ hasText: `@${username}` });
  await page.goto(`/u/${username}`);
  await page.getByRole("button", { name: "Mute" }).click();
  await expect(page.getByText(/^You muted /)).toBeVisible();
  await expect(page.getByRole("article").first()).toBeVisible();
  await page.goto("/t/postgres");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(ofThem).toHaveCount(0);

  await page.goto("/settings/profile");
  await page.getByRole("link", { name: "People you muted or blocked" }).click();
  await expect(page.getByRole("main")).toContainText(`@${username}`);
  await page.getByRole("button", { name: `Unmute @${username}` }).click();
  await expect(page.getByText("You have muted and blocked nobody")).toBeVisible();
  await page.goto("/t/postgres");
  await expect(ofThem.first()).toBeVisible();
});

test("a member reads what a block does, blocks somebody and unblocks them", async ({ page, javaScriptEnabled }) => {
  await signIn(page, javaScriptEnabled ? "linwei" : "grace-w");
  await page.goto("/u/agnes_v");
  await page.getByRole("link", { name: "Block" }).click();
  await expect(page.getByText("They can neither comment on your posts")).toBeVisible();
  await page.getByRole("button", { name: "Block @agnes_v" }).click();
  await expect(page).toHaveURL("/u/agnes_v");
  await expect(page.getByText(/^You blocked /)).toBeVisible();
  await page.getByRole("button", { name: "Unblock" }).click();
  await expect(page.getByText(/^You blocked /)).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Block" })).toBeVisible();
});

test("a member calls somebody by name and hides an ending, and a visitor uncovers it", async ({
  page,
  browser,
  baseURL,
  javaScriptEnabled,
}) => {
  await signIn(page, "joaquim");
  await page.goto("/new");
  await page.getByLabel("Title").fill(`On endings ${freshName("e")}`);
  const text = page.getByLabel("Text", { exact: true });
  await text.fill("It was ||the lighthouse keeper||. Ask ");
  if (javaScriptEnabled) {
    await text.pressSequentially("@har");
    await expect(page.getByRole("option", { name: /haruka/ })).toHaveAttribute("aria-selected", "true");
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    await text.press("Escape");
    await expect(page.getByRole("listbox")).toHaveCount(0);
    await text.pressSequentially("u");
    await expect(page.getByRole("listbox")).toHaveCount(0);
    await text.press("Control+a");
    await text.pressSequentially("It was ||the lighthouse keeper||. Ask @har");
    await expect(page.getByRole("option", { name: /haruka/ })).toBeVisible();
    await text.press("Enter");
    await expect(text).toHaveValue("It was ||the lighthouse keeper||. Ask @haruka ");
  } else await text.fill("It was ||the lighthouse keeper||. Ask @haruka ");
  await page.getByLabel("Tags").fill("books");
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByRole("link", { name: "@haruka" })).toHaveAttribute("href", "/u/haruka");

  const visitor = await browser.newContext({ baseURL, javaScriptEnabled });
  const reading = await visitor.newPage();
  await reading.goto(page.url());
  await expect(reading.locator('script:not([type="application/ld+json"])')).toHaveCount(0);
  const hidden = reading.getByText("the lighthouse keeper");
  await expect(hidden).toBeHidden();
  const box = reading.getByRole("checkbox", { name: "Show the hidden words" });
  await box.press("Space");
  await expect(hidden).toBeVisible();
  await box.press("Space");
  await expect(hidden).toBeHidden();
  await visitor.close();
});

test("a member copies the code of a post and its address; a visitor's page has no such buttons", async ({
  page,
  context,
  baseURL,
  javaScriptEnabled,
}) => {
  await page.goto("/t/postgres");
  const post = page
    .getByRole("article")
    .filter({ hasText: "You may already own a queue" })
    .getByRole("heading")
    .getByRole("link");
  const address = (await post.getAttribute("href")) ?? "";
  await page.goto(address);
  await expect(page.getByText("Copy link")).toHaveCount(0);
  await signIn(page, "nils");
  await page.goto(address);
  if (!javaScriptEnabled) {
    await expect(page.getByRole("link", { name: "Link to this post" })).toHaveAttribute("href", address);
    return;
  }
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: baseURL });
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await page.getByRole("button", { name: "Copy link to this post" }).click();
  await expect(page.getByRole("button", { name: "Copied to this post" })).toBeVisible();
  expect(await clipboard()).toBe(`${baseURL}${address}`);
  const code = page.locator(".prose pre").first();
  await code.hover();
  await page.getByRole("button", { name: "Copy this code" }).first().click();
  expect(await clipboard()).toBe((await code.textContent())?.replace(/\n$/, ""));
});
