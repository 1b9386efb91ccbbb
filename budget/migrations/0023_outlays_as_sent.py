"""A voucher that an outlay rests on is booked with the amount that was sent."""

from django.db import migrations

AS_SENT = """
create function outlay_as_sent() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (select from public.budget_outlay o where o.voucher_id = NEW.id and o.amount <> NEW.amount) then
    raise exception 'The outlay is of another amount.'
      using errcode = 'check_violation', constraint = 'budget_outlay_as_sent';
  end if;
  return NEW;
end $$;
create trigger c_outlay_as_sent before update on budget_voucher
for each row when (OLD.approved_by_id is null and NEW.approved_by_id is not null) execute function outlay_as_sent();
alter table budget_voucher enable always trigger c_outlay_as_sent;
"""


class Migration(migrations.Migration):
    dependencies = [("budget", "0022_unstated_totals")]
    operations = [
        migrations.RunSQL(AS_SENT, "drop trigger c_outlay_as_sent on budget_voucher; drop function outlay_as_sent();")
    ]
