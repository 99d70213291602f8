import { expect, test } from "vitest";
import { type NotNow, pauseOf, previewMarkdown, renderMarkdown } from "#app/markdown/markdown.server.ts";
import { countRendering } from "#app/markdown/render-allowance.server.ts";
import { renderInThread } from "#app/markdown/render-threads.server.ts";
import type { Rendered } from "#app/markdown/rendering.server.ts";

const outcomeOf = (shown: Rendered | NotNow) => ("html" in shown ? shown.html : shown.init.status);
const preview = async (source: string, by: string) => outcomeOf(await previewMarkdown(source, by));
const keep = async (source: string, by: string) => (await renderMarkdown(source, "post", by)).html;
const times = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, i) => make(i));

test("what takes too long ends with its thread, and the next text has a new one", async () => {
  const ended = await renderInThread("- - - - - a\n".repeat(4_000), "post", 300);
  expect(ended).toMatchObject({ rendered: null, outOfTime: true });
  expect((await renderInThread("quick", "post", 60_000)).rendered?.html).toBe('<p dir="auto">quick</p>');
});

test("of somebody's many previews the first and the newest are shown, and nobody else waits for them", async () => {
  const many = times(30, (i) => preview(`*${i}*`, "mina"));
  const other = keep("*hello*", "omar");
  expect(await other).toBe('<p dir="auto"><em>hello</em></p>');
  const shown = await Promise.all(many);
  expect(shown.at(0)).toContain("<em>0</em>");
  expect(shown.at(-1)).toContain("<em>29</em>");
  expect(shown.slice(1, -1)).toEqual(Array(28).fill(503));
});

test("a text that is sent twelve times is rendered each time", async () => {
  const shown = await Promise.all(times(12, () => keep("*twice*", "mina")));
  expect(new Set(shown)).toEqual(new Set(['<p dir="auto"><em>twice</em></p>']));
});

test("several different texts of one person follow one another; a script's hundred are kept as typed", async () => {
  const shown = await Promise.all(times(100, (i) => keep(`*${i}*`, "mina")));
  for (const [index, html] of shown.entries()) {
    expect(html).toBe(index < 6 ? `<p dir="auto"><em>${index}</em></p>` : `<p dir="auto">*${index}*</p>`);
  }
});

test("where all places are taken, previews give way to what is kept, and nothing that is kept is lost", async () => {
  const running = times(2, (i) => keep("*running*", `runner ${i}`));
  const previews = times(20, (i) => preview("*preview*", `reader ${i}`));
  expect(await preview("*late*", "late reader")).toBe(503);
  const kept = times(21, (i) => keep("*kept*", `writer ${i}`));
  expect(await Promise.all(previews)).toEqual(Array(20).fill(503));
  expect(await Promise.all(running)).toEqual(Array(2).fill('<p dir="auto"><em>running</em></p>'));
  const shown = await Promise.all(kept);
  expect(shown.slice(0, 20)).toEqual(Array(20).fill('<p dir="auto"><em>kept</em></p>'));
  expect(shown.at(20)).toBe('<p dir="auto">*kept*</p>');
});

test("whoever's text ran out of time has a pause, and nobody else", async () => {
  countRendering("eager", { processorMs: 5_000, outOfTime: true });
  expect(pauseOf("eager")?.init.status).toBe(429);
  expect(Number(pauseOf("eager")?.init.headers["Retry-After"])).toBeGreaterThan(30);
  expect(await preview("*a*", "eager")).toBe(429);
  expect(await keep("*a*", "eager")).toBe('<p dir="auto">*a*</p>');
  expect(pauseOf("calm")).toBeNull();
  expect(await preview("*a*", "calm")).toContain("<em>");
});

test("long texts in a row lead to a pause, a long text and its previews do not", () => {
  for (let texts = 0; texts < 4; texts++) countRendering("long-winded", { processorMs: 500 });
  expect(pauseOf("long-winded")).toBeNull();
  for (let texts = 0; texts < 4; texts++) countRendering("long-winded", { processorMs: 500 });
  expect(pauseOf("long-winded")?.init.status).toBe(429);
});

test("the site's own texts wait as long as it takes", async () => {
  const shown = await Promise.all(times(60, async (i) => (await renderMarkdown(`*${i}*`)).html));
  expect(shown.at(-1)).toBe('<p dir="auto"><em>59</em></p>');
});
