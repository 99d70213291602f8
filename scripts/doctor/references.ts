import { z } from "zod";
import { type Check, countRows, named, type Query, rowsCheck } from "./check.ts";

/** What must hold between rows. */
export const referenceChecks: Check[] = [
  {
    id: "foreign-keys",
    says: "Everything that a row points at is there",
    advice: "Delete these rows, or bring back what they point at from a backup.",
    async look({ query }) {
      const keys = await listForeignKeys(query);
      let broken = 0;
      const first: string[] = [];
      for (const key of keys) {
        const orphans = await countRows(query, orphansOf(key));
        broken += orphans.broken;
        first.push(...orphans.first);
      }
      return { of: keys.length, broken, first: first.slice(0, named), note: "foreign keys" };
    },
  },
  rowsCheck({
    id: "replies",
    says: "A reply stands under a comment of the same post",
    advice: "Set post_id to that of the comment that they answer.",
    of: "comments where parent_id is not null",
    broken: "select c.id from comments c join comments p on p.id = c.parent_id where p.post_id <> c.post_id",
  }),
  rowsCheck({
    id: "notification-actors",
    says: "Every notification says who did something",
    advice: "Delete these notifications: who did it is gone.",
    of: "notifications where kind <> 'moderation'",
    broken: `select id from notifications n where kind <> 'moderation'
                and not exists (select from notification_actors a where a.notification_id = n.id)`,
  }),
  rowsCheck({
    id: "notified-acts",
    says: "Every act that a notification or an undo tells of is in the register",
    advice: "Rows are missing from moderation_actions: compare with a backup.",
    of: "moderation_actions",
    broken: `select n.action_id from notifications n
              where action_id is not null and not exists (select from moderation_actions a where a.id = n.action_id)
             union
             select reverses_id from moderation_actions r
              where reverses_id is not null and not exists (select from moderation_actions a where a.id = r.reverses_id)`,
  }),
  rowsCheck({
    id: "avatars",
    says: "Everybody's picture is an upload of theirs",
    advice: "update users set avatar = null where id = …: a drawn one takes its place.",
    of: "users where avatar <> '~'",
    broken: `select id from users u where avatar <> '~'
                and not exists (select from uploads p where p.key = u.avatar and p.owner_id = u.id and p.kind = 'avatar')`,
  }),
];

const foreignKey = z.object({
  from: z.string(),
  to: z.string(),
  columns: z.array(z.string()),
  keys: z.array(z.string()),
});

/** Of the tables of this site, out of the catalog: also those of later versions. Names come quoted where needed. */
async function listForeignKeys(query: Query) {
  const columnsOf = (relation: string, numbers: string) =>
    `(select array_agg(quote_ident(attname) order by place) from unnest(${numbers}) with ordinality n (number, place)
        join pg_attribute on attrelid = ${relation} and attnum = number)`;
  return z.array(foreignKey).parse(
    await query(
      `select conrelid::regclass::text as "from", confrelid::regclass::text as "to",
              ${columnsOf("conrelid", "conkey")} as columns, ${columnsOf("confrelid", "confkey")} as keys
         from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace order by 1, 3`,
    ),
  );
}

function orphansOf({ from, to, columns, keys }: z.infer<typeof foreignKey>): string {
  const names = columns.join(", ");
  const filled = columns.map((column) => `r.${column} is not null`).join(" and ");
  const same = columns.map((column, index) => `t.${keys[index]} = r.${column}`).join(" and ");
  const value = columns.map((column) => `r.${column}`).join(" || ',' || ");
  return `select '${from}.${names} = ' || ${value} from ${from} r
           where ${filled} and not exists (select from ${to} t where ${same})`;
}
