/** Digits and signs that stand for letters become those letters; i, l, 1 and ! are one. */
export function readDigits(text: string): string {
  return text.replace(/[013457@$!l]/g, (sign) => readAs[sign] ?? sign);
}

const readAs: Record<string, string> = {
  "0": "o",
  "1": "i",
  "!": "i",
  l: "i",
  "3": "e",
  "4": "a",
  "@": "a",
  "5": "s",
  $: "s",
  "7": "t",
};
