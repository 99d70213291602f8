import { expect, test } from "vitest";
import { readForm } from "#app/server/form.server.ts";

const post = (body: BodyInit, headers: Record<string, string> = {}) =>
  readForm(new Request("http://localhost/sign-in", { method: "POST", body, headers }));
const urlencoded = { "Content-Type": "application/x-www-form-urlencoded" };
const refused = expect.objectContaining({ init: expect.objectContaining({ status: 400 }) });

test("a form's fields are read, those with structure in their name are not", async () => {
  const form = await post("title=a&tags[0]=b&a.b=c&__intent__=d&1=e&status=draft", urlencoded);
  expect([...form.keys()]).toEqual(["title", "status"]);
});

test("a file comes with its form", async () => {
  const sent = new FormData();
  sent.set("title", "a");
  sent.set("image", new File(["picture"], "p.png"));
  const form = await post(sent);
  expect(form.get("title")).toBe("a");
  expect(form.get("image")).toBeInstanceOf(File);
});

test("a field that is sent twice is refused, for nobody knows which one was meant", async () => {
  await expect(post("on=true&on=false", urlencoded)).rejects.toEqual(refused);
});

test.each([
  ["three hundred thousand of one field", "a=&".repeat(300_000)],
  ["thirty thousand of as many bad ones", Array.from({ length: 30_000 }, (_, index) => `${index}=`).join("&")],
])("a body with %s is refused before it is taken apart", async (_, body) => {
  await expect(post(body, urlencoded)).rejects.toEqual(refused);
});

test("so is one with as many parts", async () => {
  const part = '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n';
  await expect(
    post(`${part.repeat(20_000)}--b--`, { "Content-Type": "multipart/form-data; boundary=b" }),
  ).rejects.toEqual(refused);
});

test.each([
  ["text/plain", "title=a"],
  ["application/json", "{}"],
  ["multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name="],
  ["multipart/form-data", "x"],
  ["", "title=a"],
])("a body that is no form is refused: %s", async (type, body) => {
  await expect(post(body, { "Content-Type": type })).rejects.toEqual(refused);
});
