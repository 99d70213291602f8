import { data } from "react-router";

export function loader() {
  throw data(null, { status: 404, statusText: "Not Found" });
}

export const action = loader;

/** Never drawn: it makes this a page, so that its 404 is one too. */
export default function NotFound() {
  return null;
}
