-- A recovery goes on by a new first proof, not by a link: it needs no token for that.
ALTER TABLE "factor_recoveries" DROP COLUMN "token_hash";

-- A passkey counts as both factors in the session in which it was used.
ALTER TABLE "sessions" ADD COLUMN "passkey_at" TIMESTAMPTZ(3);

-- Since when somebody has their role: the grace for a second factor is counted from it.
ALTER TABLE "users" ADD COLUMN "role_since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

create function note_role_since() returns trigger language plpgsql as $$
begin
  new.role_since := now();
  return new;
end $$;

create trigger users_note_role_since before update of role on users
  for each row when (old.role is distinct from new.role) execute function note_role_since();
