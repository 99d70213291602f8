import { data } from "react-router";
import { type ExclusionKind, exclusionKinds } from "#app/exclusions/exclusion.ts";

/** Which list an address is about, in every spelling that the router takes. @throws a 404 response */
export function kindOfPath(pathname: string): ExclusionKind {
  const word =
    pathname
      .toLowerCase()
      .split("/")[3]
      ?.replace(/\.data$/, "") ?? "";
  if (!isKind(word)) throw data(null, { status: 404, statusText: "Not Found" });
  return word;
}

function isKind(word: string): word is ExclusionKind {
  return Object.hasOwn(exclusionKinds, word);
}
