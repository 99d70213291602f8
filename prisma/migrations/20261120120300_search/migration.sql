-- What is public, in the form in which it is searched. A row stands for a public post and for nothing else, so that
-- nothing private can be found: not by a filter that somebody forgot, and not by a hole in a query.

create extension if not exists unaccent;

-- Words of any language -----------------------------------------------------------------------------

-- The English stemmer without its stop words: "was", "die" and "am" are words of other languages, and "to be or not to
-- be" is a phrase. Both sides of a comparison go through it, so that a word of another language always finds itself.
create text search dictionary stoa_stem (template = snowball, language = english);
create text search configuration stoa (parser = default);
alter text search configuration stoa add mapping for asciiword, word, numword with unaccent, stoa_stem;
alter text search configuration stoa add mapping for int, uint, float, sfloat, version with simple;

-- Lower case without accents: "Sørensen" and "sorensen" are one. unaccent() calls itself stable because its rules are a
-- file; they change with a major version of PostgreSQL at most, and then `reindex` is due anyway.
create function plain_letters(text) returns text language sql immutable strict parallel safe
  return lower(unaccent('unaccent'::regdictionary, $1));

-- Words with spaces between them: the parser then sees no addresses, files or versions, and "node.js" is two words in a
-- row, wherever it is written. Scripts that leave no spaces are searched by their characters.
create function search_form(text) returns text language sql immutable strict parallel safe
  return regexp_replace(
    translate(plain_letters($1), '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~', '                                '),
    '([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff])', ' \1 ', 'g');

create function search_words(title text, tags text[], body text) returns tsvector
  language sql immutable parallel safe
  return setweight(to_tsvector('stoa'::regconfig, search_form(title)), 'A')
      || setweight(to_tsvector('stoa'::regconfig, search_form(array_to_string(tags, ' '))), 'B')
      || setweight(to_tsvector('stoa'::regconfig, search_form(body)), 'C');

-- The words that a reader of our own HTML sees at first sight: no markup, and nothing that stands in an element whose
-- class begins with "spoiler". Private-use characters go, because they mark what was found.
create function text_of_html(html text) returns text language plpgsql immutable strict parallel safe as $$
declare
  tag constant text := '<(/?)([a-z0-9]+)((?:[^>"]|"[^"]*")*)>';
  shown text := html;
  parts text[] := '{}';
  piece text[];
  hidden int := 0;
begin
  if html ~ 'class="([^"]* )?spoiler' then
    for piece in select regexp_matches(html, '([^<]*)(?:' || tag || ')?', 'g') loop
      if hidden = 0 then
        parts := parts || piece[1];
        if piece[2] = '' and piece[4] ~ 'class="([^"]* )?spoiler' then
          hidden := 1;
          parts := parts || ' '::text;
        elsif piece[3] <> '' then
          parts := parts || ('<' || piece[2] || piece[3] || '>');
        end if;
      elsif piece[3] !~ '^(br|hr|img|input)$' then
        hidden := hidden + case when piece[2] = '' then 1 else -1 end;
      end if;
    end loop;
    shown := array_to_string(parts, '');
  end if;
  shown := regexp_replace(shown, '</?(?:em|strong|del|a|code|span|mark|b|i)(?: (?:[^>"]|"[^"]*")*)?>', '', 'g');
  shown := regexp_replace(shown, tag, ' ', 'g');
  shown := replace(replace(replace(replace(shown, '&lt;', '<'), '&#x3C;', '<'), '&gt;', '>'), '&quot;', '"');
  shown := replace(replace(replace(shown, '&#x27;', ''''), '&amp;', '&'), '&#x26;', '&');
  return btrim(regexp_replace(translate(shown, E'\uE000\uE001\uE002', ''), '\s+', ' ', 'g'));
end $$;

-- CreateTable
CREATE TABLE "post_search" (
    "post_id" INTEGER NOT NULL,
    "author_id" UUID NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "title" TEXT NOT NULL,
    "tags" TEXT[],
    "body" TEXT NOT NULL,
    "words" tsvector GENERATED ALWAYS AS (search_words("title", "tags", "body")) STORED,
    "filler" TEXT GENERATED ALWAYS AS (repeat(' ', 2048)) STORED,

    CONSTRAINT "post_search_pkey" PRIMARY KEY ("post_id"),
    CONSTRAINT "post_search_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "posts"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- All matches of a common word are read through for their times, and there can be very many: so the rows are kept short,
-- and `body` and `words` stand beside the table. PostgreSQL moves them there only from a row of more than 2 kB, which the
-- filler makes of every row: 35 bytes in the end. At 100,000 posts the table has 22 MB in place of 78.
alter table post_search set (toast_tuple_target = 128);
alter table post_search
  alter column title set storage main,
  alter column tags set storage main,
  alter column filler set storage main;

-- 60,000 characters are more than a post can hold; HTML that repeats itself could be more.
create function post_search_row(p posts) returns post_search language sql stable
  return row(p.id, p.author_id, p.published_at, translate(p.title, E'\uE000\uE001\uE002', ''), p.tags,
             left(text_of_html(p.body_html), 60000), null, null)::post_search;

-- Words that titles and tags have had, for what is mistyped. A word stays here when its last post goes, and is offered
-- only while a post has it. In the order of the alphabet, so that two posts with the same new words do not wait in a
-- circle.
CREATE TABLE "search_vocabulary" (
    "word" TEXT NOT NULL,

    CONSTRAINT "search_vocabulary_pkey" PRIMARY KEY ("word")
);
create function search_vocabulary_of(title text, tags text[]) returns setof text language sql stable
begin atomic
  select distinct word from string_to_table(search_form(title || ' ' || array_to_string(tags, ' ')), ' ') word
   where length(word) between 4 and 40 order by word;
end;

create function keep_post_search() returns trigger language plpgsql as $$
begin
  if new.status = 'published' and new.deleted_at is null and new.removed_at is null then
    insert into post_search (post_id, author_id, published_at, title, tags, body)
    select post_id, author_id, published_at, title, tags, body from post_search_row(new)
    on conflict (post_id) do update
       set author_id = excluded.author_id, published_at = excluded.published_at,
           title = excluded.title, tags = excluded.tags, body = excluded.body;
    insert into search_vocabulary select * from search_vocabulary_of(new.title, new.tags) on conflict do nothing;
  elsif tg_op = 'UPDATE' then
    delete from post_search where post_id = new.id;
  end if;
  return null;
end $$;
create trigger posts_keep_search
  after insert or update of author_id, title, tags, body_html, status, published_at, deleted_at, removed_at on posts
  for each row execute function keep_post_search();

insert into post_search (post_id, author_id, published_at, title, tags, body)
select s.post_id, s.author_id, s.published_at, s.title, s.tags, s.body
  from posts p, post_search_row(p) s
 where p.status = 'published' and p.deleted_at is null and p.removed_at is null;
insert into search_vocabulary
select distinct word from post_search, search_vocabulary_of(title, tags) word;

-- Without a list of what is still to be added: each search would read it through.
create index post_search_words on post_search using gin (words, tags) with (fastupdate = off);
create index post_search_newest on post_search (published_at desc, post_id desc);
create index post_search_by_author on post_search (author_id, published_at desc, post_id desc);
-- For what was mistyped.
create index post_search_titles on post_search using gin (plain_letters(title) gin_trgm_ops);
create index search_vocabulary_alike on search_vocabulary using gin (word gin_trgm_ops);
create index users_search_names on users using gin (plain_letters(username || ' ' || name) gin_trgm_ops);
