"""A transfer is from one course of a training to another, of one person; the database refuses any other."""

from django.db import migrations

OF_ONE = """
create function transfer_of_one() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  if not exists (
    select from public.training_enrolment e
    join public.training_course c on c.id = e.course_id
    join public.training_enrolment o on o.id = NEW.source_id and o.id <> e.id and o.volunteer_id = e.volunteer_id
    join public.training_course d on d.id = o.course_id and d.curriculum_id = c.curriculum_id
    where e.id = NEW.enrolment_id
  ) then
    raise exception 'A transfer is from one course of a training to another, of one person.'
      using errcode = 'check_violation';
  end if;
  return NEW;
end $$;
create trigger b_of_one before insert on training_transfer
for each row execute function transfer_of_one();
alter table training_transfer enable always trigger b_of_one;
"""


class Migration(migrations.Migration):
    dependencies = [("training", "0007_drafts_and_transfers")]
    operations = [
        migrations.RunSQL(OF_ONE, "drop trigger b_of_one on training_transfer; drop function transfer_of_one();"),
    ]
