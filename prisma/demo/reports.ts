import type { Transaction } from "#app/server/database.server.ts";

interface DemoReport {
  by: string;
  /** the author's first post, their first comment, or themselves */
  of: { author: string; which: "post" | "comment" | "person" };
  rule: string;
  note: string;
  hoursAgo: number;
}

/** What waits in the demo's queue, the first report of a thing before the others. */
const reports: DemoReport[] = [
  {
    by: "dalia",
    of: { author: "rufus", which: "person" },
    rule: "spam",
    note: "His profile is an advert, too.",
    hoursAgo: 50,
  },
  { by: "finn", of: { author: "rufus", which: "person" }, rule: "spam", note: "", hoursAgo: 44 },
  {
    by: "mina",
    of: { author: "rufus", which: "person" },
    rule: "other",
    note: "I think this is the person who was here in spring under another name.",
    hoursAgo: 30,
  },
  {
    by: "nils",
    of: { author: "rufus", which: "comment" },
    rule: "harassment",
    note: "He calls people names who asked him to stop.",
    hoursAgo: 146,
  },
  {
    by: "pavel",
    of: { author: "dalia", which: "post" },
    rule: "off-topic",
    note: "Is this about buildings or about music?",
    hoursAgo: 5,
  },
];

/** Fills the demo's queue of reports; the cases stand as reporting would have made them. */
export async function createReports(tx: Transaction, people: Map<string, string>, now: number): Promise<void> {
  for (const { by, of, rule, note, hoursAgo } of reports) {
    const [authorId, reporterId] = [people.get(of.author), people.get(by)];
    if (!authorId || !reporterId) throw new Error(`The demo's cast has no ${by} or no ${of.author}`);
    const at = new Date(now - hoursAgo * 3_600_000);
    const thing = await findThing(tx, authorId, of);
    const { snapshot, ...about } = thing;
    const open = await tx.moderationCase.findFirst({ where: about, select: { id: true } });
    const counted = { weight: { increment: 1 }, reportCount: { increment: 1 }, updatedAt: at };
    const { id: caseId } = open
      ? await tx.moderationCase.update({ where: { id: open.id }, data: counted, select: { id: true } })
      : await tx.moderationCase.create({
          data: { ...about, subjectId: authorId, weight: 1, reportCount: 1, openedAt: at, updatedAt: at },
          select: { id: true },
        });
    await tx.report.create({ data: { caseId, reporterId, rule, note, snapshot, createdAt: at } });
  }
}

async function findThing(tx: Transaction, authorId: string, { which }: DemoReport["of"]) {
  const { username, name, bio } = await tx.user.findUniqueOrThrow({ where: { id: authorId } });
  if (which === "comment") {
    const found = await tx.comment.findFirstOrThrow({
      where: { authorId },
      orderBy: { id: "asc" },
      include: { post: { select: { title: true } } },
    });
    const snapshot = { username, name, title: found.post.title, body: found.body, version: found.version };
    return { commentId: found.id, snapshot };
  }
  if (which === "person") return { userId: authorId, snapshot: { username, name, body: bio } };
  const post = await tx.post.findFirstOrThrow({
    where: { authorId, status: "published" },
    orderBy: { id: "asc" },
  });
  const { url, tags, body, version } = post;
  const snapshot = { username, name, title: post.title, body, version, tags: tags.join(", "), ...(url && { url }) };
  return { postId: post.id, snapshot };
}
