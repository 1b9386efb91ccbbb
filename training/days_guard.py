"""What PostgreSQL keeps of a course's days, whoever writes: a form, the administration, plain SQL.

The last day of a course that has been evaluated stands once the evaluation is over: it would open again otherwise. The
first day of a course with attendance is moved to no day on which another version of the training holds. A session with
attendance is neither moved nor cancelled, and on one that is cancelled none is recorded.
"""

from django.db import connections

from training.completion import COURSE_VERSION_SQL
from training.evaluating import OPEN_DAYS
from training.models import Attendance, CurriculumVersion, EvaluationAnswer, Session

_STAYS_OVER = f"""
create or replace function evaluation_stays_over() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
declare
  this bigint := coalesce(NEW.course_id, OLD.course_id);
  own_was date;
  own_is date;
  others date;
  was date;
begin
  if TG_OP <> 'INSERT' and not OLD.is_cancelled and not OLD.is_make_up then own_was := OLD.held_on; end if;
  if TG_OP <> 'DELETE' and not NEW.is_cancelled and not NEW.is_make_up then own_is := NEW.held_on; end if;
  if own_was is distinct from own_is
    and exists (select from public.training_evaluationanswer a where a.course_id = this)
  then
    -- two who move days of one course wait for each other
    perform from public.training_course c where c.id = this for update;
    select max(s.held_on) into others from public.training_session s
    where s.course_id = this and s.id <> coalesce(NEW.id, OLD.id) and not s.is_cancelled and not s.is_make_up;
    was := greatest(others, own_was);
    if was is distinct from greatest(others, own_is)
      and was + {OPEN_DAYS} < (clock_timestamp() at time zone 'Europe/Copenhagen')::date
    then
      raise exception 'The course is evaluated: its last day stands.'
        using errcode = 'check_violation', constraint = 'training_evaluation_stays_over';
    end if;
  end if;
  return case when TG_OP = 'DELETE' then OLD else NEW end;
end $$;
create or replace trigger b_stays_over before insert or update or delete on training_session
for each row execute function evaluation_stays_over();
alter table training_session enable always trigger b_stays_over;
"""

_VERSION = "(select v.uuid from ({}) v)"
_NOW, _THEN = (
    _VERSION.format(COURSE_VERSION_SQL.format(course=row).replace("known(x)", "x.retracted_at is null"))
    for row in ("OLD", "NEW")
)

_KEEPS_VERSION = f"""
create or replace function course_keeps_version() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  if NEW.starts_on <> OLD.starts_on and exists (
    select from public.training_enrolment e
    join public.training_attendance a on a.enrolment_id = e.id and a.retracted_at is null
    where e.course_id = NEW.id
  ) and {_NOW} is distinct from {_THEN} then
    raise exception 'The course keeps the version that it began with.'
      using errcode = 'check_violation', constraint = 'training_course_keeps_version';
  end if;
  return NEW;
end $$;
create or replace trigger b_keeps_version before update on training_course
for each row execute function course_keeps_version();
alter table training_course enable always trigger b_keeps_version;
"""

_RECORDED = """
create or replace function recorded_session_stands() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  if (NEW.held_on <> OLD.held_on or NEW.is_cancelled and not OLD.is_cancelled) and exists (
    select from public.training_attendance a where a.session_id = NEW.id and a.retracted_at is null
  ) then
    raise exception 'Attendance is recorded for this day.'
      using errcode = 'check_violation', constraint = 'training_recorded_session_stands';
  end if;
  return NEW;
end $$;
create or replace trigger b_recorded_stands before update on training_session
for each row execute function recorded_session_stands();
alter table training_session enable always trigger b_recorded_stands;

create or replace function attendance_of_held() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
declare
  planned record;
begin
  -- whoever moves or cancels it waits, or has done so and is heeded
  select s.is_cancelled into planned from public.training_session s where s.id = NEW.session_id for share;
  if planned.is_cancelled then
    raise exception 'The session is cancelled.'
      using errcode = 'check_violation', constraint = 'training_attendance_of_held';
  end if;
  -- whoever moves the first day (which is no key), or adopts or retracts a version, locks these, and asks whether
  -- attendance is recorded
  perform from public.training_session s
    join public.training_course c on c.id = s.course_id
    join public.training_curriculum u on u.id = c.curriculum_id
    where s.id = NEW.session_id for share of c for key share of u;
  return NEW;
end $$;
create or replace trigger b_of_held before insert on training_attendance
for each row execute function attendance_of_held();
alter table training_attendance enable always trigger b_of_held;
"""


def guard_days(using: str) -> None:
    """Put the guards in place, where their tables are there. Run as the owner."""
    connection = connections[using]
    tables = {model._meta.db_table for model in (Attendance, CurriculumVersion, EvaluationAnswer, Session)}
    if tables <= set(connection.introspection.table_names()):
        with connection.cursor() as cursor:
            cursor.execute(_STAYS_OVER + _KEEPS_VERSION + _RECORDED)
