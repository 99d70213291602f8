import { expect, freshName, press, signIn, test } from "./stage.ts";

test("a member follows somebody from their page, reads them under Following, and stops", async ({ page }) => {
  await signIn(page, "nils");
  await page.goto("/u/haruka");
  const button = page.getByRole("button", { name: /^Follow/ });
  await expect(button).toHaveAttribute("aria-pressed", "false");
  await press(page, button);
  await expect(button).toHaveAttribute("aria-pressed", "true");
  await page.goto("/u/haruka/followers");
  await expect(page.getByRole("main").getByRole("link", { name: /@nils/ })).toBeVisible();

  await page.goto("/following");
  await expect(page.getByRole("article").first()).toBeVisible();
  const authors = page.getByRole("article").locator("a[rel=author]");
  for (const author of await authors.all()) await expect(author).toHaveAttribute("href", "/u/haruka");

  await page.goto("/u/haruka");
  await press(page, button);
  await expect(button).toHaveAttribute("aria-pressed", "false");
  await page.goto("/following");
  await expect(page.getByText("Nothing here yet")).toBeVisible();
  await expect(page.getByRole("heading", { name: "People to follow" })).toBeVisible();
});

test("a member follows a tag that they found in the list of tags", async ({ page }) => {
  await signIn(page, "marcus-b");
  await page.goto("/tags");
  await page
    .getByRole("main")
    .getByRole("link", { name: /walking/ })
    .click();
  const button = page.getByRole("button", { name: /^Follow/ });
  const before = await button.getAttribute("aria-pressed");
  await button.click();
  await expect(button).toHaveAttribute("aria-pressed", before === "true" ? "false" : "true");
});

test("a visitor sees what is hot, and why", async ({ page }) => {
  await page.goto("/hot");
  await expect(page.getByRole("article").first()).toBeVisible();
  await page.getByRole("link", { name: "Why is this here?" }).first().click();
  await expect(page.getByText(/at place 1 of Hot/)).toBeVisible();
  await page.getByRole("link", { name: "How Hot is ranked" }).click();
  await expect(page.getByText(/^score = /)).toBeVisible();
});

test("an admin makes one word stand for another", async ({ page }) => {
  const word = freshName("walks");
  await signIn(page, "iris");
  await page.goto("/admin/tags");
  await page.getByRole("button", { name: "Add the synonym" }).click();
  await expect(page.getByLabel("Word")).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("Word").fill(word);
  await page.getByLabel("Stands for the tag").fill("Walking");
  await page.getByRole("button", { name: "Add the synonym" }).click();
  await expect(page.getByText(`${word} stands for`)).toBeVisible();
  await page.goto(`/t/${word}`);
  await expect(page).toHaveURL("/t/walking");
});
