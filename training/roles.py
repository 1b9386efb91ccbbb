"""Who may be a neighbourhood mother? The one definition.

She holds a diploma (a certificate of a basic training, for a course or as merit) that is valid on the role's first
day, or the secretariat has let her be one without (`Dispensation`: who and why). Only the first day is asked about: a
diploma that is retracted or runs out later ends no role, it is a finding.

Roles stand left of training, so the database's guard on them is put in place from here.
"""

import datetime as dt
from typing import Any

from django.db import connections
from django.utils.translation import gettext_noop

from bydelsmoedre.moment import Moment
from training.models import Certificate, Curriculum, Dispensation
from volunteers.merging import together
from volunteers.models import Membership, Volunteer

#: Of the role `m same(m)`: has its holder a diploma on the day? Parameters: `on`, `known_at`.
HAS_DIPLOMA_SQL = """exists (
  select from training_certificate c same(c)
  join training_curriculum u on u.id = c.curriculum_id and u.kind = 'basic'
  where person(c) = person(m) and holds(c) and known(c)
)"""

#: What the guard says: an import tells it as it is.
UNTRAINED = gettext_noop("A neighbourhood mother needs a diploma on the first day of the role.")

#: The database's guard. The certificate is locked, so that it is not retracted before the role is recorded. The next
#: version of a role that began on the same day was asked when it was first recorded.
_GUARD = f"""
create or replace function mother_is_trained() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
declare
  her bigint;
  hers bigint[];  -- everybody who is known to be the same person
begin
  if NEW.role <> 'mother' or exists (
    select from public.volunteers_membership m
    where m.volunteer_id = NEW.volunteer_id and m.uuid = NEW.uuid and m.role = NEW.role
      and m.started_on = NEW.started_on and m.retracted_at >= NEW.recorded_at
  ) then
    return NEW;
  end if;
  select coalesce(min(s.kept_id), NEW.volunteer_id) into her from public.volunteers_sameperson s
  where s.duplicate_id = NEW.volunteer_id and s.retracted_at is null;
  hers := her || array(
    select s.duplicate_id from public.volunteers_sameperson s where s.kept_id = her and s.retracted_at is null
  );
  perform from public.training_certificate c
    join public.training_curriculum u on u.id = c.curriculum_id and u.kind = 'basic'
    where c.volunteer_id = any(hers) and c.retracted_at is null and c.period @> NEW.started_on for share of c;
  if not found then
    perform from public.training_dispensation d
      where d.volunteer_id = any(hers) and d.retracted_at is null and d.period @> NEW.started_on for share;
    if not found then
      raise exception '{UNTRAINED}'
        using errcode = 'check_violation', constraint = 'training_mother_is_trained';
    end if;
  end if;
  return NEW;
end $$;
create or replace trigger b_trained before insert on volunteers_membership
for each row execute function mother_is_trained();
alter table volunteers_membership enable always trigger b_trained;

create or replace function dispensation_says_why() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  if trim(NEW.note) = '' then
    raise exception 'An exception needs a reason.'
      using errcode = 'check_violation', constraint = 'training_dispensation_says_why';
  end if;
  return NEW;
end $$;
create or replace trigger b_says_why before insert on training_dispensation
for each row execute function dispensation_says_why();
alter table training_dispensation enable always trigger b_says_why;
"""


def guard_roles(using: str) -> None:
    """Put the guards in place, where their tables are there. Run as the owner."""
    connection = connections[using]
    tables = {Membership._meta.db_table, Certificate._meta.db_table, Dispensation._meta.db_table}
    if tables <= set(connection.introspection.table_names()):
        with connection.cursor() as cursor:
            cursor.execute(_GUARD)


def may_be_mother(volunteer: Volunteer, on: dt.date) -> bool:
    """May she be a neighbourhood mother from that day on, as we know it now?"""
    kept = together(volunteer, Moment()).kept or volunteer
    hers = together(kept, Moment()).ids
    diplomas = Certificate.objects.current().filter(volunteer__in=hers, curriculum__kind=Curriculum.Kind.BASIC)
    let = Dispensation.objects.current().filter(volunteer__in=hers)
    return diplomas.filter(period__contains=on).exists() or let.filter(period__contains=on).exists()


def let_her(volunteer: Volunteer, *, since: dt.date, reason: str, by: Any) -> Dispensation:
    """Record that she may be a neighbourhood mother without a diploma, from that day until another exception begins."""
    later = Dispensation.objects.current().filter(volunteer=volunteer, started_on__gt=since).order_by("started_on")
    until = first.started_on - dt.timedelta(1) if (first := later.first()) else None
    return Dispensation.record(by=by, volunteer=volunteer, started_on=since, ended_on=until, note=reason)
