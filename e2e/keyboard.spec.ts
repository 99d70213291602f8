import { expect, signIn, test } from "./stage.ts";

test("a member reads by the keyboard, and may switch that off", async ({ page }) => {
  await signIn(page, "mina");
  await expect(page).toHaveURL("/");
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(async () => {
    await page.keyboard.press("?");
    await expect(sheet).toBeVisible({ timeout: 500 });
  }).toPass();
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();

  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  const links = page.getByRole("main").getByRole("article").getByRole("heading").getByRole("link");
  await expect(links.first()).toBeFocused();
  const title = (await links.first().textContent()) ?? "";
  await page.keyboard.press("o");
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();

  await page.keyboard.press("/");
  const field = page.getByRole("searchbox");
  await expect(field).toBeFocused();
  await page.keyboard.type("jnj?");
  await expect(field).toHaveValue("jnj?");
  await page.keyboard.press("Escape");
  await expect(field).not.toBeFocused();
  await page.keyboard.press("g");
  await page.keyboard.press("h");
  await expect(page).toHaveURL("/");
  await page.keyboard.press("n");
  await expect(page).toHaveURL("/new");

  await page.goto("/u/iris");
  await page.getByRole("button", { name: "Shortcuts" }).click();
  await page.getByLabel("Use these keys on this device").uncheck();
  await page.getByRole("button", { name: "Close" }).click();
  await page.keyboard.press("n");
  await page.keyboard.press("?");
  await expect(sheet).toBeHidden();
  await expect(page).toHaveURL("/u/iris");
});

test("a member likes the post that they read with one key", async ({ page }) => {
  await signIn(page, "bram");
  await page.goto("/search?q=author:iris");
  await page.getByRole("main").getByRole("article").first().getByRole("heading").getByRole("link").click();
  const like = page.getByRole("button", { name: /like/i }).first();
  const before = await like.getAttribute("aria-pressed");
  await expect(async () => {
    await page.keyboard.press("l");
    await expect(like).not.toHaveAttribute("aria-pressed", before ?? "", { timeout: 1_000 });
  }).toPass();
});
