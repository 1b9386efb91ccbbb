"""No target contradicts its indicator's direction, and no measurement is of an indicator that is computed."""

from django.db import migrations

# Whoever sets a target takes the indicator's row under `for share`, and whoever changes the baseline locks it too: so
# the one waits for the other, and then sees what she has written.
DIRECTION = """
create function target_fits_direction() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
declare
  found record;
begin
  select i.direction, i.baseline into found from public.programme_effectindicator i
  where i.id = NEW.indicator_id for share;
  if found.baseline is not null
    and (case found.direction when 'up' then NEW.value < found.baseline else NEW.value > found.baseline end)
  then
    raise exception 'The target is on the wrong side of the baseline.'
      using errcode = 'check_violation', constraint = 'programme_target_direction';
  end if;
  return NEW;
end $$;
create trigger b_direction before insert or update on programme_indicatortarget
  for each row execute function target_fits_direction();
alter table programme_indicatortarget enable always trigger b_direction;

create function baseline_fits_targets() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  if NEW.baseline is not null and exists (
    select from public.programme_indicatortarget t where t.indicator_id = NEW.id
      and case NEW.direction when 'up' then t.value < NEW.baseline else t.value > NEW.baseline end
  ) then
    raise exception 'A target is on the wrong side of the baseline.'
      using errcode = 'check_violation', constraint = 'programme_target_direction';
  end if;
  return NEW;
end $$;
create trigger b_direction before update on programme_effectindicator
  for each row execute function baseline_fits_targets();
alter table programme_effectindicator enable always trigger b_direction;

create function measured_by_hand() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (
    select from public.programme_effectindicator i where i.id = NEW.indicator_id and i.source = 'computed'
  ) then
    raise exception 'A computed indicator is not measured by hand.'
      using errcode = 'check_violation', constraint = 'programme_measurement_by_hand';
  end if;
  return NEW;
end $$;
create trigger b_by_hand before insert on programme_measurement
  for each row execute function measured_by_hand();
alter table programme_measurement enable always trigger b_by_hand;
"""

BACK = """
drop trigger b_direction on programme_indicatortarget; drop function target_fits_direction();
drop trigger b_direction on programme_effectindicator; drop function baseline_fits_targets();
drop trigger b_by_hand on programme_measurement; drop function measured_by_hand();
"""


class Migration(migrations.Migration):
    dependencies = [("programme", "0007_effects_and_risks")]
    operations = [migrations.RunSQL(DIRECTION, BACK)]
