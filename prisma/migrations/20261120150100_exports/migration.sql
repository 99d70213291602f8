-- One at a time for each person.
create unique index data_exports_under_way on data_exports (user_id) where finished_at is null and failed_at is null;
