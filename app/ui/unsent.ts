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
    const message = `${whatHappened(error)} Your text is still here.`;
    const unsent: Unsent = { lastResult: { status: "error", error: { "": [message] } } };
    // With a status of failure nothing else on the page is asked for again.
    return data(unsent, { status: isRouteErrorResponse(error) ? error.status : 503 });
  }
}

function whatHappened(error: unknown): string {
  switch (isRouteErrorResponse(error) && error.status) {
    case 401:
      return "You were signed out meanwhile. Sign in in another tab, then press the button here again.";
    case 404:
      return "What you write about is no longer there.";
    case 429:
      return "That was a lot in a short time. Wait a while, then press the button again.";
    case 503:
      return "The site cannot save at the moment. Wait a moment, then press the button again.";
    default:
      return "This did not arrive. Check your connection, then press the button again.";
  }
}
