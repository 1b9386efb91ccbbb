"""Every model has a history: it is a fact, or its changes are tracked, or there is a reason why not."""

import pghistory
import pghistory.models
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from accounts.models import User
from bydelsmoedre.history import EXEMPT
from bydelsmoedre.owner import has_two_logins
from programme.facts import Fact
from tests.factories import AssociationFactory, UserFactory

MODELS = [
    model
    for model in apps.get_models(include_auto_created=True)
    if model._meta.managed and not model._meta.proxy and not issubclass(model, pghistory.models.Event)
]
TRACKED = {model for model in MODELS if pghistory.core.event_models(tracks_model=model)}
EVENTS = [event for model in TRACKED for event in pghistory.core.event_models(tracks_model=model)]


def label(model):
    return model._meta.label


def sql(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def refusal(statement):
    """The code with which the database refuses the statement; "" where it does not."""
    try:
        with transaction.atomic():
            sql(statement)
    except DatabaseError as error:
        return error.__cause__.sqlstate
    return ""


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_model_is_a_fact_or_tracked_or_exempt(model):
    kinds = [issubclass(model, Fact), model in TRACKED, label(model) in EXEMPT]

    assert kinds.count(True) == 1


def test_exempt_models_exist_and_have_a_reason():
    there = {label(model) for model in MODELS}

    assert (set(EXEMPT) - there, all(EXEMPT.values())) == (set(), True)


def test_every_tracked_model_leaves_an_event_at_insert_update_and_delete(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname, count(*) filter (where tgtype & 4 > 0), count(*) filter (where tgtype & 16 > 0), "
            "count(*) filter (where tgtype & 8 > 0) from pg_trigger join pg_class on pg_class.oid = tgrelid "
            "where relnamespace = 'public'::regnamespace and tgname like 'pgtrigger_%' and tgenabled = 'O' group by 1"
        )
        triggers = {table: counts for table, *counts in cursor}

    assert triggers == {model._meta.db_table: [1, 1, 1] for model in TRACKED}


def test_raw_sql_update_of_a_tracked_model_leaves_an_event(db):
    association = AssociationFactory(name="Mjølnerparken")

    sql("update associations_association set name = 'Tingbjerg'")

    assert list(association.events.order_by("pgh_id").values_list("pgh_label", "name")) == [
        ("insert", "Mjølnerparken"),
        ("update", "Tingbjerg"),
    ]


def test_raw_sql_delete_of_a_tracked_model_leaves_an_event(db):
    association = AssociationFactory()
    events = association.events.model.objects.filter(pgh_obj_id=association.pk)

    sql("delete from associations_association")

    assert events.latest("pgh_id").pgh_label == "delete"


def test_history_cannot_be_switched_off_by_a_setting(db):
    association = AssociationFactory()
    with connection.cursor() as cursor:
        cursor.execute("select array_agg(tgname) from pg_trigger where tgname like 'pgtrigger_%%'")
        (names,) = cursor.fetchone()
        cursor.execute("select set_config('pgtrigger.ignore', %s, true)", ["{" + ",".join(names) + "}"])

    sql("update associations_association set name = 'Tingbjerg'")

    assert association.events.count() == 2


def test_history_says_who(db):
    with pghistory.context(user=17):
        association = AssociationFactory()

    assert association.events.get().pgh_context == {"user": 17}


CHANGES = ["update {table} set pgh_label = 'x'", "delete from {table}", "truncate {table}"]


@pytest.mark.skipif(not has_two_logins(), reason="with a single login the site owns the tables")
@pytest.mark.parametrize("change", CHANGES)
def test_no_event_can_be_changed_by_the_site(db, change):
    codes = {label(event): refusal(change.format(table=event._meta.db_table)) for event in EVENTS}

    assert codes == dict.fromkeys(codes, "42501")


def test_password_never_stands_in_an_event(db):
    user = UserFactory()
    user.set_password("kanariefugl i kulmine")
    user.save()
    User.objects.filter(pk=user.pk).update(password="md5$kanariefugl", name="Ny")

    with connection.cursor() as cursor:
        cursor.execute("select string_agg(to_jsonb(e)::text, ' ') from accounts_userevent e")
        (told,) = cursor.fetchone()

    user.refresh_from_db()
    assert ('"Ny"' in told, user.password in told, "password" in told, "last_login" in told) == (
        True,
        False,
        False,
        False,
    )
