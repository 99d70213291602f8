-- How much somebody has published within a day, what they deleted meanwhile and what waits for a look included.
create index posts_published_by on posts (author_id, published_at desc) where status = 'published';
