-- Decisions as they are told and looked up: what was undone by which act, whom a proposal's outcome is told, and the
-- public log, which visitors' pages show.

alter table notifications add column proposal_id uuid references act_proposals(id) on delete cascade on update cascade;
create index notifications_proposal_id_idx on notifications (proposal_id);

-- What undid an act, and who approved it.
create index moderation_actions_reversing on moderation_actions (reverses_id) where reverses_id is not null;
create index act_proposals_done on act_proposals (action_id) where action_id is not null;
-- The public log of one kind.
create index moderation_actions_of_kind on moderation_actions (kind, created_at desc, id desc);

create trigger moderation_actions_say_changed after insert or update on moderation_actions
  for each statement execute function say_content_changed();
create trigger appeals_say_changed after update or delete on appeals
  for each statement execute function say_content_changed();
