import { useFetcher } from "react-router";

/** What a toggle's address answers a script: the state that is set now, or that it could not be set. */
export type ToggleAnswer = { on: boolean } | { failed: true };

/**
 * A button that is on or off, and shows at once what was pressed. The page is not asked for again afterwards, so that
 * nothing on it moves; where the change did not arrive it goes back and says so.
 * @param key one for each toggle, so that two on a page do not end each other's way
 * @param on the state that the page was made with
 */
export function useToggle(key: string, on: boolean) {
  const fetcher = useFetcher<ToggleAnswer>({ key });
  const wanted = fetcher.formData?.get("on");
  const answer = fetcher.data;
  const answered = answer && "on" in answer ? answer.on : on;
  return {
    Form: fetcher.Form,
    on: wanted ? wanted === "true" : answered,
    failed: !wanted && answer !== undefined && "failed" in answer,
  };
}

/** For a toggle's route: whatever goes wrong on the way, the page stays. */
export async function orFailed(send: () => Promise<unknown>): Promise<unknown> {
  try {
    return await send();
  } catch (error) {
    // A redirect is no failure.
    if (error instanceof Response) throw error;
    return { failed: true };
  }
}
