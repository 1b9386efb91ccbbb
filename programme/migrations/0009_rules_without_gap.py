"""When the municipality accepted a rule; and a criterion's versions follow each other without a gap."""

from django.db import migrations, models

# The versions that stand: each ends the day before the next one begins, and the last is open. Asked at the end of the
# transaction, since a version is superseded by one that ends before the next one is inserted. Whoever comes second waits
# for the first, and then sees what she has recorded.
WITHOUT_GAP = """
create function rule_without_gap() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(741106, NEW.criterion_id::int);
  if exists (
    select from (
      select v.ended_on + 1 as following, lead(v.started_on) over (order by v.started_on) as next
      from public.programme_criterionversion v
      where v.criterion_id = NEW.criterion_id and v.retracted_at is null
    ) versions where versions.next is distinct from versions.following
  ) then
    raise exception 'A criterion has one rule on every day from its first on.'
      using errcode = 'check_violation', constraint = 'programme_criterion_without_gap';
  end if;
  return null;
end $$;

create constraint trigger c_without_gap after insert or update on programme_criterionversion
deferrable initially deferred for each row execute function rule_without_gap();
alter table programme_criterionversion enable always trigger c_without_gap;
"""

BACK = """
drop trigger c_without_gap on programme_criterionversion;
drop function rule_without_gap();
"""


class Migration(migrations.Migration):
    dependencies = [("programme", "0008_targets_and_baselines")]

    operations = [
        migrations.AddField(
            model_name="criterionversion",
            name="accepted_on",
            field=models.DateField(
                blank=True,
                help_text="The day on which the municipality accepted the rule; its evidence is the version's own.",
                null=True,
                verbose_name="accepted by the municipality",
            ),
        ),
        migrations.RunSQL(WITHOUT_GAP, BACK),
    ]
