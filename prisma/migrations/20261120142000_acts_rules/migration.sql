-- What the database refuses by itself about acts and cases, and the indexes that the schema language cannot say.

alter table moderation_cases
  add constraint moderation_cases_about_one_thing check (num_nonnulls(post_id, comment_id, user_id) = 1);
alter table resolutions
  add constraint resolutions_give_a_reason check (length(btrim(reason)) >= 3);
alter table act_proposals
  add constraint act_proposals_decided_wholly check ((decided_at is null) = (approved is null));
alter table appeals
  add constraint appeals_decided_wholly check ((decided_at is null) = (granted is null)),
  add constraint appeals_say_something check (length(btrim(body)) >= 3);
alter table bulk_acts
  alter column subjects set not null,
  add constraint bulk_acts_direction check (direction in ('do', 'undo', 'redo'));

-- Several reports of one thing are one case.
create unique index moderation_cases_open on moderation_cases (post_id, comment_id, user_id) nulls not distinct
  where resolution_id is null;
-- The queue, in its order.
create index moderation_cases_queue on moderation_cases (weight desc, id) where resolution_id is null;
create index act_proposals_waiting on act_proposals (created_at) where decided_at is null;
create index appeals_waiting on appeals (created_at) where decided_at is null;
create index posts_featured on posts (featured_at desc) where featured_at is not null;
create index posts_held on posts (held_at) where held_at is not null;
create index comments_held on comments (held_at) where held_at is not null;
-- Which acts were on a comment; a post has a column.
create index moderation_actions_on_comment on moderation_actions ((details ->> 'commentId')) where details ? 'commentId';
create index moderation_actions_on_post on moderation_actions (subject_post_id) where subject_post_id is not null;
create index moderation_actions_by on moderation_actions (moderator_id, created_at desc);

-- An end of a session that is only dated ends what it listens to as well.
create trigger sessions_say_expired after update of expires_at on sessions
  for each row when (new.expires_at <= now()) execute function say_session_ended();

-- What somebody changes themselves lies over every act on the same column: none of them shines through again. Acts
-- say so by the setting `stoa.act`.
create function supersede_acts() returns trigger language plpgsql as $$
begin
  if coalesce(current_setting('stoa.act', true), '') <> 'on' then
    update act_effects e set superseded_at = now()
     where e.subject = new.id::text and e.superseded_at is null
       and (e.aspect = 'user.name' and new.name is distinct from old.name
            or e.aspect = 'user.bio' and new.bio is distinct from old.bio
            or e.aspect = 'user.website' and new.website is distinct from old.website
            or e.aspect = 'user.avatar' and new.avatar is distinct from old.avatar
            or e.aspect = 'user.username' and new.username is distinct from old.username);
  end if;
  return null;
end $$;
create trigger users_supersede_acts after update of name, bio, website, avatar, username on users
  for each row execute function supersede_acts();

-- What was done before there were effects: bans and roles can be undone all the same.
insert into act_effects (action_id, aspect, subject, before, after)
select id, 'user.ban', subject_user_id::text, case when kind <> 'ban' then ban_id::text end,
       case when kind = 'ban' then ban_id::text end
  from moderation_actions
 where kind in ('ban', 'unban', 'ban-expired') and ban_id is not null and subject_user_id is not null
 order by created_at, id;
insert into act_effects (action_id, aspect, subject, before, after)
select id, 'user.role', subject_user_id::text, details ->> 'from', details ->> 'to'
  from moderation_actions
 where kind = 'role' and details ? 'from' and subject_user_id is not null
 order by created_at, id;

-- An approved post is as new as its approval: the tags' lists follow.
create function keep_published_at() returns trigger language plpgsql as $$
begin
  update post_tags set published_at = new.published_at where post_id = new.id;
  return null;
end $$;
create trigger posts_keep_published_at after update of published_at on posts
  for each row when (old.published_at is not null and new.published_at is not null
                     and new.published_at <> old.published_at)
  execute function keep_published_at();

insert into act_effects (action_id, aspect, subject, before, after)
select distinct on (p.id) m.id, 'post.removed', p.id::text, null, p.removed_at::text
  from moderation_actions m join posts p on p.id = m.subject_post_id
 where m.kind = 'remove-post' and p.removed_at is not null order by p.id, m.created_at desc;
