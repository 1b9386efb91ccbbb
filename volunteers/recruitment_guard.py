"""The order of a candidacy's steps, kept by the database: generated from the rules of `recruitment.py`.

The trigger refuses a step that may not follow, one that is dated outside its place, and a second candidacy while one is
open; whoever writes it, in whatever way. Two at once wait for each other.
"""

from collections.abc import Iterable

from django.db import connections

from volunteers.recruitment import CLOSING, FOLLOWING, RANK, REPEATED

_TABLE = "public.volunteers_stageevent"


def _listed(stages: Iterable[str]) -> str:
    return "array[" + ", ".join(f"'{stage}'" for stage in stages) + "]::text[]"


_FOLLOWING = " ".join(
    f"when '{stage}' then {_listed(following)}" if stage else "" for stage, following in FOLLOWING.items()
)
_RANK = "case s.stage " + " ".join(f"when '{stage}' then {rank}" for stage, rank in RANK.items()) + " end"

GUARD = f"""
create or replace function may_follow(stage text) returns text[] language sql immutable parallel safe
set search_path = pg_catalog, public, pg_temp as $$
  select case coalesce(stage, '') when '' then {_listed(FOLLOWING[None])} {_FOLLOWING} end
$$;

create or replace function guard_stage() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
declare
  who bigint;
  step record;
  earlier text;  -- the step before the place, and its day
  earlier_on date;
  allowed text[];
begin
  select volunteer_id into who from public.volunteers_candidacy where id = NEW.candidacy_id;
  perform pg_advisory_xact_lock(20111233, who::int);
  for step in
    select s.stage::text as stage, s.happened_on from {_TABLE} s
    where s.candidacy_id = NEW.candidacy_id and s.retracted_at is null
    order by s.happened_on, {_RANK}, s.id
  loop
    if step.stage <> all(public.may_follow(earlier)) then  -- one was retracted here: it is that which is missing
      allowed := array(
        select one from unnest(public.may_follow(earlier)) as one
        where one <> all({_listed(CLOSING)}) and (one = any({_listed(REPEATED)}) or not exists (
          select from {_TABLE} t where t.candidacy_id = NEW.candidacy_id and t.retracted_at is null and t.stage = one
        ))
      );
      if NEW.happened_on > step.happened_on then
        raise exception 'The step after it was on %.', step.happened_on using errcode = 'check_violation';
      end if;
      exit;
    end if;
    earlier := step.stage;
    earlier_on := step.happened_on;
  end loop;
  allowed := coalesce(allowed, public.may_follow(earlier));
  if NEW.stage <> all(allowed) then
    raise exception '% cannot follow %.', NEW.stage, coalesce(earlier, 'nothing')
      using errcode = 'check_violation';
  end if;
  if NEW.happened_on < earlier_on then
    raise exception 'The step before it was on %.', earlier_on using errcode = 'check_violation';
  end if;
  if earlier is null and exists (
    select from public.volunteers_candidacy c cross join lateral (
      select s.stage from {_TABLE} s where s.candidacy_id = c.id and s.retracted_at is null
      order by s.happened_on desc, {_RANK} desc, s.id desc limit 1
    ) latest
    where c.volunteer_id = who and c.id <> NEW.candidacy_id and latest.stage <> all({_listed(CLOSING)})
  ) then
    raise exception 'Another candidacy of hers is open.' using errcode = 'check_violation';
  end if;
  return NEW;
end $$;

create or replace trigger b_in_order before insert on {_TABLE}
for each row when (NEW.retracted_at is null) execute function guard_stage();
alter table {_TABLE} enable always trigger b_in_order;
"""


def derive_guard(using: str) -> None:
    """Put the guard in place anew. Run as the owner, after every migrate."""
    with connections[using].cursor() as cursor:
        cursor.execute(GUARD)
