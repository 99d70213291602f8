import { avatarSizes } from "#app/users/user.ts";

/** Kinds of uploaded picture: in a text, or of a person. */
export type UploadKind = "image" | "avatar";

/** The largest picture file that is taken. */
export const maxPictureBytes = 10 * 1024 * 1024;

/** What the file field lets people choose; what counts is what the file turns out to be. */
export const pictureTypes = "image/jpeg,image/png,image/webp,image/gif,image/avif";

/** What to say of a file that is larger. */
export const tooLarge = "The file is larger than 10 MB. Choose a smaller one, or save it smaller.";

/** What to say beside a field for a picture. */
export const pictureHint = "JPEG, PNG, WebP, GIF or AVIF, up to 10 MB.";

/** The key of a post's picture: a random name that also tells the size, so that a page reserves its place. */
export function imageKey(random: string, { width, height }: { width: number; height: number }): string {
  return `${random}-${width}x${height}.webp`;
}

/** The key and, where the key tells it, the size of a picture of ours; null for any other address. */
export function parseImageAddress(address: string): { key: string; width?: number; height?: number } | null {
  const key = /^\/media\/([a-z0-9][a-z0-9.-]{8,80})$/.exec(address)?.[1];
  if (!key) return null;
  const [, width, height] = /-([1-9]\d{0,3})x([1-9]\d{0,4})\.webp$/.exec(key) ?? [];
  return width && height ? { key, width: Number(width), height: Number(height) } : { key };
}

/** Whether it may be the name of a picture's file. */
export function isPictureFile(name: string): boolean {
  return /^[a-z0-9][a-z0-9-]{3,75}\.webp$/.test(name);
}

/** The key of the avatar that a file is one size of; null for a picture in a text. */
export function avatarKeyOf(file: string): string | null {
  return /^([a-z0-9]+)-\d+\.webp$/.exec(file)?.[1] ?? null;
}

/** A browser keeps it for an hour and then asks again; what stands between keeps nothing that may be taken away. */
const keptForAnHour = "private, max-age=3600, immutable";

/** How long a picture's file is kept by those who were given it. */
export function cachingOf(file: string, sight: "everyone" | "asker"): string {
  if (sight === "asker") return "private, no-store";
  return avatarKeyOf(file) ? "public, max-age=31536000, immutable" : keptForAnHour;
}

/** The files of an upload: an avatar has one for each size. */
export function filesOf({ key, kind }: { key: string; kind: string }): string[] {
  return kind === "avatar" ? Object.values(avatarSizes).map((side) => `${key}-${side}.webp`) : [key];
}

/** A picture as Markdown; its description is still to be written. */
export function imageMarkdown(address: string, description = ""): string {
  return `![${description}](${address})`;
}

export const noPicture = "Choose a picture first.";
