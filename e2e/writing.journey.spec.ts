import { expect, freshName, signIn, test } from "./stage.ts";

test("a member writes a post, previews it, publishes, changes and deletes it", async ({ page }) => {
  const title = `On benches ${freshName("b")}`;
  await signIn(page, "mina");
  await page.getByRole("navigation").getByRole("link", { name: "Write" }).click();
  await page.getByLabel("Title").fill("On");
  await page.getByLabel("Text", { exact: true }).fill("A **bench** is a promise.");
  await page.getByLabel("Tags").fill("cities, Walking");
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByLabel("Title")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Text", { exact: true })).toHaveValue("A **bench** is a promise.");

  await page.getByLabel("Title").fill(title);
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(page.locator("strong").filter({ hasText: "bench" })).toBeVisible();
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await expect(page).toHaveURL(/\/p\/\d+\/on-benches-/);
  await expect(page.getByRole("link", { name: "walking" })).toBeVisible();

  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByLabel("Text", { exact: true }).fill("A bench is a promise that somebody kept.");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("article").getByText("A bench is a promise that somebody kept.")).toBeVisible();
  await expect(page.getByText(/edited/i).first()).toBeVisible();

  const address = page.url();
  await page.getByRole("link", { name: "Delete" }).click();
  await page.getByRole("button", { name: /Delete/ }).click();
  await expect(page).toHaveURL("/u/mina");
  expect((await page.goto(address))?.status()).toBe(404);
});

test("a member keeps a draft that nobody else sees, and finds it again", async ({ page, browser, baseURL }) => {
  const title = `Unfinished ${freshName("d")}`;
  await signIn(page, "kwame");
  await page.goto("/new");
  await page.getByLabel("Title").fill(title);
  await page.getByRole("button", { name: "Save draft" }).click();
  await expect(page).toHaveURL(/\/p\/\d+\/edit/);
  await page.goto("/drafts");
  await page.getByRole("link", { name: title, exact: true }).click();
  await expect(page.getByLabel("Title")).toHaveValue(title);
  const stranger = await (await browser.newContext({ baseURL })).newPage();
  expect((await stranger.goto(page.url().replace("/edit", "")))?.status()).toBe(404);
  await stranger.context().close();
});

test("of two tabs that edit one post the second is told, and keeps its text", async ({ page }) => {
  await signIn(page, "bram");
  await page.goto("/new");
  await page.getByLabel("Title").fill(`Two tabs ${freshName("t")}`);
  await page.getByLabel("Text", { exact: true }).fill("First.");
  await page.getByLabel("Tags").fill("work");
  await page.getByRole("button", { name: "Publish" }).click();
  await page.getByRole("link", { name: "Edit" }).click();
  await expect(page).toHaveURL(/\/edit$/);
  const second = await page.context().newPage();
  await second.goto(page.url());
  await page.getByLabel("Text", { exact: true }).fill("From the first tab.");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("article").getByText("From the first tab.")).toBeVisible();
  await second.getByLabel("Text", { exact: true }).fill("From the second tab.");
  await second.getByRole("button", { name: "Save changes" }).click();
  await expect(second.getByLabel("Text", { exact: true })).toHaveValue("From the second tab.");
  await expect(second.getByText("From the first tab.").first()).toBeVisible();
  await second.close();
});

test("a member comments, answers and likes", async ({ page }) => {
  const words = `A remark ${freshName("r")}`;
  await signIn(page, "tomasz");
  await page.goto("/u/iris");
  await page.getByRole("article").first().getByRole("heading").getByRole("link").click();
  await page
    .getByLabel(/comment/i)
    .last()
    .fill(words);
  await page
    .getByRole("button", { name: /^(Comment|Add|Post|Send)/ })
    .last()
    .click();
  await expect(page.getByRole("article").getByText(words)).toBeVisible();
  const like = page.getByRole("button", { name: /like/i }).first();
  const before = await like.getAttribute("aria-pressed");
  await like.click();
  await expect(page.getByRole("button", { name: /like/i }).first()).toHaveAttribute(
    "aria-pressed",
    before === "true" ? "false" : "true",
  );
});
