"""Two Moments side by side: their figures, and exactly the facts between them, each with its reason."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from associations.founding import FOUNDING_SQL
from budget.reallocation import REALLOCATED_SQL
from bydelsmoedre.moment import Moment, end_of_day
from bydelsmoedre.prepared import expand
from programme.facts import fact_models
from programme.models import CriterionVersion, SuccessCriterion
from programme.rules import adopt
from reports.changed import FACTS, KINDS, MORE, Why, changed
from reports.figures import finances
from reports.figures.classification import CLASSIFICATIONS, DECISIONS_SQL
from reports.happenings import KINDS as TOLD
from tests import factories as make
from tests.doors import html_of
from tests.figures import at, decide
from tests.roles import clock

D = dt.date
pytestmark = pytest.mark.django_db


def known(*day):
    return end_of_day(D(*day))


def between(programme, first, second, *, may_see_persons=True):
    lines, count = changed(programme, first, second, may_see_persons=may_see_persons, limit=1000)
    assert count == len(lines)
    return lines


def said(lines):
    return sorted((line.code, line.detail, str(line.why), line.first_on) for line in lines)


@pytest.fixture
def programme():
    return make.plan("København")


# --- Which facts


def test_every_fact_that_the_figures_read_can_be_told():
    texts = [FOUNDING_SQL, DECISIONS_SQL, *CLASSIFICATIONS.values(), REALLOCATED_SQL, finances._ASKED]
    read = set(re.findall(r"\b(?:from|join) (\w+_\w+)\b", expand("\n".join(texts)))) | {"programme_criterionversion"}
    tables = {model._meta.db_table for model in fact_models()}

    assert read & tables <= {model._meta.db_table for model in FACTS.values()}


def test_every_kind_that_is_told_elsewhere_is_compared_but_messages():
    assert KINDS.keys() == (TOLD.keys() - {"message"}) | MORE.keys()
    assert FACTS.keys() == KINDS.keys()


def test_what_happened_between_two_days_is_named_and_nothing_else(programme):
    make.founded_association(programme, D(2011, 3, 1))
    place = make.AssociationFactory(programme=programme)
    make.step(place, "statutes", D(2011, 6, 30))
    make.step(place, "meeting", D(2011, 7, 1))
    make.step(place, "board", D(2011, 7, 31), board_members=5)
    make.step(place, "cvr", D(2011, 8, 1), cvr="13748136")

    lines = between(programme, at(2011, 6, 30), at(2011, 7, 31))

    assert [(line.code, line.detail, line.uuid) for line in lines] == [
        ("step", "meeting", place.uuid),
        ("step", "board", place.uuid),
    ]
    assert {line.why for line in lines} == {Why.HAPPENED}


def test_the_same_day_known_on_two_days_names_what_was_recorded_afterwards(programme):
    place = make.AssociationFactory(programme=programme)
    with clock(dt.datetime(2011, 6, 1, 12, tzinfo=dt.UTC)):
        make.step(place, "meeting", D(2011, 5, 26))
    with clock(dt.datetime(2011, 7, 5, 12, tzinfo=dt.UTC)):
        make.step(place, "board", D(2011, 5, 26), board_members=5)

    lines = between(programme, Moment(D(2011, 6, 30), known(2011, 6, 30)), Moment(D(2011, 6, 30), known(2011, 7, 31)))

    assert said(lines) == [("step", "board", "late", D(2011, 5, 26))]
    assert lines[0].recorded_on == D(2011, 7, 5)


def test_a_step_that_only_must_exist_is_told_from_when_it_is_known(programme):
    """Minutes signed on 5 January make the meeting of December count: the figures of 31 December differ, and they are
    named though their day comes after it."""
    place = make.AssociationFactory(programme=programme)
    with clock(dt.datetime(2012, 1, 5, 12, tzinfo=dt.UTC)):
        make.step(place, "minutes", D(2012, 1, 5))

    lines = between(programme, Moment(D(2011, 12, 31), known(2011, 12, 31)), at(2011, 12, 31))

    assert said(lines) == [("step", "minutes", "exists", D(2012, 1, 5))]


def test_retracted_corrected_and_ended_are_told_as_such(programme):
    place = make.AssociationFactory(programme=programme)
    person = make.VolunteerFactory(programme=programme)
    with clock(dt.datetime(2011, 6, 1, 12, tzinfo=dt.UTC)):
        wrong = make.step(place, "statutes", D(2011, 5, 20))
        moved = make.step(place, "meeting", D(2011, 5, 26))
        make.membership(person, place, role="mother", since=D(2011, 5, 1), until=D(2011, 7, 15))
    with clock(dt.datetime(2011, 7, 10, 12, tzinfo=dt.UTC)):
        wrong.retract(by=None, reason="Fejl")
        moved.supersede(by=None, reason="Forkert dag", happened_on=D(2011, 5, 27))

    lines = between(programme, Moment(D(2011, 6, 30), known(2011, 6, 30)), Moment(D(2011, 7, 31), known(2011, 7, 31)))

    assert said(lines) == [
        ("role", "mother", "ended", D(2011, 5, 1)),
        ("step", "meeting", "corrected", D(2011, 5, 27)),
        ("step", "statutes", "retracted", D(2011, 5, 20)),
    ]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"ended_on": D(2011, 7, 8)}, "ended"),
        ({"ended_on": D(2011, 7, 30)}, "ended"),
        ({"started_on": D(2011, 7, 31)}, "corrected"),
        ({"started_on": D(2011, 8, 1)}, "corrected"),
    ],
    ids=["ended", "ended the day before", "begins on the day", "begins after it"],
)
def test_what_was_known_to_end_after_it_was_recorded_has_ended(programme, changes, why):
    """Its end is recorded by superseding it: the version without one is retracted, and the fact is not."""
    person, place = make.VolunteerFactory(programme=programme), make.AssociationFactory(programme=programme)
    with clock(dt.datetime(2011, 6, 1, 12, tzinfo=dt.UTC)):
        role = make.membership(person, place, role="mother", since=D(2011, 5, 1))
    with clock(dt.datetime(2011, 7, 10, 12, tzinfo=dt.UTC)):
        role.supersede(by=None, reason="Rettet", **changes)

    lines = between(programme, Moment(D(2011, 6, 30), known(2011, 6, 30)), Moment(D(2011, 7, 31), known(2011, 7, 31)))

    assert [(line.code, str(line.why)) for line in lines] == [("role", why)]


def test_what_was_ended_and_then_retracted_is_retracted(programme):
    person, place = make.VolunteerFactory(programme=programme), make.AssociationFactory(programme=programme)
    with clock(dt.datetime(2011, 6, 1, 12, tzinfo=dt.UTC)):
        role = make.membership(person, place, role="mother", since=D(2011, 5, 1))
    with clock(dt.datetime(2011, 7, 10, 12, tzinfo=dt.UTC)):
        ended = role.supersede(by=None, reason="Stoppet", ended_on=D(2011, 7, 8))
    with clock(dt.datetime(2011, 7, 12, 12, tzinfo=dt.UTC)):
        ended.retract(by=None, reason="Fejl")

    lines = between(programme, Moment(D(2011, 6, 30), known(2011, 6, 30)), Moment(D(2011, 7, 31), known(2011, 7, 31)))

    assert [(line.code, str(line.why)) for line in lines] == [("role", "retracted")]


def test_a_new_rule_is_among_the_facts_between(programme):
    criterion = SuccessCriterion.objects.get(programme=programme, number=1)
    first = CriterionVersion.objects.get(criterion=criterion)
    adopt(
        CriterionVersion(
            criterion=criterion, wording=first.wording, rule=first.rule, rule_text="To", target=2,
            deadline=first.deadline, started_on=D(2011, 7, 1),
        ),
        by=None,
        reason="Ny regel",
    )  # fmt: skip

    lines = between(programme, at(2011, 6, 30), at(2011, 7, 1))

    # the first one has ended, the second has begun
    assert [(line.code, str(line.why), line.first_on) for line in lines] == [
        ("rule", "ended", D(2011, 1, 1)),
        ("rule", "happened", D(2011, 7, 1)),
    ]


# --- The page


@pytest.fixture
def reader(programme, client):
    def of(role):
        client.force_login(make.user_with_role(programme, role))
        return client

    return of


def page_of(client, **asked):
    return client.get(reverse("reports:compare"), asked)


def test_page_shows_both_figures_their_difference_and_what_came(programme, reader):
    make.founded_association(programme, D(2011, 3, 1), name="Den gamle")
    make.founded_association(programme, D(2011, 7, 15), name="Den nye")
    decide(programme, "values", D(2011, 7, 20))

    page = page_of(reader("secretariat"), on="2011-06-30", on2="31.07.2011")

    (first, *_rest) = page.context["pairs"]
    assert (first.pair.first.value, first.pair.second.value, first.pair.difference) == (1, 2, 1)
    assert (first.came, first.went) == (["Den nye"], [])
    assert [line.pair.is_changed for line in page.context["pairs"]] == [True, False, False, True, False]
    html = html_of(page)
    assert 'href="/?on=2011-06-30"' in html


def test_days_in_the_wrong_order_are_put_right(programme, reader):
    page = page_of(reader("secretariat"), on="2011-07-31", on2="2011-06-30")

    assert [side.moment.on for side in page.context["sides"]] == [D(2011, 6, 30), D(2011, 7, 31)]


@pytest.mark.parametrize("name", ["on", "known_at", "on2", "known_at2"])
def test_a_day_that_cannot_be_read_is_told_beside_its_field_and_kept(programme, reader, name):
    page = page_of(reader("secretariat"), **{name: "31.02.2011"})

    assert page.status_code == 200
    assert list(page.context["form"].errors) == [name]
    assert "31.02.2011" in html_of(page)


def test_the_municipality_sees_figures_and_no_person(programme, reader):
    place = make.founded_association(programme, D(2011, 7, 15), name="Den nye")
    person = make.counting_coordinator(place, since=D(2011, 7, 16))
    asked = {"on": "2011-06-30", "on2": "2011-08-31"}

    theirs, ours = page_of(reader("caseworker"), **asked), page_of(reader("secretariat"), **asked)

    assert person.name in html_of(ours)
    assert person.name not in html_of(theirs)
    assert [line.pair.difference for line in theirs.context["pairs"]][:2] == [1, 1]
    assert theirs.context["pairs"][0].came == ["Den nye"]
    kinds = {line.changed.code for line in theirs.context["lines"]}
    assert kinds
    assert not any(KINDS[code].is_for_staff for code in kinds)


def test_many_lines_are_told_in_pages(programme, reader):
    for number in range(60):
        make.step(make.AssociationFactory(programme=programme), "statutes", D(2011, 7, 1) + dt.timedelta(number % 20))
    asked = {"on": "2011-06-30", "on2": "2011-07-31"}

    pages = [page_of(reader("secretariat"), **asked, side=side) for side in (1, 2)]

    assert [len(page.context["lines"]) for page in pages] == [50, 10]
    assert "on=2011-06-30" in html_of(pages[0]).partition('rel="next" href="')[2][:80]
