"""Nothing is booked in a closed month, and who has closed one does not open it again."""

from django.db import migrations

OPEN = """
create function posting_in_open_month() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
declare
  whose bigint := (select l.budget_id from public.budget_budgetline l where l.id = NEW.line_id);
begin
  -- Who closes a month waits for those who are booking, and they for her.
  perform pg_advisory_xact_lock_shared(741101, whose::int);
  if exists (
    select from public.budget_closedmonth c
    where c.budget_id = whose and c.retracted_at is null and c.month = date_trunc('month', NEW.happened_on)::date
  ) then
    raise exception 'The month is closed.' using errcode = 'check_violation', constraint = 'budget_month_is_open';
  end if;
  return NEW;
end $$;
create trigger b_open_month before insert on budget_posting for each row execute function posting_in_open_month();
alter table budget_posting enable always trigger b_open_month;

create function month_closed() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(741101, NEW.budget_id::int);
  if not exists (
    select from public.budget_budget b
    where b.id = NEW.budget_id and b.year = extract(year from NEW.month)
  ) then
    raise exception 'The month is of another year.'
      using errcode = 'check_violation', constraint = 'budget_month_of_the_year';
  end if;
  return NEW;
end $$;
create trigger b_closed before insert on budget_closedmonth for each row execute function month_closed();
alter table budget_closedmonth enable always trigger b_closed;

create function month_opened_by_another() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  if OLD.retracted_at is null and NEW.retracted_at is not null
    and (NEW.retracted_by_id is null or NEW.retracted_by_id = OLD.recorded_by_id) then
    raise exception 'Another person than who closed the month opens it again.'
      using errcode = 'check_violation', constraint = 'budget_month_opened_by_another';
  end if;
  return NEW;
end $$;
create trigger b_opened before update on budget_closedmonth for each row execute function month_opened_by_another();
alter table budget_closedmonth enable always trigger b_opened;
"""

BACK = """
drop trigger b_open_month on budget_posting; drop function posting_in_open_month();
drop trigger b_closed on budget_closedmonth; drop function month_closed();
drop trigger b_opened on budget_closedmonth; drop function month_opened_by_another();
"""


class Migration(migrations.Migration):
    dependencies = [("budget", "0007_closed_months")]
    operations = [migrations.RunSQL(OPEN, BACK)]
