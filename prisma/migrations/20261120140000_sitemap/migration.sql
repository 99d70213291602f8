-- The parts of the sitemap: 1,000 ids each, and in each the newest change. Counters change neither column.
create index posts_sitemap on posts ((id / 1000), (coalesce(edited_at, published_at)) desc)
  where status = 'published' and deleted_at is null and removed_at is null;
