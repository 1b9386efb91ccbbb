"""The funnel: what reaches a stage, at its boundaries; who comes back, what is recorded late or taken back; and what
always holds."""

import datetime as dt

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bydelsmoedre.moment import COPENHAGEN, Moment, end_of_day
from reports.figures.counts import counts
from reports.figures.formerly_paid import formerly_paid
from reports.figures.funnel import GONE, STAGES, funnel
from reports.figures.residence import residence
from tests import factories as make
from tests.people import steps
from tests.roles import clock
from tests.training import take_part
from training.models import Certificate
from volunteers.merging import merge
from volunteers.models import LanguageSkill, StageEvent, TransitionAnswer
from volunteers.recruitment import begin_candidacy, record_stage

D = dt.date
DAY = dt.timedelta(days=1)
LATER = Moment(D(2011, 12, 31))
pytestmark = pytest.mark.django_db

#: The day on which each stage is reached in `whole_way`.
REACHED = [D(2011, 2, 1), D(2011, 2, 11), D(2011, 2, 21), D(2011, 3, 1), D(2011, 6, 27), D(2011, 7, 1)]


@pytest.fixture
def basic(programme):
    return programme.curricula.get(kind="basic")


@pytest.fixture
def course(basic):
    """From 1 March to 30 June."""
    return make.CourseFactory(curriculum=basic)


@pytest.fixture
def place(programme):
    return make.AssociationFactory(programme=programme)


def interested(programme, *taken, **values):
    """Somebody with a candidacy: each step in February, or as told."""
    volunteer = make.VolunteerFactory(programme=programme, **values)
    days = dict(zip(("applied", "interviewed", "accepted"), REACHED, strict=False))
    steps(make.CandidacyFactory(volunteer=volunteer), *((one, days[one]) for one in taken or ("applied",)))
    return volunteer


def whole_way(programme, course, place, **values):
    """Somebody who reaches each stage on the days of `REACHED`; her seat is given before the course begins."""
    volunteer = interested(programme, "applied", "interviewed", "accepted", **values)
    take_part(course, volunteer, since=D(2011, 2, 22))
    make.certificate(volunteer, course.curriculum, since=REACHED[4])
    make.membership(volunteer, place, role="mother", since=REACHED[5])
    return volunteer


def reached(programme, on=LATER.on, **kind):
    return list(funnel(programme, Moment(on)).total.reached)


# --- The stages


def test_each_stage_is_reached_on_its_day_and_not_the_day_before(programme, course, place):
    whole_way(programme, course, place)

    for number, day in enumerate(REACHED):
        assert reached(programme, day - DAY) == [1] * number + [0] * (6 - number)
        assert reached(programme, day) == [1] * (number + 1) + [0] * (5 - number)
    total = funnel(programme, LATER).total
    assert total.days == (10, 10, 8, 118, 4, 150)
    assert (total.conversions, total.whole) == ((1, 1, 1, 1, 1), 1)


@pytest.mark.parametrize(
    ("seat", "is_training"),
    [
        ({"since": D(2011, 3, 1), "status": "waiting"}, False),
        ({"since": D(2011, 2, 22), "until": D(2011, 2, 28), "end_reason": "dropped_out"}, False),
        ({"since": D(2011, 2, 22), "until": D(2011, 3, 1), "end_reason": "dropped_out"}, True),
    ],
    ids=["on the waiting list", "given up the day before", "there on the first day"],
)
def test_only_a_seat_on_a_course_that_has_begun_is_training(programme, course, seat, is_training):
    take_part(course, interested(programme, "applied", "interviewed", "accepted"), **seat)

    assert reached(programme) == [1, 1, 1, int(is_training), 0, 0]


def test_a_diploma_by_merit_stands_for_the_training_and_one_that_has_ended_for_nothing(programme, basic):
    by_merit, ended = (interested(programme, "applied", "interviewed", "accepted") for _ in range(2))
    Certificate.record(by=None, volunteer=by_merit, curriculum=basic, started_on=D(2011, 3, 9), basis="merit")
    make.certificate(ended, basic, since=D(2011, 3, 9), until=D(2011, 5, 1))

    assert reached(programme, D(2011, 5, 1)) == [2, 2, 2, 1, 1, 0]
    assert reached(programme, D(2011, 5, 2)) == [2, 2, 2, 1, 1, 0]


def test_a_later_stage_without_an_earlier_one_counts_up_to_what_is_lacked(programme, place):
    coordinator = interested(programme, "applied", "interviewed", "accepted")
    make.membership(coordinator, place, since=D(2011, 3, 1))
    unpaid = make.VolunteerFactory(programme=programme)
    make.membership(unpaid, place, role="mother")

    found = funnel(programme, LATER)

    assert found.total.reached == (1, 1, 1, 0, 0, 0)
    assert [(tally.lacks, tally.count) for tally in found.lacking] == [(("training", "diploma"), 1)]
    assert (found.total.stands["mother"], found.outside) == (1, 1)


def test_where_people_stop_is_told_at_the_stage_that_they_had_come_to(programme):
    interested(programme)
    steps(make.CandidacyFactory(volunteer=make.VolunteerFactory(programme=programme)),
          ("applied", D(2011, 2, 1)), ("withdrawn", D(2011, 3, 1)))  # fmt: skip
    steps(make.CandidacyFactory(volunteer=make.VolunteerFactory(programme=programme)),
          ("applied", D(2011, 2, 1)), ("interviewed", D(2011, 2, 3)), ("declined", D(2011, 3, 1)))  # fmt: skip

    before, on = (funnel(programme, Moment(day)).total for day in (D(2011, 2, 28), D(2011, 3, 1)))

    assert (before.gone, before.here) == ((0,) * 6, (2, 1, 0, 0, 0, 0))
    assert (on.gone, on.here) == ((1, 1, 0, 0, 0, 0), (1, 0, 0, 0, 0, 0))
    assert on.stands["withdrawn"] == on.stands["declined"] == on.stands["applied"] == 1


# --- Who comes back; what is recorded late, or taken back


def test_who_comes_back_counts_once_and_where_her_new_candidacy_has_come(programme, course, place):
    volunteer = whole_way(programme, course, place)
    role = volunteer.memberships.get()
    role.supersede(by=None, reason="Hun stopper", ended_on=D(2011, 8, 31))
    record_stage(volunteer.candidacies.get(), stage="left", on=D(2011, 8, 31), by=None)
    again = begin_candidacy(volunteer, on=D(2011, 10, 1), by=None)

    assert reached(programme, D(2011, 9, 30)) == [1] * 6
    assert reached(programme, D(2011, 10, 1)) == [1, 0, 0, 0, 0, 0]

    record_stage(again, stage="interviewed", on=D(2011, 10, 5), by=None)
    record_stage(again, stage="accepted", on=D(2011, 10, 8), by=None)

    assert reached(programme, D(2011, 10, 7)) == [1, 1, 0, 0, 0, 0]
    assert reached(programme, D(2011, 10, 8)) == [1, 1, 1, 1, 1, 0], "her diploma holds, her old role does not"
    assert funnel(programme, LATER).total.days[:4] == (4, 3, 0, 0)

    make.membership(volunteer, place, role="mother", since=D(2011, 11, 1))
    assert reached(programme, D(2011, 11, 1)) == [1] * 6


def test_a_seat_of_an_earlier_candidacy_is_no_training_of_the_next(programme, course):
    volunteer = interested(programme, "applied", "interviewed", "accepted")
    take_part(course, volunteer, since=D(2011, 3, 1), until=D(2011, 4, 1), end_reason="dropped_out")
    record_stage(volunteer.candidacies.get(), stage="left", on=D(2011, 4, 1), by=None)
    again = begin_candidacy(volunteer, on=D(2011, 4, 2), by=None)
    for stage in ("interviewed", "accepted"):
        record_stage(again, stage=stage, on=D(2011, 4, 3), by=None)

    assert reached(programme, D(2011, 4, 1)) == [1, 1, 1, 1, 0, 0]
    assert reached(programme, D(2011, 4, 3)) == [1, 1, 1, 0, 0, 0]


def test_what_is_recorded_late_or_taken_back_counts_as_it_was_known(programme):
    with clock(dt.datetime(2011, 2, 1, 12, tzinfo=COPENHAGEN)):
        volunteer = interested(programme)
    with clock(dt.datetime(2011, 5, 1, 12, tzinfo=COPENHAGEN)):
        (held,) = steps(volunteer.candidacies.get(), ("interviewed", D(2011, 2, 11)))
    with clock(dt.datetime(2011, 6, 1, 12, tzinfo=COPENHAGEN)):
        held.retract(by=None, reason="Den blev aflyst")

    def known(day):
        return funnel(programme, Moment(D(2011, 3, 31), end_of_day(day))).total.reached[:2]

    assert [known(D(2011, 4, 30)), known(D(2011, 5, 1)), known(D(2011, 5, 31)), known(D(2011, 6, 1))] == [
        (1, 0), (1, 1), (1, 1), (1, 0),
    ]  # fmt: skip


def test_a_candidacy_whose_beginning_is_taken_back_is_nearly_one(programme):
    volunteer = interested(programme, "applied", "interviewed")
    StageEvent.objects.get(candidacy__volunteer=volunteer, stage="applied").retract(by=None, reason="Forkert dag")

    found = funnel(programme, LATER)

    assert found.total.persons == 0
    assert [tally.lacks for tally in found.lacking] == [("applied",)]


def test_who_was_recorded_twice_is_one_and_what_was_recorded_of_both_is_hers(programme, course, place, secretary):
    """She is interested under one name, and under the other she trains, works, speaks and was paid."""
    kept, duplicate = (
        interested(programme, "applied", "interviewed", "accepted"),
        make.VolunteerFactory(programme=programme),
    )
    take_part(course, duplicate, since=D(2011, 2, 22))
    make.certificate(duplicate, course.curriculum, since=REACHED[4])
    make.membership(duplicate, place, role="mother", since=REACHED[5])
    LanguageSkill.record(by=None, volunteer=duplicate, language="so", happened_on=D(2011, 2, 1))
    for number, volunteer in enumerate((kept, duplicate)):
        former = make.TransitionFactory(volunteer=volunteer)
        answer = {"answer": "continues", "happened_on": D(2011, 2, 1 + number)}
        TransitionAnswer.record(by=None, transition=former, **answer)
    before = reached(programme)

    merge(duplicate, kept, by=None)

    found, paid = funnel(programme, LATER), formerly_paid(programme, LATER)
    assert (before, list(found.total.reached)) == ([1, 1, 1, 0, 0, 0], [1] * 6)
    assert [one.key for one in found.languages] == ["so"]
    assert (paid.persons, paid.active["continues"], paid.answers) == (1, 1, counts(programme, LATER).transition)
    assert residence(programme, LATER).mothers.total == 1
    for door, part in (("funnel", "stages"), ("formerly_paid", "parts"), ("residence", "groups")):
        shown = secretary.get(reverse(f"volunteers:{door}"), {"on": "2011-12-31"}).context[part]
        numbers = [one.number for one in shown] if door != "residence" else [one.number for one in shown[0].lines]
        urls = [one.url for one in numbers if one.url]
        assert urls
        assert {secretary.get(url).context["listing"].count for url in urls} == {1}


# --- By place and language


def test_two_languages_count_in_both_and_what_is_not_known_is_a_group_of_its_own(programme, twin):
    area = make.HousingAreaFactory(programme=programme)
    both = interested(programme, housing_area=area)
    for language in ("so", "da"):
        LanguageSkill.record(by=None, volunteer=both, language=language, happened_on=D(2011, 2, 1))
    interested(programme)
    interested(twin)

    found = funnel(programme, LATER)

    assert found.total.persons == 2
    assert {one.key: one.persons for one in found.languages} == {"so": 1, "da": 1, "": 1}
    assert {one.key: one.persons for one in found.districts} == {str(area.district.uuid): 1, "": 1}
    assert {one.key: (one.persons, one.district) for one in found.areas} == {
        str(area.uuid): (1, str(area.district.uuid)),
        "": (1, ""),
    }


DAYS = st.none() | st.integers(0, 60)
STEPS = ("applied", "interviewed", "accepted", "withdrawn")


def as_the_database_takes_them(person):
    """Steps follow each other, and who is accepted does not withdraw; one of them may have been retracted."""
    if person["accepted"] is not None:
        person["withdrawn"] = None
    there = [one for one in STEPS if person[one] is not None]
    return person | dict(zip(there, sorted(person[one] for one in there), strict=True))


PERSON = st.fixed_dictionaries(
    dict.fromkeys((*STEPS, "seat", "diploma", "role"), DAYS)
    | {"area": st.integers(0, 2), "languages": st.sets(st.sampled_from(["so", "da", "tr"]))}
).map(as_the_database_takes_them)
FIRST = D(2011, 3, 1)


def tell(programme, place, course, areas, person):
    """Record a person of the property below; the course begins on the first day and ends after the last."""
    day = {name: FIRST + person[name] * DAY for name in person if isinstance(person[name], int)}
    volunteer = make.VolunteerFactory(programme=programme, housing_area=areas[person["area"]])
    before = {"applied": STEPS, "interviewed": STEPS[1:]}
    way = [one for one in STEPS if one in day or set(before.get(one, ())) & set(day)]
    following = {one: min(day[later] for later in way[way.index(one) :] if later in day) for one in way}
    if way:
        for step in steps(make.CandidacyFactory(volunteer=volunteer), *following.items()):
            if step.stage not in day:
                step.retract(by=None, reason="Det skete ikke")
    if "seat" in day:
        take_part(course, volunteer, since=day["seat"])
    if "diploma" in day:
        make.certificate(volunteer, course.curriculum, since=day["diploma"])
    if "role" in day:
        make.membership(volunteer, place, role="mother", since=day["role"])
    for language in person["languages"]:
        LanguageSkill.record(by=None, volunteer=volunteer, language=language, happened_on=FIRST)


def expected(person, on):
    """How many stages she has reached by the day: the definition in plain words."""
    known = {name: person[name] for name in person if isinstance(person[name], int) and person[name] <= on}
    begun = min((known[one] for one in ("applied", "interviewed", "accepted", "withdrawn") if one in known), default=0)
    if "seat" not in known and known.get("diploma", begun) < begun:
        known["seat"] = known["diploma"]
    order = ("applied", "interviewed", "accepted", "seat", "diploma", "role")
    return next((number for number, one in enumerate(order) if one not in known), len(order))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PERSON, max_size=6), st.integers(0, 61))
def test_stages_never_rise_shares_are_shares_and_the_places_add_up(db, people, on):
    programme = make.ProgrammeFactory()
    place = make.AssociationFactory(programme=programme)
    course = make.CourseFactory(
        curriculum=make.CurriculumFactory(programme=programme, kind="basic"), starts_on=FIRST, ends_on=FIRST + 99 * DAY
    )
    areas = [None, *(make.HousingAreaFactory(programme=programme) for _ in range(2))]
    for person in people:
        tell(programme, place, course, areas, person)

    found = funnel(programme, Moment(FIRST + on * DAY))

    far = [expected(person, on) for person in people]
    assert found.total.reached == tuple(sum(1 for one in far if one >= number) for number in range(1, 7))
    for group in (found.total, *found.districts, *found.areas, *found.languages):
        assert list(group.reached) == sorted(group.reached, reverse=True)
        assert all(share is None or 0 <= share <= 1 for share in group.conversions)
        assert all(days is None or days >= 0 for days in group.days)
        assert min(group.here) >= 0
        assert sum(group.stands.values()) == sum(group.here) + sum(group.gone) == group.persons
        assert sum(group.stands[one] for one in GONE) == sum(group.gone)
    for groups in (found.districts, found.areas):
        assert tuple(map(sum, zip(*(one.reached for one in groups), strict=True))) == (
            found.total.reached if groups else ()
        )
    assert all(sum(one.reached[n] for one in found.languages) >= found.total.reached[n] for n in range(len(STAGES)))


# --- Pages


def test_every_number_leads_to_just_those_whom_it_counts(programme, course, place, secretary):
    area = make.HousingAreaFactory(programme=programme)
    whole_way(programme, course, place, housing_area=area)
    make.membership(interested(programme, "applied", "interviewed", "accepted"), place, since=D(2011, 3, 1))
    steps(interested(programme, housing_area=area).candidacies.get(), ("withdrawn", D(2011, 4, 1)))
    interested(programme)

    for asked in ({}, {"bydel": str(area.district.uuid)}, {"omraade": "ukendt"}, {"sprog": "ukendt"}):
        context = secretary.get(reverse("volunteers:funnel"), asked | {"on": "2011-12-31"}).context
        stages, stands = context["stages"], context["stands"]
        numbers = [one for line in [*stages, *stands] for one in (line.number, line.here, line.gone) if one and one.url]
        assert numbers
        for number in numbers:
            assert secretary.get(number.url).context["listing"].count == int(number.text), number.url
    assert secretary.get(context["lacking_url"]).context["listing"].count == context["figure"].aside == 1


@pytest.mark.parametrize("asked", ["bydel=findes-ikke", "omraade=%00", "sprog=xx", "on=2011-02-31", "bydel="])
def test_what_cannot_be_asked_shows_everybody(programme, secretary, asked):
    interested(programme)

    context = secretary.get(f"{reverse('volunteers:funnel')}?{asked}").context

    assert context["group"] == context["figure"].total


def test_the_municipality_reads_released_totals_and_no_small_number(programme, caseworker, client_of):
    with clock(dt.datetime(2011, 3, 1, 12, tzinfo=COPENHAGEN)):
        for number in range(9):
            taken = ("applied", "interviewed", "accepted")[: 3 if number < 6 else 2 if number < 8 else 1]
            interested(programme, *taken, housing_area=make.HousingAreaFactory(programme=programme))
    client, url = client_of(caseworker), reverse("volunteers:funnel")

    before, after = (client.get(url, {"on": on}) for on in ("2011-04-30", "2011-05-01"))

    assert [line.number.text for line in before.context["stages"]] == ["0"] * 6
    assert [line.number.text for line in after.context["stages"]] == [
        "9", "Ikke vist", "Ikke vist", "0", "0", "0",
    ]  # fmt: skip
    assert [line.passed for line in after.context["stages"]] == [""] * 6
    assert {word for _title, _first, rows in after.context["tables"] for _name, word in rows} == {"Ikke vist", "9"}
    assert "tal=" not in after.content.decode()
    assert client.get(f"{url}?sprog=so").context.get("group") is None
