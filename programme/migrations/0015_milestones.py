"""Milestones of the work plan, which waits for which, and that one is reached."""

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


# What a milestone stands under and is measured of is of its own programme (none of them moves to another one). What is
# measured is not marked by hand: whoever marks it takes its row under `for share`, and whoever changes its measure has
# it locked, so that the one waits for the other and then sees what she has written.
ONE_PROGRAMME = """
create function milestone_of_one_programme() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (
    select from (
      select programme_id from public.programme_activity where id = NEW.activity_id
      union all select programme_id from public.programme_successcriterion where id = NEW.criterion_id
      union all select programme_id from public.programme_document where id = NEW.document_id
      union all select programme_id from public.programme_agreement where id = NEW.agreement_id
      union all select programme_id from public.programme_organisation where id = NEW.organisation_id
    ) other where other.programme_id <> NEW.programme_id
  ) then
    raise exception 'That belongs to another programme.'
      using errcode = 'check_violation', constraint = 'programme_milestone_one_programme';
  end if;
  if NEW.measure <> 'hand' and exists (
    select from public.programme_milestonereached r where r.milestone_id = NEW.id and r.retracted_at is null
  ) then
    raise exception 'The milestone is recorded as reached. Retract that first.'
      using errcode = 'check_violation', constraint = 'programme_milestone_by_hand';
  end if;
  return NEW;
end $$;
create trigger b_one_programme before insert or update on programme_milestone
  for each row execute function milestone_of_one_programme();
alter table programme_milestone enable always trigger b_one_programme;

create function milestone_by_hand() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
declare
  found text;
begin
  select m.measure into found from public.programme_milestone m where m.id = NEW.milestone_id for share;
  if found <> 'hand' then
    raise exception 'What measures the milestone says when it is reached.'
      using errcode = 'check_violation', constraint = 'programme_milestone_by_hand';
  end if;
  return NEW;
end $$;
create trigger b_by_hand before insert on programme_milestonereached
  for each row execute function milestone_by_hand();
alter table programme_milestonereached enable always trigger b_by_hand;
"""

# Two milestones wait for each other in no way round. Whoever comes second waits for the first, and then sees what she
# has written: each alone would close no circle, both together would.
NO_CIRCLE = """
create function milestones_in_no_circle() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
declare
  mine bigint;
  other bigint;
begin
  select programme_id into mine from public.programme_milestone where id = NEW.milestone_id;
  select programme_id into other from public.programme_milestone where id = NEW.needed_id;
  if mine <> other then
    raise exception 'That belongs to another programme.'
      using errcode = 'check_violation', constraint = 'programme_milestone_one_programme';
  end if;
  perform pg_advisory_xact_lock(741107, mine::int);
  if exists (
    with recursive awaited(id) as (
      select NEW.needed_id
      union
      select n.needed_id from public.programme_milestoneneeds n join awaited a on a.id = n.milestone_id
      where n.id <> NEW.id
    )
    select from awaited where id = NEW.milestone_id
  ) then
    raise exception 'The milestones would wait for each other.'
      using errcode = 'check_violation', constraint = 'programme_milestone_no_circle';
  end if;
  return NEW;
end $$;
create trigger b_no_circle before insert or update on programme_milestoneneeds
  for each row execute function milestones_in_no_circle();
alter table programme_milestoneneeds enable always trigger b_no_circle;
"""

BACK = """
drop trigger b_one_programme on programme_milestone; drop function milestone_of_one_programme();
drop trigger b_by_hand on programme_milestonereached; drop function milestone_by_hand();
drop trigger b_no_circle on programme_milestoneneeds; drop function milestones_in_no_circle();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('programme', '0014_obligations'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='identity')),
                ('key', models.CharField(blank=True, default='', editable=False, max_length=20, verbose_name='key')),
                ('place', models.PositiveSmallIntegerField(default=1, help_text='Its place among the milestones of the activity.', verbose_name='order')),
                ('title', models.CharField(help_text='What is reached, in a sentence.', max_length=200, validators=[bydelsmoedre.personal.refuse_cpr], verbose_name='milestone')),
                ('owner_office', models.CharField(help_text='An office or an organisation.', max_length=120, validators=[bydelsmoedre.personal.refuse_cpr], verbose_name='owner')),
                ('starts_on', models.DateField(blank=True, help_text='Empty where no day is planned.', null=True, verbose_name='work begins')),
                ('due_on', models.DateField(verbose_name='due on')),
                ('dated_by', models.CharField(blank=True, help_text='Such as “The criteria: by the end of 2011”.', max_length=120, validators=[bydelsmoedre.personal.refuse_cpr], verbose_name='where the day is from')),
                ('measure', models.CharField(choices=[('hand', 'recorded by hand, with evidence'), ('criterion', 'a success criterion is met'), ('document', 'a document is adopted'), ('agreement', 'an agreement is in force'), ('meeting', 'a body has held its first meeting'), ('application', 'a funder is applied to'), ('grant', 'a funder has granted'), ('mothers', 'new mothers hold a diploma')], default='hand', max_length=12, verbose_name='reached when')),
                ('activity', models.ForeignKey(blank=True, help_text='Empty for what is around the activities.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='milestones', to='programme.activity', verbose_name='activity')),
                ('agreement', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.agreement', verbose_name='partnership agreement')),
                ('criterion', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.successcriterion', verbose_name='success criterion')),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.document', verbose_name='document')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.organisation', verbose_name='body or funder')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='milestones', to='programme.programme', verbose_name='programme')),
            ],
            options={
                'verbose_name': 'milestone',
                'verbose_name_plural': 'milestones',
                'ordering': ['programme', 'due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MilestoneEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, verbose_name='identity')),
                ('key', models.CharField(blank=True, default='', editable=False, max_length=20, verbose_name='key')),
                ('place', models.PositiveSmallIntegerField(default=1, help_text='Its place among the milestones of the activity.', verbose_name='order')),
                ('title', models.CharField(help_text='What is reached, in a sentence.', max_length=200, validators=[bydelsmoedre.personal.refuse_cpr], verbose_name='milestone')),
                ('owner_office', models.CharField(help_text='An office or an organisation.', max_length=120, validators=[bydelsmoedre.personal.refuse_cpr], verbose_name='owner')),
                ('starts_on', models.DateField(blank=True, help_text='Empty where no day is planned.', null=True, verbose_name='work begins')),
                ('due_on', models.DateField(verbose_name='due on')),
                ('dated_by', models.CharField(blank=True, help_text='Such as “The criteria: by the end of 2011”.', max_length=120, validators=[bydelsmoedre.personal.refuse_cpr], verbose_name='where the day is from')),
                ('measure', models.CharField(choices=[('hand', 'recorded by hand, with evidence'), ('criterion', 'a success criterion is met'), ('document', 'a document is adopted'), ('agreement', 'an agreement is in force'), ('meeting', 'a body has held its first meeting'), ('application', 'a funder is applied to'), ('grant', 'a funder has granted'), ('mothers', 'new mothers hold a diploma')], default='hand', max_length=12, verbose_name='reached when')),
                ('activity', models.ForeignKey(blank=True, db_constraint=False, help_text='Empty for what is around the activities.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.activity', verbose_name='activity')),
                ('agreement', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.agreement', verbose_name='partnership agreement')),
                ('criterion', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.successcriterion', verbose_name='success criterion')),
                ('document', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.document', verbose_name='document')),
                ('organisation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.organisation', verbose_name='body or funder')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='programme.milestone')),
                ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.programme', verbose_name='programme')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MilestoneNeeds',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('milestone', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='needs', to='programme.milestone', verbose_name='milestone')),
                ('needed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='needed_by', to='programme.milestone', verbose_name='waits for')),
            ],
            options={
                'verbose_name': 'dependency of a milestone',
                'verbose_name_plural': 'dependencies of milestones',
                'ordering': ['milestone', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MilestoneNeedsEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('milestone', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.milestone', verbose_name='milestone')),
                ('needed', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.milestone', verbose_name='waits for')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='programme.milestoneneeds')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MilestoneReached',
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
                ('milestone', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reachings', to='programme.milestone', verbose_name='milestone')),
                ('recorded_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                ('retracted_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='retracted by')),
            ],
            options={
                'verbose_name': 'milestone reached',
                'verbose_name_plural': 'milestones reached',
                'ordering': ['happened_on'],
                'abstract': False,
                'default_permissions': ('view',),
            },
        ),
        migrations.AddConstraint(
            model_name='milestone',
            constraint=models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('programme', 'key'), name='programme_milestone_of_the_plan'),
        ),
        migrations.AddConstraint(
            model_name='milestone',
            constraint=models.CheckConstraint(condition=models.Q(('starts_on', None), ('starts_on__lte', models.F('due_on')), _connector='OR'), name='programme_milestone_starts_before', violation_error_code='starts_on', violation_error_message='The work begins after the day on which it is due.'),
        ),
        migrations.AddConstraint(
            model_name='milestone',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('agreement__isnull', True), ('criterion__isnull', True), ('document__isnull', True), ('measure', 'hand'), ('organisation__isnull', True)), models.Q(('agreement__isnull', True), ('criterion__isnull', False), ('document__isnull', True), ('measure', 'criterion'), ('organisation__isnull', True)), models.Q(('agreement__isnull', True), ('criterion__isnull', True), ('document__isnull', False), ('measure', 'document'), ('organisation__isnull', True)), models.Q(('agreement__isnull', False), ('criterion__isnull', True), ('document__isnull', True), ('measure', 'agreement'), ('organisation__isnull', True)), models.Q(('agreement__isnull', True), ('criterion__isnull', True), ('document__isnull', True), ('measure', 'meeting'), ('organisation__isnull', False)), models.Q(('agreement__isnull', True), ('criterion__isnull', True), ('document__isnull', True), ('measure', 'application'), ('organisation__isnull', False)), models.Q(('agreement__isnull', True), ('criterion__isnull', True), ('document__isnull', True), ('measure', 'grant'), ('organisation__isnull', False)), models.Q(('agreement__isnull', True), ('criterion__isnull', True), ('document__isnull', True), ('measure', 'mothers'), ('organisation__isnull', True)), _connector='OR'), name='programme_milestone_measured', violation_error_code='measure', violation_error_message='Choose what it is measured of, and nothing else.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='milestone',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programme_milestoneevent" ("activity_id", "agreement_id", "criterion_id", "dated_by", "document_id", "due_on", "id", "key", "measure", "organisation_id", "owner_office", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "programme_id", "starts_on", "title", "uuid") VALUES (NEW."activity_id", NEW."agreement_id", NEW."criterion_id", NEW."dated_by", NEW."document_id", NEW."due_on", NEW."id", NEW."key", NEW."measure", NEW."organisation_id", NEW."owner_office", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."place", NEW."programme_id", NEW."starts_on", NEW."title", NEW."uuid"); RETURN NULL;', hash='cbaec12a2d89242ec447e5de4e4dad49d701c421', operation='INSERT', pgid='pgtrigger_insert_insert_89b0f', table='programme_milestone', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='milestone',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programme_milestoneevent" ("activity_id", "agreement_id", "criterion_id", "dated_by", "document_id", "due_on", "id", "key", "measure", "organisation_id", "owner_office", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "programme_id", "starts_on", "title", "uuid") VALUES (NEW."activity_id", NEW."agreement_id", NEW."criterion_id", NEW."dated_by", NEW."document_id", NEW."due_on", NEW."id", NEW."key", NEW."measure", NEW."organisation_id", NEW."owner_office", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."place", NEW."programme_id", NEW."starts_on", NEW."title", NEW."uuid"); RETURN NULL;', hash='10db231d8f2b3e553229c1aa844812a9ad29112c', operation='UPDATE', pgid='pgtrigger_update_update_bff39', table='programme_milestone', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='milestone',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programme_milestoneevent" ("activity_id", "agreement_id", "criterion_id", "dated_by", "document_id", "due_on", "id", "key", "measure", "organisation_id", "owner_office", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "programme_id", "starts_on", "title", "uuid") VALUES (OLD."activity_id", OLD."agreement_id", OLD."criterion_id", OLD."dated_by", OLD."document_id", OLD."due_on", OLD."id", OLD."key", OLD."measure", OLD."organisation_id", OLD."owner_office", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."place", OLD."programme_id", OLD."starts_on", OLD."title", OLD."uuid"); RETURN NULL;', hash='8a82fd7b34ac39b7bca6e8189f0bbcc60ed07178', operation='DELETE', pgid='pgtrigger_delete_delete_83767', table='programme_milestone', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='milestoneneeds',
            constraint=models.UniqueConstraint(fields=('milestone', 'needed'), name='programme_milestone_needs_once', violation_error_message='That dependency is there already.'),
        ),
        migrations.AddConstraint(
            model_name='milestoneneeds',
            constraint=models.CheckConstraint(condition=models.Q(('milestone', models.F('needed')), _negated=True), name='programme_milestone_needs_another', violation_error_code='needed', violation_error_message='A milestone cannot wait for itself.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='milestoneneeds',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programme_milestoneneedsevent" ("id", "milestone_id", "needed_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."milestone_id", NEW."needed_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='a4b000eedfe1acbcfa4024bb71a05a4cb159e333', operation='INSERT', pgid='pgtrigger_insert_insert_7dd76', table='programme_milestoneneeds', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='milestoneneeds',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programme_milestoneneedsevent" ("id", "milestone_id", "needed_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."milestone_id", NEW."needed_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id"); RETURN NULL;', hash='0efacbd27565482327d994e34abd68e5a549a724', operation='UPDATE', pgid='pgtrigger_update_update_b0a71', table='programme_milestoneneeds', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='milestoneneeds',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programme_milestoneneedsevent" ("id", "milestone_id", "needed_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."id", OLD."milestone_id", OLD."needed_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='7b6f2f9ff2518915c400ea60001c970647d3a277', operation='DELETE', pgid='pgtrigger_delete_delete_63bea', table='programme_milestoneneeds', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='milestonereached',
            index=django.contrib.postgres.indexes.GistIndex(fields=['period', 'known'], name='programme_milestonerea_at'),
        ),
        migrations.AddIndex(
            model_name='milestonereached',
            index=models.Index(fields=['recorded_at'], name='programme_milestonerea_rec'),
        ),
        migrations.AddIndex(
            model_name='milestonereached',
            index=models.Index(condition=models.Q(('retracted_at__isnull', False)), fields=['retracted_at'], name='programme_milestonerea_ret'),
        ),
        migrations.AddConstraint(
            model_name='milestonereached',
            constraint=models.UniqueConstraint(condition=models.Q(('retracted_at', None)), fields=('uuid',), name='programme_milestonereached_one_current'),
        ),
        migrations.AddConstraint(
            model_name='milestonereached',
            constraint=models.CheckConstraint(condition=models.Q(('retracted_at', None), ('retracted_at__gte', models.F('recorded_at')), _connector='OR'), name='programme_milestonereached_retracted_after'),
        ),
        migrations.AddConstraint(
            model_name='milestonereached',
            constraint=models.UniqueConstraint(condition=models.Q(('retracted_at', None)), fields=('milestone',), name='programme_milestone_reached_once', violation_error_code='happened_on', violation_error_message='The milestone is recorded as reached already.'),
        ),
        migrations.RunSQL(ONE_PROGRAMME + NO_CIRCLE, BACK),
    ]
