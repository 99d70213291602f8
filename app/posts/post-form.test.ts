import { parseWithZod } from "@conform-to/zod/v4";
import { expect, test } from "vitest";
import { postPath, slugOf } from "#app/posts/post.ts";
import { canonicalTag, parseTags, postForm } from "#app/posts/post-form.ts";

const whole = { title: "A good title", body: "Some words", tags: "maps", url: "", status: "published" };

function send(fields: Record<string, string | string[]>) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) for (const each of [value].flat()) form.append(name, each);
  const submission = parseWithZod(form, { schema: postForm });
  return submission.status === "success"
    ? { value: submission.value, errors: {} }
    : { value: null, errors: submission.error ?? {} };
}

const errorsOf = (fields: Record<string, string | string[]>): Record<string, string[] | null> =>
  send({ ...whole, ...fields }).errors;

test("a whole post is taken as it was typed, lines with one character", () => {
  expect(
    send({ ...whole, title: "  A \t good\r\ntitle ", body: "\r\n\r\n    code\r\nmore  \r\n" }).value,
  ).toMatchObject({
    title: "A good title",
    body: "    code\nmore",
    tags: ["maps"],
    url: "",
    status: "published",
  });
});

test("what is published has a title of 3 to 150 characters, as people count them", () => {
  for (const title of ["", "  ", "ab", "🌱🌱", "\u200b\u200b\u200b", "x".repeat(151), "🌱".repeat(151)]) {
    expect(errorsOf({ title }), JSON.stringify(title)).toHaveProperty("title");
  }
  for (const title of ["abc", "雨の日", "🌱🌱🌱", "x".repeat(150), "🌱".repeat(150)])
    expect(errorsOf({ title })).toEqual({});
});

test("a text may have 50,000 characters, and be missing where a link is", () => {
  expect(errorsOf({ body: "x".repeat(50_000) })).toEqual({});
  expect(errorsOf({ body: "x".repeat(50_001) }).body?.[0]).toContain("1 characters too long");
  expect(errorsOf({ body: " \n " })).toHaveProperty("body");
  expect(errorsOf({ body: "", url: "https://example.org" })).toEqual({});
});

test("a link is one of the web", () => {
  for (const url of [
    "javascript:alert(1)",
    "data:text/html,x",
    "ftp://example.org",
    "//example.org",
    "example.org",
    "https://",
    `https://example.org/${"x".repeat(2_000)}`,
  ]) {
    expect(errorsOf({ url }), url).toHaveProperty("url");
  }
  for (const url of ["https://example.org/a?b#c", "http://localhost:3000", "https://例え.jp"])
    expect(errorsOf({ url })).toEqual({});
});

test("a draft may lack what a published post needs, but not everything", () => {
  const draft = { title: "", body: "", tags: "", url: "", status: "draft" };
  expect(send({ ...draft, title: "x" }).errors).toEqual({});
  expect(send({ ...draft, body: "x" }).errors).toEqual({});
  expect(send(draft).errors).toHaveProperty("body");
  expect(send({ ...draft, title: "x".repeat(151) }).errors).toHaveProperty("title");
});

test("tags have one form, in any script", () => {
  expect(parseTags("#Maps, Urban  Planning,urban_planning, ＳＱＬ , 東京,हिन्दी,, -x-y- ")).toEqual([
    "maps",
    "urban-planning",
    "sql",
    "東京",
    "हिन्दी",
    "x-y",
  ]);
  expect(canonicalTag("Ünïcode")).toBe("ünïcode");
});

test("a post has one to five tags of 2 to 30 letters, digits and hyphens", () => {
  expect(errorsOf({ tags: "a1,b2,c3,d4,e5" })).toEqual({});
  expect(errorsOf({ tags: "東京,über-uns" })).toEqual({});
  for (const tags of [
    "",
    " , ",
    "a1,b2,c3,d4,e5,f6",
    "a",
    "x".repeat(31),
    "c++",
    "a/b",
    "<script>",
    "a.b",
    "’",
    "\0\0",
  ]) {
    expect(errorsOf({ tags }), tags).toHaveProperty("tags");
  }
});

test("nothing but the two states is one", () => {
  for (const status of ["", "removed", "Published", "published "])
    expect(errorsOf({ status }), status).toHaveProperty("status");
});

test("a field that comes twice, or of which the form knows nothing, has no effect", () => {
  expect(errorsOf({ title: ["one", "two"] })).toHaveProperty("title");
  expect(errorsOf({ body: ["one", "two"] })).toHaveProperty("body");
  expect(errorsOf({ status: ["draft", "published"] })).toHaveProperty("status");
  expect(
    send({ ...whole, authorId: "x", createdAt: "2000-01-01", removedAt: "", id: "1", role: "admin" }).value,
  ).not.toHaveProperty("authorId");
});

test("a version that is none never matches, and a key that is none is left out", () => {
  expect(send({ ...whole, version: "3" }).value?.version).toBe(3);
  for (const version of ["-1", "1.5", "abc", "1e99"]) expect(send({ ...whole, version }).value?.version).toBe(0);
  expect(send({ ...whole, submissionKey: "not-a-uuid" }).value?.submissionKey).toBeUndefined();
});

test("an address tells the title in its own script, and never cuts a character", () => {
  expect(slugOf("Über Größe & Ærlighed!")).toBe("uber-große-ærlighed");
  expect(slugOf("ガーデン日記")).toBe("ガーデン日記");
  expect(slugOf("한국어 제목")).toBe("한국어-제목");
  expect(slugOf("हिन्दी में")).toBe("हिन्दी-में");
  expect(slugOf("Edit")).toBe("edit-post");
  expect(slugOf("!!!")).toBe("");
  expect(postPath({ id: 1, title: `${"x".repeat(59)}𠀀𠀀` })).toBe(`/p/1/${"x".repeat(59)}%F0%A0%80%80`);
});
