-- What the database refuses by itself about community life, its counters, and what it says to those who listen.

alter table posts
  add constraint posts_warning_length check (length(warning) between 1 and 100);
alter table post_versions alter column tags set not null;
alter table tags
  add constraint tags_name_length check (length(name) between 1 and 60);
alter table tag_synonyms
  add constraint tag_synonyms_not_itself check (name <> tag);
alter table follows
  add constraint follows_not_oneself check (follower_id <> followee_id);
alter table mutes
  add constraint mutes_not_oneself check (muter_id <> muted_id);
alter table mentions
  add constraint mentions_in_one_text check (num_nonnulls(post_id, comment_id) = 1);

-- A person is named once in a text; nulls are one value here, because each row leaves one of the two out.
create unique index mentions_once on mentions (user_id, post_id, comment_id) nulls not distinct;

-- What happens again before it was read joins its line. Moderation outcomes each have a line of their own.
create unique index notifications_unread on notifications (user_id, kind, post_id, comment_id) nulls not distinct
  where read_at is null and kind <> 'moderation';

create index posts_pinned on posts (author_id, pinned_at desc) where pinned_at is not null;

-- Counters ------------------------------------------------------------------------------------------

create function count_comment_reaction() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    update comments set reaction_count = reaction_count + 1 where id = new.comment_id;
  else
    update comments set reaction_count = reaction_count - 1 where id = old.comment_id;
  end if;
  return null;
end $$;
create trigger comment_reactions_count after insert or delete on comment_reactions
  for each row execute function count_comment_reaction();

-- The two people in the order of their ids: those who follow each other at once do not wait in a circle.
create function count_follow() returns trigger language plpgsql as $$
declare
  follow follows := case when tg_op = 'INSERT' then new else old end;
  step int := case when tg_op = 'INSERT' then 1 else -1 end;
begin
  insert into user_counts (user_id)
  select id from users where id in (follow.follower_id, follow.followee_id) order by id
  on conflict do nothing;
  perform 1 from user_counts where user_id in (follow.follower_id, follow.followee_id) order by user_id for update;
  update user_counts
     set following_count = following_count + case when user_id = follow.follower_id then step else 0 end,
         follower_count = follower_count + case when user_id = follow.followee_id then step else 0 end
   where user_id in (follow.follower_id, follow.followee_id);
  return null;
end $$;
create trigger follows_count after insert or delete on follows for each row execute function count_follow();

create or replace function count_comment() returns trigger language plpgsql as $$
declare
  was int := case when tg_op <> 'INSERT' and old.deleted_at is null and old.removed_at is null then 1 else 0 end;
  is_now int := case when tg_op <> 'DELETE' and new.deleted_at is null and new.removed_at is null then 1 else 0 end;
  author uuid := case when tg_op = 'DELETE' then old.author_id else new.author_id end;
begin
  if is_now <> was then
    update posts set comment_count = comment_count + is_now - was
     where id = case when tg_op = 'DELETE' then old.post_id else new.post_id end;
    insert into user_counts (user_id, comment_count)
    select id, is_now - was from users where id = author
    on conflict (user_id) do update set comment_count = user_counts.comment_count + is_now - was;
  end if;
  return null;
end $$;

-- The tags of public posts, in the order of each tag's list, and how many posts each tag has. Tags are counted in the
-- order of their names, so that two posts with the same tags do not wait in a circle.
create function keep_post_tags() returns trigger language plpgsql as $$
declare
  had text[] := case when tg_op <> 'INSERT' and old.status = 'published' and old.deleted_at is null and old.removed_at is null
                     then old.tags else '{}' end;
  has text[] := case when tg_op <> 'DELETE' and new.status = 'published' and new.deleted_at is null and new.removed_at is null
                     then new.tags else '{}' end;
  tag_name text;
  step int;
begin
  for tag_name, step in
    select t, case when t = any (has) then 1 else -1 end
      from (select distinct unnest(had || has) as t) every_tag
     where (t = any (has)) <> (t = any (had))
     order by t
  loop
    insert into tags (name, post_count) values (tag_name, greatest(step, 0))
    on conflict (name) do update set post_count = tags.post_count + step;
    if step < 0 then
      delete from post_tags where tag = tag_name and post_id = old.id;
    else
      insert into post_tags (tag, published_at, post_id) values (tag_name, new.published_at, new.id);
    end if;
  end loop;
  return null;
end $$;
create trigger posts_keep_tags after insert or delete or update of tags, status, deleted_at, removed_at on posts
  for each row execute function keep_post_tags();

-- What was there before this migration --------------------------------------------------------------

insert into post_tags (tag, published_at, post_id)
select distinct t, published_at, id from posts, unnest(tags) t
 where status = 'published' and deleted_at is null and removed_at is null;
insert into tags (name, post_count) select tag, count(*) from post_tags group by tag;
insert into user_counts (user_id, comment_count)
select author_id, count(*) from comments where deleted_at is null and removed_at is null group by author_id;

-- A tag's list is read from post_tags now.
drop index posts_by_tag;

-- Who listens is told ------------------------------------------------------------------------------

create trigger user_counts_say_changed after insert or update on user_counts
  for each statement execute function say_content_changed();
create trigger site_settings_say_changed after insert or update or delete on site_settings
  for each statement execute function say_content_changed();
create trigger tag_synonyms_say_changed after insert or update or delete on tag_synonyms
  for each statement execute function say_content_changed();

-- On the channel `notifications`, the id of each person who has something new, or has read it.
create function say_notified() returns trigger language plpgsql as $$
begin
  perform pg_notify('notifications', case when tg_op = 'DELETE' then old.user_id else new.user_id end::text);
  return null;
end $$;
create trigger notifications_say after insert or update or delete on notifications
  for each row execute function say_notified();
