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
    id: "cases",
    says: "A case is closed by its own decision, and by none that was taken back",
    advice: "update moderation_cases set resolution_id = null where id = … opens it again.",
    of: "moderation_cases",
    broken: `select c.id from moderation_cases c join resolutions z on z.id = c.resolution_id
              where z.case_id <> c.id or z.undone_at is not null
             union
             select z.case_id from resolutions z join moderation_cases c on c.id = z.case_id
              where z.undone_at is null and c.resolution_id is distinct from z.id`,
  }),
  rowsCheck({
    id: "reporters",
    // A record also counts what was reported of things that are gone for good.
    says: "Whoever reported has each decision in their record that stands",
    advice: "Set reporter_records to the number of cases that were acted on and dismissed.",
    of: "reporter_records",
    broken: `select counted.reporter_id
               from (select r.reporter_id, count(*) filter (where z.kind = 'acted') as upheld,
                            count(*) filter (where z.kind = 'dismissed') as dismissed
                       from reports r join moderation_cases c on c.id = r.case_id
                       join resolutions z on z.id = c.resolution_id
                      where r.reporter_id is not null and r.reporter_id is distinct from z.moderator_id
                      group by r.reporter_id) counted
               left join reporter_records o on o.user_id = counted.reporter_id
              where coalesce(o.upheld, 0) < counted.upheld or coalesce(o.dismissed, 0) < counted.dismissed`,
  }),
  rowsCheck({
    id: "case-weights",
    says: "A case weighs what its reports weigh",
    advice: "Set moderation_cases.weight and report_count to the sum and the number of its reports.",
    of: "moderation_cases",
    broken: `select c.id from moderation_cases c
               left join (select case_id, sum(weight) as weight, count(*) from reports group by case_id) r on r.case_id = c.id
              where abs(c.weight - coalesce(r.weight, 0)) > 0.000001 or c.report_count <> coalesce(r.count, 0)`,
  }),
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
