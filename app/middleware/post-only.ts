import { data, type MiddlewareFunction } from "react-router";

/** For addresses that take forms and show nothing: a visit is answered with 405, and changes nothing. */
export const postOnly: MiddlewareFunction<Response> = ({ request }) => {
  if (request.method !== "POST") {
    throw data(null, { status: 405, statusText: "Method Not Allowed", headers: { Allow: "POST" } });
  }
};
