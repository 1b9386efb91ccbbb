"""The formerly paid: each by her own latest answer; active so many months after it; the stated totals beside."""

import datetime as dt

import pytest
from django.urls import reverse

from bydelsmoedre.moment import COPENHAGEN, Moment, end_of_day
from programme.models import StatedNumber
from reports.figures.counts import counts
from reports.figures.formerly_paid import formerly_paid
from tests import factories as make
from tests.doors import says
from tests.people import steps
from tests.roles import clock
from volunteers.models import TransitionAnswer

D = dt.date
pytestmark = pytest.mark.django_db


@pytest.fixture
def stated(programme):
    told = {"paid_mothers": 8, "expected_low": 2, "expected_high": 3, "protest_signatures": 4}
    with clock(dt.datetime(2011, 1, 1, 12, tzinfo=COPENHAGEN)):
        for kind, number in told.items():
            StatedNumber.record(by=None, programme=programme, kind=kind, number=number, happened_on=D(2011, 1, 1))


@pytest.fixture
def place(programme):
    return make.AssociationFactory(programme=programme)


def paid(programme, *answers, project="tingbjerg"):
    """Somebody who was paid, with her answers: (answer, day)."""
    former = make.TransitionFactory(volunteer=make.VolunteerFactory(programme=programme), project=project)
    for answer, on in answers:
        TransitionAnswer.record(by=None, transition=former, answer=answer, happened_on=on)
    return former


def at(programme, on=D(2011, 12, 31)):
    return formerly_paid(programme, Moment(on))


def test_the_latest_answer_on_the_day_counts(programme, twin, stated):
    paid(programme, ("undecided", D(2011, 2, 1)), ("continues", D(2011, 4, 1)))
    paid(programme, ("continues", D(2011, 2, 1)), ("no", D(2011, 4, 1)), project="noerrebro")
    paid(programme)
    paid(twin, ("no", D(2011, 2, 1)))

    before, on = at(programme, D(2011, 3, 31)), at(programme, D(2011, 4, 1))

    assert before.projects["tingbjerg"] == {"continues": 0, "undecided": 1, "no": 0, "unanswered": 1}
    assert on.projects["tingbjerg"] == {"continues": 1, "undecided": 0, "no": 0, "unanswered": 1}
    assert on.projects["noerrebro"] == {"continues": 0, "undecided": 0, "no": 1, "unanswered": 0}
    assert set(on.projects) == {"akacieparken", "noerrebro", "sjaeloer", "tingbjerg"}
    assert (on.persons, on.total, on.unrecorded, on.expected, on.protest) == (3, 8, 5, (2, 3), 4)
    assert on.answers == counts(programme, Moment(D(2011, 4, 1))).transition


def test_active_is_a_role_on_the_very_day_so_many_months_after_the_answer(programme, place):
    """Her answer is of the last of November: three months later is the last of February."""
    former = paid(programme, ("continues", D(2011, 11, 30)))
    role = make.membership(former.volunteer, place, role="mother", since=D(2012, 2, 29))
    three = [at(programme, day).milestones[0] for day in (D(2012, 2, 28), D(2012, 2, 29))]

    assert [(one.active, one.inactive, one.coming) for one in three] == [(0, 0, 1), (1, 0, 0)]
    role.supersede(by=None, reason="Hun stopper", ended_on=D(2012, 5, 29))
    six = at(programme, D(2012, 5, 30)).milestones
    assert [(one.months, one.active, one.inactive, one.coming) for one in six] == [
        (3, 1, 0, 0),
        (6, 0, 1, 0),
        (12, 0, 0, 1),
    ]
    assert [one.share for one in six] == [1, 0, None]


def test_a_seat_on_a_board_is_no_activity_and_who_does_not_go_on_is_not_asked(programme, place):
    seated = paid(programme, ("continues", D(2011, 2, 1)))
    make.membership(seated.volunteer, place, role="chair", since=D(2011, 2, 1))
    working = paid(programme, ("no", D(2011, 2, 1)))
    make.membership(working.volunteer, place, role="coordinator", since=D(2011, 2, 1))

    found = at(programme)

    assert [(one.active, one.inactive, one.coming) for one in found.milestones] == [(0, 1, 0), (0, 1, 0), (0, 0, 1)]
    assert found.active == {"continues": 0, "undecided": 0, "no": 1, "unanswered": 0}


def test_a_yes_said_again_counts_from_the_first_and_one_after_a_no_from_itself(programme):
    paid(programme, ("continues", D(2011, 2, 1)), ("continues", D(2011, 4, 1)))
    paid(programme, ("continues", D(2011, 2, 1)), ("no", D(2011, 3, 1)), ("continues", D(2011, 4, 1)))

    due = [
        at(programme, day).milestones[0].due for day in (D(2011, 4, 30), D(2011, 5, 1), D(2011, 6, 30), D(2011, 7, 1))
    ]
    assert due == [0, 1, 1, 2]


def test_an_answer_recorded_late_or_taken_back_counts_as_it_was_known(programme):
    with clock(dt.datetime(2011, 5, 1, 12, tzinfo=COPENHAGEN)):
        former = paid(programme, ("continues", D(2011, 2, 1)))
    with clock(dt.datetime(2011, 6, 1, 12, tzinfo=COPENHAGEN)):
        former.answers.get().retract(by=None, reason="Det var en anden")

    days = [D(2011, 4, 30), D(2011, 5, 1), D(2011, 5, 31), D(2011, 6, 1)]
    known = [formerly_paid(programme, Moment(D(2011, 4, 1), end_of_day(day))).count("continues") for day in days]
    assert known == [0, 1, 1, 0]


@pytest.mark.parametrize(("going_on", "words"), [(1, "mangler 1"), (2, "så mange"), (3, "så mange"), (4, "flere end")])
def test_the_page_holds_who_goes_on_against_what_was_expected(programme, stated, secretary, going_on, words):
    for _ in range(going_on):
        paid(programme, ("continues", D(2011, 2, 1)))

    response = secretary.get(reverse("volunteers:formerly_paid"), {"on": "2011-12-31"})

    assert words in response.context["verdict"]


def test_every_number_leads_to_just_those_whom_it_counts(programme, place, stated, secretary):
    active = paid(programme, ("continues", D(2011, 2, 1)))
    make.membership(active.volunteer, place, role="mother", since=D(2011, 2, 1))
    for answer in ("continues", "undecided", "no"):
        paid(programme, (answer, D(2011, 2, 1)))
    paid(programme)

    context = secretary.get(reverse("volunteers:formerly_paid"), {"on": "2011-12-31"}).context
    groups = [
        [part.number for part in context["parts"]],
        context["active"],
        *(line.numbers for line in context["months"]),
    ]
    numbers = [one for group in groups for one in group if one.url]

    assert len(numbers) == 4 + 1 + 4
    for number in numbers:
        assert secretary.get(number.url).context["listing"].count == int(number.text), number.url


def test_the_protest_is_a_total_and_says_nothing_of_the_others(programme, stated, secretary):
    html = secretary.get(reverse("volunteers:formerly_paid"), {"on": "2011-12-31"}).content.decode()

    assert "4 af de 8 bydelsmødre har underskrevet" in html
    assert "de andre har ikke dermed sagt, at de fortsætter" in html


def test_the_municipality_reads_no_project_and_no_small_number(programme, stated, caseworker, client_of):
    with clock(dt.datetime(2011, 3, 1, 12, tzinfo=COPENHAGEN)):
        for answer in ("continues",) * 6 + ("no",) * 2:
            paid(programme, (answer, D(2011, 2, 1)))

    response = client_of(caseworker).get(reverse("volunteers:formerly_paid"), {"on": "2011-05-01"})

    context, hidden = response.context, says("Not shown")
    assert [part.number.text for part in context["parts"]] == [hidden] * 3
    assert (context["projects"], context["active"], context["verdict"]) == ([], [], "")
    assert [[one.text for one in line.numbers] for line in context["months"]] == [[hidden] * 3] * 3
    assert "Tingbjerg" not in response.content.decode().partition("<main")[2]
    assert "tal=" not in response.content.decode()


@pytest.mark.parametrize(
    ("door", "shown"), [("funnel", "stages"), ("residence", "groups"), ("formerly_paid", "parts")], ids=lambda one: one
)
def test_between_two_releases_the_municipality_is_told_the_same(programme, stated, caseworker, client_of, door, shown):
    """Nine of each are known when the first quarter is released; nine more come in May, and late in the first."""

    def nine(on, at):
        with clock(at):
            for _ in range(9):
                former = paid(programme, ("no", on))
                steps(make.CandidacyFactory(volunteer=former.volunteer), ("applied", on))

    nine(D(2011, 2, 1), dt.datetime(2011, 3, 1, 12, tzinfo=COPENHAGEN))
    nine(D(2011, 2, 1), dt.datetime(2011, 5, 2, 12, tzinfo=COPENHAGEN))
    nine(D(2011, 5, 20), dt.datetime(2011, 5, 20, 12, tzinfo=COPENHAGEN))
    client = client_of(caseworker)

    told = [client.get(reverse(f"volunteers:{door}"), {"on": on}).context[shown] for on in ("2011-05-01", "2011-07-31")]
    later = client.get(reverse(f"volunteers:{door}"), {"on": "2011-08-01"}).context[shown]

    assert told[0] == told[1] != later
    assert ("9" in repr(told[0]), "27" in repr(later)) == (True, True)
