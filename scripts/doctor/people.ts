import { z } from "zod";
import { skeletonOf } from "#app/users/username.ts";
import { type Check, listed, type Query, rowsCheck } from "./check.ts";

/** Who is gone for good is only the author of what they left behind. */
const notGoneForGood = `(left(u.username, 1) <> '~' or exists (select from account_deletions d where d.user_id = u.id))`;

/** What must hold of people, their ways in and their bans. */
export const peopleChecks: Check[] = [
  {
    id: "usernames",
    says: "Everybody has a username and its keys",
    advice: "Set username_key to lower(username) and username_skeleton to what app/users/username.ts makes of it.",
    async look({ query }) {
      let seen = 0;
      const broken: string[] = [];
      for await (const { id, username, key, skeleton, name } of everybody(query)) {
        seen += 1;
        const isRight = username && name && key === username.toLowerCase() && skeleton === skeletonOf(username);
        if (!isRight) broken.push(id);
      }
      return listed(seen, broken);
    },
  },
  rowsCheck({
    id: "primary-addresses",
    // Nothing was mailed to the address with which the site was set up.
    says: "Everybody's primary address is a proved one of theirs, but for who set up the site",
    advice: "update users set email = email where id = …: the trigger on users writes the row that is missing.",
    of: "users",
    broken: `select u.id from users u left join email_addresses e on e.email = u.email and e.user_id = u.id
              where ${notGoneForGood}
                and (e.id is null or u.email_verified <> (e.verified_at is not null)
                     or not u.email_verified
                        and not exists (select from audit_events a where a.user_id = u.id and a.kind = 'joined'
                                        and a.details->>'proof' = 'setup'))`,
  }),
  rowsCheck({
    id: "ways-in",
    says: "Everybody has a way in",
    advice: "Give them a proved address (email_addresses.verified_at): a code by mail lets them in.",
    of: "users",
    broken: `select id from users u
              where ${notGoneForGood}
                and not exists (select from email_addresses e where e.user_id = u.id and e.verified_at is not null)
                and not exists (select from passkeys p where p.user_id = u.id)
                and not exists (select from accounts a where a.user_id = u.id
                                and (a.provider_id <> 'credential' or a.password is not null))`,
  }),
  rowsCheck({
    id: "held-usernames",
    says: "Nobody has a username that is held for somebody else",
    advice: "Rename one of the two, or end the hold (held_usernames.held_until).",
    of: "held_usernames",
    broken: `select h.username_key from held_usernames h
               join users u on u.username_key = h.username_key and u.id <> h.user_id
              where h.held_until > now()`,
  }),
  rowsCheck({
    id: "bans",
    says: "Who is marked as banned has a ban, and the other way round",
    advice:
      "Lift the ban at /admin/users and set it again; where that is refused, set users.banned and ban_id by hand.",
    of: "bans",
    broken: `select u.id from users u left join bans b on b.id = u.ban_id
              where u.banned <> (b.id is not null and b.lifted_at is null) or b.user_id <> u.id
                 or (not u.banned and u.ban_id is not null)
             union
             select b.user_id from bans b join users u on u.id = b.user_id
              where b.lifted_at is null and u.ban_id is distinct from b.id`,
  }),
  rowsCheck({
    id: "banned-sessions",
    says: "No banned person has a session that works",
    advice: "update sessions set ban_id = (their users.ban_id) where user_id = …",
    of: "sessions",
    broken: `select s.id from sessions s join users u on u.id = s.user_id left join bans b on b.id = u.ban_id
              where u.banned and (b.expires_at is null or b.expires_at > now())
                and s.ban_id is null and s.expires_at > now()`,
  }),
  rowsCheck({
    id: "expired-bans",
    says: "Bans whose time is over are lifted",
    advice: "The job lift-expired-bans does that each minute: is the site running, and what does its log say?",
    of: "bans",
    broken:
      "select id from bans where lifted_at is null and expires_at < now() - interval '10 minutes' order by expires_at",
  }),
  rowsCheck({
    id: "deletions",
    says: "Who asked to be deleted is gone when their time is over",
    advice: "A daily job does that: is the site running, and what does its log say?",
    of: "account_deletions",
    broken: "select user_id from account_deletions where due_at < now() - interval '2 days' order by due_at",
  }),
  rowsCheck({
    id: "exports",
    says: "Copies of people's data are made, and removed when their time is over",
    advice: "Jobs do that, every ten minutes: is the site running, and what does its log say?",
    of: "data_exports",
    broken: `select id from data_exports
              where expires_at < now() - interval '2 hours'
                 or (finished_at is null and failed_at is null and created_at < now() - interval '4 hours')
                 or (finished_at is not null and (file_key is null or expires_at is null))`,
  }),
  rowsCheck({
    id: "leaving",
    says: "Who leaves is signed out and not shown, and who is gone has nothing left",
    advice: "Delete these sessions and trusted devices; take the rows of who is gone away.",
    of: "users where left(username, 1) = '~'",
    broken: `select d.user_id from account_deletions d join users u on u.id = d.user_id
              where left(u.username, 1) <> '~' or u.role <> 'member' or u.avatar <> '~'
                 or exists (select from sessions s where s.user_id = u.id)
             union
             select u.id from users u
              where not ${notGoneForGood}
                and (u.name <> 'Deleted user' or u.bio <> '' or u.email not like '%@deleted.invalid'
                     or exists (select from accounts a where a.user_id = u.id)
                     or exists (select from email_addresses e where e.user_id = u.id)
                     or exists (select from passkeys p where p.user_id = u.id))`,
  }),
  {
    id: "admins",
    says: "There is an admin",
    advice: "npm run admin -- promote USERNAME",
    async look({ query }) {
      const [row] = adminRows.parse(
        await query(
          `select (select count(*)::int from users) as users,
                  (select count(*)::int from users u where role = 'admin' and not banned
                      and not exists (select from account_deletions d where d.user_id = u.id)) as admins`,
        ),
      );
      const { users, admins } = row ?? { users: 0, admins: 0 };
      if (users === 0) return listed(0, [], "nobody has an account yet");
      return admins === 0 ? listed(null, ["nobody who is not banned or leaving"]) : listed(admins, []);
    },
  },
];

const adminRows = z.array(z.object({ users: z.number(), admins: z.number() }));

/** Every user, in portions. */
async function* everybody(query: Query) {
  let last = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const rows = nameRows.parse(
      await query(
        `select id::text, username, username_key as key, username_skeleton as skeleton, name
           from users where id > $1 order by id limit 10000`,
        [last],
      ),
    );
    yield* rows;
    const end = rows.at(-1);
    if (!end) return;
    last = end.id;
  }
}

const nameRows = z.array(
  z.object({ id: z.string(), username: z.string(), key: z.string(), skeleton: z.string(), name: z.string() }),
);
