import type { Page } from "@playwright/test";
import sharp from "sharp";
import { expect, signIn, test } from "./stage.ts";

const textOf = (page: Page) => page.getByLabel("Text", { exact: true });

/** A picture's file as it is pasted, or dropped on the text. */
async function give(page: Page, kind: "paste" | "drop", files: { name: string; bytes: Buffer; type?: string }[]) {
  const encoded = files.map(({ name, bytes, type = "image/png" }) => ({
    name,
    type,
    base64: bytes.toString("base64"),
  }));
  await textOf(page).evaluate(
    (field, { kind, encoded }) => {
      const transfer = new DataTransfer();
      for (const { name, type, base64 } of encoded) {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        transfer.items.add(new File([bytes], name, { type }));
      }
      const common = { bubbles: true, cancelable: true };
      const event =
        kind === "paste"
          ? new ClipboardEvent("paste", { ...common, clipboardData: transfer })
          : new DragEvent("drop", { ...common, dataTransfer: transfer });
      field.dispatchEvent(event);
    },
    { kind, encoded },
  );
}

const png = (background: string) =>
  sharp({ create: { width: 320, height: 200, channels: 3, background } })
    .png()
    .toBuffer();

test("pictures are pasted and dropped into the text, and say what they show", async ({ page }) => {
  await signIn(page, "tomasz");
  await page.goto("/new");
  await textOf(page).fill("Before.After.");
  await textOf(page).evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(7, 7));
  await give(page, "paste", [{ name: "red.png", bytes: await png("#a2482f") }]);
  await expect(textOf(page)).toHaveValue(/^Before\.\n\n!\[\]\(\/media\/[\w-]+\.webp\)\n\nAfter\.$/);
  await give(page, "drop", [
    { name: "green.png", bytes: await png("#2f8a48") },
    { name: "blue.png", bytes: await png("#2f48a2") },
  ]);
  await expect(textOf(page)).toHaveValue(/(!\[\]\(\/media\/[^)]+\)\s+){3}After\.$/);
  await expect(page.getByRole("progressbar")).toHaveCount(0);
  await page.getByLabel("Picture 1 shows").fill("A red [wall]");
  await expect(textOf(page)).toHaveValue(/!\[A red \\\[wall\\\]\]\(\/media\//);
  await expect(page.getByLabel("Picture 1 shows")).toHaveValue("A red [wall]");
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(page.getByRole("img", { name: "A red [wall]" })).toBeVisible();
});

test("what is no picture says why, and takes nothing of the text with it", async ({ page }) => {
  await signIn(page, "tomasz");
  await page.goto("/new");
  await textOf(page).fill("My words.");
  await give(page, "drop", [
    { name: "broken.png", bytes: Buffer.from("no picture") },
    { name: "notes.txt", bytes: Buffer.from("text"), type: "text/plain" },
  ]);
  await expect(page.locator("#post-image-error")).toContainText("broken.png: This is no whole JPEG");
  await expect(page.locator("#post-image-error")).toContainText("notes.txt: This is no picture.");
  await expect(textOf(page)).toHaveValue(/^My words\.\s*$/);
});

test("a picture on its way has a place in the text; whoever undoes it does without", async ({ page }) => {
  await signIn(page, "tomasz");
  await page.goto("/new");
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route("**/images", async (route) => {
    await held;
    await route.continue();
  });
  await textOf(page).pressSequentially("My words.");
  await give(page, "paste", [{ name: "red.png", bytes: await png("#a2482f") }]);
  await expect(textOf(page)).toHaveValue(/!\[Sending red\.png \(1\) …\]\(\)/);
  await expect(page.getByRole("progressbar", { name: "Sending red.png" })).toBeVisible();
  await textOf(page).press("Control+z");
  await expect(textOf(page)).toHaveValue("My words.");
  letGo();
  await expect(page.getByRole("progressbar")).toHaveCount(0);
  await expect(textOf(page)).toHaveValue("My words.");
});
