import { imageMarkdown } from "#app/uploads/upload.ts";

/** A picture of ours in a text. */
export interface PictureInText {
  address: string;
  description: string;
  /** where its Markdown stands */
  start: number;
  end: number;
}

/** What stands in the text while a picture is sent. */
export function placeholderFor(fileName: string, number: number): string {
  const name =
    fileName
      .replace(/[[\]()\\\s]+/g, " ")
      .trim()
      .slice(0, 60) || "picture";
  return imageMarkdown("", `Sending ${name} (${number}) …`);
}

/** Text that is to stand in paragraphs of its own, with the lines that it needs before and after. */
export function asParagraphs(value: string, start: number, end: number, text: string): string {
  const before = value.slice(0, start);
  const gap = before.trim() === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  return `${gap}${text}${value.slice(end).startsWith("\n\n") ? "" : "\n\n"}`;
}

const picture = /!\[((?:\\.|[^\]\\])*)\]\((\/media\/[a-z0-9.-]+)\)/g;

/** The pictures of ours in a text, in order. */
export function picturesIn(text: string): PictureInText[] {
  return [...text.matchAll(picture)].map(({ 0: all, 1: description = "", 2: address = "", index }) => ({
    address,
    description: description.replace(/\\([[\]\\])/g, "$1"),
    start: index,
    end: index + all.length,
  }));
}

/** A picture's Markdown with that description, whatever is typed there. */
export function describedPicture(address: string, description: string): string {
  return imageMarkdown(address, description.replace(/\s+/g, " ").replace(/[[\]\\]/g, "\\$&"));
}
