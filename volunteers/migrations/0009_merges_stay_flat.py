"""Who is kept is nobody's duplicate, and both belong to one programme: the database refuses any other merge."""

from django.db import migrations

FLAT = """
create function same_person_is_flat() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(20111232);  -- one merge at a time
  if not exists (
    select from public.volunteers_volunteer d join public.volunteers_volunteer k on k.programme_id = d.programme_id
    where d.id = NEW.duplicate_id and k.id = NEW.kept_id
  ) then
    raise exception 'The two belong to different programmes.' using errcode = 'check_violation';
  end if;
  if exists (
    select from public.volunteers_sameperson s
    where s.retracted_at is null and (s.duplicate_id = NEW.kept_id or s.kept_id = NEW.duplicate_id)
  ) then
    raise exception 'One of the two has been merged with somebody already.' using errcode = 'check_violation';
  end if;
  return NEW;
end $$;
create trigger b_flat before insert on volunteers_sameperson
for each row execute function same_person_is_flat();
alter table volunteers_sameperson enable always trigger b_flat;
"""


class Migration(migrations.Migration):
    dependencies = [("volunteers", "0008_same_person")]
    operations = [
        migrations.RunSQL(FLAT, "drop trigger b_flat on volunteers_sameperson; drop function same_person_is_flat();")
    ]
