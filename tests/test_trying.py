"""Two rules tried side by side on one day's data: the criteria's own classification, and nothing stored."""

import datetime as dt

import pytest
from django.urls import reverse

from bydelsmoedre.moment import Moment
from programme.models import SuccessCriterion
from reports.figures.criteria import figures, measures
from reports.trying import Setting, only_in, tried
from tests import factories as make
from tests.doors import html_of, saved
from tests.figures import decide

D = dt.date
DEADLINE = D(2011, 12, 31)
pytestmark = pytest.mark.django_db

FOUNDED = Setting("associations_founded", 3, "", DEADLINE)
TRAINED = Setting("coordinators_trained", 15, "", DEADLINE)
ASKED = {
    "a-rule": "associations_founded",
    "a-target": "3",
    "a-document_kind": "",
    "a-deadline": "31.12.2011",
    "b-rule": "associations_founded",
    "b-target": "1",
    "b-document_kind": "",
    "b-deadline": "31.12.2011",
}


@pytest.fixture
def programme():
    programme = make.plan("København")
    make.counting_coordinator(make.founded_association(programme, D(2011, 5, 26), name="Den ene"), name="Amina")
    place = make.AssociationFactory(programme=programme, name="Den anden")
    make.step(place, "notice", D(2011, 6, 1))
    return programme


@pytest.fixture
def page_of(programme, client):
    def page(role, **asked):
        client.force_login(make.user_with_role(programme, role))
        return client.get(reverse("reports:try_rule"), asked)

    return page


@pytest.mark.parametrize("number", range(1, 6))
def test_the_rule_in_force_tried_gives_the_criterion_s_own_answer(programme, number):
    decide(programme, "values", D(2011, 7, 20))
    moment = Moment(D(2011, 8, 1))
    (measure,) = (one for one in measures(programme, moment) if one.number == number)
    version = measure.version
    (own,) = figures([measure])

    (found,) = tried(
        programme, [Setting(version.rule, version.target, version.document_kind, version.deadline)], moment
    )

    told = ("value", "target", "is_met", "met_since", "standing", "tallies", "running", "changes")
    assert [getattr(found.figure, name) for name in told] == [getattr(own, name) for name in told]
    assert len(found.near) == own.near_count


def test_two_rules_differ_by_name(programme):
    one, other = tried(programme, [FOUNDED, TRAINED], Moment(D(2011, 8, 1)))

    assert ([row.kind for row in only_in(one, other)], [row.kind for row in only_in(other, one)]) == (
        ["association"],
        ["volunteer"],
    )


def test_deadline_tried_decides_how_it_stands(programme):
    early, late = (Setting("associations_founded", 1, "", day) for day in (D(2011, 5, 25), D(2011, 5, 26)))

    standings = [one.figure.standing for one in tried(programme, [early, late], Moment(D(2011, 8, 1)))]

    assert standings == ["met_late", "met"]


def test_page_shows_both_and_stores_nothing(programme, client):
    client.force_login(make.user_with_role(programme, "foundation"))
    before = saved()

    page = client.get(reverse("reports:try_rule"), ASKED)

    first, second = page.context["shown"]
    assert [(one.tried.figure.value, one.tried.figure.standing) for one in (first, second)] == [
        (1, "not_yet"),
        (1, "met"),
    ]
    assert (first.counting, first.only) == (["Den ene"], [])
    assert [name for name, _lacks in first.near] == ["Den anden"]
    assert saved() == before


def test_page_begins_with_the_rule_of_the_criterion_that_one_comes_from(programme, page_of):
    criterion = SuccessCriterion.objects.get(programme=programme, number=4)

    page = page_of("secretariat", kriterium=criterion.uuid)

    assert [form["document_kind"].value() for form in page.context["forms"]] == ["values", "values"]
    assert page.context["shown"] == []


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        ({"b-target": ""}, "target"),
        ({"b-target": "0"}, "target"),
        ({"b-rule": "document_adopted", "b-target": ""}, "document_kind"),
        ({"b-rule": "partnership_anchored"}, "target"),
        ({"b-deadline": "31.02.2011"}, "deadline"),
        ({"b-rule": "magic"}, "rule"),
    ],
    ids=["no target", "zero", "no document", "target of a decision", "no such day", "no such rule"],
)
def test_bad_setting_is_told_beside_its_field_and_kept(page_of, bad, field):
    page = page_of("secretariat", **ASKED | bad)

    assert page.status_code == 200
    assert [list(form.errors) for form in page.context["forms"]] == [[], [field]]
    assert page.context["shown"] == []


def test_municipality_sees_numbers_and_associations_and_no_person(page_of):
    asked = ASKED | {"b-rule": "coordinators_trained", "b-target": "15"}

    theirs, ours = page_of("caseworker", **asked), page_of("secretariat", **asked)

    assert "Amina" in html_of(ours)
    assert "Amina" not in html_of(theirs)
    assert "Den ene" in html_of(theirs)
