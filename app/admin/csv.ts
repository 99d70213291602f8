/** One line of a file of cells. What a spreadsheet would take for a formula is text: it begins with an apostrophe. */
export function csvLine(cells: (string | number | null)[]): string {
  return `${cells.map(cell).join(",")}\r\n`;
}

function cell(value: string | number | null): string {
  if (typeof value === "number") return String(value);
  const text = (value ?? "").replace(/\0/g, "");
  return `"${(/^\s*[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}
