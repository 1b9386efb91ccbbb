"""Every column has a stated purpose, or says nothing about a person; and the page that tells it is made from that."""

import pytest
from django.conf import settings
from django.db import models
from django.test import Client
from django.test.utils import isolate_apps
from django.urls import reverse
from django.utils import translation

from bydelsmoedre.purposes import columns, purposes, serves, stated, unstated
from programme.facts import DatedFact, Fact, PeriodFact
from training.models import Certificate
from volunteers.models import Assessment, Volunteer
from volunteers.privacy import about

#: What every fact has and says of no person.
OF_ANY_FACT = {"id", "uuid", "is_date_unknown", "known"}


def test_every_column_has_a_stated_purpose():
    fields = list(columns())

    assert len(fields) > 600
    assert unstated(fields) == []


def test_nothing_is_stated_of_columns_that_do_not_exist():
    there = {(field.model._meta.label, field.name) for field in columns()}
    there |= {
        (base._meta.label, field.name) for base in (Fact, DatedFact, PeriodFact) for field in base._meta.local_fields
    }

    assert stated() - there == set()


def test_each_purpose_is_named_once_and_serves_something():
    codes = [purpose.code for purpose in purposes()]

    assert codes == list(settings.PURPOSES)
    assert {serves(field) for field in columns()} - {None} == set(codes)


def test_no_column_about_a_person_is_said_to_say_nothing():
    """All that `about(person)` finds: a new column cannot be put aside."""
    silent = [
        f"{model._meta.label}.{field.name}"
        for model, _ in about(Volunteer)
        for field in model._meta.concrete_fields
        if serves(field) is None and not field.primary_key and field.name not in OF_ANY_FACT
    ]

    assert silent == []


@isolate_apps("volunteers")
def test_new_column_without_a_purpose_is_found():
    class Volunteer(models.Model):
        name = models.TextField()
        shoe_size = models.TextField()

        class Meta:
            app_label = "volunteers"

    assert unstated(Volunteer._meta.concrete_fields) == [
        "volunteers.Volunteer.shoe_size: why it is stored is not stated."
    ]


def test_what_is_stated_of_a_model_goes_before_its_base():
    assert serves(Certificate._meta.get_field("started_on")) == "training"
    assert serves(Assessment._meta.get_field("note")) == "notes"
    assert serves(Volunteer.pgh_event_model._meta.get_field("name")) == "contact"


# --- The page


@pytest.mark.django_db
def test_page_tells_everybody_each_purpose():
    html = Client().get(reverse("volunteers:stored")).content.decode()

    with translation.override("da"):
        for purpose in purposes():
            for words in (purpose.title, purpose.why, purpose.ground, purpose.kept):
                assert str(words) in html
    assert "24 måneder" in html


@pytest.mark.django_db
def test_page_names_what_is_stored_in_the_readers_language():
    client = Client()
    danish = client.get(reverse("volunteers:stored")).content.decode()
    client.post(reverse("set_language"), {"language": "en"})
    english = client.get(reverse("volunteers:stored")).content.decode()

    assert ("telefon" in danish, "phone" in english) == (True, True)
    assert "Who you are and how we reach you" in english
    assert reverse("volunteers:stored") in client.get(reverse("accounts:login")).content.decode()


@pytest.mark.django_db
def test_page_follows_the_settings(settings):
    settings.RETENTION_LEAVERS = 7

    assert "7 måneder" in Client().get(reverse("volunteers:stored")).content.decode()
