/** What the keys do, in the order of the help sheet. */
export const shortcuts: { keys: string[]; does: string }[] = [
  { keys: ["j"], does: "Next post or comment" },
  { keys: ["k"], does: "Previous post or comment" },
  { keys: ["o", "Enter"], does: "Open it" },
  { keys: ["l"], does: "Like it, or take that back" },
  { keys: ["b"], does: "Bookmark it, or take that back" },
  { keys: ["/"], does: "Search" },
  { keys: ["n"], does: "Write a post" },
  { keys: ["g h"], does: "Go to the latest" },
  { keys: ["g f"], does: "Go to what you follow" },
  { keys: ["g n"], does: "Go to your notifications" },
  { keys: ["Esc"], does: "Leave a field, close this sheet" },
  { keys: ["?"], does: "Show this sheet" },
];

/** What more they do for moderators, on the page of a case. */
export const caseShortcuts: typeof shortcuts = [
  { keys: ["n"], does: "Next case" },
  { keys: ["t"], does: "Take it, or leave it to others" },
  { keys: ["r"], does: "Remove what was reported" },
  { keys: ["w"], does: "Warn" },
  { keys: ["b"], does: "Ban" },
  { keys: ["d"], does: "Dismiss" },
  { keys: ["m"], does: "Write a note" },
  { keys: ["u"], does: "Undo what was just done" },
];

/** Asks for the help sheet, from wherever its button stands. */
export const helpEvent = "shortcuts-help";

const setting = "shortcuts";

/** Whether the person wants keys to do things, on this device. */
export function areShortcutsOn(): boolean {
  try {
    return localStorage.getItem(setting) !== "off";
  } catch {
    return true;
  }
}

export function setShortcutsOn(on: boolean): void {
  try {
    localStorage.setItem(setting, on ? "on" : "off");
  } catch {
    // Where nothing may be stored it holds until the page is left.
  }
}
