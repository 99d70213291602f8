/** What is typed into one line: no line breaks, control characters or signs that turn the line around. */
export function tidyLine(typed: string): string {
  return typed
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
}

/** What is typed into several lines, with line breaks as one character: browsers send two. */
export function tidyLines(typed: string): string {
  return typed
    .replace(/\r\n?/g, "\n")
    .replace(/[\0\p{Cs}]/gu, "")
    .replace(/^(?:[ \t]*\n)+/, "")
    .trimEnd();
}

/** Whether a reader would see anything. */
export function isVisible(text: string): boolean {
  return /[\p{L}\p{N}\p{S}\p{P}]/u.test(text.replace(/[\u115f\u1160\u2800\u3164\uffa0]/g, ""));
}

/** How many characters a person would count, as the database does. */
export function lengthOf(text: string): number {
  return [...text].length;
}
