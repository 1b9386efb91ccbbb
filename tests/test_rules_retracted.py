"""A rule that was wrong: the one before it takes its days. And two who change a criterion's rules at once."""

import datetime as dt

import pytest
from django.db import transaction
from django.urls import reverse

from bydelsmoedre.entry import Overtaken
from bydelsmoedre.moment import Moment
from programme.facts import AlreadyRetracted
from programme.models import CriterionVersion
from programme.rules import accept, adopt, versions_of
from reports.figures.criteria import criteria
from tests import factories as make
from tests.doors import html_of, retract, saved
from tests.meanwhile import Other, wait_for_a_lock
from tests.ruling import changed, criterion_of, judged, told, version
from tests.test_admin_lists import do

D = dt.date
pytestmark = pytest.mark.django_db

YEAR = [D(2011, 1, 1) + dt.timedelta(number) for number in range(365)]


@pytest.fixture
def secretary(programme, client):
    client.force_login(make.user_with_role(programme, "secretariat"))
    return client


def three(criterion):
    """The criterion's versions from January, July and October."""
    for day, target in ((D(2011, 7, 1), 2), (D(2011, 10, 1), 4)):
        changed(criterion, day, target=target)
    return versions_of(criterion)


def test_a_rule_retracted_leaves_its_days_to_the_one_before(programme):
    criterion = criterion_of(programme)
    second = changed(criterion, D(2011, 7, 1), target=2)
    changed(criterion, D(2011, 10, 1), target=4)
    before = {day: criteria(programme, Moment(day)) for day in YEAR}

    second = CriterionVersion.objects.current().get(uuid=second.uuid)
    second.retract(by=None, reason="Ikke vedtaget")

    judged()
    after = {day: criteria(programme, Moment(day)) for day in YEAR}
    assert told(criterion) == [(D(2011, 1, 1), D(2011, 9, 30), 3), (D(2011, 10, 1), None, 4)]
    moved = [day for day in YEAR if before[day] != after[day]]
    assert (moved[0], moved[-1], len(moved)) == (D(2011, 7, 1), D(2011, 9, 30), 92)


def test_the_last_rule_retracted_leaves_the_one_before_it_open(programme):
    criterion = criterion_of(programme)
    changed(criterion, D(2011, 7, 1), target=2).retract(by=None, reason="Ikke vedtaget")

    judged()
    assert told(criterion) == [(D(2011, 1, 1), None, 3)]


def test_the_first_rule_is_not_retracted(programme, secretary):
    first = versions_of(criterion_of(programme))[0]
    before = saved()

    page = secretary.post(reverse("reports:retract", args=["regel", first.uuid]), {"reason": "Fejl", "seen": first.pk})

    assert "første regel" in html_of(page) or "first rule" in html_of(page)
    assert saved() == before
    with pytest.raises(Overtaken):
        first.retract(by=None, reason="Fejl")


def test_a_rule_is_retracted_once(programme):
    second = changed(criterion_of(programme), D(2011, 7, 1), target=2)
    second.retract(by=None, reason="Ikke vedtaget")

    with pytest.raises(AlreadyRetracted):
        second.retract(by=None, reason="Ikke vedtaget")


def test_a_rule_is_retracted_by_whatever_door(programme, secretary):
    criterion = criterion_of(programme)
    _first, second, _third = three(criterion)

    page = retract(secretary, "regel", second)

    judged()
    assert page.status_code == 302
    assert told(criterion) == [(D(2011, 1, 1), D(2011, 9, 30), 3), (D(2011, 10, 1), None, 4)]


@pytest.mark.parametrize("order", ["?o=5", "?o=-5"], ids=["earlier first", "later first"])
def test_successive_rules_are_retracted_at_once_from_a_list(programme, reader, order):
    criterion = criterion_of(programme)
    _first, july, october = three(criterion)

    page = do(reader, "retract_selected", july, october, query=order)
    do(reader, "retract_selected", july, october, query=order, reason="Ikke vedtaget")

    judged()
    asked = [july, october] if order == "?o=5" else [october, july]
    assert page.context["facts"] == asked
    assert told(criterion) == [(D(2011, 1, 1), None, 3)]


# --- Two at once


def at_once(mine, others):
    """Somebody else begins while I am at work and waits for me; what she was refused with."""
    other = Other(others)
    with transaction.atomic():
        mine()
        other.start()
        wait_for_a_lock(other)
        assert other.is_alive(), "she waits"
    other.join(10)
    return other.refused


@pytest.fixture
def criterion(transactional_db):
    return criterion_of(make.plan("København"))


@pytest.mark.django_db(transaction=True)
def test_two_who_change_the_same_rule_at_once_leave_one_after_the_other(criterion):
    july, october = (version(criterion, day, target=2) for day in (D(2011, 7, 1), D(2011, 10, 1)))

    refused = at_once(
        lambda: adopt(july, by=None, reason="Ny regel"), lambda: adopt(october, by=None, reason="Ny regel")
    )

    assert refused is None
    assert [one[:2] for one in told(criterion)] == [
        (D(2011, 1, 1), D(2011, 6, 30)),
        (D(2011, 7, 1), D(2011, 9, 30)),
        (D(2011, 10, 1), None),
    ]


@pytest.mark.django_db(transaction=True)
def test_two_who_retract_successive_rules_at_once_leave_the_one_before_both(criterion):
    _first, july, october = three(criterion)

    refused = at_once(lambda: july.retract(by=None, reason="Fejl"), lambda: october.retract(by=None, reason="Fejl"))

    assert refused is None
    assert told(criterion) == [(D(2011, 1, 1), None, 3)]


@pytest.mark.django_db(transaction=True)
def test_rule_that_is_accepted_while_another_one_follows_it_is_accepted(criterion):
    first, july = versions_of(criterion)[0], version(criterion, D(2011, 7, 1), target=2)
    accepted = {"accepted_on": D(2011, 3, 15), "evidence": None, "by": None, "reason": "Godkendt"}

    refused = at_once(lambda: adopt(july, by=None, reason="Ny regel"), lambda: accept(first, **accepted))

    assert refused is None
    assert [(one.ended_on, one.accepted_on) for one in versions_of(criterion)] == [
        (D(2011, 6, 30), D(2011, 3, 15)),
        (None, None),
    ]
