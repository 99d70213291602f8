-- What names a person in a register can be erased, or an address shortened, without breaking the chain over its rows:
-- the chain covers a salted hash of each such part and not the part itself. Salt and part go together.

-- The network of an address, as app/auth/network.server.ts has it; null where it is no address.
create function network_of(address text) returns text immutable language plpgsql as $$
declare
  plain inet;
begin
  plain := regexp_replace(address, '^::ffff:(?=\d+\.)|%.*$', '', 'gi')::inet;
  return network(set_masklen(plain, case family(plain) when 4 then 24 else 48 end))::text;
exception when invalid_text_representation then
  return null;
end $$;

-- The parts of a row that may be erased, by name: the columns that are named, the network of its address, and what its
-- details keep under "personal". What is empty is no part.
create function erasable_parts(entry jsonb, columns text[]) returns jsonb immutable language sql as $$
  select coalesce(jsonb_object_agg(name, value), '{}')
    from (select name, entry ->> name as value from unnest(columns) name
          union all select 'network', network_of(entry ->> 'ip_address') where 'ip_address' = any (columns)
          union all select 'personal', (entry #> '{details,personal}')::text) part
   where value <> ''
$$;

-- A salt for each part, so that one part can be erased without the others.
create function salts_for(parts jsonb) returns jsonb volatile language sql as $$
  select coalesce(jsonb_object_agg(name, gen_random_uuid()), '{}') from jsonb_object_keys(parts) name
$$;

create function commitments_to(parts jsonb, salts jsonb) returns jsonb immutable language sql as $$
  select coalesce(jsonb_object_agg(key, encode(sha256(convert_to((salts ->> key) || ':' || key || ':' || value, 'UTF8')), 'hex')), '{}')
    from jsonb_each_text(parts)
$$;

create function commit_to_parts() returns trigger language plpgsql as $$
declare
  parts jsonb := erasable_parts(to_jsonb(new), tg_argv::text[]);
begin
  new.salts := salts_for(parts);
  new.commitments := commitments_to(parts, new.salts);
  return new;
end $$;

-- Refuses every change of a row but these: a part goes together with its salt, or an address becomes its network.
create function allow_erasing_only() returns trigger language plpgsql as $$
declare
  columns text[] := tg_argv::text[];
  erasable text[] := columns || '{salts}'::text[];
  was jsonb := erasable_parts(to_jsonb(old), columns);
  remains jsonb := erasable_parts(to_jsonb(new), columns);
  part text;
begin
  if ((to_jsonb(old) - erasable) #- '{details,personal}') = ((to_jsonb(new) - erasable) #- '{details,personal}')
     and old.salts @> new.salts then
    for part in select jsonb_object_keys(was || remains || old.salts) loop
      if (remains -> part) is not distinct from (was -> part) and (new.salts -> part) is not distinct from (old.salts -> part) then
        continue;
      elsif not remains ? part and not new.salts ? part then
        continue;
      elsif part = 'ip_address' and remains -> part = was -> 'network' and not new.salts ? part and new.salts ? 'network' then
        continue;
      end if;
      raise exception '% is only appended to', tg_table_name using errcode = 'restrict_violation';
    end loop;
    return new;
  end if;
  raise exception '% is only appended to', tg_table_name using errcode = 'restrict_violation';
end $$;

drop trigger moderation_actions_append_only on moderation_actions;
drop trigger audit_events_append_only on audit_events;

create trigger moderation_actions_commit before insert on moderation_actions
  for each row execute function commit_to_parts('moderator_username', 'subject_username', 'reason');
create trigger audit_events_commit before insert on audit_events
  for each row execute function commit_to_parts('ip_address', 'user_agent');

-- What was there before this migration --------------------------------------------------------------

with former as materialized (
  select id, parts, salts_for(parts) as salts
    from moderation_actions m, erasable_parts(to_jsonb(m), '{moderator_username,subject_username,reason}') parts
)
update moderation_actions m set salts = f.salts, commitments = commitments_to(f.parts, f.salts) from former f where f.id = m.id;
with former as materialized (
  select id, parts, salts_for(parts) as salts
    from audit_events a, erasable_parts(to_jsonb(a), '{ip_address,user_agent}') parts
)
update audit_events a set salts = f.salts, commitments = commitments_to(f.parts, f.salts) from former f where f.id = a.id;

create trigger moderation_actions_append_only before delete or truncate on moderation_actions
  for each statement execute function refuse_change();
create trigger audit_events_append_only before delete or truncate on audit_events
  for each statement execute function refuse_change();
create trigger moderation_actions_erasing before update on moderation_actions
  for each row execute function allow_erasing_only('moderator_username', 'subject_username', 'reason');
create trigger audit_events_erasing before update on audit_events
  for each row execute function allow_erasing_only('ip_address', 'user_agent');

-- The events whose address or browser still stands whole.
create index audit_events_whole on audit_events (created_at) where salts ?| array['ip_address', 'user_agent'];
