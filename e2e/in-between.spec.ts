import { expect, signIn, test } from "./stage.ts";

test("whoever likes a post and goes on at once gets the next page, and not the one before under its address", async ({
  page,
}) => {
  await signIn(page, "priyanka");
  await page.goto("/p/3");
  const title = await page.getByRole("heading", { level: 1 }).innerText();
  await page.goto("/p/2");
  await page.waitForLoadState("networkidle");
  const link = page.locator("main").getByRole("link").first();
  await link.evaluate((a) => a.setAttribute("href", "/p/3"));

  // The next page is slow, and the answer to the like comes while it is on its way.
  const answer = Promise.withResolvers<void>();
  await page.route("**/p/2/reaction.data*", async (route) => {
    await onTheWay.promise;
    await route.continue();
  });
  const onTheWay = Promise.withResolvers<void>();
  await page.route("**/p/3.data*", async (route) => {
    onTheWay.resolve();
    await answer.promise;
    await route.continue();
  });
  const answered = page.waitForResponse((response) => response.url().includes("/p/2/reaction"));
  await page.getByRole("button", { name: "Like", exact: true }).first().click();
  await link.click();
  await answered;
  answer.resolve();
  await expect(page).toHaveURL(/\/p\/3\//);
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
});
