import type { SubmissionResult } from "@conform-to/react";
import { data, isRouteErrorResponse } from "react-router";

/** The answer of a form that was not taken and stays as it is on the page. */
export interface Unsent {
  lastResult: SubmissionResult<string[]>;
}

/**
 * Sends a form that holds much typing. Where that fails – the connection, the session, the site – the page and
 * the text in it stay, with word of what happened, instead of an error page in their place.
 */
export async function orUnsent<Answer>(send: () => Promise<Answer>) {
  try {
    return await send();
  } catch (error) {
    // A redirect is no failure.
    if (error instanceof Response) throw error;
    const status = isRouteErrorResponse(error) ? error.status : 503;
    // With a status of failure nothing else on the page is asked for again.
    return data(unsentBecause(isRouteErrorResponse(error) ? status : null), { status });
  }
}

/** @param status of the answer; null where there was none */
export function unsentBecause(status: number | null): Unsent {
  return { lastResult: { status: "error", error: { "": [`${whatHappened(status)} Your text is still here.`] } } };
}

function whatHappened(status: number | null): string {
  switch (status) {
    case 401:
      return "You were signed out meanwhile. Sign in in another tab, then press the button here again.";
    case 404:
      return "What you write about is no longer there.";
    case 429:
      return "That was a lot in a short time. Wait a while, then press the button again.";
    case null:
      return "This did not arrive. Check your connection, then press the button again.";
    default:
      return "The site cannot take this at the moment. Wait a moment, then press the button again.";
  }
}
