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

/** The files of an upload: an avatar has one for each size. */
export function filesOf({ key, kind }: { key: string; kind: string }): string[] {
  return kind === "avatar" ? Object.values(avatarSizes).map((side) => `${key}-${side}.webp`) : [key];
}

/** A picture as Markdown; its description is still to be written. */
export function imageMarkdown(address: string, description = ""): string {
  return `![${description}](${address})`;
}

export const noPicture = "Choose a picture first.";
