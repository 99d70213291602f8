import sharp, { type Sharp } from "sharp";
import { type PictureFormat, pictureFormatOf } from "#app/uploads/picture-file.server.ts";
import { maxPictureBytes } from "#app/uploads/upload.ts";
import { avatarSizes } from "#app/users/user.ts";

/** A picture that is not taken; the message is for the person who chose it. */
export class PictureRefused extends Error {}

/** A picture that we encoded: WebP, upright, without anything but its pixels. */
export interface Encoded {
  bytes: Buffer;
  width: number;
  height: number;
}

const maxPixels = 40_000_000;
const maxSide = { width: 1600, height: 8000 };
const decodingLimitSeconds = 2;

/** Encodes a picture for a text, at most 1600 pixels wide. @throws PictureRefused */
export function encodeImage(file: Buffer): Promise<Encoded> {
  return taking(file, async (picture) => {
    const { data, info } = await picture
      .resize({ ...maxSide, fit: "inside", withoutEnlargement: true })
      .webp({ quality: 82, smartSubsample: true })
      .toBuffer({ resolveWithObject: true });
    return { bytes: data, width: info.width, height: info.height };
  });
}

/** Encodes a person's picture as a square in each of the sizes of `avatarSizes`. @throws PictureRefused */
export function encodeAvatar(file: Buffer): Promise<Encoded[]> {
  return taking(file, async (picture) => {
    const square = await picture.resize(avatarSizes.large, avatarSizes.large).png({ compressionLevel: 0 }).toBuffer();
    return Promise.all(
      Object.values(avatarSizes).map(async (side) => ({
        bytes: await sharp(square).resize(side, side).webp({ quality: 84, smartSubsample: true }).toBuffer(),
        width: side,
        height: side,
      })),
    );
  });
}

/** Opens a picture, upright and bounded in pixels and time, for `work`; what cannot be opened is refused in words. */
async function taking<T>(file: Buffer, work: (picture: Sharp) => Promise<T>): Promise<T> {
  if (file.length === 0) throw new PictureRefused("The file is empty.");
  if (file.length > maxPictureBytes) throw new PictureRefused("The file is larger than 10 MB.");
  const format = pictureFormatOf(file);
  if (!format) {
    throw new PictureRefused(
      "This is no whole JPEG, PNG, WebP, GIF or AVIF picture. Open it and save it as one of these.",
    );
  }
  return inTurn(async () => {
    try {
      const options = { limitInputPixels: maxPixels, failOn: "error" } as const;
      const header = await sharp(file, options).metadata();
      if (header.format !== sharpNames[format] || header.width * header.height > maxPixels)
        throw new Error("pixel limit");
      return await work(sharp(file, options).autoOrient().timeout({ seconds: decodingLimitSeconds }));
    } catch (error) {
      throw refusalOf(error);
    }
  });
}

const sharpNames: Record<PictureFormat, string> = { jpeg: "jpeg", png: "png", gif: "gif", webp: "webp", avif: "heif" };

/** Whatever the decoder says of the file is said of the file. */
function refusalOf(error: unknown): PictureRefused {
  const reason = error instanceof Error ? error.message : "";
  if (/pixel limit/i.test(reason))
    return new PictureRefused("The picture has too many pixels: the limit is 40 million.");
  if (/timeout/i.test(reason))
    return new PictureRefused("The picture took too long to open. Save it smaller and try again.");
  return new PictureRefused("The picture is damaged and cannot be opened.");
}

const maxAtOnce = 2;
let atOnce = 0;
const queue: (() => void)[] = [];

/** Two pictures at a time: a large one takes much memory, and the threads serve files and passwords too. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (atOnce >= maxAtOnce) await new Promise<void>((resolve) => queue.push(resolve));
  else atOnce++;
  try {
    return await work();
  } finally {
    const next = queue.shift();
    if (next) next();
    else atOnce--;
  }
}
