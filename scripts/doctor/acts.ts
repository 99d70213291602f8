import { type Check, rowsCheck } from "./check.ts";

/** The columns that nobody but an act changes, and what of them an effect says. */
const columns = [
  { aspect: "user.ban", table: "users", column: "ban_id", type: "uuid" },
  { aspect: "user.silenced", table: "users", column: "silenced_until", type: "timestamptz" },
  { aspect: "post.removed", table: "posts", column: "removed_at", type: "timestamptz" },
  { aspect: "post.locked", table: "posts", column: "locked_at", type: "timestamptz" },
  { aspect: "post.featured", table: "posts", column: "featured_at", type: "timestamptz" },
  { aspect: "comment.removed", table: "comments", column: "removed_at", type: "timestamptz" },
] as const;

/** What moderators did. */
export const actChecks: Check[] = [
  rowsCheck({
    id: "acts",
    says: "What moderators decided is what counts: each column is as the last act that stands left it",
    advice: "Something changed these rows past the acts. Undo the act and do it again, or set the column by hand.",
    of: "act_effects",
    broken: columns
      .map(
        ({ aspect, table, column, type }) => `
          select e.action_id from act_effects e join ${table} t on t.id::text = e.subject
           where e.aspect = '${aspect}' and e.undone_at is null and e.superseded_at is null
             and not exists (select from act_effects n where n.aspect = e.aspect and n.subject = e.subject
                                and n.id > e.id and n.undone_at is null)
             and t.${column} is distinct from e.after::${type}`,
      )
      .join(" union all "),
  }),
  rowsCheck({
    id: "removals",
    says: "Nothing is removed but by an act, or because it waits for a look",
    advice: "update … set removed_at = null shows them again, where nobody knows why they were removed.",
    of: "(select from posts where removed_at is not null union all select from comments where removed_at is not null) r",
    broken: ["post", "comment"]
      .map(
        (thing) => `
          select t.id from ${thing}s t
           where t.removed_at is not null and t.held_at is null
             and not exists (select from act_effects e where e.aspect = '${thing}.removed' and e.subject = t.id::text
                                and e.undone_at is null and e.after is not null)`,
      )
      .join(" union all "),
  }),
  rowsCheck({
    id: "logged-acts",
    says: "Every effect is of an act in the register",
    advice: "Rows are missing from moderation_actions: compare with a backup.",
    of: "act_effects",
    broken: `select e.id from act_effects e
              where not exists (select from moderation_actions a where a.id = e.action_id)`,
  }),
  rowsCheck({
    id: "bulk-acts",
    says: "No act on many things has stood still for an hour",
    advice: "Is the site running? A look at its page lets it go on.",
    of: "bulk_acts",
    broken: `select id from bulk_acts where ended_at is null and stopped_at is null
                and updated_at < now() - interval '1 hour'`,
  }),
];
