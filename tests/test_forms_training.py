"""The training's forms: what cannot be is refused beside its field and kept; a plan follows from the curriculum."""

import datetime as dt
from html import unescape

import pytest
from django.urls import reverse

from tests.doors import CPR, TOMORROW, D, assert_refused, filled, saved, says, send
from tests.training import FIRST, WEEK, modules
from training.models import Certificate, Course, CurriculumVersion

pytestmark = pytest.mark.django_db

NO_DATE = "Write a date that exists, such as 31.12.2011."


DATED = [
    ("training:create", "starts_on"),
    ("training:edit", "ends_on"),
    ("training:add_session", "held_on"),
    ("training:edit_session", "held_on"),
    ("training:enrol", "started_on"),
    ("training:seat", "started_on"),
    ("training:end_participation", "ended_on"),
]


@pytest.mark.parametrize(("door", "field"), DATED)
def test_impossible_date_is_refused(world, visitor, door, field):
    before = saved()

    response = send(world, visitor, door, **{field: "31.02.2011"})

    assert_refused(response, field, says(NO_DATE), "31.02.2011", before)


REFUSED = [
    ("training:create", {"name": f"Hold {CPR}"}, "name", "It looks like a CPR number. We may not store that."),
    ("training:create", {"place": f"Hos {CPR}"}, "place", "It looks like a CPR number. We may not store that."),
    ("training:enrol", {"note": f"Født {CPR}"}, "note", "It looks like a CPR number. We may not store that."),
    ("training:create", {"name": "Hold i kvarteret"}, "name", "There is a course with that name already."),
    ("training:edit", {"name": "Hold 0 for alle"}, "name", "There is a course with that name already."),
    ("training:edit", {"ends_on": "2011-03-06"}, "ends_on", "The end is before the start."),
    ("training:create", {"starts_at": "kl. fem"}, "starts_at", "Write a time of day, such as 17.00."),
    ("training:create", {"ends_at": "16.00"}, "ends_at", "The end is before the start."),
    ("training:edit_session", {"ends_at": "16:00"}, "ends_at", "The end is before the start."),
    ("training:edit_session", {"held_on": "2011-03-06"}, "held_on", "That is before the first day of the course."),
    ("training:create", {"skipped": "05.09.2011"}, "skipped", "The first day cannot be a day without teaching."),
    ("training:seat", {"started_on": "2011-03-06"}, "started_on", "That is before she came on the waiting list."),
    ("training:end_participation", {"ended_on": "2011-03-06"}, "ended_on", "The end is before the start."),
]


@pytest.mark.parametrize(("door", "typed", "field", "message"), REFUSED, ids=lambda part: str(part)[:30])
def test_input_that_breaks_a_rule_is_refused_beside_its_field(world, visitor, door, typed, field, message):
    before = saved()

    response = send(world, visitor, door, **typed)

    assert_refused(response, field, says(message), typed[field], before)


@pytest.mark.parametrize("typed", ["18.04, 25.04.2011", "31.02.2011", "påskeugen", "😀", "1" * 60])
def test_days_that_are_no_dates_are_named(world, visitor, typed):
    before = saved()

    response = send(world, visitor, "training:create", skipped=typed)

    first = typed.split(",")[0].split()[0][:40]
    message = says("“%(text)s” is not a date. Write the days as 18.04.2011, 25.04.2011.", text=first)
    assert_refused(response, "skipped", message, typed, before)


@pytest.mark.parametrize("day", ["06.09.2011", "29.08.2011", "07.11.2011"], ids=["weekday", "before", "after"])
def test_day_on_which_the_course_is_not_taught_anyway_is_named(world, visitor, day):
    before = saved()

    response = send(world, visitor, "training:create", skipped=day)

    message = says("The course would not be taught on %(day)s anyway. Check the date.", day=day)
    assert_refused(response, "skipped", message, day, before)


@pytest.mark.parametrize(
    ("door", "field", "value"),
    [
        ("training:create", "curriculum", "999999"),
        ("training:create", "language", "findes-ikke"),
        ("training:create", "capacity", "0"),
        ("training:create", "capacity", "99999999999999"),
        ("training:add_session", "module", "99"),
        ("training:add_session", "module", "nul\x00tegn"),
        ("training:enrol", "volunteer", "99999999999999999999999"),
        ("training:enrol", "volunteer", "nul\x00tegn"),
        ("training:end_participation", "end_reason", "got_a_seat"),
        ("training:certificate", "basis", "findes-ikke"),
    ],
)
def test_choice_that_does_not_exist_is_refused(world, visitor, door, field, value):
    before = saved()

    response = send(world, visitor, door, **{field: value})

    assert field in response.context["form"].errors
    assert (response.status_code, saved()) == (200, before)


def test_curriculum_and_association_of_another_programme_cannot_be_chosen(world, visitor):
    theirs = {"curriculum": world.twin.curricula.first().pk, "association": world.twin.associations.first().pk}

    response = send(world, visitor, "training:create", **theirs)

    assert set(response.context["form"].errors) == {"curriculum", "association"}


# --- The plan


def test_course_is_planned_with_a_session_a_week_for_each_module_but_the_days_left_out(world, visitor):
    send(world, visitor, "training:create")

    course = Course.objects.get(name="Nyt hold")
    days = [(one.module, one.held_on, str(one.starts_at)) for one in course.sessions.order_by("module")]
    assert days == [
        (1, D(2011, 9, 5), "17:00:00"),
        (2, D(2011, 9, 19), "17:00:00"),
        (3, D(2011, 10, 3), "17:00:00"),
    ]
    assert course.ends_on == D(2011, 10, 3)


def test_course_is_planned_by_the_version_in_force_on_its_first_day(world, visitor):
    basic = world.programme.curricula.get(kind="basic")
    version = basic.versions.get()
    version.supersede(by=None, reason="Ny plan", ended_on=D(2011, 8, 31))
    CurriculumVersion.record(
        by=None, curriculum=basic, label="2", modules=modules(5), required_modules=4, started_on=D(2011, 9, 1)
    )

    send(world, visitor, "training:create", skipped="")

    assert Course.objects.get(name="Nyt hold").sessions.count() == 5


def test_training_without_modules_cannot_be_planned(world, visitor):
    before = saved()

    response = send(world, visitor, "training:create", curriculum="coordinator_course", skipped="")

    message = says("The training has no modules yet. Publish a version of it first.")
    assert dict(response.context["form"].errors) == {"curriculum": [message]}
    assert saved() == before


def test_module_is_planned_once_unless_it_is_made_up_for(world, visitor):
    response = send(world, visitor, "training:add_session", is_make_up="")

    message = says("The module is planned already. Mark this as a make-up session.")
    assert dict(response.context["form"].errors) == {"module": [message]}


def test_module_of_a_cancelled_day_is_planned_anew_and_the_course_lasts_until_then(world, visitor):
    course = world.rows["hold"]
    course.sessions.filter(module=3).update(is_cancelled=True)
    held_on = FIRST + WEEK * 4

    send(world, visitor, "training:add_session", module="3", held_on=held_on.isoformat(), is_make_up="")

    course.refresh_from_db()
    assert course.ends_on == held_on


def test_make_up_session_does_not_move_the_last_day(world, visitor):
    before = Course.objects.get(pk=world.rows["hold"].pk)

    send(world, visitor, "training:add_session")

    assert Course.objects.get(pk=before.pk).ends_on == before.ends_on


def test_session_moved_meanwhile_shows_theirs_and_yours(world, visitor):
    url = world.url("training:edit_session")
    opened = {field.html_name: field.value() or "" for field in visitor.get(url).context["form"]}
    session = world.rows["kursusgang"]
    type(session).objects.filter(pk=session.pk).update(held_on=session.held_on + dt.timedelta(days=1))

    response = visitor.post(url, opened | {"held_on": "2011-03-20", "is_cancelled": ""})

    assert [one.theirs for one in response.context["difference"]] == ["2011-03-15"]


# --- Certificates


def test_recognised_training_needs_evidence(world, visitor):
    before = saved()

    response = send(world, visitor, "training:certificate", basis="merit")

    message = says("Write what the recognition rests on, or choose the file.")
    assert dict(response.context["form"].errors) == {"evidence_text": [message]}
    assert saved() == before


def test_recognised_training_is_recorded_as_such(world, visitor):
    send(world, visitor, "training:certificate", basis="merit", evidence_text="Kursusbevis fra 2009")

    issued = Certificate.objects.get(curriculum__kind="basic", volunteer=world.rows["volunteer"])
    assert (issued.basis, issued.evidence.description) == ("merit", "Kursusbevis fra 2009")


def test_training_that_she_has_completed_is_proposed(world, visitor):
    page = visitor.get(world.url("training:certificate"))

    assert page.context["form"]["curriculum"].value() == world.programme.curricula.get(kind="basic").pk
    assert [step.completion.is_proposed for step in page.context["steps"]] == [True]


def test_what_she_lacks_is_told(world, visitor):
    person = world.rows["deltagelse"].enrolment.volunteer
    page = visitor.get(reverse("training:certificate", args=[person.uuid]))

    (step,) = page.context["steps"]
    assert step.words in unescape(page.content.decode())
    assert (step.completion.attended, step.completion.lacks, step.completion.is_proposed) == ((1,), 1, False)
    assert page.context["form"]["curriculum"].value() is None


def test_nothing_is_issued_mid_course_and_what_is_lacking_is_named(world, visitor):
    person = world.rows["deltagelse"].enrolment.volunteer
    url = reverse("training:certificate", args=[person.uuid])
    before = saved()

    response = visitor.post(url, filled(world, "training:certificate", visitor.get(url)))

    message = "Hold i kvarteret er ikke gennemført: 1 af 3 moduler; mangler 1 modul."
    assert_refused(response, "basis", message, "course", before)


@pytest.mark.parametrize(("day", "is_issued"), [("2011-03-13", False), ("2011-03-14", True)])
def test_certificate_is_issued_on_the_day_of_completion_at_the_earliest(world, visitor, day, is_issued):
    before = saved()

    response = send(world, visitor, "training:certificate", started_on=day)

    if is_issued:
        assert Certificate.objects.get(curriculum__kind="basic").started_on == D(2011, 3, 14)
    else:
        too_early = "She completed the training on %(day)s. It is issued on that day or later."
        assert_refused(response, "started_on", says(too_early, day="14.\u00a0marts\u00a02011"), day, before)


def test_training_that_she_took_no_course_in_is_refused(world, visitor):
    before = saved()

    response = send(world, visitor, "training:certificate", curriculum="coordinator_course", started_on="2011-01-03")

    message = says("She has taken part in no course of this training. Earlier training can be recognised.")
    assert message in response.context["form"].errors["basis"]
    assert saved() == before


def test_one_course_gives_one_certificate(world, visitor):
    send(world, visitor, "training:certificate", ended_on="2011-07-31")

    response = send(world, visitor, "training:certificate", started_on="2011-08-01")

    assert "basis" in response.context["form"].errors
    assert Certificate.objects.filter(curriculum__kind="basic").count() == 1


@pytest.mark.parametrize(
    ("months", "typed", "ends"),
    [(None, "", None), (24, "", D(2013, 6, 26)), (24, "2012-01-31", D(2012, 1, 31))],
    ids=["for-ever", "as-the-training-says", "as-decided"],
)
def test_certificate_is_valid_for_as_long_as_the_course_s_version_says(world, visitor, months, typed, ends):
    version = world.programme.curricula.get(kind="basic").versions.get()
    version.supersede(by=None, reason="Gælder i to år", valid_months=months)

    send(world, visitor, "training:certificate", ended_on=typed)

    assert Certificate.objects.get(curriculum__kind="basic").ended_on == ends


def test_certificate_of_tomorrow_is_refused(world, visitor):
    before = saved()

    response = send(world, visitor, "training:certificate", started_on=TOMORROW)

    message = says("The date is in the future. Record it when it has happened.")
    assert_refused(response, "started_on", message, TOMORROW, before)


@pytest.mark.parametrize(
    ("reason", "message"),
    [("", "This field is required."), (f"Hun er {CPR}", "It looks like a CPR number. We may not store that.")],
    ids=["no-reason", "cpr"],
)
def test_new_paper_needs_a_reason(world, visitor, reason, message):
    before = saved()

    response = send(world, visitor, "training:new_paper", reason=reason)

    assert [str(one) for one in response.context["form"].errors["reason"]] == [says(message)]
    assert saved() == before


def test_new_paper_has_a_new_number_for_the_same_days_and_withdraws_the_old(world, visitor):
    old = world.rows["bevis"]

    send(world, visitor, "training:new_paper")

    new = Certificate.objects.current().get(volunteer=old.volunteer, curriculum=old.curriculum)
    old.refresh_from_db()
    assert (old.retraction_reason, old.retracted_at) == ("Navnet var stavet forkert", new.recorded_at)
    assert (new.period, new.basis) == (old.period, old.basis)
    assert new.number != old.number
