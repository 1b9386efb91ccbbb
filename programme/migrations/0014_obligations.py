"""Versions and annexes of agreements, obligations, seats in bodies; and only a party signs, each version once."""

import bydelsmoedre.personal
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import programme.facts
import uuid
from django.conf import settings
from django.db import migrations, models

# Who signs is a party on that day, and has not signed the same version of the text before (the latest of that day; from
# before the first, it is the first). A party that has signed stays a party on that day: asked at the end of the
# transaction, since a fact is superseded by retracting it first. Whoever comes second waits for the first, and then sees
# what she has recorded.
BY_A_PARTY = """
create function signature_by_a_party() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(741110, NEW.agreement_id::int);
  if exists (
    select from public.programme_signature s
    where s.agreement_id = NEW.agreement_id and s.organisation_id = NEW.organisation_id and s.retracted_at is null
      and not exists (
        select from public.programme_agreementparty p
        where p.agreement_id = s.agreement_id and p.organisation_id = s.organisation_id and p.retracted_at is null
          and p.period @> s.happened_on
      )
  ) then
    raise exception 'Only a party signs an agreement.'
      using errcode = 'check_violation', constraint = 'programme_signature_by_a_party';
  end if;
  return null;
end $$;

create function signature_once_for_each_version() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(741110, NEW.agreement_id::int);
  if exists (
    select from (
      select s.id, s.organisation_id, (
        select max(v.happened_on) from public.programme_agreementversion v
        where v.agreement_id = s.agreement_id and v.retracted_at is null and v.happened_on <= greatest(s.happened_on, (
          select min(first.happened_on) from public.programme_agreementversion first
          where first.agreement_id = s.agreement_id and first.retracted_at is null
        ))
      ) as signed
      from public.programme_signature s
      where s.agreement_id = NEW.agreement_id and s.retracted_at is null
    ) one
    where one.organisation_id = NEW.organisation_id
    group by one.signed having count(*) > 1 and bool_or(one.id = NEW.id)
  ) then
    raise exception 'Each version is signed once by each party.'
      using errcode = 'unique_violation', constraint = 'programme_signature_once';
  end if;
  return null;
end $$;

create trigger c_by_a_party after insert on programme_signature for each row
when (NEW.retracted_at is null) execute function signature_by_a_party();
alter table programme_signature enable always trigger c_by_a_party;

create trigger c_each_version_once after insert on programme_signature for each row
when (NEW.retracted_at is null) execute function signature_once_for_each_version();
alter table programme_signature enable always trigger c_each_version_once;

create constraint trigger c_has_signed after update on programme_agreementparty
deferrable initially deferred for each row
when (OLD.retracted_at is null and NEW.retracted_at is not null) execute function signature_by_a_party();
alter table programme_agreementparty enable always trigger c_has_signed;
"""

BACK = """
drop trigger c_by_a_party on programme_signature;
drop trigger c_each_version_once on programme_signature;
drop trigger c_has_signed on programme_agreementparty;
drop function signature_by_a_party();
drop function signature_once_for_each_version();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("programme", "0013_hearings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AgreementAnnex",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="identity")),
                (
                    "is_date_unknown",
                    models.BooleanField(
                        default=False,
                        help_text="The day is not known; the fact counts from the day given.",
                        verbose_name="date unknown",
                    ),
                ),
                ("note", models.TextField(blank=True, default="", max_length=2000, verbose_name="note")),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=programme.facts.FactTime(), editable=False, verbose_name="recorded at"
                    ),
                ),
                (
                    "retracted_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="retracted at"),
                ),
                (
                    "retraction_reason",
                    models.TextField(blank=True, default="", editable=False, verbose_name="reason for retraction"),
                ),
                (
                    "known",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("recorded_at"),
                            models.F("retracted_at"),
                            function="tstzrange",
                            output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                        ),
                        output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                        verbose_name="known",
                    ),
                ),
                ("happened_on", models.DateField(verbose_name="date")),
                (
                    "period",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("happened_on"),
                            models.Value(None, output_field=models.DateField()),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                    ),
                ),
            ],
            options={
                "verbose_name": "annex of an agreement",
                "verbose_name_plural": "annexes of agreements",
                "ordering": ["agreement", "happened_on"],
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="AgreementVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="identity")),
                (
                    "is_date_unknown",
                    models.BooleanField(
                        default=False,
                        help_text="The day is not known; the fact counts from the day given.",
                        verbose_name="date unknown",
                    ),
                ),
                ("note", models.TextField(blank=True, default="", max_length=2000, verbose_name="note")),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=programme.facts.FactTime(), editable=False, verbose_name="recorded at"
                    ),
                ),
                (
                    "retracted_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="retracted at"),
                ),
                (
                    "retraction_reason",
                    models.TextField(blank=True, default="", editable=False, verbose_name="reason for retraction"),
                ),
                (
                    "known",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("recorded_at"),
                            models.F("retracted_at"),
                            function="tstzrange",
                            output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                        ),
                        output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                        verbose_name="known",
                    ),
                ),
                ("happened_on", models.DateField(verbose_name="date")),
                (
                    "period",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("happened_on"),
                            models.Value(None, output_field=models.DateField()),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                    ),
                ),
                (
                    "label",
                    models.CharField(
                        max_length=40, validators=[bydelsmoedre.personal.refuse_cpr], verbose_name="version"
                    ),
                ),
            ],
            options={
                "verbose_name": "version of an agreement",
                "verbose_name_plural": "versions of agreements",
                "ordering": ["agreement", "happened_on"],
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="BodyMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="identity")),
                (
                    "is_date_unknown",
                    models.BooleanField(
                        default=False,
                        help_text="The day is not known; the fact counts from the day given.",
                        verbose_name="date unknown",
                    ),
                ),
                ("note", models.TextField(blank=True, default="", max_length=2000, verbose_name="note")),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=programme.facts.FactTime(), editable=False, verbose_name="recorded at"
                    ),
                ),
                (
                    "retracted_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="retracted at"),
                ),
                (
                    "retraction_reason",
                    models.TextField(blank=True, default="", editable=False, verbose_name="reason for retraction"),
                ),
                (
                    "known",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("recorded_at"),
                            models.F("retracted_at"),
                            function="tstzrange",
                            output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                        ),
                        output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                        verbose_name="known",
                    ),
                ),
                ("started_on", models.DateField(verbose_name="from")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="to and including")),
                (
                    "period",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(
                                ended_on__lt=models.F("started_on"),
                                then=models.Value(
                                    "empty", output_field=django.contrib.postgres.fields.ranges.DateRangeField()
                                ),
                            ),
                            default=models.Func(
                                models.F("started_on"),
                                models.F("ended_on"),
                                models.Value("[]"),
                                function="daterange",
                                output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                            ),
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                    ),
                ),
                (
                    "office",
                    models.CharField(
                        blank=True,
                        default="",
                        max_length=120,
                        validators=[bydelsmoedre.personal.refuse_cpr],
                        verbose_name="office",
                    ),
                ),
                ("is_chair", models.BooleanField(default=False, verbose_name="has the chair")),
            ],
            options={
                "verbose_name": "member of a body",
                "verbose_name_plural": "members of bodies",
                "ordering": ["body", "-is_chair", "started_on"],
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Obligation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="identity")),
                (
                    "text",
                    models.CharField(
                        max_length=300, validators=[bydelsmoedre.personal.refuse_cpr], verbose_name="what"
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due on")),
                ("number", models.PositiveSmallIntegerField(default=1, verbose_name="order")),
            ],
            options={
                "verbose_name": "obligation",
                "verbose_name_plural": "obligations",
                "ordering": ["agreement", "number", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ObligationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="identity")),
                (
                    "text",
                    models.CharField(
                        max_length=300, validators=[bydelsmoedre.personal.refuse_cpr], verbose_name="what"
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due on")),
                ("number", models.PositiveSmallIntegerField(default=1, verbose_name="order")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ObligationMet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="identity")),
                (
                    "is_date_unknown",
                    models.BooleanField(
                        default=False,
                        help_text="The day is not known; the fact counts from the day given.",
                        verbose_name="date unknown",
                    ),
                ),
                ("note", models.TextField(blank=True, default="", max_length=2000, verbose_name="note")),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=programme.facts.FactTime(), editable=False, verbose_name="recorded at"
                    ),
                ),
                (
                    "retracted_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="retracted at"),
                ),
                (
                    "retraction_reason",
                    models.TextField(blank=True, default="", editable=False, verbose_name="reason for retraction"),
                ),
                (
                    "known",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("recorded_at"),
                            models.F("retracted_at"),
                            function="tstzrange",
                            output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                        ),
                        output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                        verbose_name="known",
                    ),
                ),
                ("happened_on", models.DateField(verbose_name="date")),
                (
                    "period",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("happened_on"),
                            models.Value(None, output_field=models.DateField()),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                    ),
                ),
            ],
            options={
                "verbose_name": "obligation met",
                "verbose_name_plural": "obligations met",
                "ordering": ["happened_on"],
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.RemoveConstraint(
            model_name="signature",
            name="programme_signature_once",
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.UniqueConstraint(
                condition=models.Q(("retracted_at", None)),
                fields=("agreement", "organisation", "happened_on"),
                name="programme_signature_once",
                violation_error_code="organisation",
                violation_error_message="The signature is recorded already.",
            ),
        ),
        migrations.AddField(
            model_name="agreementannex",
            name="agreement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="annexes",
                to="programme.agreement",
                verbose_name="agreement",
            ),
        ),
        migrations.AddField(
            model_name="agreementannex",
            name="document",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="annexed_to",
                to="programme.document",
                verbose_name="document",
            ),
        ),
        migrations.AddField(
            model_name="agreementannex",
            name="evidence",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="programme.evidence",
                verbose_name="evidence",
            ),
        ),
        migrations.AddField(
            model_name="agreementannex",
            name="recorded_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="recorded by",
            ),
        ),
        migrations.AddField(
            model_name="agreementannex",
            name="retracted_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="retracted by",
            ),
        ),
        migrations.AddField(
            model_name="agreementversion",
            name="agreement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="versions",
                to="programme.agreement",
                verbose_name="agreement",
            ),
        ),
        migrations.AddField(
            model_name="agreementversion",
            name="evidence",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="programme.evidence",
                verbose_name="evidence",
            ),
        ),
        migrations.AddField(
            model_name="agreementversion",
            name="recorded_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="recorded by",
            ),
        ),
        migrations.AddField(
            model_name="agreementversion",
            name="retracted_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="retracted by",
            ),
        ),
        migrations.AddField(
            model_name="bodymember",
            name="body",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="members",
                to="programme.organisation",
                verbose_name="body",
            ),
        ),
        migrations.AddField(
            model_name="bodymember",
            name="evidence",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="programme.evidence",
                verbose_name="evidence",
            ),
        ),
        migrations.AddField(
            model_name="bodymember",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="seats",
                to="programme.organisation",
                verbose_name="organisation",
            ),
        ),
        migrations.AddField(
            model_name="bodymember",
            name="recorded_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="recorded by",
            ),
        ),
        migrations.AddField(
            model_name="bodymember",
            name="retracted_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="retracted by",
            ),
        ),
        migrations.AddField(
            model_name="obligation",
            name="agreement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="obligations",
                to="programme.agreement",
                verbose_name="agreement",
            ),
        ),
        migrations.AddField(
            model_name="obligation",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="obligations",
                to="programme.organisation",
                verbose_name="the party's",
            ),
        ),
        migrations.AddField(
            model_name="obligationevent",
            name="agreement",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="programme.agreement",
                verbose_name="agreement",
            ),
        ),
        migrations.AddField(
            model_name="obligationevent",
            name="organisation",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="programme.organisation",
                verbose_name="the party's",
            ),
        ),
        migrations.AddField(
            model_name="obligationevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="programme.obligation",
            ),
        ),
        migrations.AddField(
            model_name="obligationmet",
            name="evidence",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="programme.evidence",
                verbose_name="evidence",
            ),
        ),
        migrations.AddField(
            model_name="obligationmet",
            name="obligation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="met",
                to="programme.obligation",
                verbose_name="obligation",
            ),
        ),
        migrations.AddField(
            model_name="obligationmet",
            name="recorded_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="recorded by",
            ),
        ),
        migrations.AddField(
            model_name="obligationmet",
            name="retracted_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="retracted by",
            ),
        ),
        migrations.AddIndex(
            model_name="agreementannex",
            index=django.contrib.postgres.indexes.GistIndex(
                fields=["period", "known"], name="programme_agreementann_at"
            ),
        ),
        migrations.AddIndex(
            model_name="agreementannex",
            index=models.Index(fields=["recorded_at"], name="programme_agreementann_rec"),
        ),
        migrations.AddIndex(
            model_name="agreementannex",
            index=models.Index(
                condition=models.Q(("retracted_at__isnull", False)),
                fields=["retracted_at"],
                name="programme_agreementann_ret",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementannex",
            constraint=models.UniqueConstraint(
                condition=models.Q(("retracted_at", None)),
                fields=("uuid",),
                name="programme_agreementannex_one_current",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementannex",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("retracted_at", None), ("retracted_at__gte", models.F("recorded_at")), _connector="OR"
                ),
                name="programme_agreementannex_retracted_after",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementannex",
            constraint=models.UniqueConstraint(
                condition=models.Q(("retracted_at", None)),
                fields=("agreement", "document"),
                name="programme_annex_once",
                violation_error_code="document",
                violation_error_message="The document is annexed to the agreement already.",
            ),
        ),
        migrations.AddIndex(
            model_name="agreementversion",
            index=django.contrib.postgres.indexes.GistIndex(
                fields=["period", "known"], name="programme_agreementver_at"
            ),
        ),
        migrations.AddIndex(
            model_name="agreementversion",
            index=models.Index(fields=["recorded_at"], name="programme_agreementver_rec"),
        ),
        migrations.AddIndex(
            model_name="agreementversion",
            index=models.Index(
                condition=models.Q(("retracted_at__isnull", False)),
                fields=["retracted_at"],
                name="programme_agreementver_ret",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("retracted_at", None)),
                fields=("uuid",),
                name="programme_agreementversion_one_current",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("retracted_at", None), ("retracted_at__gte", models.F("recorded_at")), _connector="OR"
                ),
                name="programme_agreementversion_retracted_after",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("retracted_at", None)),
                fields=("agreement", "label"),
                name="programme_agreement_version",
                violation_error_code="label",
                violation_error_message="The agreement has a version of that name already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("retracted_at", None)),
                fields=("agreement", "happened_on"),
                name="programme_agreement_version_day",
                violation_error_code="happened_on",
                violation_error_message="The agreement has a version of that day already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("evidence__isnull", False)),
                name="programme_agreement_version_lies",
                violation_error_code="evidence_text",
                violation_error_message="Say where the text lies, or choose the file.",
            ),
        ),
        migrations.AddIndex(
            model_name="bodymember",
            index=django.contrib.postgres.indexes.GistIndex(fields=["period", "known"], name="programme_bodymember_at"),
        ),
        migrations.AddIndex(
            model_name="bodymember",
            index=models.Index(fields=["recorded_at"], name="programme_bodymember_rec"),
        ),
        migrations.AddIndex(
            model_name="bodymember",
            index=models.Index(
                condition=models.Q(("retracted_at__isnull", False)),
                fields=["retracted_at"],
                name="programme_bodymember_ret",
            ),
        ),
        migrations.AddConstraint(
            model_name="bodymember",
            constraint=models.UniqueConstraint(
                condition=models.Q(("retracted_at", None)), fields=("uuid",), name="programme_bodymember_one_current"
            ),
        ),
        migrations.AddConstraint(
            model_name="bodymember",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("retracted_at", None), ("retracted_at__gte", models.F("recorded_at")), _connector="OR"
                ),
                name="programme_bodymember_retracted_after",
            ),
        ),
        migrations.AddConstraint(
            model_name="bodymember",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_on", None), ("ended_on__gte", models.F("started_on")), _connector="OR"),
                name="programme_bodymember_end_after_start",
                violation_error_code="ended_on",
                violation_error_message="The end is before the start.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bodymember",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("organisation__isnull", False), models.Q(("office", ""), _negated=True), _connector="OR"
                ),
                name="programme_body_member_is_somebody",
                violation_error_code="organisation",
                violation_error_message="Choose an organisation, or write an office.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bodymember",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("retracted_at", None)),
                expressions=[
                    ("body", "="),
                    (django.db.models.functions.comparison.Coalesce("organisation", models.Value(0)), "="),
                    ("office", "="),
                    ("period", "&&"),
                ],
                name="programme_body_member_once",
                violation_error_code="organisation",
                violation_error_message="It has a seat in that period already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bodymember",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("is_chair", True), ("retracted_at", None)),
                expressions=[("body", "="), ("period", "&&")],
                name="programme_body_one_chair",
                violation_error_code="is_chair",
                violation_error_message="Another one has the chair in that period.",
            ),
        ),
        migrations.AddConstraint(
            model_name="obligation",
            constraint=models.UniqueConstraint(
                fields=("agreement", "organisation", "text"),
                name="programme_obligation_once",
                violation_error_code="text",
                violation_error_message="The party has that obligation already.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="obligation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programme_obligationevent" ("agreement_id", "due_on", "id", "number", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "uuid") VALUES (NEW."agreement_id", NEW."due_on", NEW."id", NEW."number", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."text", NEW."uuid"); RETURN NULL;',
                    hash="305996e695a21376ce5665fe73b4870c639c0119",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_5ef13",
                    table="programme_obligation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="obligation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "programme_obligationevent" ("agreement_id", "due_on", "id", "number", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "uuid") VALUES (NEW."agreement_id", NEW."due_on", NEW."id", NEW."number", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."text", NEW."uuid"); RETURN NULL;',
                    hash="b9e3b3292b59bfe6b507b32f093c610670fb3deb",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_61268",
                    table="programme_obligation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="obligation",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programme_obligationevent" ("agreement_id", "due_on", "id", "number", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "uuid") VALUES (OLD."agreement_id", OLD."due_on", OLD."id", OLD."number", OLD."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."text", OLD."uuid"); RETURN NULL;',
                    hash="76c08237d5f62cf5deeb24af84954b5bdd2a85ae",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e05ef",
                    table="programme_obligation",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="obligationmet",
            index=django.contrib.postgres.indexes.GistIndex(
                fields=["period", "known"], name="programme_obligationme_at"
            ),
        ),
        migrations.AddIndex(
            model_name="obligationmet",
            index=models.Index(fields=["recorded_at"], name="programme_obligationme_rec"),
        ),
        migrations.AddIndex(
            model_name="obligationmet",
            index=models.Index(
                condition=models.Q(("retracted_at__isnull", False)),
                fields=["retracted_at"],
                name="programme_obligationme_ret",
            ),
        ),
        migrations.AddConstraint(
            model_name="obligationmet",
            constraint=models.UniqueConstraint(
                condition=models.Q(("retracted_at", None)), fields=("uuid",), name="programme_obligationmet_one_current"
            ),
        ),
        migrations.AddConstraint(
            model_name="obligationmet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("retracted_at", None), ("retracted_at__gte", models.F("recorded_at")), _connector="OR"
                ),
                name="programme_obligationmet_retracted_after",
            ),
        ),
        migrations.AddConstraint(
            model_name="obligationmet",
            constraint=models.UniqueConstraint(
                condition=models.Q(("retracted_at", None)),
                fields=("obligation", "happened_on"),
                name="programme_obligation_met_once",
                violation_error_code="happened_on",
                violation_error_message="The obligation is marked as met on that day already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="obligationmet",
            constraint=models.CheckConstraint(
                condition=models.Q(("evidence__isnull", False)),
                name="programme_obligation_is_proved",
                violation_error_code="evidence_text",
                violation_error_message="Say what proves that the obligation is met.",
            ),
        ),
        migrations.AlterConstraint(
            model_name='agreement',
            name='programme_agreement_title',
            constraint=models.UniqueConstraint(fields=('programme', 'title'), name='programme_agreement_title', violation_error_code='title', violation_error_message='There is an agreement of that title already.'),
        ),
        migrations.RunSQL(BY_A_PARTY, BACK),
    ]
