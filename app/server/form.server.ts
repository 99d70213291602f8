import { data } from "react-router";

/** No form of ours has more fields; one with a hundred thousand would keep the process busy for minutes. */
const maxFields = 64;

/**
 * The form in a request's body, with the fields that a form of ours can have: flat names, each of them once. Others,
 * such as `a[0]`, `a.b` and the form library's own `__intent__`, would be read as structure and are left out.
 * @throws a 400 response where the body is no form, is cut short, repeats a field or has too many
 */
export async function readForm(request: Request): Promise<FormData> {
  const type = request.headers.get("content-type") ?? "";
  const body = Buffer.from(await request.arrayBuffer());
  if (countFields(type, body) > maxFields) refuse();
  const sent = await new Response(body, { headers: { "Content-Type": type } }).formData().catch(refuse);
  const form = new FormData();
  for (const [name, value] of sent) {
    if (!/^[a-zA-Z][\w-]*$/.test(name)) continue;
    if (form.has(name)) refuse();
    form.append(name, value);
  }
  return form;
}

/** At least how many fields a body has, counted before anything is made of them. */
function countFields(type: string, body: Buffer): number {
  const boundary = /boundary="?([^";]+)/.exec(type)?.[1];
  const separator = boundary ? Buffer.from(`--${boundary}`) : Buffer.from("&");
  let count = 0;
  for (let at = body.indexOf(separator); at >= 0 && count <= maxFields; at = body.indexOf(separator, at + 1)) count++;
  return count;
}

function refuse(): never {
  throw data(null, { status: 400, statusText: "Bad Request" });
}
