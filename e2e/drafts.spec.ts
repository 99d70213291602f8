import type { BrowserContext, Page } from "@playwright/test";
import { OwnSite } from "./own-site.ts";
import { expect, freshName, signIn, test } from "./stage.ts";

/*
 * What somebody has typed is not lost: not by a tab that crashes, a site that is killed, a connection that goes, or
 * another device.
 */

const words = () => `Some words ${freshName("w")}`;
const textOf = (page: Page) => page.getByLabel("Text", { exact: true });
const stateOf = (page: Page) => page.locator(".save-words");
const keptOn = (page: Page) =>
  page.evaluate(() => Object.keys(localStorage).filter((place) => place.startsWith("stoa-text")).length);

/** The tab is gone as it stands; the browser stays. */
async function crash(page: Page): Promise<void> {
  const crashed = page.waitForEvent("crash");
  const session = await page.context().newCDPSession(page);
  session.send("Page.crash").catch(() => {});
  await crashed;
}

/** A tab after a crash: one that was opened while the other went down may go down with it. */
async function openAnew(context: BrowserContext, address: string): Promise<Page> {
  let page: Page | undefined;
  await expect(async () => {
    await page?.close();
    const opened = context.newPage();
    opened.catch(() => {});
    page = await Promise.race([opened, new Promise<never>((_, fail) => setTimeout(fail, 8_000, new Error("No tab")))]);
    await page.goto(address, { timeout: 8_000 });
  }).toPass();
  if (!page) throw new Error("No tab was opened");
  return page;
}

async function becomeAnother(context: BrowserContext, username: string): Promise<Page> {
  await context.clearCookies();
  const page = await openAnew(context, "/sign-in");
  await signIn(page, username);
  return page;
}

test("what is typed saves itself as a draft, without disturbing who types", async ({ page }) => {
  const text = words();
  await signIn(page, "elspeth");
  await page.goto("/new");
  await textOf(page).click();
  await page.keyboard.type(text);
  await expect(stateOf(page)).toHaveText("Saved");
  await expect(page).toHaveURL(/\/p\/\d+\/edit$/);
  await expect(textOf(page)).toBeFocused();
  await page.keyboard.type(", and more");
  await expect(stateOf(page)).toHaveText("Saving");
  await expect(stateOf(page)).toHaveText("Saved");
  expect(await keptOn(page)).toBe(0);
  await page.reload();
  await expect(textOf(page)).toHaveValue(`${text}, and more`);
  await page.getByLabel("Title").fill(text);
  await page.getByLabel("Tags").fill("work");
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByRole("heading", { level: 1, name: text })).toBeVisible();
  await page.goto("/drafts");
  await expect(page.getByText(text)).toHaveCount(0);
});

test("a tab crashes before anything was sent: the text is offered, and comes back", async ({ page, context }) => {
  const text = words();
  await signIn(page, "elspeth");
  await page.goto("/new");
  await textOf(page).pressSequentially(text);
  await crash(page);
  const next = await openAnew(context, "/new");
  await expect(next.getByText(/You have newer text on this device from/)).toBeVisible();
  await next.getByRole("link", { name: "Restore it" }).click();
  await expect(textOf(next)).toHaveValue(text);
  await expect(stateOf(next)).toHaveText("Saved");
  expect(await keptOn(next)).toBe(0);
  await next.close();
});

test("a draft's tab crashes: its latest words are back in the form", async ({ page, context }) => {
  const text = words();
  await signIn(page, "elspeth");
  await page.goto("/new");
  await textOf(page).pressSequentially(text);
  await expect(stateOf(page)).toHaveText("Saved");
  const address = page.url();
  await textOf(page).pressSequentially(" and the last ones");
  await crash(page);
  const next = await openAnew(context, address);
  await expect(textOf(next)).toHaveValue(`${text} and the last ones`);
  await expect(next.getByText(/This is your text from/)).toBeVisible();
  await next.getByRole("button", { name: "Go back to what the site has" }).click();
  await expect(textOf(next)).toHaveValue(text);
  await expect(stateOf(next)).toHaveText("Saved");
  await next.close();
});

test("without a connection the text is kept on the device, and saved when it is back", async ({ page, context }) => {
  const text = words();
  await signIn(page, "elspeth");
  await page.goto("/new");
  // The page looks once for the addresses of its forms, and complains where it cannot.
  await page.waitForLoadState("networkidle");
  await context.setOffline(true);
  await textOf(page).pressSequentially(text);
  await expect(stateOf(page)).toHaveText("Not saved yet: kept on this device");
  expect(await keptOn(page)).toBe(1);
  await context.setOffline(false);
  await expect(stateOf(page)).toHaveText("Saved");
  expect(await keptOn(page)).toBe(0);
});

test("the site is killed while somebody types: the text stays, and is saved when the site is back", async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const site = new OwnSite();
  await site.start();
  try {
    const context = await browser.newContext({ baseURL: site.url });
    const page = await context.newPage();
    await signIn(page, "mina");
    await page.goto("/new");
    await textOf(page).pressSequentially("Before the end");
    await site.kill();
    await textOf(page).pressSequentially(", and after it");
    await expect(stateOf(page)).toHaveText("Not saved yet: kept on this device", { timeout: 15_000 });
    await site.start();
    await expect(stateOf(page)).toHaveText("Saved", { timeout: 60_000 });
    await page.goto("/drafts");
    await expect(page.getByText("Before the end, and after it")).toHaveCount(1);
    await context.close();
  } finally {
    await site.stop();
  }
});

test("two browsers write in one draft: neither text is lost", async ({ page, browser, baseURL }) => {
  await signIn(page, "elspeth");
  await page.goto("/new");
  await textOf(page).pressSequentially("Begun at the desk");
  await expect(stateOf(page)).toHaveText("Saved");
  const phone = await (await browser.newContext({ baseURL })).newPage();
  await signIn(phone, "elspeth");
  await phone.goto(page.url());
  await textOf(phone).fill("From the phone");
  await expect(stateOf(phone)).toHaveText("Saved");
  await textOf(page).fill("From the desk");
  await expect(stateOf(page)).toHaveText(/^Changed on another device/);
  await expect(textOf(page)).toHaveValue("From the desk");
  await expect(page.getByLabel("The text there")).toHaveValue("From the phone");
  await page.getByRole("button", { name: "Keep mine" }).click();
  await expect(stateOf(page)).toHaveText("Saved");
  await textOf(phone).fill("The phone again");
  await expect(stateOf(phone)).toHaveText(/^Changed on another device/);
  await phone.getByRole("button", { name: "Take the other text" }).click();
  await expect(textOf(phone)).toHaveValue("From the desk");
  await expect(stateOf(phone)).toHaveText("Saved");
  await phone.context().close();
});

test("another person on the same browser sees nothing of it", async ({ page, context }) => {
  const text = words();
  await signIn(page, "elspeth");
  await page.goto("/new");
  await textOf(page).pressSequentially(text);
  // Nothing more of it reaches the site: it stays on the device.
  await context.setOffline(true);
  await page.close();
  await context.setOffline(false);
  const other = await becomeAnother(context, "kwame");
  for (const path of ["/new", "/drafts"]) {
    await other.goto(path);
    await expect(other.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(other.getByText(/on this device/)).toHaveCount(0);
    expect(await other.content()).not.toContain(text);
  }
  const again = await becomeAnother(context, "elspeth");
  await again.goto("/drafts");
  await again.getByRole("link", { name: text }).click();
  await expect(textOf(again)).toHaveValue(text);
  await expect(stateOf(again)).toHaveText("Saved");
});

test("whoever signs out in the middle of a sentence finds it on the site, and leaves nothing on the device", async ({
  page,
}) => {
  const text = words();
  await signIn(page, "elspeth");
  await page.goto("/new");
  await textOf(page).pressSequentially(text);
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.locator("html")).not.toHaveAttribute("data-viewer");
  expect(await keptOn(page)).toBe(0);
  await signIn(page, "elspeth");
  await page.goto("/drafts");
  await expect(page.getByText(text)).toBeVisible();
});

test("changes to a published post wait for their author, and readers see none of them", async ({
  page,
  browser,
  baseURL,
}) => {
  const title = words();
  await signIn(page, "elspeth");
  await page.goto("/new");
  await page.getByLabel("Title").fill(title);
  await textOf(page).fill("For everyone.");
  await page.getByLabel("Tags").fill("work");
  await page.getByRole("button", { name: "Publish" }).click();
  await page.getByRole("link", { name: "Edit" }).click();
  await textOf(page).fill("Not for everyone yet.");
  await expect(stateOf(page)).toHaveText(/^Saved for you/);
  const reader = await (await browser.newContext({ baseURL })).newPage();
  await reader.goto(page.url().replace("/edit", ""));
  await expect(reader.getByText("For everyone.")).toBeVisible();
  await page.goto("/drafts");
  await page.getByRole("link", { name: `Unsaved changes to “${title}”` }).click();
  await expect(page.getByText("You have unsaved changes from")).toBeVisible();
  await expect(textOf(page)).toHaveValue("Not for everyone yet.");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await expect(page.getByRole("article").getByText("Not for everyone yet.")).toBeVisible();
  await page.goto("/drafts");
  await expect(page.getByText(`Unsaved changes to “${title}”`)).toHaveCount(0);
  await reader.context().close();
});
