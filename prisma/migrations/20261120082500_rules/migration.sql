-- What the database refuses by itself, and the indexes that the schema language cannot say.

create extension if not exists pg_trgm;

-- Shapes -------------------------------------------------------------------------------------------

alter table users
  add constraint users_username_shape check (username ~ '^[A-Za-z0-9][A-Za-z0-9_-]{1,18}[A-Za-z0-9]$'),
  add constraint users_username_key_is_lower check (username_key = lower(username)),
  add constraint users_email_shape check (email = lower(email) and email !~ '[[:cntrl:][:space:],;]' and length(email) <= 254),
  add constraint users_name_shape check (length(name) between 1 and 60),
  add constraint users_bio_length check (length(bio) <= 500),
  add constraint users_banned_has_ban check (not banned or ban_id is not null);

alter table posts
  alter column tags set default '{}',
  alter column tags set not null,
  add constraint posts_title_length check (status = 'draft' or length(title) between 3 and 150),
  add constraint posts_body_length check (length(body) <= 50000),
  add constraint posts_tags_count check (cardinality(tags) <= 5),
  add constraint posts_published_has_time check ((status = 'published') = (published_at is not null));

alter table comments
  add constraint comments_body_length check (length(body) between 1 and 10000);

-- Lists: only what everyone may see, in the order of the page ---------------------------------------

create index posts_feed on posts (published_at desc, id desc)
  where status = 'published' and deleted_at is null and removed_at is null;
create index posts_by_author on posts (author_id, published_at desc, id desc)
  where status = 'published' and deleted_at is null and removed_at is null;
create index posts_by_tag on posts using gin (tags)
  where status = 'published' and deleted_at is null and removed_at is null;
create index posts_drafts on posts (author_id, updated_at desc)
  where status = 'draft' and deleted_at is null;

-- The search of /admin/users.
create index users_search on users using gin ((username || ' ' || name || ' ' || email) gin_trgm_ops);

-- Logs are only appended to -------------------------------------------------------------------------

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is only appended to', tg_table_name using errcode = 'restrict_violation';
end $$;

create trigger moderation_actions_append_only before update or delete or truncate on moderation_actions
  for each statement execute function refuse_change();
create trigger audit_events_append_only before update or delete or truncate on audit_events
  for each statement execute function refuse_change();

-- There is always an admin --------------------------------------------------------------------------

-- Two at once are put in line by the lock; each statement of a plpgsql function sees what the other committed.
create function keep_an_admin() returns trigger language plpgsql as $$
begin
  if old.role = 'admin' and not old.banned and (tg_op = 'DELETE' or new.role <> 'admin' or new.banned) then
    perform pg_advisory_xact_lock(hashtext('users.keep_an_admin'));
    if not exists (select 1 from users where role = 'admin' and not banned and id <> old.id) then
      raise exception 'the last admin stays' using errcode = 'check_violation', constraint = 'users_keep_an_admin';
    end if;
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;

create trigger users_keep_an_admin before update of role, banned or delete on users
  for each row execute function keep_an_admin();

-- Counters stand on the row that they count for, kept by the statement that changes the count ----------

create function count_reaction() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    update posts set reaction_count = reaction_count + 1 where id = new.post_id;
  else
    update posts set reaction_count = reaction_count - 1 where id = old.post_id;
  end if;
  return null;
end $$;
create trigger reactions_count after insert or delete on reactions for each row execute function count_reaction();

create function count_comment() returns trigger language plpgsql as $$
declare
  was int := case when tg_op <> 'INSERT' and old.deleted_at is null and old.removed_at is null then 1 else 0 end;
  is_now int := case when tg_op <> 'DELETE' and new.deleted_at is null and new.removed_at is null then 1 else 0 end;
begin
  if is_now <> was then
    update posts set comment_count = comment_count + is_now - was where id = coalesce(new.post_id, old.post_id);
  end if;
  return null;
end $$;
create trigger comments_count after insert or delete or update of deleted_at, removed_at on comments
  for each row execute function count_comment();

create function count_post() returns trigger language plpgsql as $$
declare
  was int := case when tg_op <> 'INSERT' and old.status = 'published' and old.deleted_at is null and old.removed_at is null then 1 else 0 end;
  is_now int := case when tg_op <> 'DELETE' and new.status = 'published' and new.deleted_at is null and new.removed_at is null then 1 else 0 end;
begin
  if is_now <> was then
    update users set post_count = post_count + is_now - was where id = coalesce(new.author_id, old.author_id);
  end if;
  return null;
end $$;
create trigger posts_count after insert or delete or update of status, deleted_at, removed_at on posts
  for each row execute function count_post();
