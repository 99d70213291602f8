import type { Page } from "@playwright/test";
import { letProofAge } from "./demo-database.ts";
import { expect, freshName, mailedCode, signIn, test } from "./stage.ts";

test("somebody joins with a passkey, comes in by it, proves themselves by it and removes it", async ({
  page,
  javaScriptEnabled,
}) => {
  const username = freshName("keyholder").slice(0, 20).replace(/-$/, "x");
  await proveAddress(page, `${username}@example.org`);
  const joinByPasskey = page.getByRole("button", { name: "Use a passkey instead" });
  if (javaScriptEnabled === false) {
    await expect(joinByPasskey).toHaveCount(0);
    return;
  }
  const offers = await giveAuthenticator(page);

  await page.getByLabel("Username").fill("iris");
  await page.getByLabel("Name", { exact: true }).fill("Keyholder");
  await joinByPasskey.click();
  await expect(page.getByLabel("Username")).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("Username").fill(username);
  await joinByPasskey.click();
  await expect(page).toHaveURL("/welcome");
  await expect(page.locator("html")).toHaveAttribute("data-viewer", username);

  await signOut(page);
  await page.goto("/sign-in?redirectTo=/drafts");
  await expect(page.getByLabel("Username or e-mail address")).toHaveAttribute("autocomplete", "username webauthn");
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page).toHaveURL("/drafts");
  await expect(page.locator("html")).toHaveAttribute("data-viewer", username);

  await signOut(page);
  await offers.inTheField();
  await page.goto("/sign-in");
  await expect(page.locator("html")).toHaveAttribute("data-viewer", username);

  await letProofAge(username);
  await page.goto("/settings/security/passkeys");
  await page.getByRole("button", { name: /^Remove/ }).click();
  await expect(page.getByRole("heading", { name: "Is it you?" })).toBeVisible();
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByRole("status").filter({ hasText: "passkey" })).toContainText("The passkey is removed");
  await page.goto("/settings/security");
  await expect(page.getByRole("region", { name: "What happened lately" }).getByRole("listitem")).toHaveCount(5);
});

test("a member adds a passkey to their account, and no second one of the same device", async ({
  page,
  javaScriptEnabled,
}) => {
  await signIn(page, javaScriptEnabled === false ? "ottilie" : "dalia");
  await page.goto("/settings/security");
  await page.getByRole("region", { name: "Passkeys" }).getByRole("link", { name: "Set one up" }).click();
  await page.getByRole("link", { name: "Add a passkey" }).click();
  if (javaScriptEnabled === false) {
    // Looking for a text passes over what stands in <noscript>.
    await expect(page.locator("noscript .notice")).toBeVisible();
    return;
  }
  await giveAuthenticator(page);
  await page.getByLabel("Name").fill("Phone");
  await page.getByRole("button", { name: "Make the passkey" }).click();
  await expect(page.getByRole("status").filter({ hasText: "passkey" })).toContainText("The passkey is added");
  await page.getByRole("link", { name: "Rename Phone" }).click();
  await page.getByLabel("Name").fill("Old phone");
  await page.getByRole("button", { name: "Save the name" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Old phone" })).toBeVisible();
  await page.getByRole("link", { name: "Add a passkey" }).click();
  await expect(page.getByRole("button", { name: "Make the passkey" })).toBeVisible();
  await letProofAge("dalia");
  await page.getByRole("button", { name: "Make the passkey" }).click();
  await expect(page.getByRole("heading", { name: "Is it you?" })).toBeVisible();
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await page.getByRole("button", { name: "Make the passkey" }).click();
  await expect(page.getByRole("alert")).toContainText("This device has a passkey of yours already");
});

/** A device that keeps passkeys and is always unlocked. At first it offers none in the field for the username. */
async function giveAuthenticator(page: Page): Promise<{ inTheField(): Promise<void> }> {
  await page.addInitScript(() => {
    if (sessionStorage.getItem("offer in the field")) return;
    PublicKeyCredential.isConditionalMediationAvailable = async () => false;
  });
  const device = await page.context().newCDPSession(page);
  await device.send("WebAuthn.enable");
  await device.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { inTheField: () => page.evaluate(() => sessionStorage.setItem("offer in the field", "yes")) };
}

async function proveAddress(page: Page, address: string): Promise<void> {
  await page.goto("/join");
  await page.getByLabel("E-mail address").fill(address);
  await page.getByRole("button", { name: "Send the code" }).click();
  await page.getByLabel("Code").fill(await mailedCode(page, address));
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page).toHaveURL("/join/profile");
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.locator("html")).not.toHaveAttribute("data-viewer");
}
