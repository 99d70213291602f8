import { createContext, useContext } from "react";

/** The id under which the log knows the request that a document answers; null in the browser. */
export const RequestIdContext = createContext<string | null>(null);
export const useRequestId = () => useContext(RequestIdContext);
