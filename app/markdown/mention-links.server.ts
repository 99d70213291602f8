import type { Nodes, PhrasingContent, Root, Text } from "mdast";
import { maxNamed, mentionPattern, type NamedPeople } from "#app/mentions/mention.ts";
import { userPath } from "#app/users/user.ts";

/**
 * Links the names of people in words, but not in code and not in links, to where those people are now.
 * @returns the names that were linked, as in `people`
 */
export function linkMentions(tree: Root, people: NamedPeople): string[] {
  const linked = new Set<string>();
  if (people.size > 0) linkIn(tree);
  return [...linked];

  function linkIn(node: Nodes): void {
    if (!("children" in node) || node.type === "link" || node.type === "linkReference") return;
    // Only parents of words have words, and links stand where words stand.
    node.children = (node.children as PhrasingContent[]).flatMap((child) => {
      if (child.type === "text") return linkWords(child);
      linkIn(child);
      return [child];
    }) as typeof node.children;
  }

  function linkWords(node: Text): PhrasingContent[] {
    const parts: PhrasingContent[] = [];
    let end = 0;
    for (const { 0: typed, 1: name = "", index } of node.value.matchAll(mentionPattern)) {
      const key = name.toLowerCase();
      const person = people.get(key);
      if (!person || (!linked.has(key) && linked.size === maxNamed)) continue;
      linked.add(key);
      if (index > end) parts.push({ type: "text", value: node.value.slice(end, index) });
      parts.push(linkTo(person.username));
      end = index + typed.length;
    }
    if (end < node.value.length) parts.push({ type: "text", value: node.value.slice(end) });
    return parts;
  }
}

function linkTo(username: string): PhrasingContent {
  return {
    type: "link",
    url: userPath(username),
    data: { hProperties: { className: ["mention"] } },
    children: [{ type: "text", value: `@${username}` }],
  };
}
