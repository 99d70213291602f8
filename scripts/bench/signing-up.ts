import { setTimeout as sleep } from "node:timers/promises";
import { doWork } from "#app/auth/strangers/work.ts";

/**
 * What scripts do that join: post at once, without having seen the form; fill every field in; read the form and
 * fill it in with patience; and those of the last kind that also wait and press the button again.
 */
export const botKinds = [
  "blind",
  "greedy",
  "plain",
  "plain",
  "plain",
  "plain",
  "plain",
  "plain",
  "plain",
  "waiting",
] as const;
export type BotKind = (typeof botKinds)[number];

/** Joins as a browser does, up to the moment when the mail is on its way. @returns when the button was pressed */
export async function askForCode(siteUrl: string, email: string): Promise<{ began: number; worked: boolean }> {
  const from = anyAddress();
  const shown = fieldOf(await read(siteUrl, from), "shown");
  await sleep(2_000);
  const began = performance.now();
  const { status, body } = await send(siteUrl, from, { email, shown, website: "" });
  if (status === 302) return { began, worked: false };
  const challenge = /data-challenge="([^"]+)"/.exec(body)?.[1];
  if (!challenge) throw new Error(`Neither a code nor work, but ${status}: ${body.slice(0, 200)}`);
  const answer = await doWork({ challenge, bits: Number(/data-bits="(\d+)"/.exec(body)?.[1]) });
  const second = await send(siteUrl, from, { email, shown, challenge, answer: answer ?? "" });
  if (second.status !== 302) throw new Error(`The work was not taken: ${second.status}`);
  return { began, worked: true };
}

export async function sendBot(siteUrl: string, kind: BotKind, email: string): Promise<void> {
  const from = anyAddress();
  if (kind === "blind") return void (await send(siteUrl, from, { email }));
  const shown = fieldOf(await read(siteUrl, from), "shown");
  await sleep(1_000);
  const { body } = await send(siteUrl, from, { email, shown, website: kind === "greedy" ? siteUrl : "" });
  if (kind !== "waiting") return;
  await sleep(61_000);
  await send(siteUrl, from, { email, shown: fieldOf(body, "shown"), place: fieldOf(body, "place") });
}

async function read(siteUrl: string, from: string): Promise<string> {
  const response = await fetch(`${siteUrl}/join`, { headers: { "X-Forwarded-For": from } });
  return response.text();
}

async function send(siteUrl: string, from: string, form: Record<string, string>) {
  const response = await fetch(`${siteUrl}/join`, {
    method: "POST",
    body: new URLSearchParams(form),
    headers: { "X-Forwarded-For": from, Origin: siteUrl },
    redirect: "manual",
  });
  return { status: response.status, body: await response.text() };
}

function fieldOf(html: string, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? "";
}

/** One of four billion sources. */
function anyAddress(): string {
  return Array.from({ length: 4 }, () => 1 + Math.floor(Math.random() * 223)).join(".");
}
