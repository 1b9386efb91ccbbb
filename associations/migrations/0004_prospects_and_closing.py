import bydelsmoedre.personal
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import programme.facts
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('associations', '0003_adoptions'),
        ('programme', '0003_constraints_name_their_field'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Closing',
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
                ('money', models.CharField(help_text="Such as “Given to the parish's homework café”, or “There was none”.", max_length=500, validators=[bydelsmoedre.personal.refuse_cpr], verbose_name='what happened to the money')),
            ],
            options={
                'verbose_name': 'closing of an association',
                'verbose_name_plural': 'closings of associations',
                'ordering': ['happened_on'],
                'abstract': False,
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='OwnRegime',
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
                ('mothers', models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(500)], verbose_name='number of mothers')),
            ],
            options={
                'verbose_name': "mothers in a housing plan's own regime",
                'verbose_name_plural': "mothers in housing plans' own regime",
                'ordering': ['happened_on'],
                'abstract': False,
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='ProspectOutcome',
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
                ('kind', models.CharField(choices=[('association', 'became an association'), ('closed', 'given up')], max_length=20, verbose_name='outcome')),
                ('reason', models.CharField(blank=True, default='', max_length=300, validators=[bydelsmoedre.personal.refuse_cpr], verbose_name='reason')),
            ],
            options={
                'verbose_name': 'outcome of a prospect',
                'verbose_name_plural': 'outcomes of prospects',
                'ordering': ['happened_on'],
                'abstract': False,
                'default_permissions': ('view',),
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='prospect',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='prospect',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='prospect',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='prospect',
            name='contact',
            field=models.CharField(blank=True, max_length=200, validators=[bydelsmoedre.personal.refuse_cpr], verbose_name='whom we talk with'),
        ),
        migrations.AddField(
            model_name='prospect',
            name='financing',
            field=models.CharField(choices=[('unasked', 'not asked yet'), ('no', 'no'), ('perhaps', 'perhaps'), ('yes', 'yes')], default='unasked', max_length=10, verbose_name='the housing plan will help to pay'),
        ),
        migrations.AddField(
            model_name='prospect',
            name='spoken_to_by',
            field=models.CharField(blank=True, max_length=200, validators=[bydelsmoedre.personal.refuse_cpr], verbose_name='who talks with them'),
        ),
        migrations.AddField(
            model_name='prospectevent',
            name='contact',
            field=models.CharField(blank=True, max_length=200, validators=[bydelsmoedre.personal.refuse_cpr], verbose_name='whom we talk with'),
        ),
        migrations.AddField(
            model_name='prospectevent',
            name='financing',
            field=models.CharField(choices=[('unasked', 'not asked yet'), ('no', 'no'), ('perhaps', 'perhaps'), ('yes', 'yes')], default='unasked', max_length=10, verbose_name='the housing plan will help to pay'),
        ),
        migrations.AddField(
            model_name='prospectevent',
            name='spoken_to_by',
            field=models.CharField(blank=True, max_length=200, validators=[bydelsmoedre.personal.refuse_cpr], verbose_name='who talks with them'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='prospect',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "associations_prospectevent" ("contact", "financing", "housing_area_id", "id", "interest", "next_step", "next_step_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "spoken_to_by", "uuid") VALUES (NEW."contact", NEW."financing", NEW."housing_area_id", NEW."id", NEW."interest", NEW."next_step", NEW."next_step_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."spoken_to_by", NEW."uuid"); RETURN NULL;', hash='994458684585c4cf28bdf9df9c497db9b56018a4', operation='INSERT', pgid='pgtrigger_insert_insert_3a2d2', table='associations_prospect', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='prospect',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "associations_prospectevent" ("contact", "financing", "housing_area_id", "id", "interest", "next_step", "next_step_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "spoken_to_by", "uuid") VALUES (NEW."contact", NEW."financing", NEW."housing_area_id", NEW."id", NEW."interest", NEW."next_step", NEW."next_step_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."programme_id", NEW."spoken_to_by", NEW."uuid"); RETURN NULL;', hash='6eb8f94058c2f2c96f7a4c7308b4718d6c45bedd', operation='UPDATE', pgid='pgtrigger_update_update_c1498', table='associations_prospect', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='prospect',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "associations_prospectevent" ("contact", "financing", "housing_area_id", "id", "interest", "next_step", "next_step_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "spoken_to_by", "uuid") VALUES (OLD."contact", OLD."financing", OLD."housing_area_id", OLD."id", OLD."interest", OLD."next_step", OLD."next_step_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."programme_id", OLD."spoken_to_by", OLD."uuid"); RETURN NULL;', hash='6a23d27edd8c28751205e78cbc7315478c1b686a', operation='DELETE', pgid='pgtrigger_delete_delete_4c2a5', table='associations_prospect', when='AFTER')),
        ),
        migrations.AlterConstraint(
            model_name='prospect',
            name='associations_prospect_once',
            constraint=models.UniqueConstraint(fields=('programme', 'housing_area'), name='associations_prospect_once', violation_error_code='housing_area', violation_error_message='The area is among the prospects already.'),
        ),
        migrations.AddField(
            model_name='closing',
            name='association',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='closings', to='associations.association', verbose_name='association'),
        ),
        migrations.AddField(
            model_name='closing',
            name='evidence',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.evidence', verbose_name='evidence'),
        ),
        migrations.AddField(
            model_name='closing',
            name='recorded_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by'),
        ),
        migrations.AddField(
            model_name='closing',
            name='retracted_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='retracted by'),
        ),
        migrations.AddField(
            model_name='ownregime',
            name='evidence',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.evidence', verbose_name='evidence'),
        ),
        migrations.AddField(
            model_name='ownregime',
            name='housing_area',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='own_regimes', to='associations.housingarea', verbose_name='housing area'),
        ),
        migrations.AddField(
            model_name='ownregime',
            name='recorded_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by'),
        ),
        migrations.AddField(
            model_name='ownregime',
            name='retracted_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='retracted by'),
        ),
        migrations.AddField(
            model_name='prospectoutcome',
            name='association',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='origins', to='associations.association', verbose_name='association'),
        ),
        migrations.AddField(
            model_name='prospectoutcome',
            name='evidence',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.evidence', verbose_name='evidence'),
        ),
        migrations.AddField(
            model_name='prospectoutcome',
            name='prospect',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='associations.prospect', verbose_name='prospect'),
        ),
        migrations.AddField(
            model_name='prospectoutcome',
            name='recorded_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by'),
        ),
        migrations.AddField(
            model_name='prospectoutcome',
            name='retracted_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='retracted by'),
        ),
        migrations.AddIndex(
            model_name='closing',
            index=django.contrib.postgres.indexes.GistIndex(fields=['period', 'known'], name='associatio_closing_at'),
        ),
        migrations.AddIndex(
            model_name='closing',
            index=models.Index(fields=['recorded_at'], name='associatio_closing_rec'),
        ),
        migrations.AddIndex(
            model_name='closing',
            index=models.Index(condition=models.Q(('retracted_at__isnull', False)), fields=['retracted_at'], name='associatio_closing_ret'),
        ),
        migrations.AddConstraint(
            model_name='closing',
            constraint=models.UniqueConstraint(condition=models.Q(('retracted_at', None)), fields=('uuid',), name='associations_closing_one_current'),
        ),
        migrations.AddConstraint(
            model_name='closing',
            constraint=models.CheckConstraint(condition=models.Q(('retracted_at', None), ('retracted_at__gte', models.F('recorded_at')), _connector='OR'), name='associations_closing_retracted_after'),
        ),
        migrations.AddConstraint(
            model_name='closing',
            constraint=models.UniqueConstraint(condition=models.Q(('retracted_at', None)), fields=('association',), name='associations_closed_once', violation_error_code='happened_on', violation_error_message='The closing is recorded already.'),
        ),
        migrations.AddConstraint(
            model_name='closing',
            constraint=models.CheckConstraint(condition=models.Q(('money', ''), _negated=True), name='associations_closing_tells_of_money', violation_error_code='money', violation_error_message='Say what happened to the money.'),
        ),
        migrations.AddIndex(
            model_name='ownregime',
            index=django.contrib.postgres.indexes.GistIndex(fields=['period', 'known'], name='associatio_ownregime_at'),
        ),
        migrations.AddIndex(
            model_name='ownregime',
            index=models.Index(fields=['recorded_at'], name='associatio_ownregime_rec'),
        ),
        migrations.AddIndex(
            model_name='ownregime',
            index=models.Index(condition=models.Q(('retracted_at__isnull', False)), fields=['retracted_at'], name='associatio_ownregime_ret'),
        ),
        migrations.AddConstraint(
            model_name='ownregime',
            constraint=models.UniqueConstraint(condition=models.Q(('retracted_at', None)), fields=('uuid',), name='associations_ownregime_one_current'),
        ),
        migrations.AddConstraint(
            model_name='ownregime',
            constraint=models.CheckConstraint(condition=models.Q(('retracted_at', None), ('retracted_at__gte', models.F('recorded_at')), _connector='OR'), name='associations_ownregime_retracted_after'),
        ),
        migrations.AddConstraint(
            model_name='ownregime',
            constraint=models.UniqueConstraint(condition=models.Q(('retracted_at', None)), fields=('housing_area', 'happened_on'), name='associations_own_regime_once', violation_error_code='happened_on', violation_error_message='A number is recorded for that day already.'),
        ),
        migrations.AddIndex(
            model_name='prospectoutcome',
            index=django.contrib.postgres.indexes.GistIndex(fields=['period', 'known'], name='associatio_prospectoutc_at'),
        ),
        migrations.AddIndex(
            model_name='prospectoutcome',
            index=models.Index(fields=['recorded_at'], name='associatio_prospectoutc_rec'),
        ),
        migrations.AddIndex(
            model_name='prospectoutcome',
            index=models.Index(condition=models.Q(('retracted_at__isnull', False)), fields=['retracted_at'], name='associatio_prospectoutc_ret'),
        ),
        migrations.AddConstraint(
            model_name='prospectoutcome',
            constraint=models.UniqueConstraint(condition=models.Q(('retracted_at', None)), fields=('uuid',), name='associations_prospectoutcome_one_current'),
        ),
        migrations.AddConstraint(
            model_name='prospectoutcome',
            constraint=models.CheckConstraint(condition=models.Q(('retracted_at', None), ('retracted_at__gte', models.F('recorded_at')), _connector='OR'), name='associations_prospectoutcome_retracted_after'),
        ),
        migrations.AddConstraint(
            model_name='prospectoutcome',
            constraint=models.UniqueConstraint(condition=models.Q(('retracted_at', None)), fields=('prospect',), name='associations_prospect_ends_once', violation_error_code='happened_on', violation_error_message='How the prospect ended is recorded already.'),
        ),
        migrations.AddConstraint(
            model_name='prospectoutcome',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('association__isnull', False), ('kind', 'association')), models.Q(('association', None), ('kind', 'closed')), _connector='OR'), name='associations_prospect_becomes_one'),
        ),
        migrations.AddConstraint(
            model_name='prospectoutcome',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'closed'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='associations_prospect_given_up_for', violation_error_code='reason', violation_error_message='Say why it is given up.'),
        ),
    ]
