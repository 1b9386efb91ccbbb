"""Facts: when they hold, when they are known, and how one version follows another."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from associations.models import FoundingStep
from bydelsmoedre.moment import ALWAYS, Moment, end_of_day
from programme.facts import AlreadyRetracted
from tests.factories import (
    AssociationFactory,
    CurriculumFactory,
    UserFactory,
    VolunteerFactory,
    certificate,
    membership,
    step,
)
from tests.roles import clock
from training.models import Certificate
from volunteers.models import Membership

D = dt.date
DAY = dt.timedelta(days=1)
INSTANT = dt.timedelta(microseconds=1)
RECORDED = dt.datetime(2011, 6, 1, 10, tzinfo=dt.UTC)
CORRECTED = dt.datetime(2011, 9, 1, 10, tzinfo=dt.UTC)

days = st.dates(D(2000, 1, 1), D(2030, 12, 31))


@pytest.fixture
def association(db):
    return AssociationFactory()


@pytest.fixture
def volunteer(association):
    return VolunteerFactory(programme=association.programme)


def known(known_at, on=D(2011, 6, 15)):
    return list(Membership.objects.at(Moment(on, known_at)).order_by("pk"))


# --- When it holds


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(days, st.none() | st.integers(0, 400), st.integers(-2, 402))
def test_period_holds_on_the_same_days_in_python_and_in_sql(db, since, length, offset):
    until = None if length is None else since + length * DAY
    on = since + offset * DAY
    with connection.cursor() as cursor:
        # The expression of the column itself, so that no row need be made.
        cursor.execute(
            "select pg_get_expr(adbin, adrelid) from pg_attrdef join pg_attribute on attrelid = adrelid "
            "and attnum = adnum where attrelid = 'volunteers_membership'::regclass and attname = 'period'"
        )
        (expression,) = cursor.fetchone()
        cursor.execute(
            f"select {expression} @> %s::date from (select %s::date as started_on, %s::date as ended_on) as m",
            [on, since, until],
        )
        (in_sql,) = cursor.fetchone()

    assert Membership(started_on=since, ended_on=until).is_active(on) == in_sql


@pytest.mark.parametrize(
    ("on", "holds"),
    [
        (D(2011, 2, 28), False),
        (D(2011, 3, 1), True),
        (D(2011, 6, 30), True),
        (D(2011, 7, 1), False),
    ],
    ids=str,
)
def test_period_includes_both_ends(volunteer, association, on, holds):
    fact = membership(volunteer, association, since=D(2011, 3, 1), until=D(2011, 6, 30))

    assert (Membership.objects.at(Moment(on)).exists(), fact.is_active(on)) == (holds, holds)


@pytest.mark.parametrize("on", [D(2011, 3, 1), D(2099, 12, 31)], ids=str)
def test_period_without_an_end_still_holds(volunteer, association, on):
    fact = membership(volunteer, association, since=D(2011, 3, 1))

    assert (Membership.objects.at(Moment(on)).exists(), fact.is_active(on)) == (True, True)


def test_dated_fact_holds_from_its_day_on(association):
    fact = step(association, "meeting", D(2011, 5, 26))

    asked = type(fact).objects
    assert [asked.at(Moment(D(2011, 5, 26) + offset * DAY)).exists() for offset in (-1, 0, 1)] == [
        False,
        True,
        True,
    ]


def test_period_that_ends_before_it_starts_violates_the_check(volunteer, association):
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        membership(volunteer, association, since=D(2011, 3, 1), until=D(2011, 2, 28))

    assert error.value.__cause__.diag.constraint_name == "volunteers_membership_end_after_start"


def test_overlapping_role_is_refused_by_the_database(volunteer, association):
    membership(volunteer, association, since=D(2011, 3, 1), until=D(2011, 6, 30))

    with pytest.raises(IntegrityError) as error, transaction.atomic():
        membership(volunteer, association, since=D(2011, 6, 30))

    assert error.value.__cause__.diag.constraint_name == "volunteers_no_overlapping_role"


def test_second_stint_from_the_day_after_is_accepted(volunteer, association):
    membership(volunteer, association, since=D(2011, 3, 1), until=D(2011, 6, 30))

    membership(volunteer, association, since=D(2011, 7, 1))

    assert Membership.objects.current().count() == 2


def test_role_may_overlap_one_that_is_retracted(volunteer, association):
    membership(volunteer, association).retract(by=None, reason="Forkert forening")

    membership(volunteer, association)

    assert Membership.objects.current().count() == 1


def test_overlapping_certificate_is_refused_by_the_database(volunteer):
    curriculum = CurriculumFactory(programme=volunteer.programme)
    certificate(volunteer, curriculum)

    with pytest.raises(IntegrityError) as error, transaction.atomic():
        certificate(volunteer, curriculum, since=D(2012, 1, 1))

    assert error.value.__cause__.diag.constraint_name == "training_one_certificate"


# --- When it is known


def test_fact_is_known_from_the_instant_it_is_recorded(volunteer, association):
    with clock(RECORDED):
        fact = membership(volunteer, association)

    assert (known(RECORDED - INSTANT), known(RECORDED), known(ALWAYS)) == ([], [fact], [fact])


def test_fact_is_known_until_the_instant_it_is_retracted(volunteer, association):
    with clock(RECORDED):
        fact = membership(volunteer, association)
    with clock(CORRECTED):
        fact.retract(by=None, reason="Fejl")

    assert (known(CORRECTED - INSTANT), known(CORRECTED), known(ALWAYS)) == ([fact], [], [])


@pytest.mark.parametrize(
    ("recorded", "day"),
    [
        (dt.datetime(2011, 1, 10, 22, 59, 59, 999_999, tzinfo=dt.UTC), D(2011, 1, 10)),
        (dt.datetime(2011, 1, 10, 23, tzinfo=dt.UTC), D(2011, 1, 11)),
        (dt.datetime(2011, 3, 27, 21, 59, 59, tzinfo=dt.UTC), D(2011, 3, 27)),
        (dt.datetime(2011, 3, 27, 22, tzinfo=dt.UTC), D(2011, 3, 28)),
        (dt.datetime(2011, 10, 30, 22, 59, 59, tzinfo=dt.UTC), D(2011, 10, 30)),
        (dt.datetime(2011, 10, 30, 23, tzinfo=dt.UTC), D(2011, 10, 31)),
    ],
    ids=str,
)
def test_fact_is_known_on_the_day_it_is_recorded_in_copenhagen(volunteer, association, recorded, day):
    with clock(recorded):
        fact = membership(volunteer, association)

    assert (known(end_of_day(day - DAY)), known(end_of_day(day))) == ([], [fact])


def test_always_sees_exactly_what_is_not_retracted(volunteer, association):
    kept = membership(volunteer, association, role="mother")
    membership(volunteer, association, role="chair").retract(by=None, reason="Fejl")

    assert known(ALWAYS) == list(Membership.objects.current()) == [kept]


# --- How it is corrected


@pytest.fixture
def versions(volunteer, association):
    """A role recorded in June, and its end recorded in September."""
    with clock(RECORDED):
        first = membership(volunteer, association)
    with clock(CORRECTED):
        second = first.supersede(by=None, reason="Rollen er afsluttet", ended_on=D(2011, 8, 31))
    return first, second


def test_superseding_keeps_the_identity(versions):
    first, second = versions

    assert (second.uuid == first.uuid, second.pk == first.pk) == (True, False)


def test_superseding_keeps_what_is_not_changed(versions):
    first, second = versions
    kept = ("volunteer_id", "association_id", "role", "started_on", "note", "evidence_id", "is_date_unknown")

    assert [getattr(second, name) for name in kept] == [getattr(first, name) for name in kept]
    assert (first.ended_on, second.ended_on) == (None, D(2011, 8, 31))


def test_superseding_leaves_no_gap_and_no_overlap(versions):
    first, second = versions
    first.refresh_from_db()
    second.refresh_from_db()

    assert first.retracted_at == second.recorded_at == CORRECTED
    assert (known(CORRECTED - INSTANT), known(CORRECTED)) == ([first], [second])


def test_superseding_without_a_set_clock_leaves_no_gap(volunteer, association):
    first = membership(volunteer, association)

    second = first.supersede(by=None, reason="Rettelse", role="chair")

    second.refresh_from_db()
    assert first.retracted_at == second.recorded_at


def test_superseding_says_who_and_why(volunteer, association):
    user = UserFactory()
    first = membership(volunteer, association)

    second = first.supersede(by=user, reason="Rollen er afsluttet", ended_on=D(2011, 8, 31))

    assert (first.retracted_by, first.retraction_reason, second.recorded_by, second.is_current) == (
        user,
        "Rollen er afsluttet",
        user,
        True,
    )


def test_superseding_what_is_retracted_is_refused_and_records_nothing(volunteer, association):
    fact = membership(volunteer, association)
    fact.retract(by=None, reason="Fejl")

    with pytest.raises(AlreadyRetracted):
        fact.supersede(by=None, reason="Igen", role="chair")

    assert Membership.objects.count() == 1


def test_superseding_with_what_the_database_refuses_keeps_the_old_version(volunteer, association):
    fact = membership(volunteer, association)

    with pytest.raises(IntegrityError), transaction.atomic():
        fact.supersede(by=None, reason="Afsluttet", ended_on=fact.started_on - DAY)

    assert Membership.objects.get().is_current


def test_identity_has_one_current_version(volunteer, association):
    fact = membership(volunteer, association)

    with pytest.raises(IntegrityError) as error, transaction.atomic():
        Membership.record(
            by=None,
            volunteer=volunteer,
            association=association,
            role="chair",
            started_on=D(2011, 3, 1),
            uuid=fact.uuid,
        )

    assert error.value.__cause__.diag.constraint_name == "volunteers_membership_one_current"


def test_fact_is_asked_for_in_one_query(volunteer, association, django_assert_num_queries):
    membership(volunteer, association)

    with django_assert_num_queries(1):
        assert len(known(ALWAYS)) == 1


def test_fact_knows_its_time_when_it_is_recorded(volunteer):
    fact = certificate(volunteer, CurriculumFactory(programme=volunteer.programme))

    assert fact.recorded_at == Certificate.objects.get().recorded_at


def test_fact_with_a_cpr_number_in_its_note_is_not_valid():
    with pytest.raises(ValidationError) as refused:
        FoundingStep(note="Se 010170-1234").clean()

    assert [*refused.value.error_dict] == ["note"]
