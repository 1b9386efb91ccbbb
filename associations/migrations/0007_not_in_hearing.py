"""No association adopts a version while it is in hearing, and what one has adopted is not written on."""

from django.db import migrations

# The functions' twins are the programme's (its migration 0013_hearings): they know only what stands to the left.
IN_HEARING = """
create constraint trigger c_not_in_hearing after insert on associations_associationadoption
  for each row execute function version_not_in_hearing();
alter table associations_associationadoption enable always trigger c_not_in_hearing;

create function hearing_of_none_adopted_in_associations() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  -- that the version's row is taken, the programme's own trigger has seen to
  if NEW.retracted_at is null and exists (
    select from public.associations_associationadoption a
    where a.version_id = NEW.version_id and a.retracted_at is null and NEW.period @> a.happened_on
  ) then
    raise exception 'An association has adopted the version on one of those days.'
      using errcode = 'check_violation', constraint = 'programme_adoption_not_in_hearing';
  end if;
  return null;
end $$;
create constraint trigger d_of_none_adopted_in_associations after insert on programme_hearing
  for each row execute function hearing_of_none_adopted_in_associations();
alter table programme_hearing enable always trigger d_of_none_adopted_in_associations;

create function text_is_adopted_in_associations() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  if NEW.text is distinct from OLD.text and exists (
    select from public.associations_associationadoption a where a.version_id = NEW.id
  ) then
    raise exception 'The text stands as an association has adopted it.'
      using errcode = 'check_violation', constraint = 'programme_version_text_is_settled';
  end if;
  return NEW;
end $$;
create trigger b_settled_in_associations before update on programme_documentversion
  for each row execute function text_is_adopted_in_associations();
alter table programme_documentversion enable always trigger b_settled_in_associations;
"""

BACK = """
drop trigger b_settled_in_associations on programme_documentversion;
drop function text_is_adopted_in_associations();
drop trigger d_of_none_adopted_in_associations on programme_hearing;
drop function hearing_of_none_adopted_in_associations();
drop trigger c_not_in_hearing on associations_associationadoption;
"""


class Migration(migrations.Migration):
    dependencies = [("associations", "0006_housing_plans"), ("programme", "0013_hearings")]
    operations = [migrations.RunSQL(IN_HEARING, BACK)]
