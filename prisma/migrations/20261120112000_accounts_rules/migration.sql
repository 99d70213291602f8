-- What the database refuses by itself about ways in, and what it keeps together.

alter table email_addresses
  add constraint email_addresses_shape
  check (email = lower(email) and email !~ '[[:cntrl:][:space:],;]' and length(email) <= 254);
alter table held_usernames
  add constraint held_usernames_key_is_lower check (username_key = lower(username_key));

-- One person has one recovery under way, and one reset link that works: making a new one ends the former.
create unique index factor_recoveries_open on factor_recoveries (user_id) where vetoed_at is null and used_at is null;
create unique index password_resets_open on password_resets (user_id) where used_at is null;

-- The primary address is one of the person's addresses ----------------------------------------------

create function keep_primary_address() returns trigger language plpgsql as $$
declare
  owner uuid;
begin
  insert into email_addresses (user_id, email, verified_at)
  values (new.id, new.email, case when new.email_verified then now() end)
  on conflict (email) do update
     set verified_at = coalesce(email_addresses.verified_at, excluded.verified_at)
   where email_addresses.user_id = new.id
  returning user_id into owner;
  if owner is null then
    raise exception 'the address is somebody else''s' using errcode = 'unique_violation',
      constraint = 'email_addresses_email_key', table = 'email_addresses', column = 'email';
  end if;
  return null;
end $$;
create trigger users_keep_primary_address after insert or update of email, email_verified on users
  for each row execute function keep_primary_address();

insert into email_addresses (user_id, email, verified_at, created_at)
select id, email, case when email_verified then created_at end, created_at from users;

-- A username that somebody had is nobody else's while it is held. After the row is written, so that whoever waited
-- for a rename of the same name sees what that one has held.
create function refuse_held_username() returns trigger language plpgsql as $$
begin
  if exists (select from held_usernames
              where (username_key = new.username_key or skeleton = new.username_skeleton)
                and user_id <> new.id and held_until > now()) then
    raise exception 'the username is held' using errcode = 'unique_violation',
      constraint = 'users_username_key_key', table = 'users', column = 'username_key';
  end if;
  return null;
end $$;
create trigger users_refuse_held_username after insert or update of username_key, username_skeleton on users
  for each row execute function refuse_held_username();

-- Seals are only appended to ------------------------------------------------------------------------

create trigger register_seals_append_only before update or delete or truncate on register_seals
  for each statement execute function refuse_change();
