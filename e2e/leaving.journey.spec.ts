import { expect, freshName, mailedCode, test } from "./stage.ts";

test("somebody takes a copy of their data, leaves, and changes their mind", async ({ page }) => {
  const username = freshName("leaver").slice(0, 20);
  const address = `${username}@example.org`;
  const password = "three quiet columns";
  await page.goto("/join");
  await page.getByLabel("E-mail address").fill(address);
  await page.getByRole("button", { name: "Send the code" }).click();
  await page.getByLabel("Code").fill(await mailedCode(page, address));
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByLabel("Username").fill(username);
  await page.getByLabel("Name", { exact: true }).fill("A Leaver");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Join" }).click();
  await expect(page).toHaveURL("/welcome");

  await page.goto("/settings/data");
  await page.getByRole("button", { name: "Make a copy" }).click();
  // The page looks again by itself, with scripts and without.
  const copy = page.getByRole("link", { name: /^Fetch it/ });
  await expect(copy).toBeVisible({ timeout: 20_000 });
  const [download] = await Promise.all([page.waitForEvent("download"), copy.click()]);
  expect(download.suggestedFilename()).toMatch(new RegExp(`^${username}-.*\\.zip$`));

  await page.getByRole("link", { name: "Delete your account" }).click();
  await page.getByLabel("Erase them").check();
  await page.getByRole("button", { name: "Delete my account" }).click();
  await expect(page).toHaveURL("/leaving?asked");
  expect((await page.goto(`/u/${username}`))?.status()).toBe(404);

  await page.goto("/sign-in");
  await page.getByLabel("Username or e-mail address").fill(username);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL("/leaving");
  await page.getByRole("button", { name: "Keep my account" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Your account stays" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("data-viewer", username);
  expect((await page.goto(`/u/${username}`))?.status()).toBe(200);
});
