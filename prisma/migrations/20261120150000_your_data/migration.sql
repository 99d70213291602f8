-- What becomes of somebody's account when they have it deleted.

-- CreateTable
CREATE TABLE "released_usernames" (
    "skeleton_hash" TEXT NOT NULL,
    "held_until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "released_usernames_pkey" PRIMARY KEY ("skeleton_hash")
);

-- Whoever leaves wears a username that nobody can choose: no address leads to it, and no search finds it.
alter table users
  drop constraint users_username_shape,
  add constraint users_username_shape
  check (username ~ '^([A-Za-z0-9][A-Za-z0-9_-]{1,18}[A-Za-z0-9]|~[0-9a-f]{12})$');

-- They come back with the name that they had.
create unique index account_deletions_username on account_deletions ((face ->> 'usernameKey'));

create function hash_of_skeleton(skeleton text) returns text immutable language sql as $$
  select encode(sha256(convert_to(skeleton, 'UTF8')), 'hex')
$$;

create or replace function refuse_held_username() returns trigger language plpgsql as $$
begin
  if exists (select from held_usernames
              where (username_key = new.username_key or skeleton = new.username_skeleton)
                and user_id <> new.id and held_until > now())
     or exists (select from released_usernames
                 where skeleton_hash = hash_of_skeleton(new.username_skeleton) and held_until > now()) then
    raise exception 'the username is held' using errcode = 'unique_violation',
      constraint = 'users_username_key_key', table = 'users', column = 'username_key';
  end if;
  return null;
end $$;

-- Who is gone for good has no address, and what stands in the column is none.
create or replace function keep_primary_address() returns trigger language plpgsql as $$
declare
  owner uuid;
begin
  if new.username like '~%' and new.email like '%@deleted.invalid' then
    return null;
  end if;
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
