import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { createAvatar } from "@dicebear/core";
import * as lorelei from "@dicebear/lorelei";
import * as notionists from "@dicebear/notionists";
import * as openPeeps from "@dicebear/open-peeps";
import sharp from "sharp";
import { storeFile } from "#app/server/storage.server.ts";
import { encodeImage } from "#app/uploads/images.server.ts";
import { imageKey, type UploadKind } from "#app/uploads/upload.ts";
import { prepareAvatar } from "#app/uploads/uploads.server.ts";
import type { CastMember } from "#prisma/demo/cast.ts";

/** A picture in storage, whose row is still to be written. */
export interface StoredPicture {
  key: string;
  kind: UploadKind;
  /** username */
  owner: string;
  width: number;
  height: number;
  bytes: number;
}

/** Grounds that the drawn people stand on: the site's palette, muted. */
const grounds = ["e9d8c4", "d5dccb", "cfd9dc", "ead2c8", "dcd3e0", "e6ddb9"];

/** The picture that one of the cast uploaded, drawn from their username. */
export async function drawAvatar(member: CastMember): Promise<StoredPicture> {
  const svg = drawnPerson(member);
  const png = await sharp(Buffer.from(svg)).resize(480, 480).png().toBuffer();
  const { key, files, width, height, bytes } = await prepareAvatar(png, null);
  for (const [name, file] of Object.entries(files)) await storeFile(name, file);
  return { key, kind: "avatar", owner: member.username, width, height, bytes };
}

/** A picture in a post, from its drawing in images/. */
export async function drawPicture(name: string, owner: string): Promise<StoredPicture> {
  const svg = await readFile(path.join(import.meta.dirname, "images", name));
  const png = await sharp(svg, { density: 110 }).resize({ width: 1600 }).png().toBuffer();
  const { bytes, width, height } = await encodeImage(png, null);
  const key = imageKey(randomBytes(16).toString("hex"), { width, height });
  await storeFile(key, bytes);
  return { key, kind: "image", owner, width, height, bytes: bytes.length };
}

function drawnPerson({ username, avatar }: CastMember): string {
  const options = { seed: username, backgroundColor: grounds, size: 480 };
  if (avatar === "lorelei") return createAvatar(lorelei, options).toString();
  if (avatar === "notionists") return createAvatar(notionists, options).toString();
  return createAvatar(openPeeps, options).toString();
}
