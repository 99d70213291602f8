-- Of those who use the last place of an invite at once, one does.
alter table invites add constraint invites_uses check (uses_left between 0 and 1000);
alter table invites add constraint invites_note check (char_length(note) <= 200);

-- Nobody waits twice.
create unique index join_requests_waiting on join_requests (email) where decided_at is null;
-- The queue, in the order in which people came, and what was decided last.
create index join_requests_queue on join_requests (id) where decided_at is null;
create index join_requests_decided on join_requests (decided_at desc, id desc) where decided_at is not null;
alter table join_requests add constraint join_requests_decision
  check ((decided_at is null) = (approved is null) and (approved is distinct from false or reason is not null));

-- A host's own bits would never match anything.
alter table blocked_networks add constraint blocked_networks_network check (network = network(network));
create index blocked_networks_by_network on blocked_networks using gist (network inet_ops);

alter table legal_texts add constraint legal_texts_kind check (kind in ('terms', 'privacy'));
alter table legal_texts add constraint legal_texts_version check (version > 0);

-- Visitors' pages show them.
create trigger legal_texts_say_changed after insert on legal_texts
  for each statement execute function say_content_changed();
