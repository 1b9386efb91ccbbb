"""The text of a version, hearings of it and what was answered; nobody adopts a version while it is in hearing."""

import bydelsmoedre.personal
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import pgtrigger.compiler
import pgtrigger.migrations
import programme.facts
import uuid
from django.conf import settings
from django.db import migrations, models

# Whoever decides on a version, opens or changes a hearing of it, or answers in one takes the version's row first: so the
# one waits for the other, and then sees what she has written. Whoever writes on its text has that row locked too.
IN_HEARING = """
create function version_not_in_hearing() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  perform from public.programme_documentversion v where v.id = NEW.version_id for no key update;
  -- an association's adoption has no outcome
  if NEW.retracted_at is null and coalesce(to_jsonb(NEW) ->> 'outcome', 'adopted') = 'adopted' and exists (
    select from public.programme_hearing h
    where h.version_id = NEW.version_id and h.retracted_at is null and h.period @> NEW.happened_on
  ) then
    raise exception 'The version is in hearing on that day.'
      using errcode = 'check_violation', constraint = 'programme_adoption_not_in_hearing';
  end if;
  return null;
end $$;
create constraint trigger c_not_in_hearing after insert on programme_adoption
  for each row execute function version_not_in_hearing();
alter table programme_adoption enable always trigger c_not_in_hearing;

create function hearing_of_no_adopted() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  perform from public.programme_documentversion v where v.id = NEW.version_id for no key update;
  if NEW.retracted_at is null and exists (
    select from public.programme_adoption a
    where a.version_id = NEW.version_id and a.retracted_at is null and a.outcome = 'adopted'
      and NEW.period @> a.happened_on
  ) then
    raise exception 'The version is adopted on one of those days.'
      using errcode = 'check_violation', constraint = 'programme_adoption_not_in_hearing';
  end if;
  if exists (
    select from unnest(NEW.asked) as one(uuid) where not exists (
      select from public.programme_documentversion v
      join public.programme_document d on d.id = v.document_id
      join public.programme_organisation o on o.programme_id = d.programme_id
      where v.id = NEW.version_id and o.uuid = one.uuid
    )
  ) then
    raise exception 'Asked are organisations of the programme.'
      using errcode = 'check_violation', constraint = 'programme_hearing_asked';
  end if;
  return null;
end $$;
create constraint trigger c_of_no_adopted after insert on programme_hearing
  for each row execute function hearing_of_no_adopted();
alter table programme_hearing enable always trigger c_of_no_adopted;
"""

# An answer belongs to a hearing that had begun: one that is recorded, or that a body's decision tells of. Asked at the
# end of the transaction, since a hearing is superseded by being retracted first.
OF_A_HEARING = """
create function comment_of_a_hearing() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  perform from public.programme_documentversion v where v.id = NEW.version_id for no key update;
  if exists (
    select from public.programme_hearingcomment c
    where c.version_id = NEW.version_id and c.retracted_at is null
      and not exists (
        select from public.programme_hearing h
        where h.version_id = c.version_id and h.retracted_at is null and h.started_on <= c.happened_on
      )
      and not exists (
        select from public.programme_adoption a
        where a.version_id = c.version_id and a.retracted_at is null and a.outcome = 'hearing'
          and a.happened_on <= c.happened_on
      )
  ) then
    raise exception 'No hearing of the version had begun when the answer came.'
      using errcode = 'check_violation', constraint = 'programme_comment_of_a_hearing';
  end if;
  return null;
end $$;
create constraint trigger c_of_a_hearing after insert on programme_hearingcomment
  deferrable initially deferred for each row execute function comment_of_a_hearing();
alter table programme_hearingcomment enable always trigger c_of_a_hearing;
create constraint trigger c_of_a_hearing after update on programme_hearing
  deferrable initially deferred for each row execute function comment_of_a_hearing();
alter table programme_hearing enable always trigger c_of_a_hearing;
create constraint trigger c_of_a_hearing after update on programme_adoption
  deferrable initially deferred for each row when (OLD.outcome = 'hearing') execute function comment_of_a_hearing();
alter table programme_adoption enable always trigger c_of_a_hearing;
"""

# What was once put before somebody is not written on, even where that was retracted: a page of the past would show
# another text than they were given.
SETTLED = """
create function text_is_settled() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  if NEW.text is distinct from OLD.text and (
    exists (select from public.programme_adoption a where a.version_id = NEW.id)
    or exists (select from public.programme_hearing h where h.version_id = NEW.id)
  ) then
    raise exception 'The text stands as it was put before others.'
      using errcode = 'check_violation', constraint = 'programme_version_text_is_settled';
  end if;
  return NEW;
end $$;
create trigger b_settled before update on programme_documentversion
  for each row execute function text_is_settled();
alter table programme_documentversion enable always trigger b_settled;
"""

BACK = """
drop trigger b_settled on programme_documentversion; drop function text_is_settled();
drop trigger c_of_a_hearing on programme_adoption; drop trigger c_of_a_hearing on programme_hearing;
drop trigger c_of_a_hearing on programme_hearingcomment; drop function comment_of_a_hearing();
drop trigger c_of_no_adopted on programme_hearing; drop function hearing_of_no_adopted();
drop trigger c_not_in_hearing on programme_adoption; drop function version_not_in_hearing();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('programme', '0012_deputies'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Hearing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, verbose_name='identity')),
                ('is_date_unknown', models.BooleanField(default=False, help_text='The day is not known; the fact counts from the day given.', verbose_name='date unknown')),
                ('note', models.TextField(blank=True, default='', max_length=2000, verbose_name='note')),
                ('recorded_at', models.DateTimeField(db_default=programme.facts.FactTime(), editable=False, verbose_name='recorded at')),
                ('retracted_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='retracted at')),
                ('retraction_reason', models.TextField(blank=True, default='', editable=False, verbose_name='reason for retraction')),
                ('known', models.GeneratedField(db_persist=True, expression=models.Func(models.F('recorded_at'), models.F('retracted_at'), function='tstzrange', output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField()), output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(), verbose_name='known')),
                ('started_on', models.DateField(verbose_name='from')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='to and including')),
                ('period', models.GeneratedField(db_persist=True, expression=models.Case(models.When(ended_on__lt=models.F('started_on'), then=models.Value('empty', output_field=django.contrib.postgres.fields.ranges.DateRangeField())), default=models.Func(models.F('started_on'), models.F('ended_on'), models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), output_field=django.contrib.postgres.fields.ranges.DateRangeField()), output_field=django.contrib.postgres.fields.ranges.DateRangeField())),
                ('asked', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None, verbose_name='who is asked')),
                ('others', models.CharField(blank=True, default='', help_text="Such as the local associations. Offices and associations, nobody's name.", max_length=200, validators=[bydelsmoedre.personal.refuse_cpr], verbose_name='others who are asked')),
            ],
            options={
                'verbose_name': 'hearing',
                'verbose_name_plural': 'hearings',
                'ordering': ['started_on'],
                'abstract': False,
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='HearingComment',
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
                ('sender', models.CharField(blank=True, default='', help_text='An office or an association, never a person.', max_length=120, validators=[bydelsmoedre.personal.refuse_cpr], verbose_name='another sender')),
                ('heading', models.CharField(blank=True, default='', max_length=200, validators=[bydelsmoedre.personal.refuse_cpr], verbose_name='about the part')),
                ('text', models.TextField(max_length=4000, validators=[bydelsmoedre.personal.refuse_cpr], verbose_name='answer in the hearing')),
                ('answer', models.CharField(blank=True, choices=[('taken_in', 'taken in'), ('not_taken_in', 'not taken in')], default='', max_length=12, verbose_name='what came of it')),
                ('because', models.TextField(blank=True, default='', max_length=1000, validators=[bydelsmoedre.personal.refuse_cpr], verbose_name='because')),
                ('answered_on', models.DateField(blank=True, null=True, verbose_name='answered on')),
            ],
            options={
                'verbose_name': 'answer in a hearing',
                'verbose_name_plural': 'answers in hearings',
                'ordering': ['happened_on', 'pk'],
                'abstract': False,
                'default_permissions': ('view',),
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='documentversion',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='documentversion',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='documentversion',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='documentversion',
            name='text',
            field=models.TextField(blank=True, default='', help_text='Empty lines part paragraphs. A line that begins with # is a heading, one with - an item of a list.', max_length=60000, validators=[bydelsmoedre.personal.refuse_cpr], verbose_name='text'),
        ),
        migrations.AddField(
            model_name='documentversionevent',
            name='text',
            field=models.TextField(blank=True, default='', help_text='Empty lines part paragraphs. A line that begins with # is a heading, one with - an item of a list.', max_length=60000, validators=[bydelsmoedre.personal.refuse_cpr], verbose_name='text'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentversion',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programme_documentversionevent" ("dated_on", "document_id", "id", "label", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "uuid") VALUES (NEW."dated_on", NEW."document_id", NEW."id", NEW."label", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."text", NEW."uuid"); RETURN NULL;', hash='5eb40bed2218a43b52fa24039b1ed2f9ecbdae72', operation='INSERT', pgid='pgtrigger_insert_insert_c742c', table='programme_documentversion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentversion',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programme_documentversionevent" ("dated_on", "document_id", "id", "label", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "uuid") VALUES (NEW."dated_on", NEW."document_id", NEW."id", NEW."label", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."text", NEW."uuid"); RETURN NULL;', hash='8129f5cd2d2ee0862a120a9fbe2000300f03b9de', operation='UPDATE', pgid='pgtrigger_update_update_c81ab', table='programme_documentversion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentversion',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programme_documentversionevent" ("dated_on", "document_id", "id", "label", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "uuid") VALUES (OLD."dated_on", OLD."document_id", OLD."id", OLD."label", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."text", OLD."uuid"); RETURN NULL;', hash='0e72db861b588d92ed818e0507ddbd17bf47b7fe', operation='DELETE', pgid='pgtrigger_delete_delete_ed61b', table='programme_documentversion', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='documentversion',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('text')), models.Value(60000)), name='programme_version_text_length', violation_error_code='text', violation_error_message='The text is too long.'),
        ),
        migrations.AlterConstraint(
            model_name='document',
            name='programme_document_title',
            constraint=models.UniqueConstraint(fields=('programme', 'title'), name='programme_document_title', violation_error_code='title', violation_error_message='There is a document of that title already.'),
        ),
        migrations.AddField(
            model_name='hearing',
            name='evidence',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.evidence', verbose_name='evidence'),
        ),
        migrations.AddField(
            model_name='hearing',
            name='recorded_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by'),
        ),
        migrations.AddField(
            model_name='hearing',
            name='retracted_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='retracted by'),
        ),
        migrations.AddField(
            model_name='hearing',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hearings', to='programme.documentversion', verbose_name='version'),
        ),
        migrations.AddField(
            model_name='hearingcomment',
            name='evidence',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.evidence', verbose_name='evidence'),
        ),
        migrations.AddField(
            model_name='hearingcomment',
            name='organisation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hearing_comments', to='programme.organisation', verbose_name='organisation'),
        ),
        migrations.AddField(
            model_name='hearingcomment',
            name='recorded_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by'),
        ),
        migrations.AddField(
            model_name='hearingcomment',
            name='retracted_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='retracted by'),
        ),
        migrations.AddField(
            model_name='hearingcomment',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hearing_comments', to='programme.documentversion', verbose_name='version'),
        ),
        migrations.AddIndex(
            model_name='hearing',
            index=django.contrib.postgres.indexes.GistIndex(fields=['period', 'known'], name='programme_hearing_at'),
        ),
        migrations.AddIndex(
            model_name='hearing',
            index=models.Index(fields=['recorded_at'], name='programme_hearing_rec'),
        ),
        migrations.AddIndex(
            model_name='hearing',
            index=models.Index(condition=models.Q(('retracted_at__isnull', False)), fields=['retracted_at'], name='programme_hearing_ret'),
        ),
        migrations.AddConstraint(
            model_name='hearing',
            constraint=models.UniqueConstraint(condition=models.Q(('retracted_at', None)), fields=('uuid',), name='programme_hearing_one_current'),
        ),
        migrations.AddConstraint(
            model_name='hearing',
            constraint=models.CheckConstraint(condition=models.Q(('retracted_at', None), ('retracted_at__gte', models.F('recorded_at')), _connector='OR'), name='programme_hearing_retracted_after'),
        ),
        migrations.AddConstraint(
            model_name='hearing',
            constraint=models.CheckConstraint(condition=models.Q(('ended_on', None), ('ended_on__gte', models.F('started_on')), _connector='OR'), name='programme_hearing_end_after_start', violation_error_code='ended_on', violation_error_message='The end is before the start.'),
        ),
        migrations.AddConstraint(
            model_name='hearing',
            constraint=models.CheckConstraint(condition=models.Q(('ended_on__isnull', False)), name='programme_hearing_has_last_day', violation_error_code='ended_on', violation_error_message='Write until when answers are wanted.'),
        ),
        migrations.AddConstraint(
            model_name='hearing',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('retracted_at', None)), expressions=[('version', '='), ('period', '&&')], name='programme_hearing_one_at_a_time', violation_error_code='started_on', violation_error_message='The version is in another hearing on some of those days.'),
        ),
        migrations.AddIndex(
            model_name='hearingcomment',
            index=django.contrib.postgres.indexes.GistIndex(fields=['period', 'known'], name='programme_hearingcomme_at'),
        ),
        migrations.AddIndex(
            model_name='hearingcomment',
            index=models.Index(fields=['recorded_at'], name='programme_hearingcomme_rec'),
        ),
        migrations.AddIndex(
            model_name='hearingcomment',
            index=models.Index(condition=models.Q(('retracted_at__isnull', False)), fields=['retracted_at'], name='programme_hearingcomme_ret'),
        ),
        migrations.AddConstraint(
            model_name='hearingcomment',
            constraint=models.UniqueConstraint(condition=models.Q(('retracted_at', None)), fields=('uuid',), name='programme_hearingcomment_one_current'),
        ),
        migrations.AddConstraint(
            model_name='hearingcomment',
            constraint=models.CheckConstraint(condition=models.Q(('retracted_at', None), ('retracted_at__gte', models.F('recorded_at')), _connector='OR'), name='programme_hearingcomment_retracted_after'),
        ),
        migrations.AddConstraint(
            model_name='hearingcomment',
            constraint=models.CheckConstraint(condition=models.Q(('organisation__isnull', False), models.Q(('sender', ''), _negated=True), _connector='OR'), name='programme_comment_has_sender', violation_error_code='sender', violation_error_message='Choose who answered, or write it.'),
        ),
        migrations.AddConstraint(
            model_name='hearingcomment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_on', None)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_on__gte', models.F('happened_on')), ('answered_on__isnull', False)), _connector='OR'), name='programme_comment_answered_after', violation_error_code='answered_on', violation_error_message='It was not received yet on that day.'),
        ),
        migrations.RunSQL(IN_HEARING + OF_A_HEARING + SETTLED, BACK),
    ]
