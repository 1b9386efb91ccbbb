"""What the facts stand on: the clock, the guard, and Danish order.

Every function fixes its search path, so that no temporary table or schema of the caller's can shadow what it
reads, and so that a restore works.
"""

from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations

CLOCK = """
-- One row for each transaction that has recorded a fact: its time. Nobody but the owner may touch it.
create unlogged table fact_clock (transaction xid8 primary key, at timestamptz not null);
revoke all on fact_clock from public;

-- The time of this transaction's facts. Its first fact waits here while a report is being frozen (the freezer holds
-- the same lock exclusively), and only then reads the clock: so no fact can be recorded before a freeze and committed
-- after it. The time is kept where the web role cannot write, and used for all facts of the transaction.
create function fact_time() returns timestamptz language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
  result timestamptz;
begin
  -- A row older than this transaction was left by another one (a restored copy counts transactions anew).
  select at into result from public.fact_clock
  where transaction = pg_current_xact_id() and at >= transaction_timestamp();
  if found then
    return result;
  end if;
  perform pg_advisory_xact_lock_shared(20111231);
  result := greatest(clock_timestamp(), transaction_timestamp());
  delete from public.fact_clock where transaction in (
    select transaction from public.fact_clock
    where transaction < pg_snapshot_xmin(pg_current_snapshot()) limit 100 for update skip locked
  );
  insert into public.fact_clock values (pg_current_xact_id(), result)
  on conflict (transaction) do update set at = excluded.at;
  return result;
end $$;
revoke execute on function fact_time() from public;
"""

GUARD = """
-- A fact is recorded, and retracted once with a reason; nothing else ever happens to it.
-- The trigger's first argument lists the columns with personal words: they may be emptied (erasure), never rewritten.
-- A second one, 'reversed', marks money: it is never retracted, but reversed by a fact with the opposite sign.
create function guard_fact() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
declare
  retraction constant text[] := array['retracted_at', 'retracted_by_id', 'retraction_reason'];
  generated constant text[] := array['known', 'period'];
  erasable constant text[] := string_to_array(coalesce(TG_ARGV[0], ''), ',');
  is_owner constant boolean := (
    select pg_has_role(current_user, relowner, 'USAGE') from pg_class where oid = TG_RELID
  );
  before jsonb;
  after jsonb;
  word text;
begin
  if TG_OP = 'DELETE' then
    raise exception 'A fact is never deleted.' using errcode = 'restrict_violation';
  end if;
  after := to_jsonb(NEW);
  if TG_OP = 'INSERT' then
    if not is_owner then
      NEW.recorded_at := public.fact_time();
      NEW.retracted_at := null;
      NEW.retracted_by_id := null;
      NEW.retraction_reason := '';
    end if;
    if NEW.retracted_at < NEW.recorded_at then
      raise exception 'A fact cannot be retracted before it is recorded.' using errcode = 'check_violation';
    end if;
    if (after ->> 'happened_on')::date > (NEW.recorded_at at time zone 'Europe/Copenhagen')::date then
      raise exception 'A fact cannot happen after it is recorded.' using errcode = 'check_violation';
    end if;
    return NEW;
  end if;
  before := to_jsonb(OLD);
  if before - retraction - generated - erasable is distinct from after - retraction - generated - erasable then
    raise exception 'A fact is never edited.' using errcode = 'restrict_violation';
  end if;
  foreach word in array erasable || array['retraction_reason'] loop
    if after ->> word is distinct from before ->> word and coalesce(after ->> word, '') <> ''
       and not (word = 'retraction_reason' and OLD.retracted_at is null) then
      raise exception 'Personal words can only be erased.' using errcode = 'restrict_violation';
    end if;
  end loop;
  if OLD.retracted_at is not null then
    if (NEW.retracted_at, NEW.retracted_by_id) is distinct from (OLD.retracted_at, OLD.retracted_by_id) then
      raise exception 'A fact is retracted once.' using errcode = 'restrict_violation';
    end if;
    if NEW.retraction_reason is distinct from OLD.retraction_reason and not is_owner then
      raise exception 'A fact is retracted once.' using errcode = 'restrict_violation';
    end if;
  elsif NEW.retracted_at is not null then
    if TG_ARGV[1] = 'reversed' then
      raise exception 'This is never retracted, but reversed.' using errcode = 'restrict_violation';
    end if;
    if trim(NEW.retraction_reason) = '' then
      raise exception 'A retraction needs a reason.' using errcode = 'check_violation';
    end if;
    if not is_owner then
      -- What another transaction has recorded since this one took its time is retracted at once, not before.
      NEW.retracted_at := greatest(public.fact_time(), NEW.recorded_at);
    end if;
    if NEW.retracted_at < NEW.recorded_at then
      raise exception 'A fact cannot be retracted before it is recorded.' using errcode = 'check_violation';
    end if;
  elsif NEW.retracted_by_id is not null or NEW.retraction_reason <> '' then
    raise exception 'A reason belongs to a retraction.' using errcode = 'check_violation';
  end if;
  return NEW;
end $$;
"""

FIXED = """
-- What figures ask of an anchor (its kind, what it belongs to) stays as it was made: else an edit would change answers
-- about the past. The trigger's arguments name the columns. The owner may mend a mistake.
create function guard_anchor() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
declare
  word text;
begin
  if (select pg_has_role(current_user, relowner, 'USAGE') from pg_class where oid = TG_RELID) then
    return NEW;
  end if;
  foreach word in array TG_ARGV loop
    if to_jsonb(NEW) ->> word is distinct from to_jsonb(OLD) ->> word then
      raise exception 'What figures rest on is never edited: %', word using errcode = 'restrict_violation';
    end if;
  end loop;
  return NEW;
end $$;
"""

# Danish order … z æ ø å, "aa" as å, without regard to case: a key in plain bytes that no collation upgrade can change.
# Its twin in Python is bydelsmoedre.sorting.danish_key.
DANISH_KEY = """
create function danish_key(value text) returns text language sql immutable strict parallel safe
begin atomic
  select replace(
    translate(
      lower(value collate "C"),
      'ÆæÄäØøÖöÅåÉéÈèÜüÁáÓóÍí',
      '{{{{||||}}eeeeyyaaooii'
    ),
    'aa', '}'
  ) collate "C";
end;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        BtreeGistExtension(),
        migrations.RunSQL(
            CLOCK, "drop function fact_time(); drop table fact_clock;", elidable=False
        ),
        migrations.RunSQL(GUARD, "drop function guard_fact();"),
        migrations.RunSQL(FIXED, "drop function guard_anchor();"),
        migrations.RunSQL(DANISH_KEY, "drop function danish_key(text);"),
    ]
