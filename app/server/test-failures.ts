/** Fails at the statement of that number, as when the connection breaks there, and lets the roll-back through. */
export function failAt(failing: number): (text: string, index: number) => void {
  let failed = false;
  return (text, index) => {
    if (failed || index !== failing || text === "COMMIT") return;
    failed = true;
    throw new Error("the connection broke");
  };
}
