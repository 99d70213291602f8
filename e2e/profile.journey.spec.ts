import sharp from "sharp";
import { expect, freshName, signIn, test } from "./stage.ts";

const picture = await sharp({ create: { width: 640, height: 480, channels: 3, background: "#a2482f" } })
  .png()
  .toBuffer();

test("a member says who they are, and shows their picture", async ({ page }) => {
  const bio = `Keeps bees ${freshName("on")}`;
  await signIn(page, "yusra");
  await page.getByRole("navigation").getByRole("link", { name: "Settings" }).click();
  await page.getByLabel("Website").fill("not an address");
  await page.getByLabel("About you").fill(bio);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByLabel("Website")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("About you")).toHaveValue(bio);

  await page.getByLabel("Website").fill("https://bees.example.org");
  await page
    .getByLabel("Picture", { exact: true })
    .setInputFiles({ name: "me.png", mimeType: "image/png", buffer: picture });
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Saved" })).toBeVisible();
  await page.goto("/u/yusra");
  await expect(page.getByText(bio)).toBeVisible();
  await expect(page.locator("header.profile img")).toHaveAttribute("src", /^\/media\/[0-9a-z]+-320\.webp$/);
});
