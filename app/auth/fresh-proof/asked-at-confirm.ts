import { href, type MiddlewareFunction, redirect } from "react-router";

/** The answers to proofs have no page of their own to visit: it is /confirm that asks. */
export const askedAtConfirm: MiddlewareFunction<Response> = ({ request }) => {
  if (request.method !== "POST") throw redirect(href("/confirm"));
};
