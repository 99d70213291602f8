import type { Options } from "rehype-sanitize";

/** All that written text may become. Ids and classes in it are ours: typed HTML never gets this far. */
export const allowList: Options = {
  tagNames: [
    ..."p h2 h3 h4 h5 h6 ul ol li blockquote pre code em strong del a img br hr sup input div section label span details summary".split(
      " ",
    ),
    ..."table thead tbody tr th td".split(" "),
  ],
  attributes: {
    a: [
      "href",
      "title",
      "rel",
      "id",
      "dataFootnoteRef",
      "dataFootnoteBackref",
      "ariaDescribedBy",
      "ariaLabel",
      ["className", "mention"],
    ],
    code: [["className", /^language-[\w+#-]{1,30}$/]],
    details: [["className", "spoiler"]],
    div: [["className", "table-scroll"], ["role", "region"], ["tabIndex", 0], "ariaLabel"],
    img: [
      ["src", /^\/media\/[a-z0-9][a-z0-9.-]{8,80}$/],
      "alt",
      "title",
      "width",
      "height",
      ["loading", "lazy"],
      ["decoding", "async"],
    ],
    input: [["type", "checkbox"], ["disabled", true], "checked", "ariaLabel"],
    label: [["className", "spoiler"]],
    li: ["id", ["className", "task-list-item"]],
    ol: ["start", ["className", "contains-task-list"]],
    pre: [["tabIndex", 0]],
    section: ["dataFootnotes", ["className", "footnotes"], "ariaLabel"],
    td: [["align", "left", "right", "center"]],
    th: [
      ["align", "left", "right", "center"],
      ["scope", "col"],
    ],
    ul: [["className", "contains-task-list"]],
    h2: ["id"],
    h3: ["id"],
    h4: ["id"],
    h5: ["id"],
    h6: ["id"],
    "*": [["dir", "auto", "ltr"]],
  },
  protocols: { href: ["http", "https", "mailto"] },
  required: { input: { type: "checkbox" } },
  ancestors: Object.fromEntries(["thead", "tbody", "tr", "th", "td"].map((name) => [name, ["table"]])),
  clobber: [],
  strip: ["script", "style"],
};
