"""A reversal mirrors the posting that it reverses; the database refuses any other."""

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


class Migration(migrations.Migration):
    dependencies = [("budget", "0002_ledger_and_reallocations")]
    operations = [
        migrations.RunSQL(REVERSAL, "drop trigger b_reversal on budget_posting; drop function posting_reversal();"),
    ]
