import { runWithTransaction } from "@better-auth/core/context";
import type { BetterAuthOptions } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { betterAuth } from "better-auth/minimal";
import { hashPassword, verifyPassword } from "#app/auth/password/passwords.server.ts";
import { attributesOfCookie, idleDays, sessionCookieName } from "#app/auth/session-cookie.server.ts";
import { db, type Transaction } from "#app/server/database.server.ts";
import { settings } from "#app/server/env.server.ts";
import { log } from "#app/server/log.server.ts";

/** Columns of ours on Better Auth's tables. None of them is ever taken from a client's words. */
const ours = { type: "string", input: false } as const;

const adapterConfig = { provider: "postgresql", transaction: true } as const;

/** Better Auth on our tables. Its sessions are the only source of sessions; its cookie is ours. */
export function authOptions() {
  const { siteName, siteUrl, authSecret } = settings();
  return {
    appName: siteName,
    baseURL: siteUrl,
    basePath: "/api/auth",
    trustedOrigins: [siteUrl],
    secret: authSecret,
    database: prismaAdapter(db, adapterConfig),
    telemetry: { enabled: false },
    // Ours stands before every door, counted in the database (middleware/rate-limit).
    rateLimit: { enabled: false },
    logger: { log: (level, message) => log[level]({ from: "better-auth" }, message) },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      password: {
        hash: hashPassword,
        verify: ({ hash, password }) => verifyPassword(hash, password),
      },
    },
    user: {
      fields: { image: "avatar" },
      additionalFields: {
        username: ours,
        usernameKey: { ...ours, returned: false },
        usernameSkeleton: { ...ours, returned: false },
        role: { ...ours, required: false },
        banned: { type: "boolean", required: false, input: false },
        banId: { ...ours, required: false },
        bio: { ...ours, required: false },
        website: { ...ours, required: false },
      },
    },
    session: {
      expiresIn: idleDays * 86_400,
      // sessions.server moves the idle end, and knows the absolute one.
      disableSessionRefresh: true,
      cookieCache: { enabled: false },
      additionalFields: {
        banId: { ...ours, required: false },
        passkeyAt: { type: "date", required: false, input: false },
      },
    },
    advanced: {
      // Prisma makes the ids (UUID version 7); a test compares the tables.
      database: { generateId: false, validateSchema: false },
      useSecureCookies: false,
      cookiePrefix: "stoa",
      cookies: { session_token: { name: sessionCookieName(), attributes: attributesOfCookie() } },
      defaultCookieAttributes: attributesOfCookie(),
    },
  } satisfies BetterAuthOptions;
}

let current: ReturnType<typeof create> | undefined;

function create() {
  return betterAuth(authOptions());
}

export function auth() {
  current ??= create();
  return current;
}

type InternalAdapter = Awaited<ReturnType<typeof create>["$context"]>["internalAdapter"];

/**
 * Lets Better Auth write as a part of our transaction: what its adapter creates within `work` goes through `tx`,
 * and is there exactly when the rest is.
 */
export async function withinBetterAuth<T>(
  tx: Transaction,
  work: (internalAdapter: InternalAdapter) => Promise<T>,
): Promise<T> {
  const context = await auth().$context;
  // Told to open no transaction of its own, it takes `tx` for one that is open.
  const adapter = prismaAdapter(tx, { ...adapterConfig, transaction: false })(context.options);
  return runWithTransaction(adapter, () => work(context.internalAdapter));
}
