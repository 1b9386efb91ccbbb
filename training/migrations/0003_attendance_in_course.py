"""Attendance is recorded on a day of the participant's own course; the database refuses any other."""

from django.db import migrations

IN_COURSE = """
create function attendance_in_course() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  if not exists (
    select from public.training_enrolment e join public.training_session s on s.course_id = e.course_id
    where e.id = NEW.enrolment_id and s.id = NEW.session_id
  ) then
    raise exception 'The session belongs to another course.' using errcode = 'check_violation';
  end if;
  return NEW;
end $$;
create trigger b_in_course before insert on training_attendance
for each row execute function attendance_in_course();
alter table training_attendance enable always trigger b_in_course;
"""

IN_PROGRAMME = """
create function enrolment_in_programme() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  if not exists (
    select from public.training_course c
    join public.training_curriculum u on u.id = c.curriculum_id
    join public.volunteers_volunteer v on v.programme_id = u.programme_id
    where c.id = NEW.course_id and v.id = NEW.volunteer_id
  ) then
    raise exception 'The volunteer belongs to another programme.' using errcode = 'check_violation';
  end if;
  return NEW;
end $$;
create trigger b_in_programme before insert on training_enrolment
for each row execute function enrolment_in_programme();
alter table training_enrolment enable always trigger b_in_programme;
"""


class Migration(migrations.Migration):
    dependencies = [("training", "0002_courses")]
    operations = [
        migrations.RunSQL(
            IN_PROGRAMME,
            "drop trigger b_in_programme on training_enrolment; drop function enrolment_in_programme();",
        ),
        migrations.RunSQL(
            IN_COURSE, "drop trigger b_in_course on training_attendance; drop function attendance_in_course();"
        ),
    ]
