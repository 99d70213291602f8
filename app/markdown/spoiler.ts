/*
 * Two marks hide words until a reader asks for them: ||words|| within a line, as Discord has it, and for whole
 * paragraphs the lines "::: spoiler Title" and ":::" around them, as Lemmy has it.
 */

/** The line that begins a spoiler block; its title is optional. */
export const blockOpening = /^ {0,3}:{3,}[ \t]*spoiler(?:[ \t]+(.*?)|\[(.*?)\])?[ \t]*$/i;
export const blockClosing = /^ {0,3}:{3,}[ \t]*$/;

export const plainTitle = "Spoiler";
/** Stands where hidden words are left out. */
export const coveredWords = "…";

/** A text as it was typed without what it hides. */
export function withoutSpoilers(source: string): string {
  return source
    .replace(
      /^ {0,3}:{3,}[ \t]*spoiler(?![a-z\d])[^\n]*(?:\n(?! {0,3}:{3,}[ \t]*$)[^\n]*)*(?:\n {0,3}:{3,}[ \t]*$)?/gim,
      "",
    )
    .replace(/\|\|(?=\S)(?:(?!\|\|)[\s\S])*?(?<=\S)\|\|/g, coveredWords);
}
