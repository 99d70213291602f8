-- /hot ----------------------------------------------------------------------------------------------

alter table rank_epochs
  alter column post_ids set not null,
  alter column reactions set not null,
  alter column commenters set not null,
  add constraint rank_epochs_side_by_side
    check (cardinality(reactions) = cardinality(post_ids) and cardinality(commenters) = cardinality(post_ids));

-- A new row is a new order, which visitors' pages show; what is counted anew in a row changes no order.
create trigger rank_epochs_say_changed after insert on rank_epochs
  for each statement execute function say_content_changed();

-- How many people talk under a post, for the formula.
create index comments_people on comments (post_id, author_id) where deleted_at is null and removed_at is null;

-- Nobody follows whoever has blocked them -------------------------------------------------------------

-- Both sides take the lock of the pair first: of a follow and a block at the same time, one sees the other.
create function refuse_blocked_follow() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(new.follower_id || ' ' || new.followee_id, 1));
  if exists (select from mutes where muter_id = new.followee_id and muted_id = new.follower_id and kind = 'block') then
    return null;
  end if;
  return new;
end $$;
create trigger follows_refuse_blocked before insert on follows
  for each row execute function refuse_blocked_follow();

create function end_blocked_follow() returns trigger language plpgsql as $$
begin
  if new.kind = 'block' then
    perform pg_advisory_xact_lock(hashtextextended(new.muted_id || ' ' || new.muter_id, 1));
    delete from follows where follower_id = new.muted_id and followee_id = new.muter_id;
  end if;
  return null;
end $$;
create trigger mutes_end_follow after insert or update of kind on mutes
  for each row execute function end_blocked_follow();

-- Synonyms of tags --------------------------------------------------------------------------------------

-- Whoever changes a post's tags, or makes them public, shares this lock; whoever changes the synonyms has it alone, so
-- that no post keeps a word that has just become a synonym. It is taken before any row is.
create function share_tag_synonyms() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(hashtext('tag_synonyms'));
  return null;
end $$;
create trigger posts_share_tag_synonyms before insert or update of tags, status, deleted_at, removed_at on posts
  for each statement execute function share_tag_synonyms();

-- The tags of a post as they are kept: each synonym is its tag, and each tag is there once, where it first stood.
create function resolve_tag_synonyms() returns trigger language plpgsql as $$
begin
  if exists (select from tag_synonyms where name = any (new.tags)) then
    new.tags := array(
      select tag from (
        select coalesce(s.tag, typed.tag) as tag, min(place) as place
          from unnest(new.tags) with ordinality typed (tag, place) left join tag_synonyms s on s.name = typed.tag
         group by 1) each_tag
       order by place);
  end if;
  return new;
end $$;
create trigger posts_resolve_tag_synonyms before insert or update of tags, status, deleted_at, removed_at on posts
  for each row execute function resolve_tag_synonyms();
