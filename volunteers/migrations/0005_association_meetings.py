"""The associations' own meetings, and who came to the monthly ones."""

import bydelsmoedre.personal
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import programme.facts
import uuid
from django.conf import settings
from django.db import migrations, models

# Held on the day that is planned: so that the constraint on plans says it of what is held too. The lock keeps the day
# from being moved between this check and the commit.
HELD_ON_ITS_DAY = """
create function gathering_held_on_its_day() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  perform from public.volunteers_gathering where id = NEW.gathering_id and planned_on = NEW.happened_on for key share;
  if not found then
    raise exception 'The meeting is planned for another day.' using errcode = 'check_violation';
  end if;
  return NEW;
end $$;
create trigger b_on_its_day before insert on volunteers_gatheringheld
for each row execute function gathering_held_on_its_day();
alter table volunteers_gatheringheld enable always trigger b_on_its_day;
"""

KEEPS_ITS_DAY = """
create function gathering_keeps_its_day() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  if (NEW.planned_on <> OLD.planned_on or NEW.is_cancelled) and exists (
    select from public.volunteers_gatheringheld h where h.gathering_id = NEW.id and h.retracted_at is null
  ) then
    raise exception 'The meeting is recorded as held.' using errcode = 'check_violation';
  end if;
  return NEW;
end $$;
create trigger b_keeps_its_day before update on volunteers_gathering
for each row execute function gathering_keeps_its_day();
alter table volunteers_gathering enable always trigger b_keeps_its_day;
"""

PRESENT_THERE = """
create function presence_at_monthly_meeting() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  if not exists (
    select from public.volunteers_gathering g
    join public.associations_association a on a.id = g.association_id
    join public.volunteers_volunteer v on v.programme_id = a.programme_id
    where g.id = NEW.gathering_id and v.id = NEW.volunteer_id
      and g.kind = 'monthly' and g.planned_on = NEW.happened_on
  ) then
    raise exception 'It is no monthly meeting of that day, or in another programme.' using errcode = 'check_violation';
  end if;
  return NEW;
end $$;
create trigger b_at_monthly_meeting before insert on volunteers_presence
for each row execute function presence_at_monthly_meeting();
alter table volunteers_presence enable always trigger b_at_monthly_meeting;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('associations', '0002_plans_and_opening'),
        ('programme', '0003_constraints_name_their_field'),
        ('volunteers', '0004_conversation_order'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Gathering',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='identity')),
                ('kind', models.CharField(choices=[('monthly', 'monthly meeting'), ('board', 'board meeting'), ('general', 'general meeting'), ('extraordinary', 'extraordinary general meeting')], max_length=15, verbose_name='kind of meeting')),
                ('planned_on', models.DateField(verbose_name='planned for')),
                ('starts_at', models.TimeField(blank=True, null=True, verbose_name='from')),
                ('place', models.CharField(blank=True, help_text='Not a private address.', max_length=120, validators=[bydelsmoedre.personal.refuse_cpr], verbose_name='place')),
                ('is_cancelled', models.BooleanField(default=False, verbose_name='cancelled')),
                ('association', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='gatherings', to='associations.association', verbose_name='association')),
            ],
            options={
                'verbose_name': "association's meeting",
                'verbose_name_plural': "associations' meetings",
                'ordering': ['planned_on', 'kind'],
            },
        ),
        migrations.CreateModel(
            name='GatheringEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, verbose_name='identity')),
                ('kind', models.CharField(choices=[('monthly', 'monthly meeting'), ('board', 'board meeting'), ('general', 'general meeting'), ('extraordinary', 'extraordinary general meeting')], max_length=15, verbose_name='kind of meeting')),
                ('planned_on', models.DateField(verbose_name='planned for')),
                ('starts_at', models.TimeField(blank=True, null=True, verbose_name='from')),
                ('place', models.CharField(blank=True, help_text='Not a private address.', max_length=120, validators=[bydelsmoedre.personal.refuse_cpr], verbose_name='place')),
                ('is_cancelled', models.BooleanField(default=False, verbose_name='cancelled')),
                ('association', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='associations.association', verbose_name='association')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='volunteers.gathering')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='GatheringHeld',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, verbose_name='identity')),
                ('is_date_unknown', models.BooleanField(default=False, help_text='The day is not known; the fact counts from the day given.', verbose_name='date unknown')),
                ('note', models.TextField(blank=True, default='', max_length=2000, verbose_name='note')),
                ('recorded_at', models.DateTimeField(db_default=programme.facts.FactTime(), editable=False, verbose_name='recorded at')),
                ('retracted_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='retracted at')),
                ('retraction_reason', models.TextField(blank=True, default='', editable=False, verbose_name='reason for retraction')),
                ('known', models.GeneratedField(db_persist=True, expression=models.Func(models.F('recorded_at'), models.F('retracted_at'), function='tstzrange', output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField()), output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(), verbose_name='known')),
                ('happened_on', models.DateField(verbose_name='date')),
                ('period', models.GeneratedField(db_persist=True, expression=models.Func(models.F('happened_on'), models.Value(None, output_field=models.DateField()), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), output_field=django.contrib.postgres.fields.ranges.DateRangeField())),
                ('evidence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.evidence', verbose_name='evidence')),
                ('gathering', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to='volunteers.gathering', verbose_name="association's meeting")),
                ('recorded_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                ('retracted_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='retracted by')),
            ],
            options={
                'verbose_name': "association's meeting held",
                'verbose_name_plural': "associations' meetings held",
                'ordering': ['happened_on'],
                'abstract': False,
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, verbose_name='identity')),
                ('is_date_unknown', models.BooleanField(default=False, help_text='The day is not known; the fact counts from the day given.', verbose_name='date unknown')),
                ('note', models.TextField(blank=True, default='', max_length=2000, verbose_name='note')),
                ('recorded_at', models.DateTimeField(db_default=programme.facts.FactTime(), editable=False, verbose_name='recorded at')),
                ('retracted_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='retracted at')),
                ('retraction_reason', models.TextField(blank=True, default='', editable=False, verbose_name='reason for retraction')),
                ('known', models.GeneratedField(db_persist=True, expression=models.Func(models.F('recorded_at'), models.F('retracted_at'), function='tstzrange', output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField()), output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(), verbose_name='known')),
                ('happened_on', models.DateField(verbose_name='date')),
                ('period', models.GeneratedField(db_persist=True, expression=models.Func(models.F('happened_on'), models.Value(None, output_field=models.DateField()), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), output_field=django.contrib.postgres.fields.ranges.DateRangeField())),
                ('evidence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.evidence', verbose_name='evidence')),
                ('gathering', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='presences', to='volunteers.gathering', verbose_name="association's meeting")),
                ('recorded_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                ('retracted_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='retracted by')),
                ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='presences', to='volunteers.volunteer', verbose_name='volunteer')),
            ],
            options={
                'verbose_name': 'presence at a monthly meeting',
                'verbose_name_plural': 'presences at monthly meetings',
                'ordering': ['happened_on'],
                'abstract': False,
                'default_permissions': ('view',),
            },
        ),
        migrations.AddIndex(
            model_name='gathering',
            index=models.Index(fields=['planned_on', 'kind'], name='volunteers_gathering_on'),
        ),
        migrations.AddConstraint(
            model_name='gathering',
            constraint=models.UniqueConstraint(fields=('association', 'kind', 'planned_on'), name='volunteers_gathering_once', violation_error_code='planned_on', violation_error_message='The association has such a meeting on that day already.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='gathering',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "volunteers_gatheringevent" ("association_id", "id", "is_cancelled", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "planned_on", "starts_at", "uuid") VALUES (NEW."association_id", NEW."id", NEW."is_cancelled", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."place", NEW."planned_on", NEW."starts_at", NEW."uuid"); RETURN NULL;', hash='d341de986f5358cdccf1f58ac2101333bb60dbae', operation='INSERT', pgid='pgtrigger_insert_insert_59339', table='volunteers_gathering', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='gathering',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "volunteers_gatheringevent" ("association_id", "id", "is_cancelled", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "planned_on", "starts_at", "uuid") VALUES (NEW."association_id", NEW."id", NEW."is_cancelled", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."place", NEW."planned_on", NEW."starts_at", NEW."uuid"); RETURN NULL;', hash='7fe9a1bd5a00aafdf6d1ab4a09465fd70ff0ba80', operation='UPDATE', pgid='pgtrigger_update_update_ed421', table='volunteers_gathering', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='gathering',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "volunteers_gatheringevent" ("association_id", "id", "is_cancelled", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "planned_on", "starts_at", "uuid") VALUES (OLD."association_id", OLD."id", OLD."is_cancelled", OLD."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."place", OLD."planned_on", OLD."starts_at", OLD."uuid"); RETURN NULL;', hash='e6d1244188b018f8e8815e8d78bfe0414e8a9acf', operation='DELETE', pgid='pgtrigger_delete_delete_94348', table='volunteers_gathering', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='gatheringheld',
            index=django.contrib.postgres.indexes.GistIndex(fields=['period', 'known'], name='volunteers_gatheringhel_at'),
        ),
        migrations.AddIndex(
            model_name='gatheringheld',
            index=models.Index(fields=['recorded_at'], name='volunteers_gatheringhel_rec'),
        ),
        migrations.AddIndex(
            model_name='gatheringheld',
            index=models.Index(condition=models.Q(('retracted_at__isnull', False)), fields=['retracted_at'], name='volunteers_gatheringhel_ret'),
        ),
        migrations.AddConstraint(
            model_name='gatheringheld',
            constraint=models.UniqueConstraint(condition=models.Q(('retracted_at', None)), fields=('uuid',), name='volunteers_gatheringheld_one_current'),
        ),
        migrations.AddConstraint(
            model_name='gatheringheld',
            constraint=models.CheckConstraint(condition=models.Q(('retracted_at', None), ('retracted_at__gte', models.F('recorded_at')), _connector='OR'), name='volunteers_gatheringheld_retracted_after'),
        ),
        migrations.AddConstraint(
            model_name='gatheringheld',
            constraint=models.UniqueConstraint(condition=models.Q(('retracted_at', None)), fields=('gathering',), name='volunteers_gathering_held_once', violation_error_code='happened_on', violation_error_message='The meeting is recorded as held already.'),
        ),
        migrations.AddIndex(
            model_name='presence',
            index=django.contrib.postgres.indexes.GistIndex(fields=['period', 'known'], name='volunteers_presence_at'),
        ),
        migrations.AddIndex(
            model_name='presence',
            index=models.Index(fields=['recorded_at'], name='volunteers_presence_rec'),
        ),
        migrations.AddIndex(
            model_name='presence',
            index=models.Index(condition=models.Q(('retracted_at__isnull', False)), fields=['retracted_at'], name='volunteers_presence_ret'),
        ),
        migrations.AddConstraint(
            model_name='presence',
            constraint=models.UniqueConstraint(condition=models.Q(('retracted_at', None)), fields=('uuid',), name='volunteers_presence_one_current'),
        ),
        migrations.AddConstraint(
            model_name='presence',
            constraint=models.CheckConstraint(condition=models.Q(('retracted_at', None), ('retracted_at__gte', models.F('recorded_at')), _connector='OR'), name='volunteers_presence_retracted_after'),
        ),
        migrations.AddConstraint(
            model_name='presence',
            constraint=models.UniqueConstraint(condition=models.Q(('retracted_at', None)), fields=('gathering', 'volunteer'), name='volunteers_present_once', violation_error_code='volunteer', violation_error_message='She is recorded as present already.'),
        ),
        migrations.RunSQL(
            HELD_ON_ITS_DAY,
            "drop trigger b_on_its_day on volunteers_gatheringheld; drop function gathering_held_on_its_day();",
        ),
        migrations.RunSQL(
            KEEPS_ITS_DAY,
            "drop trigger b_keeps_its_day on volunteers_gathering; drop function gathering_keeps_its_day();",
        ),
        migrations.RunSQL(
            PRESENT_THERE,
            "drop trigger b_at_monthly_meeting on volunteers_presence; drop function presence_at_monthly_meeting();",
        ),
    ]
