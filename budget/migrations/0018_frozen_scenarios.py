"""A scenario that has been put forward as the anchoring model is never changed, nor are its sources."""

from django.db import migrations

FROZEN = """
create function scenario_is_frozen() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  if OLD.frozen_at is not null then
    raise exception 'The scenario is frozen.'
      using errcode = 'check_violation', constraint = 'budget_scenario_is_frozen';
  end if;
  if TG_OP = 'DELETE' then
    return OLD;
  end if;
  if NEW.version_id is not null and not exists (
    select from public.programme_documentversion v join public.programme_document d on d.id = v.document_id
    where v.id = NEW.version_id and d.kind = 'anchoring_model' and d.programme_id = NEW.programme_id
  ) then
    raise exception 'The version is not one of the anchoring model.'
      using errcode = 'check_violation', constraint = 'budget_scenario_version_of_the_model';
  end if;
  return NEW;
end $$;
create trigger b_frozen before update or delete on budget_scenario
  for each row execute function scenario_is_frozen();
alter table budget_scenario enable always trigger b_frozen;

create function source_of_frozen_scenario() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
declare
  whose bigint := case when TG_OP = 'DELETE' then OLD.scenario_id else NEW.scenario_id end;
  frozen timestamptz;
begin
  -- Who puts a scenario forward waits for those who are writing on it, and they for her.
  select s.frozen_at into frozen from public.budget_scenario s where s.id = whose for share;
  if frozen is not null then
    raise exception 'The scenario is frozen.'
      using errcode = 'check_violation', constraint = 'budget_scenario_is_frozen';
  end if;
  return case when TG_OP = 'DELETE' then OLD else NEW end;
end $$;
create trigger b_frozen before insert or update or delete on budget_scenariosource
  for each row execute function source_of_frozen_scenario();
alter table budget_scenariosource enable always trigger b_frozen;
"""

BACK = """
drop trigger b_frozen on budget_scenario; drop function scenario_is_frozen();
drop trigger b_frozen on budget_scenariosource; drop function source_of_frozen_scenario();
"""


class Migration(migrations.Migration):
    dependencies = [("budget", "0017_scenarios")]
    operations = [migrations.RunSQL(FROZEN, BACK)]
