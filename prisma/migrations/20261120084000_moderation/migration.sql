-- A session that begins during a ban is ended by it from the start: whatever way to sign in was used, and also
-- when the ban is being written at the same moment. The row lock puts the two in line; the statement after it
-- sees what the other one committed.
create function end_session_of_banned_user() returns trigger language plpgsql as $$
begin
  perform 1 from users where id = new.user_id for no key update;
  new.ban_id := coalesce(
    (select u.ban_id
       from users u join bans b on b.id = u.ban_id
      where u.id = new.user_id and u.banned and (b.expires_at is null or b.expires_at > now())),
    new.ban_id);
  return new;
end $$;

create trigger sessions_of_banned_users before insert on sessions
  for each row execute function end_session_of_banned_user();

-- The few who are banned, in the order of /admin/users.
create index users_banned on users (created_at desc, id desc) where banned;
