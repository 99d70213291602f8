import { data } from "react-router";

/**
 * The form in a request's body, with the fields that a form of ours can have: flat names. Others, such as `a[0]`,
 * `a.b` and the form library's own `__intent__`, would be read as structure and are left out.
 * @throws a 400 response where the body is no form, or is cut short
 */
export async function readForm(request: Request): Promise<FormData> {
  const form = await request.formData().catch((error: unknown) => {
    if (!(error instanceof TypeError)) throw error;
    throw data(null, { status: 400, statusText: "Bad Request" });
  });
  for (const name of [...form.keys()]) if (!/^[a-zA-Z][\w-]*$/.test(name)) form.delete(name);
  return form;
}
