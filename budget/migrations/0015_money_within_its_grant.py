"""No payment is larger than what is granted, on no day; and what a condition holds back is of the same grant."""

from django.db import migrations

# On every day, what a funder has paid until then is at most what it has granted until then. Payments are refused at
# once; a grant may be taken back and recorded anew in one transaction (superseded), so that is judged at its end. Either
# way whoever comes second waits for the first, and then sees what she has recorded.
WITHIN = """
create function payment_within_grant() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(741104, NEW.budget_id::int);
  if exists (
    select from (
      select sum(case f.stage when 'paid' then f.amount else -f.amount end) over (order by f.happened_on) as excess
      from public.budget_fundingfact f
      where f.budget_id = NEW.budget_id and f.funder_id = NEW.funder_id and f.stage in ('granted', 'paid')
        and f.retracted_at is null
    ) days where days.excess > 0
  ) then
    raise exception 'No more is paid than is granted.'
      using errcode = 'check_violation', constraint = 'budget_payment_within_grant';
  end if;
  return null;
end $$;

create trigger c_within_grant after insert on budget_fundingfact for each row
when (NEW.stage = 'paid' and NEW.retracted_at is null) execute function payment_within_grant();
alter table budget_fundingfact enable always trigger c_within_grant;

create constraint trigger c_grant_covers after update on budget_fundingfact deferrable initially deferred for each row
when (NEW.stage = 'granted' and OLD.retracted_at is null and NEW.retracted_at is not null)
execute function payment_within_grant();
alter table budget_fundingfact enable always trigger c_grant_covers;
"""

BACK = """
drop trigger c_within_grant on budget_fundingfact;
drop trigger c_grant_covers on budget_fundingfact;
drop function payment_within_grant();
"""

OF_ITS_GRANT = """
alter table budget_instalment add constraint budget_instalment_of_grant unique (id, budget_id, funder_id);
alter table budget_grantcondition add constraint budget_condition_of_its_grant
  foreign key (instalment_id, budget_id, funder_id) references budget_instalment (id, budget_id, funder_id);
"""

OF_ANY = """
alter table budget_grantcondition drop constraint budget_condition_of_its_grant;
alter table budget_instalment drop constraint budget_instalment_of_grant;
"""


class Migration(migrations.Migration):
    dependencies = [("budget", "0014_terms_of_grants")]
    operations = [migrations.RunSQL(WITHIN, BACK), migrations.RunSQL(OF_ITS_GRANT, OF_ANY)]
