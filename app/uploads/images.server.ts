import sharp, { type Sharp } from "sharp";
import { type PictureFormat, pictureFormatOf } from "#app/uploads/picture-file.server.ts";
import { inTurn } from "#app/uploads/picture-turns.server.ts";
import { maxPictureBytes } from "#app/uploads/upload.ts";
import { avatarSizes } from "#app/users/user.ts";

/** A picture that is not taken; the message is for the person who chose it. */
export class PictureRefused extends Error {}

/** For a form that says beside its field why a picture is refused. @throws whatever else went wrong */
export function orRefusal(error: unknown): PictureRefused {
  if (error instanceof PictureRefused) return error;
  throw error;
}

/** A picture that is not taken now, because too many are waiting already. */
export class PicturesBusy extends PictureRefused {
  retryAfterSeconds = 5;

  constructor() {
    super("Too many pictures arrived at once. Wait a few seconds, then add this one again.");
  }
}

/** A picture that we encoded: WebP, upright, without anything but its pixels. */
export interface Encoded {
  bytes: Buffer;
  width: number;
  height: number;
}

/** AVIF is opened whole before anything can stop it, and takes several times as long. */
const maxPixels: Record<PictureFormat, number> = { jpeg: 40e6, png: 40e6, gif: 40e6, webp: 40e6, avif: 16e6 };
const maxSide = { width: 1600, height: 8000 };
/** The largest pictures take a tenth, unless the machine is busy with something else. */
const limitSeconds = 15;

/**
 * Encodes a picture for a text, at most 1600 pixels wide.
 * @param by whose picture it is, so that nobody's keep everybody else's waiting; null for the site's own, without limits
 * @throws PictureRefused
 */
export function encodeImage(file: Buffer, by: string | null): Promise<Encoded> {
  return taking(file, by, async (picture) => {
    const { data, info } = await picture
      .resize({ ...maxSide, fit: "inside", withoutEnlargement: true })
      .webp({ quality: 82, smartSubsample: true })
      .toBuffer({ resolveWithObject: true });
    return { bytes: data, width: info.width, height: info.height };
  });
}

/** Encodes a person's picture as a square in each of the sizes of `avatarSizes`, for `by` as above. @throws PictureRefused */
export function encodeAvatar(file: Buffer, by: string | null): Promise<Encoded[]> {
  return taking(file, by, async (picture) => {
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
async function taking<T>(file: Buffer, by: string | null, work: (picture: Sharp) => Promise<T>): Promise<T> {
  if (file.length === 0) throw new PictureRefused("The file is empty.");
  if (file.length > maxPictureBytes) throw new PictureRefused("The file is larger than 10 MB.");
  const format = pictureFormatOf(file);
  if (!format) {
    throw new PictureRefused(
      "This is no whole JPEG, PNG, WebP, GIF or AVIF picture. Open it and save it as one of these.",
    );
  }
  const taken = await inTurn(by, async () => {
    try {
      const options = { limitInputPixels: maxPixels[format], failOn: "error" } as const;
      const header = await sharp(file, options).metadata();
      if (header.format !== sharpNames[format] || header.width * header.height > maxPixels[format])
        throw new Error("pixel limit");
      return await work(
        sharp(file, options)
          .autoOrient()
          .timeout({ seconds: by === null ? 0 : limitSeconds }),
      );
    } catch (error) {
      throw refusalOf(error, format);
    }
  });
  if (taken === "too-many") throw new PicturesBusy();
  return taken;
}

const sharpNames: Record<PictureFormat, string> = { jpeg: "jpeg", png: "png", gif: "gif", webp: "webp", avif: "heif" };

/** Whatever the decoder says of the file is said of the file. */
function refusalOf(error: unknown, format: PictureFormat): PictureRefused {
  const reason = error instanceof Error ? error.message : "";
  if (/pixel limit/i.test(reason)) {
    const millions = maxPixels[format] / 1e6;
    return new PictureRefused(`The picture has too many pixels: the limit is ${millions} million.`);
  }
  if (/timeout/i.test(reason))
    return new PictureRefused("The picture took too long to open. Save it smaller and try again.");
  return new PictureRefused("The picture is damaged and cannot be opened.");
}
