-- Nobody follows whom they have blocked, either: it would tell the other, and name them in public lists.

create or replace function refuse_blocked_follow() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(new.follower_id || ' ' || new.followee_id, 1));
  if exists (select from mutes
              where kind = 'block' and (muter_id = new.followee_id and muted_id = new.follower_id
                                     or muter_id = new.follower_id and muted_id = new.followee_id)) then
    return null;
  end if;
  return new;
end $$;

-- The locks of both directions, always in one order: two people may block each other at once.
create or replace function end_blocked_follow() returns trigger language plpgsql as $$
begin
  if new.kind = 'block' then
    perform pg_advisory_xact_lock(hashtextextended(
      least(new.muted_id, new.muter_id) || ' ' || greatest(new.muted_id, new.muter_id), 1));
    perform pg_advisory_xact_lock(hashtextextended(
      greatest(new.muted_id, new.muter_id) || ' ' || least(new.muted_id, new.muter_id), 1));
    delete from follows where follower_id = new.muted_id and followee_id = new.muter_id
                           or follower_id = new.muter_id and followee_id = new.muted_id;
  end if;
  return null;
end $$;

delete from follows f using mutes m
 where m.kind = 'block' and m.muter_id = f.follower_id and m.muted_id = f.followee_id;
