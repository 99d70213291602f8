import { createHmac, timingSafeEqual } from "node:crypto";
import { href } from "react-router";
import { z } from "zod";
import { type NotificationKind, notificationKinds } from "#app/notifications/notification.ts";
import { settings } from "#app/server/env.server.ts";

/** Whose mails of which kinds a link ends. */
export interface Unsubscription {
  userId: string;
  kinds: NotificationKind[];
}

const unsubscription = z.object({ userId: z.uuid(), kinds: z.array(z.enum(notificationKinds)).min(1) });

/** The address that ends these mails, in a browser by a button and by a POST of a mail program. It works for good. */
export function unsubscribeUrl({ userId, kinds }: Unsubscription): string {
  const claim = `${userId}.${notificationKinds.filter((kind) => kinds.includes(kind)).join("-")}`;
  return `${settings().siteUrl}${href("/unsubscribe")}?token=${claim}.${sign(claim)}`;
}

/** What a link's token says; null where we did not write it. */
export function readUnsubscribeToken(token: string | null): Unsubscription | null {
  const [userId, kinds, signature, ...rest] = token?.split(".") ?? [];
  if (!userId || !kinds || !signature || rest.length > 0) return null;
  const given = Buffer.from(signature);
  const expected = Buffer.from(sign(`${userId}.${kinds}`));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  return unsubscription.safeParse({ userId, kinds: kinds.split("-") }).data ?? null;
}

function sign(claim: string): string {
  return createHmac("sha256", `unsubscribe:${settings().authSecret}`).update(claim).digest("base64url");
}
