-- When people are told by mail, what the processes of the site hear, and what is taken back.

-- Counted with every page of a member, and looked for by the clock once a minute: only what matters stands in there.
create index notifications_to_read on notifications (user_id, updated_at desc) where read_at is null and on_site;
create index notifications_to_mail on notifications (mail_at) where read_at is null and mailed_at is null and mail_at is not null;

-- The next moment at which mail of that frequency leaves: a minute gathers what happens at once, digests leave at
-- seven in the morning, the weekly one on Mondays, all in UTC.
create function next_mail(frequency mail_frequency) returns timestamptz stable language sql as $$
  select case frequency
    when 'at_once' then now() + interval '1 minute'
    when 'daily' then (date_trunc('day', now() at time zone 'UTC' - interval '7 hours') + interval '1 day 7 hours') at time zone 'UTC'
    when 'weekly' then (date_trunc('week', now() at time zone 'UTC' - interval '7 hours') + interval '7 days 7 hours') at time zone 'UTC'
  end $$;

-- Being mailed changes nothing that a page shows.
drop trigger notifications_say on notifications;
create trigger notifications_say after insert or delete on notifications
  for each row execute function say_notified();
create trigger notifications_say_changed after update on notifications
  for each row when (old.updated_at <> new.updated_at or old.read_at is distinct from new.read_at or old.on_site <> new.on_site)
  execute function say_notified();

-- On the channel `sessions`, the id of each session that opens nothing any more.
create function say_session_ended() returns trigger language plpgsql as $$
begin
  perform pg_notify('sessions', old.id::text);
  return null;
end $$;
create trigger sessions_say_ended after delete on sessions
  for each row execute function say_session_ended();
create trigger sessions_say_banned after update of ban_id on sessions
  for each row when (new.ban_id is not null) execute function say_session_ended();

-- On the channel `posts`, each post that everyone may see from now on: its id, its author, and when it was published
-- in milliseconds.
create function say_published() returns trigger language plpgsql as $$
begin
  perform pg_notify('posts', format('%s %s %s', new.id, new.author_id, (extract(epoch from new.published_at) * 1000)::bigint));
  return null;
end $$;
create trigger posts_say_new after insert on posts
  for each row when (new.status = 'published' and new.deleted_at is null and new.removed_at is null)
  execute function say_published();
create trigger posts_say_published after update of status on posts
  for each row when (old.status <> 'published' and new.status = 'published' and new.deleted_at is null and new.removed_at is null)
  execute function say_published();

-- Who takes a reaction or a follow back before it was read leaves the line that told of it, and the line goes with the
-- last of them. The line is held first: who joins it at this moment waits, and is seen.
create function take_back_telling() returns trigger language plpgsql as $$
declare
  line notifications;
  undoer uuid := case when tg_table_name = 'follows' then to_jsonb(old) ->> 'follower_id' else to_jsonb(old) ->> 'user_id' end;
begin
  if tg_table_name = 'follows' then
    select * into line from notifications
     where user_id = old.followee_id and kind = 'follow' and post_id is null and comment_id is null and read_at is null
       for update;
  elsif tg_table_name = 'reactions' then
    select * into line from notifications
     where user_id = (select author_id from posts where id = old.post_id) and kind = 'reaction'
       and post_id = old.post_id and comment_id is null and read_at is null
       for update;
  else
    select * into line from notifications
     where user_id = (select author_id from comments where id = old.comment_id) and kind = 'reaction'
       and post_id is null and comment_id = old.comment_id and read_at is null
       for update;
  end if;
  delete from notification_actors where notification_id = line.id and actor_id = undoer;
  if found then
    delete from notifications
     where id = line.id and not exists (select from notification_actors where notification_id = line.id);
    perform pg_notify('notifications', line.user_id::text);
  end if;
  return null;
end $$;
create trigger reactions_take_back after delete on reactions
  for each row execute function take_back_telling();
create trigger comment_reactions_take_back after delete on comment_reactions
  for each row execute function take_back_telling();
create trigger follows_take_back after delete on follows
  for each row execute function take_back_telling();
