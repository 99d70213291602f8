/** What an open editor does when its form is sent, or its person goes. */
interface OpenKeeper {
  /** while its form is being sent */
  readonly paused: boolean;
  done(): void;
  keepNow(): Promise<void>;
}

/** The editors that are open in this tab. */
export const openKeepers = new Set<OpenKeeper>();

/** Sends a form of an editor. Where it was taken, which a redirect says, nothing of it is kept any more. */
export async function takenByAction<Answer>(send: () => Promise<Answer>): Promise<Answer> {
  try {
    return await send();
  } catch (error) {
    const isTaken = error instanceof Response && error.status >= 300 && error.status < 400;
    if (isTaken) for (const keeper of openKeepers) if (keeper.paused) keeper.done();
    throw error;
  }
}

/** Sends what the open editors have not sent yet. */
export async function keepAllNow(): Promise<void> {
  await Promise.all([...openKeepers].map((keeper) => keeper.keepNow()));
}
