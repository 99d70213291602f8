/**
 * Watches whether the person leaves the page or comes back to it, until the returned function is called.
 * @param onReturn also when the connection is back
 * @param mayLeave where not, the browser asks before the page is closed
 */
export function watchPage({
  onLeave,
  onReturn,
  mayLeave,
}: {
  onLeave(): void;
  onReturn(): void;
  mayLeave(): boolean;
}): () => void {
  const turn = () => (document.visibilityState === "hidden" ? onLeave() : onReturn());
  const ask = (event: BeforeUnloadEvent) => {
    if (!mayLeave()) event.preventDefault();
  };
  document.addEventListener("visibilitychange", turn);
  addEventListener("pagehide", onLeave);
  addEventListener("online", onReturn);
  addEventListener("beforeunload", ask);
  return () => {
    document.removeEventListener("visibilitychange", turn);
    removeEventListener("pagehide", onLeave);
    removeEventListener("online", onReturn);
    removeEventListener("beforeunload", ask);
  };
}
