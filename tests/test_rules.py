"""A criterion's rule from one day to another: earlier figures stay, no day is without a rule, none has two."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from bydelsmoedre.entry import Overtaken
from bydelsmoedre.moment import Moment
from programme.facts import Fact
from programme.rules import accept, versions_of
from reports.figures.criteria import criteria, measures
from tests import factories as make
from tests.doors import html_of, saved, says, sent
from tests.figures import at, figure
from tests.ruling import changed, criterion_of, judged, told, version

D = dt.date
pytestmark = pytest.mark.django_db

#: When the plan was known, and nothing else.
KNOWN_THEN = dt.datetime(2011, 1, 2, tzinfo=dt.UTC)
YEAR = [D(2011, 1, 1) + dt.timedelta(number) for number in range(365)]


@pytest.fixture
def programme():
    programme = make.plan("København")
    for day in (D(2011, 5, 26), D(2011, 6, 15), D(2011, 11, 2)):
        make.founded_association(programme, day)
    return programme


@pytest.fixture
def writer(programme, client):
    client.force_login(make.user_with_role(programme, "foundation"))
    return client


# --- Earlier figures stay


def test_changing_a_rule_leaves_every_earlier_figure_of_2011_equal(programme):
    before = {day: criteria(programme, Moment(day)) for day in YEAR}

    changed(criterion_of(programme), D(2011, 7, 1), target=2, rule_text="To er nok.")

    after = {day: criteria(programme, Moment(day)) for day in YEAR}
    assert [day for day in YEAR if before[day] != after[day]] == [day for day in YEAR if day >= D(2011, 7, 1)]
    assert (after[D(2011, 6, 30)][0].target, after[D(2011, 7, 1)][0].target) == (3, 2)
    assert all(before[day][1:] == after[day][1:] for day in YEAR), "the other criteria are asked by their own rules"


def test_the_past_as_it_was_known_keeps_the_rule_on_later_days_too(programme):
    changed(criterion_of(programme), D(2011, 7, 1), target=2)

    assert figure(programme, 1, Moment(D(2011, 8, 1), KNOWN_THEN)).target == 3
    assert figure(programme, 1, at(2011, 8, 1)).target == 2


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([D(2011, 7, 1)], [(D(2011, 1, 1), D(2011, 6, 30)), (D(2011, 7, 1), None)]),
        (
            [D(2011, 10, 1), D(2011, 7, 1)],
            [(D(2011, 1, 1), D(2011, 6, 30)), (D(2011, 7, 1), D(2011, 9, 30)), (D(2011, 10, 1), None)],
        ),
        ([D(2011, 1, 2)], [(D(2011, 1, 1), D(2011, 1, 1)), (D(2011, 1, 2), None)]),
    ],
    ids=["from July", "between two", "from the second day"],
)
def test_versions_follow_each_other_without_a_gap(programme, days, expected):
    criterion = criterion_of(programme)

    for day in days:
        changed(criterion, day, target=2)

    judged()
    assert [one[:2] for one in told(criterion)] == expected


def test_a_day_has_one_rule_only(programme):
    criterion = criterion_of(programme)
    changed(criterion, D(2011, 7, 1), target=2)

    with pytest.raises(Overtaken):
        changed(criterion, D(2011, 7, 1), target=4)


def test_no_rule_begins_before_the_programme(programme):
    with pytest.raises(Overtaken):
        changed(criterion_of(programme), D(2010, 12, 31), target=2)


# --- The database


@pytest.mark.parametrize("ended_on", [D(2011, 6, 29), None, D(2011, 7, 1)], ids=["gap", "open", "overlap"])
def test_the_database_refuses_a_gap_and_an_overlap(programme, ended_on):
    criterion = criterion_of(programme)
    first = versions_of(criterion)[0]

    with pytest.raises(IntegrityError), transaction.atomic():
        first.supersede(by=None, reason="Slut", ended_on=ended_on)
        version(criterion, D(2011, 7, 1)).save(force_insert=True)
        judged()


def test_the_database_refuses_a_rule_that_ends_with_none_after_it(programme):
    with pytest.raises(IntegrityError, match="one rule on every day"), transaction.atomic():
        versions_of(criterion_of(programme))[0].supersede(by=None, reason="Slut", ended_on=D(2011, 6, 30))
        judged()


def test_the_database_refuses_to_retract_a_rule_in_use(programme):
    criterion = criterion_of(programme)
    second = changed(criterion, D(2011, 7, 1), target=2)

    with pytest.raises(IntegrityError, match="one rule on every day"), transaction.atomic():
        Fact.retract(second, by=None, reason="Fejl")
        judged()


# --- Through the doors

GIVEN = {
    "wording": "Minimum tre",
    "rule": "associations_founded",
    "target": "2",
    "deadline": "31.12.2011",
    "rule_text": "To stiftede foreninger.",
    "started_on": "01.07.2011",
}


def test_foundation_records_the_next_version(programme, writer):
    criterion = criterion_of(programme)
    opened = writer.get(reverse("programme:rule", args=[criterion.uuid]))

    given = GIVEN | {"accepted_on": "02.07.2011", "evidence_text": "Brev, sag 2011-7"}
    page = writer.post(reverse("programme:rule", args=[criterion.uuid]), given)

    assert opened.context["form"]["target"].value() == 3, "it begins as the version before"
    assert page.status_code == 302
    assert told(criterion) == [(D(2011, 1, 1), D(2011, 6, 30), 3), (D(2011, 7, 1), None, 2)]
    new = versions_of(criterion)[1]
    assert (new.accepted_on, str(new.evidence)) == (D(2011, 7, 2), "Brev, sag 2011-7")
    told_on_page = html_of(writer.get(page["Location"]))
    assert "To stiftede foreninger." in told_on_page


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        ({"target": ""}, "target"),
        ({"target": "0"}, "target"),
        ({"rule": "partnership_anchored"}, "target"),
        ({"rule": "document_adopted", "target": ""}, "document_kind"),
        ({"document_kind": "values"}, "document_kind"),
        ({"started_on": "01.01.2011"}, "started_on"),
        ({"started_on": "31.12.2010"}, "started_on"),
        ({"deadline": "31.02.2011"}, "deadline"),
        ({"accepted_on": "02.07.2011"}, "evidence_text"),
        ({"rule_text": ""}, "rule_text"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_bad_rule_is_refused_beside_its_field(programme, writer, bad, field):
    before = saved()

    page = writer.post(reverse("programme:rule", args=[criterion_of(programme).uuid]), GIVEN | bad)

    assert list(page.context["form"].errors) == [field]
    assert saved() == before


def test_the_acceptance_is_recorded_later_and_known_from_then(programme, writer):
    criterion = criterion_of(programme)
    first = versions_of(criterion)[0]
    given = {"accepted_on": "15.03.2011", "evidence_text": "Mail fra kommunen", "seen": first.pk}

    page = writer.post(reverse("programme:rule_accepted", args=[first.uuid]), given)

    assert page.status_code == 302
    then = measures(programme, Moment(D(2011, 8, 1), KNOWN_THEN))[0].version
    now = measures(programme, at(2011, 8, 1))[0].version
    assert (then.accepted_on, now.accepted_on, now.uuid) == (None, D(2011, 3, 15), first.uuid)


def test_the_acceptance_needs_evidence(programme, writer):
    first = versions_of(criterion_of(programme))[0]
    before = saved()

    page = writer.post(
        reverse("programme:rule_accepted", args=[first.uuid]), {"accepted_on": "15.03.2011", "seen": first.pk}
    )

    assert list(page.context["form"].errors) == ["evidence_text"]
    assert saved() == before


ACCEPTED = {"accepted_on": D(2011, 3, 15), "evidence": None, "by": None, "reason": "Godkendt"}


def test_the_acceptance_of_a_rule_that_is_accepted_meanwhile_is_not_recorded(programme):
    first = versions_of(criterion_of(programme))[0]
    accept(first, **ACCEPTED)
    before = saved()

    with pytest.raises(Overtaken):
        accept(first, **ACCEPTED | {"accepted_on": D(2011, 3, 16)})
    assert saved() == before


@pytest.mark.parametrize(("day", "errors"), [("15.03.2011", ["accepted_on"]), ("16.03.2011", [])])
def test_a_wrong_day_of_the_acceptance_is_corrected(programme, writer, day, errors):
    first = versions_of(criterion_of(programme))[0]
    accept(first, **ACCEPTED)

    page = sent(
        writer, reverse("programme:rule_accepted", args=[first.uuid]),
        accepted_on=day, evidence_text="Mail fra kommunen",
    )  # fmt: skip

    assert (list(page.context["form"].errors) if page.context else []) == errors
    (now,) = versions_of(criterion_of(programme))
    assert now.accepted_on == (D(2011, 3, 15) if errors else D(2011, 3, 16))


# --- A new criterion


def test_a_criterion_is_composed_from_a_known_rule(programme, writer):
    given = {
        "number": "6",
        "name": "Vedtægter til alle",
        "wording": "Der skal være fælles vedtægter",
        "rule": "document_adopted",
        "document_kind": "values",
        "deadline": "31.12.2011",
        "rule_text": "Styregruppen har vedtaget dem.",
        "started_on": "01.01.2011",
    }

    page = writer.post(reverse("programme:criterion_new"), given)

    made = criterion_of(programme, 6)
    assert page.status_code == 302
    assert page["Location"] == reverse("reports:criterion", args=[made.uuid])
    assert figure(programme, 6, at(2011, 8, 1)).standing == "not_yet"
    assert [one.number for one in criteria(programme, at(2011, 8, 1))] == [1, 2, 3, 4, 5, 6]


def test_a_number_is_taken_once(programme, writer):
    given = GIVEN | {"number": "5", "name": "Endnu et", "started_on": "01.01.2011"}

    page = writer.post(reverse("programme:criterion_new"), given)

    assert list(page.context["form"].errors) == ["number"]
    assert says("There is a criterion with that number already.") in html_of(page)


@pytest.mark.parametrize("role", ["secretariat", "caseworker"])
def test_who_is_measured_by_a_rule_does_not_write_it(programme, client_of, role):
    client, criterion = client_of(make.user_with_role(programme, role)), criterion_of(programme)
    doors = [
        reverse("programme:rule", args=[criterion.uuid]),
        reverse("programme:rule_accepted", args=[versions_of(criterion)[0].uuid]),
        reverse("programme:criterion_new"),
    ]

    assert [client.get(door).status_code for door in doors] == [403, 403, 403]
    assert doors[0] not in client.get(reverse("reports:criterion", args=[criterion.uuid])).content.decode()
