-- Drafts save themselves every few seconds, and no visitor sees them: only what is or was public says that something
-- has changed, so that pages kept for visitors are not dropped because somebody is typing.

drop trigger posts_say_changed on posts;
create trigger posts_say_appeared after insert on posts
  for each row when (new.status = 'published') execute function say_content_changed();
create trigger posts_say_changed after update on posts
  for each row when (new.status = 'published' or old.status = 'published') execute function say_content_changed();
create trigger posts_say_gone after delete on posts
  for each row when (old.status = 'published') execute function say_content_changed();

-- What is kept while it is typed is bounded like what is saved.
alter table unsaved_edits
  add constraint unsaved_edits_lengths check (
    length(title) <= 150 and length(body) <= 50000 and length(tags) <= 1000 and length(url) <= 2000 and length(warning) <= 100
  );
