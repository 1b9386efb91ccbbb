"""An outlay is paid back once its voucher is booked, and not before."""

from django.db import migrations

PAID = """
create function outlay_paid_when_booked() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  if NEW.paid_on is not null and not exists (
    select from public.budget_voucher v where v.id = NEW.voucher_id and v.number is not null
  ) then
    raise exception 'The voucher of the outlay is not booked.'
      using errcode = 'check_violation', constraint = 'budget_outlay_paid_when_booked';
  end if;
  return NEW;
end $$;
create trigger b_paid before insert or update on budget_outlay
for each row execute function outlay_paid_when_booked();
alter table budget_outlay enable always trigger b_paid;
"""


class Migration(migrations.Migration):
    dependencies = [("budget", "0012_outlays")]
    operations = [
        migrations.RunSQL(PAID, "drop trigger b_paid on budget_outlay; drop function outlay_paid_when_booked();")
    ]
