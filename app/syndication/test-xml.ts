import { SaxesParser } from "saxes";

/** Reads XML as strictly as the specification asks. @throws where it is not well-formed, or names what is not declared */
export function readStrictly(xml: string): { text: string; count(name: string): number } {
  const parser = new SaxesParser({ xmlns: true });
  const names: string[] = [];
  let text = "";
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name }) => names.push(name));
  parser.on("text", (part) => {
    text += part;
  });
  parser.write(xml).close();
  return { text, count: (name) => names.filter((each) => each === name).length };
}
