"""A reversal mirrors the posting that it reverses, and a reallocation stays within its budget; the database refuses any
other."""

from django.db import migrations

REVERSAL = """
create function posting_reversal() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  if NEW.reverses is not null and not exists (
    select from public.budget_posting p
    where p.uuid = NEW.reverses and p.line_id = NEW.line_id and p.amount = -NEW.amount
      and p.reverses is null and p.happened_on <= NEW.happened_on
  ) then
    raise exception 'A reversal mirrors a posting that is none itself.' using errcode = 'check_violation';
  end if;
  return NEW;
end $$;
create trigger b_reversal before insert on budget_posting for each row execute function posting_reversal();
alter table budget_posting enable always trigger b_reversal;
"""

IN_BUDGET = """
create function reallocation_in_budget() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (
    select unnest(array[NEW.from_line_id, NEW.to_line_id])
    except select l.id from public.budget_budgetline l where l.budget_id = NEW.budget_id
  ) then
    raise exception 'Both lines belong to the budget.' using errcode = 'check_violation';
  end if;
  return NEW;
end $$;
create trigger b_in_budget before insert or update on budget_reallocation
for each row execute function reallocation_in_budget();
alter table budget_reallocation enable always trigger b_in_budget;
"""


class Migration(migrations.Migration):
    dependencies = [("budget", "0002_ledger_and_reallocations")]
    operations = [
        migrations.RunSQL(REVERSAL, "drop trigger b_reversal on budget_posting; drop function posting_reversal();"),
        migrations.RunSQL(
            IN_BUDGET, "drop trigger b_in_budget on budget_reallocation; drop function reallocation_in_budget();"
        ),
    ]
