import { expect, test } from "vitest";
import { codeMail, lastCodeMail } from "#app/auth/code-mails.server.ts";
import {
  emailChangedMail,
  noAccountMail,
  noticeKinds,
  noticeMail,
  promotionMail,
  recoveryBegunMail,
  resetMail,
  welcomeMail,
} from "#app/auth/mails.server.ts";
import type { MailContent } from "#app/mails/letter.ts";
import { notificationsMail } from "#app/notifications/mails.server.ts";
import { notificationKinds, type ShownNotification } from "#app/notifications/notification.ts";

const name = `<b>&"'Mallory`;
const rightToLeft = "نور (admin)";
const siteUrl = "https://stoa.example";
const site = { siteName: `Stoa <&"'>`, siteUrl };
const link = `${siteUrl}/somewhere?token=a&b=c`;
const about = {
  ...site,
  name,
  username: "mallory",
  ipAddress: "192.0.2.7",
  userAgent: "<script>",
  at: new Date("2026-11-20T10:00:00Z"),
};

const kinds: Record<string, MailContent> = {
  code: codeMail({ ...site, code: "123456", minutes: 10 }),
  "last code": lastCodeMail({ ...site, code: "123456", minutes: 10, link, linkMinutes: 60 }),
  reset: resetMail({ ...about, link, minutes: 30 }),
  "lost factor": recoveryBegunMail({ ...about, link, readyAt: about.at }),
  "no account": noAccountMail(site),
  "e-mail changed": emailChangedMail({ ...about, link, days: 7 }),
  welcome: welcomeMail(about),
  promotion: promotionMail({ ...about, promoted: "nora" }),
  ...Object.fromEntries(noticeKinds.map((kind) => [`notice of ${kind}`, noticeMail(kind, about)])),
  ...Object.fromEntries(notificationKinds.map((kind) => [`told of a ${kind}`, told([happening(kind)])])),
  "a day's": told(notificationKinds.map(happening), 3),
};

function happening(kind: ShownNotification["kind"], at: number): ShownNotification;
function happening(kind: ShownNotification["kind"]): ShownNotification;
function happening(kind: ShownNotification["kind"], at = 0): ShownNotification {
  const actor = { id: `${at}`, username: "mallory", name, avatar: "/avatars/x.webp" };
  return {
    id: `${at}`,
    kind,
    updatedAt: "2026-11-20T10:00:00Z",
    read: false,
    actors: kind === "moderation" ? [] : [actor, { ...actor, name: rightToLeft }],
    others: 2,
    post: kind === "follow" ? null : { id: 7, title: `A title <img src="http://x.example/y.png">` },
    commentId: kind === "reply" ? 9 : null,
    answersComment: false,
    excerpt: kind === "reply" ? `<img src=http://tracker.example/>\n${name}` : null,
    outcome: kind === "moderation" ? { decisionId: "d", kind: "remove-post", reason: name, role: null } : null,
    reported: null,
    approved: null,
  };
}

function told(notifications: ShownNotification[], more = 0): MailContent {
  const unsubscribeUrl = `${siteUrl}/unsubscribe?token=x&y=z`;
  return notificationsMail({ ...about, notifications, more, kinds: [...notificationKinds], unsubscribeUrl });
}

const unescaped = (html: string) =>
  html
    .replace(/&#x([0-9a-f]+);/gi, (_, digits: string) => String.fromCodePoint(Number.parseInt(digits, 16)))
    .replace(/&(amp|lt|gt|quot);/g, (_, entity: string) => ({ amp: "&", lt: "<", gt: ">", quot: '"' })[entity] ?? "");

test.each(Object.entries(kinds))("the mail %s loads nothing, and says as text what it says as HTML", (_, mail) => {
  const { subject, text, html } = mail;
  expect(subject).not.toBe("");
  expect(html).toMatch(/^<!DOCTYPE html><html dir="ltr" lang="en"><head>/);
  expect(html).not.toMatch(/<(img|b|script|iframe|object|link|form|video|svg)\b/i);
  const tags = html.match(/<[^>]+>/g)?.join("") ?? "";
  expect(tags).not.toMatch(/\b(src|srcset|background)=|url\(/i);
  expect(/<style>(.*?)<\/style>/s.exec(html)?.[1]).not.toMatch(/url\(|@import|@font-face/i);
  for (const table of html.match(/<table[^>]*>/g) ?? []) expect(table).toContain('role="presentation"');

  const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, address = ""]) => unescaped(address));
  expect(links.length).toBeGreaterThan(0);
  for (const address of links) {
    expect(address.startsWith(siteUrl)).toBe(true);
    expect(text).toContain(address);
  }

  // Every word of the body, wherever it stands; what only a list of mails shows is no part of it.
  const body = html.slice(html.indexOf("<body")).replace(/<div style="display:none.*?<\/div><\/div>/s, "");
  const squeezed = (words: string) => words.replace(/[\s>*:\u2068\u2069]/g, "");
  for (const words of body.split(/<[^>]+>/).map((each) => unescaped(each))) {
    expect(squeezed(text)).toContain(squeezed(words));
  }
});

test("a name that runs from right to left leaves the words around it where they are", () => {
  const { text, html } = kinds["told of a reply"] ?? { text: "", html: "" };
  expect(text).toContain(`, \u2068${rightToLeft}\u2069 and 2 others`);
  expect(html).toContain(`<bdi dir="auto">${rightToLeft}</bdi> and 2 others`);
});
