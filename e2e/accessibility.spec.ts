import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, signIn, test } from "./stage.ts";

const visitorPages = [
  "/",
  "/hot",
  "/tags",
  "/t/gardening",
  "/p/1/ranking",
  "/about/ranking",
  "/about",
  "/join/request?asked",
  "/about/trust",
  "/about/rules",
  "/u/mina/followers",
  "/u/mina",
  "/p/1",
  "/p/1/history",
  "/comments/1",
  "/comments/1/history",
  "/u/mina/comments",
  "/search",
  "/search?q=mina",
  "/search?q=mina&in=people",
  "/join",
  "/join/code",
  "/sign-in",
  "/sign-in/code",
  "/sign-in/link",
  "/sign-in/two-factor/recovery",
  "/stop-recovery",
  "/nowhere",
  "/drafts",
  "/dev/mail",
  "/offline",
  "/moderation/log",
];
const adminPages = [
  "/",
  "/u/iris",
  "/p/2",
  "/new",
  "/drafts",
  "/bookmarks",
  "/p/2?reply=3",
  "/search?q=gradening+before:soon",
  "/settings/profile",
  "/settings/muted",
  "/settings/reports",
  "/u/mina/report",
  "/p/1/report",
  "/moderation",
  "/moderation/next",
  "/moderation/resolutions?decision=dismissed&case=1&case=2",
  "/settings/account",
  "/settings/account/username",
  "/settings/account/addresses",
  "/settings/sessions",
  "/settings/data",
  "/settings/data/deletion",
  "/settings/security",
  "/settings/security/log",
  "/settings/security/passkeys",
  "/settings/security/passkeys/new",
  "/settings/security/two-factor",
  "/settings/security/password",
  "/u/rufus",
  "/u/mina/block",
  "/hot",
  "/following",
  "/t/gardening",
  "/u/mina/following",
  "/welcome",
  "/admin",
  "/admin/bulk",
  "/admin/bulk/posts?by=mina",
  "/admin/bulk/people?kind=ban&u=mina&u=omar",
  "/admin/users/mina/notes",
  "/admin/users/mina/impersonation",
  "/admin/users/omar/acts?from=2020-01-01T00:00",
  "/admin/settings",
  "/admin/settings/ranking",
  "/admin/settings/joining",
  "/admin/settings/names",
  "/admin/settings/domains",
  "/admin/settings/networks",
  "/admin/settings/about",
  "/admin/settings/terms",
  "/admin/joining",
  "/admin/invites",
  "/admin/invites/mina",
  "/settings/invites",
  "/settings/agreement",
  "/admin/settings/sign-in",
  "/admin/settings/moderation",
  "/moderation/appeals",
  "/moderation/proposals",
  "/settings/decisions",
  "/admin/tags",
  "/settings/notifications",
  "/notifications",
  "/admin/users",
  "/admin/users/mina",
  "/admin/users/rufus",
  "/admin/users/mina/ban",
  "/admin/users/rufus/unban",
  "/admin/users/mina/role",
  "/admin/users/mina/sessions",
];

// No colour is on its way to another one while it is looked at.
test.use({ contextOptions: { reducedMotion: "reduce" } });

for (const paths of inPortions(visitorPages)) {
  test(`axe finds nothing on a visitor's pages from ${paths[0]} on`, async ({ page }) => {
    test.slow();
    for (const path of paths) await expectAccessible(page, path);
  });
}
for (const paths of inPortions(adminPages)) {
  test(`axe finds nothing on an admin's pages from ${paths[0]} on`, async ({ page }) => {
    test.slow();
    await signIn(page, "iris");
    for (const path of paths) await expectAccessible(page, path);
  });
}

/** So few that a slow machine is through them in time. */
function inPortions(paths: string[], size = 16): string[][] {
  return Array.from({ length: Math.ceil(paths.length / size) }, (_, index) =>
    paths.slice(index * size, (index + 1) * size),
  );
}

/** On a desk and on a phone, light and dark: of a page that is dark only the colours are others. */
async function expectAccessible(page: Page, path: string): Promise<void> {
  await page.goto(path);
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: "light" });
    await expectNothing(new AxeBuilder({ page }), `${path}, ${width} pixels`);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, `${path} scrolls sideways at ${width} pixels`).toBeLessThanOrEqual(0);
    await page.emulateMedia({ colorScheme: "dark" });
    await expectNothing(new AxeBuilder({ page }).withRules(colourRules), `${path}, ${width} pixels, dark`);
  }
}

const colourRules = ["color-contrast", "link-in-text-block"];

async function expectNothing(axe: AxeBuilder, where: string): Promise<void> {
  const { violations } = await axe.analyze();
  expect(violations.map(({ id, nodes }) => `${where}: ${id}: ${nodes.map(({ target }) => target).join(", ")}`)).toEqual(
    [],
  );
}
