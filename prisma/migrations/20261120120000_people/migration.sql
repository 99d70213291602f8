-- What mentions need of the database.

-- A person is named once in a text by each name: after a new username the old one may stand beside it.
drop index mentions_once;
create unique index mentions_once on mentions (user_id, post_id, comment_id, written_as) nulls not distinct;

-- The beginnings of usernames and of names, for what is typed after an "@".
create index users_username_begins on users (username_key text_pattern_ops);
create index users_name_begins on users (lower(name) text_pattern_ops);
