"""A year is locked once its months are closed; then nothing is booked in it, and another person opens it again."""

from django.db import migrations

LOCKED = """
create function year_locked() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  if TG_OP = 'INSERT' then
    if NEW.kind = 'lock' then
      -- As the months' own triggers: whoever books is waited for.
      perform pg_advisory_xact_lock(741101, NEW.budget_id::int);
      if 12 > (
        select count(*) from public.budget_closedmonth c
        where c.budget_id = NEW.budget_id and c.retracted_at is null
      ) then
        raise exception 'A month of the year is open.'
          using errcode = 'check_violation', constraint = 'budget_year_of_closed_months';
      end if;
    end if;
  elsif OLD.kind = 'lock' and OLD.retracted_at is null and NEW.retracted_at is not null
    and (NEW.retracted_by_id is null or NEW.retracted_by_id = OLD.recorded_by_id) then
    raise exception 'Another person than who locked the year opens it again.'
      using errcode = 'check_violation', constraint = 'budget_year_opened_by_another';
  end if;
  return NEW;
end $$;
create trigger b_locked before insert or update on budget_yearend for each row execute function year_locked();
alter table budget_yearend enable always trigger b_locked;

create function month_of_open_year() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  if NEW.retracted_at is not null and OLD.retracted_at is null then
    perform pg_advisory_xact_lock(741101, NEW.budget_id::int);
    if exists (
      select from public.budget_yearend y
      where y.budget_id = NEW.budget_id and y.kind = 'lock' and y.retracted_at is null
    ) then
      raise exception 'The year is locked.'
        using errcode = 'check_violation', constraint = 'budget_year_is_open';
    end if;
  end if;
  return NEW;
end $$;
create trigger b_open_year before update on budget_closedmonth
for each row execute function month_of_open_year();
alter table budget_closedmonth enable always trigger b_open_year;
"""

BACK = """
drop trigger b_open_year on budget_closedmonth; drop function month_of_open_year();
drop trigger b_locked on budget_yearend; drop function year_locked();
"""


class Migration(migrations.Migration):
    dependencies = [("budget", "0019_year_end")]
    operations = [migrations.RunSQL(LOCKED, BACK)]
