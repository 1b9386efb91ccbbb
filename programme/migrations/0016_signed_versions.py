"""A version of an agreement's text that is signed is not retracted: its signatures would be on another text."""

from django.db import migrations

# A signature is on the version that was the latest on its day, and one from before the first is on the first. Asked at
# the end of the transaction, since a version is superseded by retracting it first. Whoever signs holds the same lock.
IS_SIGNED = """
create function signed_version_stays() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(741110, NEW.agreement_id::int);
  if exists (
    select from public.programme_agreementversion v where v.agreement_id = NEW.agreement_id and v.retracted_at is null
  ) and not exists (
    select from public.programme_agreementversion v
    where v.agreement_id = NEW.agreement_id and v.retracted_at is null and v.happened_on = NEW.happened_on
  ) and exists (
    select from public.programme_signature s
    where s.agreement_id = NEW.agreement_id and s.retracted_at is null and s.recorded_at >= NEW.recorded_at
      and not exists (  -- one that takes it instead, or did so already
        select from public.programme_agreementversion v
        where v.agreement_id = NEW.agreement_id and v.retracted_at is null and (
          v.happened_on > NEW.happened_on and v.happened_on <= s.happened_on
          or v.happened_on < NEW.happened_on and s.happened_on < NEW.happened_on
        )
      )
  ) then
    raise exception 'The version is signed.'
      using errcode = 'check_violation', constraint = 'programme_agreement_version_is_signed';
  end if;
  return null;
end $$;
create constraint trigger c_is_signed after update on programme_agreementversion
  deferrable initially deferred for each row
  when (OLD.retracted_at is null and NEW.retracted_at is not null) execute function signed_version_stays();
alter table programme_agreementversion enable always trigger c_is_signed;
"""

BACK = """
drop trigger c_is_signed on programme_agreementversion;
drop function signed_version_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("programme", "0015_milestones")]
    operations = [migrations.RunSQL(IS_SIGNED, BACK)]
