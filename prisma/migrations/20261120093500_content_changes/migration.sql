-- Says on the channel `content` that something visitors can see has changed. PostgreSQL sends it when the transaction
-- commits, once however many rows it changed, to every process that listens.

create function say_content_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('content', '');
  return null;
end $$;

create trigger posts_say_changed after insert or delete or update on posts
  for each statement execute function say_content_changed();
create trigger comments_say_changed after insert or delete or update on comments
  for each statement execute function say_content_changed();
create trigger users_say_changed
  after delete or update of username, name, avatar, bio, website, role, banned, post_count on users
  for each statement execute function say_content_changed();
