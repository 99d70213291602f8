import type { Effect } from "#app/moderation/effects.server.ts";
import type { LockedActor, LockedSubject } from "#app/moderation/lock-people.server.ts";
import { type ActInput, type ActKind, aRole, durations, isDuration } from "#app/moderation/moderation.ts";
import { rolesToGive } from "#app/moderation/policy.ts";
import type { LockedThing } from "#app/moderation/targets.server.ts";
import type { Prisma, Transaction } from "#app/server/database.server.ts";

/** An act about to be done, once it is known that its moderator may. */
export interface Stage<Kind extends ActKind> {
  tx: Transaction;
  moderator: LockedActor;
  user: LockedSubject;
  /** null for an act on a person */
  thing: LockedThing | null;
  input: ActInput<Kind>;
}

/** What an act does: effects that can be taken out again, and nothing else; or why it is not possible as things are. */
export type Performance =
  | { refusal: string }
  | {
      effects: Effect[];
      expiresAt?: Date | null;
      banId?: string;
      reversesId?: string;
      details?: Prisma.InputJsonObject;
    };

export const performances: { [Kind in ActKind]: (stage: Stage<Kind>) => Promise<Performance> | Performance } = {
  warn: ({ user }) => ({ effects: [{ aspect: "warning", subjects: [user.id], after: null }] }),

  async ban({ tx, moderator, user, input }) {
    const expiresAt = endOf(input.duration);
    const { id: banId } = await tx.ban.create({
      data: { userId: user.id, moderatorId: moderator.id, reason: input.reason, expiresAt },
      select: { id: true },
    });
    const hidden = input.content === "hidden" ? await publishedThings(tx, user.id) : [];
    return {
      effects: [{ aspect: "user.ban", subjects: [user.id], after: banId }, ...hidden],
      expiresAt,
      banId,
      details: { content: input.content },
    };
  },
  async unban({ tx, user: { id, banId } }) {
    if (!banId) throw new Error("The user changed in spite of the lock");
    const ban = await tx.moderationAction.findFirst({ where: { banId, kind: "ban" }, select: { id: true } });
    return { effects: [{ aspect: "user.ban", subjects: [id], after: null }], banId, reversesId: ban?.id };
  },

  silence({ user, input }) {
    const until = endOf(input.duration);
    if (user.banned) return { refusal: `@${user.username} is banned, and so writes nothing.` };
    return {
      effects: [{ aspect: "user.silenced", subjects: [user.id], after: until?.toISOString() ?? null }],
      expiresAt: until,
    };
  },
  unsilence: ({ user }) => ({ effects: [{ aspect: "user.silenced", subjects: [user.id], after: null }] }),

  async role({ tx, moderator, user, input: { role } }) {
    if (!rolesToGive(moderator, user).includes(role)) {
      return {
        refusal:
          role === user.role
            ? `@${user.username} is already ${aRole(role)}.`
            : `@${user.username} is banned. Lift the ban before you give them a higher role.`,
      };
    }
    return {
      effects: [
        { aspect: "user.role", subjects: [user.id], after: role },
        // A browser that was trusted with one role is not with another.
        { aspect: "device.expiry", subjects: await trustedDevices(tx, user.id), after: nowText() },
      ],
      details: { from: user.role, to: role },
    };
  },

  async sessions({ tx, user }) {
    // Those that a ban ended as well: they must not come to life when only the ban is undone.
    const sessions = await tx.session.findMany({
      where: { userId: user.id, expiresAt: { gt: new Date() } },
      select: { id: true, banId: true },
    });
    const ended = sessions.filter(({ banId }) => banId === null).length;
    const devices = await trustedDevices(tx, user.id);
    if (ended === 0 && devices.length === 0) return { refusal: `@${user.username} is signed in nowhere.` };
    return {
      effects: [
        { aspect: "session.expiry", subjects: sessions.map(({ id }) => id), after: nowText() },
        { aspect: "device.expiry", subjects: devices, after: nowText() },
      ],
      details: { ended },
    };
  },

  rename({ user, input: { username } }) {
    if (username.toLowerCase() === user.username.toLowerCase()) return { refusal: "That is the username they have." };
    return {
      effects: [{ aspect: "user.username", subjects: [user.id], after: username }],
      details: { personal: { from: user.username, to: username } },
    };
  },
  "clear-profile"({ user: { id, name, bio, website } }) {
    if (name === clearedName && bio === "" && website === null) return { refusal: "There is nothing to clear." };
    return {
      effects: [
        { aspect: "user.name", subjects: [id], after: clearedName },
        { aspect: "user.bio", subjects: [id], after: "" },
        { aspect: "user.website", subjects: [id], after: null },
      ],
    };
  },
  "clear-avatar": ({ user }) =>
    user.avatar === null
      ? { refusal: `@${user.username} has no picture of their own.` }
      : { effects: [{ aspect: "user.avatar", subjects: [user.id], after: null }] },

  "remove-post": ({ thing }) =>
    thing?.removed && !thing.held ? { refusal: "This post is already removed." } : visibility(thing, "post", nowText()),
  "restore-post": ({ thing }) =>
    thing?.removed ? visibility(thing, "post", null) : { refusal: "This post is not removed." },
  "approve-post"({ thing }) {
    if (!thing?.held) return { refusal: "This post does not wait for a look." };
    const subjects = [String(thing.id)];
    return {
      effects: [
        // It is new to its readers now.
        { aspect: "post.published", subjects, after: nowText() },
        { aspect: "post.held", subjects, after: null },
        { aspect: "post.removed", subjects, after: null },
      ],
    };
  },
  "lock-post": ({ thing }) =>
    thing?.locked ? { refusal: "This post is already locked." } : on(thing, "post.locked", nowText()),
  "unlock-post": ({ thing }) =>
    thing?.locked ? on(thing, "post.locked", null) : { refusal: "This post is not locked." },
  "feature-post": ({ thing }) =>
    thing?.featured ? { refusal: "This post is already there." } : on(thing, "post.featured", nowText()),
  "unfeature-post": ({ thing }) =>
    thing?.featured ? on(thing, "post.featured", null) : { refusal: "This post is not there." },

  "remove-comment": ({ thing }) =>
    thing?.removed && !thing.held
      ? { refusal: "This comment is already removed." }
      : visibility(thing, "comment", nowText()),
  "restore-comment": ({ thing }) =>
    thing?.removed ? visibility(thing, "comment", null) : { refusal: "This comment is not removed." },
  "approve-comment"({ thing }) {
    if (!thing?.held) return { refusal: "This comment does not wait for a look." };
    const subjects = [String(thing.id)];
    return {
      effects: [
        { aspect: "comment.held", subjects, after: null },
        { aspect: "comment.removed", subjects, after: null },
      ],
    };
  },
};

/** What stands where a name was. */
const clearedName = "Member";

function on(thing: LockedThing | null, aspect: Effect["aspect"], after: string | null): Performance {
  return { effects: [{ aspect, subjects: thing ? [String(thing.id)] : [], after }] };
}

/**
 * Whoever removes a thing or restores it has looked at it: it waits no longer. That is laid also over what did not wait,
 * so that it stays so whatever else is undone: of an undone removal and the restoration after it the thing must not
 * be left both waiting and in sight.
 */
function visibility(thing: LockedThing | null, of: "post" | "comment", removedAt: string | null): Performance {
  const subjects = thing ? [String(thing.id)] : [];
  return {
    effects: [
      { aspect: `${of}.held`, subjects, after: null },
      { aspect: `${of}.removed`, subjects, after: removedAt },
    ],
  };
}

/**
 * Everything that a person has published: removed together with a ban that hides it. Also what is removed already,
 * so that it stays hidden when only that is undone.
 */
async function publishedThings(tx: Transaction, authorId: string): Promise<Effect[]> {
  const where = { authorId, deletedAt: null };
  const byId = { select: { id: true }, orderBy: { id: "asc" } } as const;
  const posts = await tx.post.findMany({ where: { ...where, status: "published" }, ...byId });
  const comments = await tx.comment.findMany({ where, ...byId });
  const after = nowText();
  const idsOf = (things: { id: number }[]) => things.map(({ id }) => String(id));
  const effects: Effect[] = [
    { aspect: "post.removed", subjects: idsOf(posts), after },
    { aspect: "comment.removed", subjects: idsOf(comments), after },
  ];
  return effects.filter(({ subjects }) => subjects.length > 0);
}

async function trustedDevices(tx: Transaction, userId: string): Promise<string[]> {
  const devices = await tx.trustedDevice.findMany({
    where: { userId, expiresAt: { gt: new Date() } },
    select: { id: true },
  });
  return devices.map(({ id }) => id);
}

function endOf(duration: string): Date | null {
  const days = isDuration(duration) ? durations[duration].days : null;
  return days && new Date(Date.now() + days * 86_400_000);
}

function nowText(): string {
  return new Date().toISOString();
}
