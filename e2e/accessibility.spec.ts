import AxeBuilder from "@axe-core/playwright";
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

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [390, 1280]) {
    test.describe(`${colorScheme}, ${width} pixels`, () => {
      test.use({ colorScheme, viewport: { width, height: 900 } });

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
    });
  }
}

/** So few that a slow machine is through them in time. */
function inPortions(paths: string[], size = 16): string[][] {
  return Array.from({ length: Math.ceil(paths.length / size) }, (_, index) =>
    paths.slice(index * size, (index + 1) * size),
  );
}

async function expectAccessible(page: Parameters<typeof signIn>[0], path: string): Promise<void> {
  await page.goto(path);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${path}: ${id}: ${nodes.map(({ target }) => target).join(", ")}`)).toEqual(
    [],
  );
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, `${path} scrolls sideways`).toBeLessThanOrEqual(0);
}
