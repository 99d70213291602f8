import { data } from "react-router";

/** The form in a request's body. @throws a 400 response where the body is none, or is cut short */
export async function readForm(request: Request): Promise<FormData> {
  try {
    return await request.formData();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw data(null, { status: 400, statusText: "Bad Request" });
  }
}
