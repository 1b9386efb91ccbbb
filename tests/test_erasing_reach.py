"""Erasing reaches whatever is about a person: the function in PostgreSQL is made from the models."""

from django.contrib.postgres.fields import DateRangeField
from django.db import connection, models, transaction
from django.test.utils import isolate_apps

from bydelsmoedre.owner import as_owner
from programme.facts import Fact
from volunteers.apps import VolunteersConfig
from volunteers.models import (
    Volunteer,
)
from volunteers.privacy import about, derive_erasing, erasing_sql


def test_erasing_function_is_the_one_that_the_models_ask_for(db):
    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        query = "select pg_get_functiondef('erase_person(bigint)'::regprocedure)"
        cursor.execute(query)
        before = cursor.fetchone()
        derive_erasing("default")
        cursor.execute(query)

        assert cursor.fetchone() == before

        transaction.set_rollback(True)


def test_erasing_reaches_every_fact_and_history_about_a_person():
    reached = {model._meta.label for model, _ in about(Volunteer)}

    assert reached == {
        "volunteers.Volunteer",
        "volunteers.VolunteerEvent",
        "volunteers.Membership",
        "volunteers.LanguageSkill",
        "volunteers.Declaration",
        "volunteers.Candidacy",
        "volunteers.CandidacyEvent",
        "volunteers.StageEvent",
        "volunteers.Assessment",
        "volunteers.Transition",
        "volunteers.TransitionEvent",
        "volunteers.TransitionAnswer",
        "volunteers.Presence",
        "volunteers.Call",
        "volunteers.MailChoice",
        "volunteers.MessageText",
        "volunteers.Delivery",
        "volunteers.DeliveryEvent",
        "volunteers.DeliveryStep",
        "volunteers.ConversationLink",
        "volunteers.SamePerson",
        "volunteers.DifferentPersons",
        "volunteers.DifferentPersonsEvent",
        "volunteers.ConversationLinkEvent",
        "training.Certificate",
        "training.Dispensation",
        "training.Enrolment",
        "training.EnrolmentEvent",
        "training.Participation",
        "training.Attendance",
        "training.Transfer",
        "training.EvaluationGiven",
        "training.Supervised",
    }
    assert VolunteersConfig.web_functions == ("erase_person(bigint)", "may_follow(text)", "person_key(text,text,text)")


@isolate_apps("volunteers")
def test_erasing_follows_what_says_that_it_is_about_a_person():
    class Person(models.Model):
        personal = ("name",)
        name = models.TextField()

        class Meta:
            app_label = "volunteers"

    class Enrolment(models.Model):
        personal = ("remark",)
        person = models.ForeignKey(Person, models.PROTECT)
        remark = models.TextField(null=True)

        class Meta:
            app_label = "volunteers"

    class Attendance(Fact):
        enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="+")
        period = DateRangeField()

        class Meta(Fact.Meta):
            app_label = "volunteers"

    class Shared(models.Model):
        contact = models.ForeignKey(Person, models.PROTECT)
        text = models.TextField()

        class Meta:
            app_label = "volunteers"

    told = erasing_sql(Person)

    assert """update public."volunteers_enrolment" set "remark" = null where "person_id" = who;""" in told
    assert (
        """update public."volunteers_attendance" set "note" = '', "retraction_reason" = '' where "enrolment_id" in """
        """(select id from public."volunteers_enrolment" where "person_id" = who);"""
    ) in told
    assert "volunteers_shared" not in told
