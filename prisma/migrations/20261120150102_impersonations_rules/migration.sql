-- What ends an impersonation, whoever causes it: decision 0046.

alter table impersonations
  add constraint impersonations_of_others check (admin_id <> user_id),
  add constraint impersonations_give_a_reason check (length(btrim(reason)) >= 3),
  add constraint impersonations_are_short check (ends_at > started_at and ends_at <= started_at + interval '15 minutes'),
  add constraint impersonations_end_in_time check (ended_at <= ends_at);
-- In a session, one at a time:
create unique index impersonations_under_way on impersonations (session_id) where ended_at is null;
create index impersonations_due on impersonations (ends_at) where ended_at is null;

-- With the right of the admin or the role of the person. It does not go on where the right comes back.
create function end_impersonations_of_user() returns trigger language plpgsql as $$
begin
  update impersonations set ended_at = least(now(), ends_at)
   where ended_at is null and (admin_id = new.id or user_id = new.id);
  return null;
end $$;
create trigger users_end_impersonations after update of role, banned, username on users
  for each row when (new.role <> old.role or new.banned and not old.banned
                     or left(new.username, 1) = '~' and left(old.username, 1) <> '~')
  execute function end_impersonations_of_user();

-- With the session in which the admin does it:
create function end_impersonations_of_session() returns trigger language plpgsql as $$
begin
  update impersonations set ended_at = least(now(), ends_at) where ended_at is null and session_id = old.id;
  return null;
end $$;
create trigger sessions_end_impersonations after delete on sessions
  for each row execute function end_impersonations_of_session();
create trigger sessions_end_impersonations_with_them after update of expires_at, ban_id on sessions
  for each row when (new.ban_id is not null or new.expires_at <= now())
  execute function end_impersonations_of_session();

-- However it ends, the register says so.
create function record_impersonation_ended() returns trigger language plpgsql as $$
begin
  insert into audit_events (id, kind, actor_id, user_id, details)
  values (gen_random_uuid(), 'impersonation-ended', new.admin_id, new.user_id,
          jsonb_build_object('impersonationId', new.id));
  return null;
end $$;
create trigger impersonations_ended after update of ended_at on impersonations
  for each row when (old.ended_at is null and new.ended_at is not null)
  execute function record_impersonation_ended();

-- The figures of a day are counted by these.
create index comments_by_day on comments using brin (created_at);
create index reports_by_day on reports using brin (created_at);
-- Which bulk acts are shown, the latest first, and what is looked up about whom.
create index bulk_acts_under_way on bulk_acts (created_at desc) where ended_at is null;
create index audit_events_of_looks on audit_events (actor_id, user_id, created_at desc)
  where kind in ('looked-at-by-admin', 'looked-at-by-moderator', 'people-listed', 'people-exported');
-- Who came from the same network or with the same browser: of live sessions.
create index sessions_by_network on sessions (network_of(ip_address)) where ip_address is not null;
-- The list of people by their posts, in its order.
create index users_by_posts on users (post_count desc, id desc);
