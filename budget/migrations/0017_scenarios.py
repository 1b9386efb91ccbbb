import bydelsmoedre.personal
import django.core.validators
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('budget', '0016_months_end'),
        ('programme', '0006_access_log'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Scenario',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='identity')),
                ('name', models.CharField(help_text='A short name, such as Model November.', max_length=80, validators=[bydelsmoedre.personal.refuse_cpr], verbose_name='name')),
                ('first_year', models.PositiveSmallIntegerField(default=2012, validators=[django.core.validators.MinValueValidator(2012), django.core.validators.MaxValueValidator(2040)], verbose_name='first year')),
                ('years', models.PositiveSmallIntegerField(default=3, help_text='How many years are looked at, 1 to 5.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='years')),
                ('coordinator_pay', models.DecimalField(decimal_places=2, max_digits=14, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name="coordinator's pay")),
                ('full_time_share', models.DecimalField(decimal_places=2, default=100, max_digits=5, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('100'))], verbose_name='share of full time')),
                ('course_cost', models.DecimalField(decimal_places=2, max_digits=14, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='cost per course')),
                ('mothers_per_course', models.PositiveSmallIntegerField(help_text='How many are trained together.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='mothers per course')),
                ('recruits_per_year', models.PositiveSmallIntegerField(help_text='How many new mothers are to be trained each year. Courses are as many as seat them all.', validators=[django.core.validators.MaxValueValidator(5000)], verbose_name='recruits per year')),
                ('other_costs', models.DecimalField(decimal_places=2, default=0, max_digits=14, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='other running costs')),
                ('price_growth', models.DecimalField(decimal_places=2, max_digits=5, validators=[django.core.validators.MinValueValidator(Decimal('-20')), django.core.validators.MaxValueValidator(Decimal('50'))], verbose_name='growth of prices')),
                ('frozen_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='frozen at')),
                ('frozen_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='frozen by')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scenarios', to='programme.programme', verbose_name='programme')),
                ('version', models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='scenario', to='programme.documentversion', verbose_name='version of the anchoring model')),
            ],
            options={
                'verbose_name': 'scenario',
                'verbose_name_plural': 'scenarios',
                'ordering': ['programme', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ScenarioEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, verbose_name='identity')),
                ('name', models.CharField(help_text='A short name, such as Model November.', max_length=80, validators=[bydelsmoedre.personal.refuse_cpr], verbose_name='name')),
                ('first_year', models.PositiveSmallIntegerField(default=2012, validators=[django.core.validators.MinValueValidator(2012), django.core.validators.MaxValueValidator(2040)], verbose_name='first year')),
                ('years', models.PositiveSmallIntegerField(default=3, help_text='How many years are looked at, 1 to 5.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='years')),
                ('coordinator_pay', models.DecimalField(decimal_places=2, max_digits=14, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name="coordinator's pay")),
                ('full_time_share', models.DecimalField(decimal_places=2, default=100, max_digits=5, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('100'))], verbose_name='share of full time')),
                ('course_cost', models.DecimalField(decimal_places=2, max_digits=14, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='cost per course')),
                ('mothers_per_course', models.PositiveSmallIntegerField(help_text='How many are trained together.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='mothers per course')),
                ('recruits_per_year', models.PositiveSmallIntegerField(help_text='How many new mothers are to be trained each year. Courses are as many as seat them all.', validators=[django.core.validators.MaxValueValidator(5000)], verbose_name='recruits per year')),
                ('other_costs', models.DecimalField(decimal_places=2, default=0, max_digits=14, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='other running costs')),
                ('price_growth', models.DecimalField(decimal_places=2, max_digits=5, validators=[django.core.validators.MinValueValidator(Decimal('-20')), django.core.validators.MaxValueValidator(Decimal('50'))], verbose_name='growth of prices')),
                ('frozen_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='frozen at')),
                ('frozen_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='frozen by')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budget.scenario')),
                ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.programme', verbose_name='programme')),
                ('version', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.documentversion', verbose_name='version of the anchoring model')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ScenarioSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='identity')),
                ('kind', models.CharField(choices=[('foundation', 'the Foundation'), ('housing_plan', 'housing plan'), ('company', 'company'), ('municipality', 'municipality'), ('own_income', 'own income'), ('other', 'other')], max_length=20, verbose_name='kind')),
                ('name', models.CharField(max_length=120, validators=[bydelsmoedre.personal.refuse_cpr], verbose_name='name')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='amount per year')),
                ('probability', models.DecimalField(decimal_places=2, default=100, max_digits=5, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('100'))], verbose_name='probability, per cent')),
                ('from_month', models.DateField(help_text='The first day of the month.', verbose_name='from the month')),
                ('to_month', models.DateField(blank=True, help_text='The first day of the month. Empty: to the end.', null=True, verbose_name='to the month')),
                ('municipal_share', models.DecimalField(decimal_places=2, max_digits=5, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('100'))], verbose_name='municipal money in it, per cent')),
                ('scenario', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sources', to='budget.scenario', verbose_name='scenario')),
            ],
            options={
                'verbose_name': 'source of a scenario',
                'verbose_name_plural': 'sources of scenarios',
                'ordering': ['scenario', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ScenarioSourceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, verbose_name='identity')),
                ('kind', models.CharField(choices=[('foundation', 'the Foundation'), ('housing_plan', 'housing plan'), ('company', 'company'), ('municipality', 'municipality'), ('own_income', 'own income'), ('other', 'other')], max_length=20, verbose_name='kind')),
                ('name', models.CharField(max_length=120, validators=[bydelsmoedre.personal.refuse_cpr], verbose_name='name')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='amount per year')),
                ('probability', models.DecimalField(decimal_places=2, default=100, max_digits=5, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('100'))], verbose_name='probability, per cent')),
                ('from_month', models.DateField(help_text='The first day of the month.', verbose_name='from the month')),
                ('to_month', models.DateField(blank=True, help_text='The first day of the month. Empty: to the end.', null=True, verbose_name='to the month')),
                ('municipal_share', models.DecimalField(decimal_places=2, max_digits=5, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('100'))], verbose_name='municipal money in it, per cent')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budget.scenariosource')),
                ('scenario', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budget.scenario', verbose_name='scenario')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='scenario',
            constraint=models.UniqueConstraint(fields=('programme', 'name'), name='budget_scenario_name', violation_error_code='name', violation_error_message='There is a scenario with that name already.'),
        ),
        migrations.AddConstraint(
            model_name='scenario',
            constraint=models.CheckConstraint(condition=models.Q(('first_year__range', (2012, 2040)), ('years__range', (1, 5))), name='budget_scenario_years', violation_error_code='years', violation_error_message='A scenario looks at 1 to 5 years, from 2012 on.'),
        ),
        migrations.AddConstraint(
            model_name='scenario',
            constraint=models.CheckConstraint(condition=models.Q(('mothers_per_course__gte', 1)), name='budget_scenario_seats', violation_error_code='mothers_per_course', violation_error_message='A course has room for one mother at least.'),
        ),
        migrations.AddConstraint(
            model_name='scenario',
            constraint=models.CheckConstraint(condition=models.Q(('coordinator_pay__gte', 0), ('course_cost__gte', 0), ('full_time_share__range', (0, 100)), ('other_costs__gte', 0), ('price_growth__range', (-20, 50))), name='budget_scenario_assumptions', violation_error_message='Costs are not below zero, and shares are 0 to 100 per cent.'),
        ),
        migrations.AddConstraint(
            model_name='scenario',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('frozen_at', None), ('version', None)), models.Q(('frozen_at__isnull', False), ('version__isnull', False)), _connector='OR'), name='budget_scenario_frozen_as_a_version', violation_error_message='What is frozen is a version of the anchoring model.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scenario',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_scenarioevent" ("coordinator_pay", "course_cost", "first_year", "frozen_at", "frozen_by_id", "full_time_share", "id", "mothers_per_course", "name", "other_costs", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_growth", "programme_id", "recruits_per_year", "uuid", "version_id", "years") VALUES (NEW."coordinator_pay", NEW."course_cost", NEW."first_year", NEW."frozen_at", NEW."frozen_by_id", NEW."full_time_share", NEW."id", NEW."mothers_per_course", NEW."name", NEW."other_costs", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."price_growth", NEW."programme_id", NEW."recruits_per_year", NEW."uuid", NEW."version_id", NEW."years"); RETURN NULL;', hash='197d43c64513f2d9704d762c69f114e70baf5d8b', operation='INSERT', pgid='pgtrigger_insert_insert_5ef98', table='budget_scenario', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scenario',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "budget_scenarioevent" ("coordinator_pay", "course_cost", "first_year", "frozen_at", "frozen_by_id", "full_time_share", "id", "mothers_per_course", "name", "other_costs", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_growth", "programme_id", "recruits_per_year", "uuid", "version_id", "years") VALUES (NEW."coordinator_pay", NEW."course_cost", NEW."first_year", NEW."frozen_at", NEW."frozen_by_id", NEW."full_time_share", NEW."id", NEW."mothers_per_course", NEW."name", NEW."other_costs", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."price_growth", NEW."programme_id", NEW."recruits_per_year", NEW."uuid", NEW."version_id", NEW."years"); RETURN NULL;', hash='a2e08e1da5cf75d4c7b90555072cc87a0810152b', operation='UPDATE', pgid='pgtrigger_update_update_f8433', table='budget_scenario', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scenario',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_scenarioevent" ("coordinator_pay", "course_cost", "first_year", "frozen_at", "frozen_by_id", "full_time_share", "id", "mothers_per_course", "name", "other_costs", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_growth", "programme_id", "recruits_per_year", "uuid", "version_id", "years") VALUES (OLD."coordinator_pay", OLD."course_cost", OLD."first_year", OLD."frozen_at", OLD."frozen_by_id", OLD."full_time_share", OLD."id", OLD."mothers_per_course", OLD."name", OLD."other_costs", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."price_growth", OLD."programme_id", OLD."recruits_per_year", OLD."uuid", OLD."version_id", OLD."years"); RETURN NULL;', hash='a999344a5819472a804a670f6b962ffd68bf6353', operation='DELETE', pgid='pgtrigger_delete_delete_8c978', table='budget_scenario', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='scenariosource',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='budget_source_above_zero', violation_error_message='The amount must be above 0 kr.'),
        ),
        migrations.AddConstraint(
            model_name='scenariosource',
            constraint=models.CheckConstraint(condition=models.Q(('municipal_share__range', (0, 100)), ('probability__range', (0, 100))), name='budget_source_shares', violation_error_message='Shares are 0 to 100 per cent.'),
        ),
        migrations.AddConstraint(
            model_name='scenariosource',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'municipality'), _negated=True), ('municipal_share', 100), _connector='OR'), name='budget_source_of_the_municipality', violation_error_message='What the municipality gives is municipal money altogether.'),
        ),
        migrations.AddConstraint(
            model_name='scenariosource',
            constraint=models.CheckConstraint(condition=models.Q(('from_month__day', 1), models.Q(('to_month', None), models.Q(('to_month__day', 1), ('to_month__gte', models.F('from_month'))), _connector='OR')), name='budget_source_months', violation_error_message='The last month is before the first.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scenariosource',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_scenariosourceevent" ("amount", "from_month", "id", "kind", "municipal_share", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "probability", "scenario_id", "to_month", "uuid") VALUES (NEW."amount", NEW."from_month", NEW."id", NEW."kind", NEW."municipal_share", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."probability", NEW."scenario_id", NEW."to_month", NEW."uuid"); RETURN NULL;', hash='55b2f05eec1dff7c8e36bbefab177c9b75105487', operation='INSERT', pgid='pgtrigger_insert_insert_c6d21', table='budget_scenariosource', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scenariosource',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "budget_scenariosourceevent" ("amount", "from_month", "id", "kind", "municipal_share", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "probability", "scenario_id", "to_month", "uuid") VALUES (NEW."amount", NEW."from_month", NEW."id", NEW."kind", NEW."municipal_share", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."probability", NEW."scenario_id", NEW."to_month", NEW."uuid"); RETURN NULL;', hash='32aa89e7205b2155904381d2d9cf5415cedf7bc0', operation='UPDATE', pgid='pgtrigger_update_update_d0711', table='budget_scenariosource', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scenariosource',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_scenariosourceevent" ("amount", "from_month", "id", "kind", "municipal_share", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "probability", "scenario_id", "to_month", "uuid") VALUES (OLD."amount", OLD."from_month", OLD."id", OLD."kind", OLD."municipal_share", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."probability", OLD."scenario_id", OLD."to_month", OLD."uuid"); RETURN NULL;', hash='28dc0bde7fdbadf79cd580503fef390855e7b807', operation='DELETE', pgid='pgtrigger_delete_delete_3af7a', table='budget_scenariosource', when='AFTER')),
        ),
    ]
