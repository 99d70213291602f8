import { diffArrays } from "diff";
import type { DiffPart, TextChange, TextField, VersionTexts } from "#app/history/history.ts";

/** Past this many differing lines, or words within them, a stretch is shown as taken out and put in as a whole. */
const maxEdits = { lines: 600, words: 400 };
/** Unchanged lines that are shown around a change. */
const context = 2;

const fields: TextField[] = ["title", "warning", "url", "tags", "body"];

/** What changed from one version to the next, text by text; of a first version, the texts as they are. */
export function changesBetween(older: VersionTexts | null, newer: VersionTexts): TextChange[] {
  if (!older) {
    return fields
      .filter((field) => newer[field])
      .map((field) => ({ field, parts: [{ kind: "same", text: newer[field] }] }));
  }
  return fields
    .filter((field) => older[field] !== newer[field])
    .map((field) => ({ field, parts: diffTexts(older[field], newer[field]) }));
}

/**
 * The stretches that two texts share and those that only one has, in reading order. By lines first and by words within
 * the lines that differ, so that a small change to a long text costs little to find, and reads as what it is.
 */
export function diffTexts(before: string, after: string): DiffPart[] {
  const parts: Stretch[] = [];
  const lines = differences(linesOf(before), linesOf(after), maxEdits.lines);
  for (let index = 0; index < lines.length; index++) {
    const [part, next] = [lines[index], lines[index + 1]];
    if (part?.kind === "removed" && next?.kind === "added") {
      parts.push(...asPhrases(differences(wordsOf(part.text), wordsOf(next.text), maxEdits.words)));
      index++;
    } else if (part) parts.push(part);
  }
  return withoutLastBreak(joined(parts)).flatMap((part, index, all) =>
    withGap(part, index === 0, index === all.length - 1),
  );
}

type Stretch = Exclude<DiffPart, { kind: "gap" }>;

function differences(before: string[], after: string[], maxEditLength: number): Stretch[] {
  const found = diffArrays(before, after, { maxEditLength });
  if (!found) {
    return exchange(before.join(""), after.join(""));
  }
  return found.map(({ value, added, removed }) => ({
    kind: added ? "added" : removed ? "removed" : "same",
    text: value.join(""),
  }));
}

/** Lines with their breaks; a break that only the last line lacks is no difference. */
function linesOf(text: string): string[] {
  return text === "" ? [] : (`${text}\n`.match(/[^\n]*\n/g) ?? []);
}

const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });

/** Words, spaces and signs, in any script. */
function wordsOf(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Words that changed one after the other are one change: the spaces between them are no text that both have. */
function asPhrases(parts: Stretch[]): Stretch[] {
  const result: Stretch[] = [];
  let run: Stretch[] = [];
  const endRun = () => {
    const [removed, added] = [textOf(run, "added"), textOf(run, "removed")];
    const isExchange = removed.trim() !== "" && added.trim() !== "";
    const space = isExchange && removed.endsWith(" ") && added.endsWith(" ") ? " " : "";
    if (isExchange)
      result.push(
        ...exchange(removed.slice(0, removed.length - space.length), added.slice(0, added.length - space.length)),
      );
    else result.push(...run);
    if (space) result.push({ kind: "same", text: space });
    run = [];
  };
  parts.forEach((part, index) => {
    const isSpace = part.kind === "same" && /^[^\S\n]+$/.test(part.text) && index < parts.length - 1;
    if (part.kind !== "same" || (isSpace && run.length > 0)) run.push(part);
    else {
      endRun();
      result.push(part);
    }
  });
  endRun();
  return result;
}

function textOf(parts: Stretch[], without: "added" | "removed"): string {
  return parts.map(({ kind, text }) => (kind === without ? "" : text)).join("");
}

function exchange(removed: string, added: string): Stretch[] {
  return [
    { kind: "removed", text: removed },
    { kind: "added", text: added },
  ];
}

/** Neighbours of one kind as one. */
function joined(parts: Stretch[]): Stretch[] {
  const result: Stretch[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (last?.kind === part.kind) last.text += part.text;
    else result.push({ ...part });
  }
  return result;
}

/** Takes back the line break that `linesOf` gave both texts. */
function withoutLastBreak(parts: Stretch[]): Stretch[] {
  // A last line that was changed is there twice.
  const ends = parts.slice(-2).some(({ kind }) => kind === "same") ? 1 : 2;
  return parts
    .map((part, index) => (index < parts.length - ends ? part : { ...part, text: part.text.replace(/\n$/, "") }))
    .filter(({ text }) => text !== "");
}

/** Leaves the middle of a long unchanged stretch out. The changed lines beside it may begin or end in it. */
function withGap(part: Stretch, isFirst: boolean, isLast: boolean): DiffPart[] {
  if (part.kind !== "same") return [part];
  const lines = part.text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const head = isFirst ? 0 : context + 1;
  const tail = isLast ? 0 : context + (part.text.endsWith("\n") ? 0 : 1);
  const left = lines.length - head - tail;
  if (left < 4) return [part];
  const [before, after] = [lines.slice(0, head).join(""), lines.slice(lines.length - tail).join("")];
  return [
    ...(before ? [{ kind: "same" as const, text: before }] : []),
    { kind: "gap", lines: left },
    ...(tail > 0 ? [{ kind: "same" as const, text: after }] : []),
  ];
}
