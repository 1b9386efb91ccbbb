"""A training's version is adopted and stands, and a course keeps the version that it began with."""

import datetime as dt
import json

import pytest
from django.db import Error, IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.doors import html_of, says, sent
from tests.meanwhile import Other, wait_for_a_lock, while_waiting
from tests.training import attend, planned_course, publish, take_part, written
from training.completion import version_of
from training.models import Course, CurriculumDraft, CurriculumVersion

D, DAY = dt.date, dt.timedelta(1)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("danish")]


@pytest.fixture
def basic(programme):
    return programme.curricula.get(kind="basic")


def adopted(client, draft, day):
    return sent(client, reverse("training:adopt_draft", args=[draft.uuid]), started_on=day.isoformat())


# --- Adoption


def test_adopted_version_takes_the_place_of_the_one_before_it(secretary, basic):
    old = publish(basic, count=3)
    draft = written(basic, count=4, required=3, compulsory=(4,), required_hours=6)

    adopted(secretary, draft, D(2012, 1, 1))

    new = CurriculumVersion.objects.current().get(label="2012")
    ended = CurriculumVersion.objects.current().get(uuid=old.uuid)
    assert (ended.ended_on, new.started_on, new.ended_on) == (D(2011, 12, 31), D(2012, 1, 1), None)
    assert (new.modules, new.required_modules, new.required_hours) == (draft.modules, 3, 6)
    assert not CurriculumDraft.objects.exists()


def test_version_adopted_before_a_later_one_ends_where_that_begins(secretary, basic):
    publish(basic, since=D(2012, 6, 1), label="senere")

    adopted(secretary, written(basic), D(2012, 1, 1))

    assert CurriculumVersion.objects.current().get(label="2012").ended_on == D(2012, 5, 31)


def test_day_on_which_a_version_begins_already_is_refused(secretary, basic):
    publish(basic)

    answer = adopted(secretary, written(basic), D(2011, 1, 1))

    assert answer.context["form"].errors["started_on"] == [says("A version holds from that day already.")]


@pytest.mark.parametrize(("days", "is_refused"), [(0, True), (1, False)], ids=["its-first-day", "day-after"])
def test_course_that_has_begun_keeps_its_version(secretary, basic, days, is_refused):
    publish(basic)
    course = planned_course(basic)
    attend(take_part(course), 1)

    answer = adopted(secretary, written(basic), course.starts_on + days * DAY)

    assert (answer.status_code == 200) == is_refused
    assert version_of(basic.pk, course.starts_on).label == "2011"


def opened(client, url, **typed):
    """The course's form as it stands, but for what is typed."""
    form = client.get(url).context["form"]
    values = {form[name].html_name: form[name].value() for name in form.fields}
    return client.post(url, {name: f"{value}" for name, value in values.items() if value is not None} | typed)


@pytest.fixture
def begun(basic):
    """Two of three modules attended: too few by the version from 1 March, enough by the one before it."""
    publish(basic, count=3, required=2, since=D(2011, 1, 1), until=D(2011, 2, 28), label="gammel")
    publish(basic, count=3, required=3, since=D(2011, 3, 1), label="ny")
    course = planned_course(basic, name="Hold")
    attend(take_part(course), 1, 2)
    return course


@pytest.mark.parametrize(
    ("day", "is_refused"), [(D(2011, 2, 28), True), (D(2011, 3, 1), False)], ids=["other-version", "same-version"]
)
def test_first_day_is_moved_to_no_other_version(secretary, begun, day, is_refused):
    answer = opened(secretary, reverse("training:edit", args=[begun.uuid]), starts_on=f"{day}")

    begun.refresh_from_db()
    assert (answer.status_code == 200) == is_refused
    assert version_of(begun.curriculum_id, begun.starts_on).label == "ny"


def test_first_day_of_a_course_without_attendance_is_moved(secretary, basic, begun):
    other = planned_course(basic, name="Intet fremmøde")

    answer = opened(secretary, reverse("training:edit", args=[other.uuid]), starts_on="2011-02-28")

    assert answer.status_code == 302


def test_database_keeps_the_version_of_a_course_with_attendance(begun):
    with pytest.raises(IntegrityError, match="keeps the version"), transaction.atomic():
        Course.objects.filter(pk=begun.pk).update(starts_on=D(2011, 2, 28))
    Course.objects.filter(pk=begun.pk).update(starts_on=D(2011, 3, 1))


def test_administration_keeps_the_version_too(client, programme, begun):
    client.force_login(make.user_with_role(programme, "foundation"))
    url = reverse("admin:training_course_change", args=[begun.pk])
    shown = client.get(url).context
    form = shown["adminform"].form
    table = shown["inline_admin_formsets"][0].formset.management_form
    values = {bound.html_name: bound.value() for bound in [*form, *table] if bound.value() is not None}

    answer = client.post(
        url, values | {"sessions-INITIAL_FORMS": 0, "sessions-TOTAL_FORMS": 0, "starts_on": "2011-02-28"}
    )

    assert list(answer.context["adminform"].form.errors) == ["starts_on"]


def test_course_does_not_end_before_its_last_module(secretary, begun):
    url = reverse("training:edit", args=[begun.uuid])
    last = begun.sessions.latest("held_on").held_on

    answers = [opened(secretary, url, ends_on=f"{day}") for day in (last - DAY, last)]

    assert [answer.status_code for answer in answers] == [200, 302]
    assert list(answers[0].context["form"].errors) == ["ends_on"]


def test_version_before_the_first_one_takes_over_no_course(secretary, basic):
    publish(basic, count=3, required=3, since=D(2011, 4, 1), label="første")
    course = planned_course(basic, name="Begyndt før")
    attend(take_part(course), 1, 2)

    answer = adopted(secretary, written(basic, label="tidligere"), D(2011, 3, 15))

    assert list(answer.context["form"].errors) == ["started_on"]
    assert version_of(basic.pk, course.starts_on).label == "første"


def retracted(client, version):
    return sent(client, reverse("reports:retract", args=["uddannelsesversion", version.uuid]), reason="Fejl")


def test_version_that_a_course_has_begun_with_is_not_retracted(secretary, basic, begun):
    old, new = CurriculumVersion.objects.current().order_by("started_on")

    refused, allowed = (retracted(secretary, version) for version in (new, old))

    assert refused.context["form"].non_field_errors()
    assert allowed.status_code == 302
    assert version_of(basic.pk, begun.starts_on).label == "ny"


def test_administration_does_not_retract_a_version_that_a_course_has_begun_with(client, programme, basic, begun):
    client.force_login(make.user_with_role(programme, "foundation"))
    old, new = CurriculumVersion.objects.current().order_by("started_on")

    for version in (new, old):
        client.post(reverse("admin:training_curriculumversion_retract", args=[version.pk]), {"reason": "Fejl"})

    assert list(CurriculumVersion.objects.current()) == [new]


def test_version_without_attendance_is_retracted(secretary, basic):
    version = publish(basic)
    planned_course(basic, name="Intet fremmøde")

    assert retracted(secretary, version).status_code == 302


def test_planned_course_that_comes_under_the_new_version_is_named(secretary, basic):
    publish(basic)
    planned_course(basic, count=3, name="Forårsholdet", first=D(2012, 2, 6))

    answer = secretary.get(adopted(secretary, written(basic, count=4), D(2012, 1, 1)).url)

    assert says("Planned by another version: %(courses)s. Look their days through.", courses="Forårsholdet") in html_of(
        answer
    )


def test_adopted_version_is_edited_by_nobody(basic):
    version = publish(basic)

    with pytest.raises(Error), transaction.atomic():
        CurriculumVersion.objects.filter(pk=version.pk).update(required_modules=1)


@pytest.mark.django_db(transaction=True)
def test_two_who_adopt_at_once_make_one_version(elsewhere):
    programme = make.plan("København")
    basic, user = programme.curricula.get(kind="basic"), make.user_with_role(programme, "secretariat")
    draft = written(basic)
    with elsewhere.cursor() as cursor:
        cursor.execute("select from training_curriculum where id = %s for update", [basic.pk])
        cursor.execute("delete from training_curriculumdraft where id = %s", [draft.pk])
        cursor.execute(
            "insert into training_curriculumversion (curriculum_id, label, modules, required_modules,"
            " requires_contract, requires_evaluation, counts_hours, started_on, uuid, is_date_unknown, note,"
            " retraction_reason)"
            " values (%s, '2012', %s, 2, false, false, false, '2012-01-01', gen_random_uuid(), false, '', '')",
            [basic.pk, json.dumps(draft.modules)],
        )

    url = reverse("training:adopt_draft", args=[draft.uuid])
    answer = while_waiting(user, url, {"started_on": "2012-01-01"}, elsewhere)

    assert CurriculumVersion.objects.current().filter(curriculum=basic).count() == 1
    assert answer.context["form"].non_field_errors()


ATTENDED = (
    "insert into training_attendance (enrolment_id, session_id, mark, happened_on, uuid, is_date_unknown, note,"
    " retraction_reason) values (%s, %s, 'present', %s, gen_random_uuid(), false, '', '')"
)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("door", ["adopt_draft", "edit"])
def test_attendance_that_is_on_its_way_is_waited_for(elsewhere, door):
    """Meanwhile a version is adopted, or the first day moved, by which the course would come under another one."""
    programme = make.plan("København")
    basic, user = programme.curricula.get(kind="basic"), make.user_with_role(programme, "secretariat")
    publish(basic, since=D(2011, 3, 1), label="først")
    if door == "edit":
        CurriculumVersion.objects.get().supersede(by=None, reason="Ny", ended_on=D(2011, 3, 31))
        publish(basic, since=D(2011, 4, 1), label="ny")
    course, draft = planned_course(basic, name="Hold"), written(basic)
    session, seat = course.sessions.get(module=1), take_part(course)
    client = Client()
    client.force_login(user)
    typed = (
        {"started_on": "2011-03-05"} if door == "adopt_draft" else {"starts_on": "2011-04-01", "ends_on": "2011-05-01"}
    )
    url = reverse(f"training:{door}", args=[draft.uuid if door == "adopt_draft" else course.uuid])
    form = client.get(url).context["form"]
    values = {form[name].html_name: form[name].value() for name in form.fields}
    data = {name: f"{value}" for name, value in values.items() if value not in (None, "")} | typed
    with elsewhere.cursor() as cursor:
        cursor.execute(ATTENDED, [seat.enrolment_id, session.pk, session.held_on])

    answer = while_waiting(user, url, data, elsewhere)

    assert list(answer.context["form"].errors) == [next(iter(typed))]
    assert version_of(basic.pk, Course.objects.get().starts_on).label == "først"


@pytest.mark.django_db(transaction=True)
def test_first_day_moved_in_plain_sql_waits_for_attendance_that_is_on_its_way(elsewhere):
    programme = make.plan("København")
    basic = programme.curricula.get(kind="basic")
    publish(basic, since=D(2011, 3, 1), label="først")
    CurriculumVersion.objects.get().supersede(by=None, reason="Ny", ended_on=D(2011, 3, 31))
    publish(basic, since=D(2011, 4, 1), label="ny")
    course = planned_course(basic, name="Hold")
    session, seat = course.sessions.get(module=1), take_part(course)
    moved = Other(lambda: Course.objects.filter(pk=course.pk).update(starts_on=D(2011, 4, 1), ends_on=D(2011, 5, 1)))
    with elsewhere.cursor() as cursor:
        cursor.execute(ATTENDED, [seat.enrolment_id, session.pk, session.held_on])

    moved.start()
    wait_for_a_lock(moved)
    elsewhere.commit()
    moved.join(10)

    assert "The course keeps the version" in str(moved.refused)
    assert version_of(basic.pk, Course.objects.get().starts_on).label == "først"
