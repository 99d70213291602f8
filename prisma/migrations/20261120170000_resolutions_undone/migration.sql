-- A resolution that is taken back stays as what was decided, and says by whom and why it was taken back.
alter table resolutions
  add column undone_at timestamptz(3),
  add column undone_by_id uuid references users (id) on delete set null on update cascade,
  add column undone_reason text,
  add constraint resolutions_undone_wholly check ((undone_at is null) = (undone_reason is null)),
  add constraint resolutions_undone_with_a_reason check (length(btrim(undone_reason)) >= 3);
create index resolutions_undone_by_id_idx on resolutions (undone_by_id);

-- What somebody was told stays what they were told, whatever becomes of their report afterwards.
alter table notifications add column resolution_id uuid references resolutions (id) on delete cascade on update cascade;
create index notifications_resolution_id_idx on notifications (resolution_id);
update notifications n set resolution_id = c.resolution_id
  from reports r join moderation_cases c on c.id = r.case_id
 where r.id = n.report_id;
