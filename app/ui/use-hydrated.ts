import { useSyncExternalStore } from "react";

/** Whether scripts run here: false on the server and while the page comes to life. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}

const never = () => () => {};
