-- A session that begins during a ban is ended by it from the start, whatever way to sign in made it, and also when
-- the ban is being written at the same moment: the lock puts the two in line, and the statement after it sees what
-- the other one committed.
create function end_session_of_banned() returns trigger language plpgsql as $$
begin
  perform 1 from users where id = new.user_id for share;
  new.ban_id := coalesce(
    (select b.id
       from users u join bans b on b.id = u.ban_id
      where u.id = new.user_id and u.banned and (b.expires_at is null or b.expires_at > now())),
    new.ban_id);
  return new;
end $$;

create trigger sessions_of_banned before insert on sessions
  for each row execute function end_session_of_banned();

-- The few who are banned, in the order of /admin/users.
create index users_banned on users (created_at desc, id desc) where banned;
-- The search of /admin/users for those who may not see e-mail addresses, and so may not find anybody by one.
create index users_search_faces on users using gin ((username || ' ' || name) gin_trgm_ops);
-- An update of a column with an ordinary unique index locks out the foreign keys that point at its row, and so a ban
-- could wait in a circle with a post that its subject publishes at that moment. A partial index does not.
drop index users_ban_id_key;
create unique index users_ban_id_key on users (ban_id) where ban_id is not null;
