-- Whoever reported something and left is named no more, and their report counts on.
alter table reports alter column reporter_id drop not null;
alter table reports drop constraint reports_reporter_id_fkey;
alter table reports add constraint reports_reporter_id_fkey
  foreign key (reporter_id) references users (id) on delete set null on update cascade;

-- What came of a report is told to whoever made it.
alter table notifications add column report_id uuid;
alter table notifications add constraint notifications_report_id_fkey
  foreign key (report_id) references reports (id) on delete cascade on update cascade;
create index notifications_report_id_idx on notifications (report_id);

alter table resolutions
  add constraint resolutions_kind check (kind in ('acted', 'dismissed', 'noted'));
