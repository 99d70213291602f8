-- Which texts show a picture, by its name: found through indexes over the texts themselves, so that nothing has to be
-- kept in step with them.

create function picture_keys(body text) returns text[] language sql immutable strict parallel safe
return array(select distinct m[1] from regexp_matches(body, '/media/([a-z0-9.-]*[a-z0-9])', 'g') as m);

-- Written at once: a list of what is not sorted in yet would have to be read through by each request.
create index posts_pictures on posts using gin (picture_keys(body)) with (fastupdate = off)
  where body like '%/media/%';
create index comments_pictures on comments using gin (picture_keys(body)) with (fastupdate = off)
  where body like '%/media/%';
-- What a report kept of a text that may be gone since.
create index reports_pictures on reports using gin (picture_keys(snapshot ->> 'body')) with (fastupdate = off)
  where snapshot ->> 'body' like '%/media/%';
