import { createContext, useContext } from "react";

/** Whether the page being rendered has scripts: links and forms then work without loading a new document. */
export const ScriptsContext = createContext(true);
export const useScripts = () => useContext(ScriptsContext);
