"""What is taught: drafts are written, an adopted version stands, and a course keeps the version that it began with."""

import datetime as dt
import json

import pytest
from django.db import Error, IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from bydelsmoedre.moment import Moment, today
from tests import factories as make
from tests.doors import html_of, says
from tests.meanwhile import while_waiting
from tests.training import attend, modules, planned_course, publish, take_part, written
from training.completion import completions, version_of
from training.models import Certificate, Course, Cover, Curriculum, CurriculumDraft, CurriculumVersion
from training.syllabus import changes

D, DAY = dt.date, dt.timedelta(1)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _danish():
    with translation.override("da"):
        yield


@pytest.fixture
def basic(programme):
    return programme.curricula.get(kind="basic")


def sent(client, url, **typed):
    hidden = {field.html_name: field.value() or "" for field in client.get(url).context["form"].hidden_fields()}
    return client.post(url, hidden | typed)


def rows(listed, **more):
    """The modules as a browser sends them."""
    found = {"label": "2012", "required_modules": "2", "required_hours": "", "valid_months": ""}
    for place, row in enumerate(listed):
        found |= {f"modules-{place}-{name}": str(value) for name, value in row.items()}
    return found | more


ROW = {"kind": "method", "teacher": "coordinator"}


def row(number, title="Emne", hours="2", kind="method", teacher="coordinator", **more):
    return {"number": number, "title": title, "kind": kind, "hours": hours, "teacher": teacher} | more


def adopted(client, draft, day):
    return sent(client, reverse("training:adopt_draft", args=[draft.uuid]), started_on=day.isoformat())


# --- Drafts


def test_draft_is_written_in_rows_and_kept_in_the_order_of_its_numbers(secretary, basic):
    url = reverse("training:draft", args=[basic.uuid])

    answer = sent(
        secretary, url, **rows([row(2, "Anden", "1,5"), row(1, " Første  gang", compulsory="1"), row(3, "", "")])
    )

    assert answer.status_code == 302
    assert CurriculumDraft.objects.get().modules == [
        {
            "number": 1,
            "title": "Første gang",
            "kind": "method",
            "hours": 2,
            "compulsory": True,
            "teacher": "coordinator",
        },
        {"number": 2, "title": "Anden", "kind": "method", "hours": 1.5, "compulsory": False, "teacher": "coordinator"},
    ]


@pytest.mark.parametrize(
    ("listed", "number", "message"),
    [
        ([row(1), row("x")], "x", "the number is a whole number from 1."),
        ([row(1), row(0)], 0, "the number is a whole number from 1."),
        ([row(1, hours="-2"), row(2)], 1, "write the hours as 2 or 1,5."),
        ([row(1, hours="0"), row(2)], 1, "the hours are above 0 and at most 40."),
        ([row(1, hours="41"), row(2)], 1, "the hours are above 0 and at most 40."),
        ([row(1, kind="nul\x00"), row(2)], 1, "choose a kind."),
        ([row(1, ""), row(2)], 1, "write a title, or empty the row."),
        ([row(1, "Født 010170-1234"), row(2)], 1, "It looks like a CPR number. We may not store that."),
        ([row(1, "nul\x00tegn"), row(2)], 1, "the title holds a character that cannot be stored."),
    ],
)
def test_module_that_cannot_be_is_named_and_kept(secretary, basic, listed, number, message):
    answer = sent(secretary, reverse("training:draft", args=[basic.uuid]), **rows(listed))

    told = says("Module %(number)s: %(error)s", number=number, error=says(message))
    assert answer.context["form"].errors["modules"] == [told]
    shown = answer.context["form"]["modules"].value()
    assert [one["title"] for one in shown] == [one["title"] for one in listed]
    assert not CurriculumDraft.objects.exists()


@pytest.mark.parametrize(
    ("listed", "message"),
    [
        ([row(1), row(1, "To")], "Module %(number)s is there twice."),
        ([row(number) for number in range(1, 62)], "%(most)s modules at most."),
        ([], "Write one module at least."),
    ],
    ids=["twice", "too-many", "none"],
)
def test_modules_that_do_not_go_together_are_refused(secretary, basic, listed, message):
    answer = sent(secretary, reverse("training:draft", args=[basic.uuid]), **rows(listed))

    assert answer.context["form"].errors["modules"] == [says(message, number=1, most=60)]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"required_modules": "3"}, "required_modules"),
        ({"required_modules": "0"}, "required_modules"),
        ({"required_modules": "1", "modules-0-compulsory": "1", "modules-1-compulsory": "1"}, "required_modules"),
        ({"required_hours": "4,5"}, "required_hours"),
        ({"required_hours": "0"}, "required_hours"),
        ({"valid_months": "241"}, "valid_months"),
        ({"label": ""}, "label"),
    ],
)
def test_requirement_that_nobody_could_meet_is_refused(secretary, basic, typed, field):
    url = reverse("training:draft", args=[basic.uuid])

    answer = sent(secretary, url, **rows([row(1), row(2)], **typed))

    assert list(answer.context["form"].errors) == [field]


def test_draft_begins_as_the_version_it_is_to_replace(secretary, basic):
    version = publish(basic, count=3, required=2)

    form = secretary.get(reverse("training:draft", args=[basic.uuid]), {"som": version.uuid}).context["form"]

    assert (form["modules"].value(), form["required_modules"].value()) == (version.modules, 2)


def test_draft_that_somebody_else_has_changed_is_not_overwritten(secretary, basic):
    draft = written(basic)
    url = reverse("training:edit_draft", args=[draft.uuid])
    hidden = {field.html_name: field.value() for field in secretary.get(url).context["form"].hidden_fields()}
    CurriculumDraft.objects.filter(pk=draft.pk).update(modules=[*modules(2), *modules(3)[2:], modules(4)[3]])

    answer = secretary.post(url, hidden | rows([row(1), row(2)]))

    (difference,) = answer.context["difference"]
    assert "4. Emne 4" in difference.theirs
    assert difference.yours == "1. Emne, 2. Emne"
    draft.refresh_from_db()
    assert len(draft.modules) == 4


def test_draft_is_thrown_away(secretary, basic):
    draft = written(basic)

    sent(secretary, reverse("training:discard_draft", args=[draft.uuid]))

    assert not CurriculumDraft.objects.exists()


@pytest.mark.parametrize("door", ["adopt_draft", "discard_draft"])
@pytest.mark.parametrize(
    ("change", "where"),
    [({"required_modules": 1}, "Moduler, der kræves"), ({"label": "vigtig"}, "Version")],
    ids=["requirement", "label"],
)
def test_draft_that_was_written_on_meanwhile_is_shown_before_it_is_decided_on(secretary, basic, door, change, where):
    draft = written(basic, count=3, required=3)
    url = reverse(f"training:{door}", args=[draft.uuid])
    hidden = {field.html_name: field.value() for field in secretary.get(url).context["form"].hidden_fields()}
    CurriculumDraft.objects.filter(pk=draft.pk).update(**change)

    refused = secretary.post(url, hidden | {"started_on": "2012-01-01"})
    again = {field.html_name: field.value() for field in refused.context["form"].hidden_fields()}

    assert [one.label for one in refused.context["difference"]] == [where]
    assert CurriculumDraft.objects.exists()
    assert not CurriculumVersion.objects.filter(label="2012").exists()
    assert secretary.post(url, again | {"started_on": "2012-01-01"}).status_code == 302


@pytest.mark.parametrize("sent_back", ["", "made-up"])
def test_memory_of_a_draft_that_is_tampered_with_is_refused(secretary, basic, sent_back):
    draft = written(basic)

    answer = secretary.post(
        reverse("training:adopt_draft", args=[draft.uuid]), {"opened_as": sent_back, "started_on": "2012-01-01"}
    )

    assert answer.context["form"].non_field_errors()
    assert not CurriculumVersion.objects.exists()


def test_hours_of_the_modules_are_added_as_they_are_written(secretary, basic):
    url = reverse("training:draft", args=[basic.uuid])
    listed = [row(1, "A", "0,7"), row(2, "B", "0,1")]

    answers = [sent(secretary, url, **rows(listed, required_hours=hours)) for hours in ("0,9", "0,8")]

    assert [answer.status_code for answer in answers] == [200, 302]


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


# --- What is shown


def test_changes_name_what_is_new_what_is_gone_and_what_is_otherwise():
    old = CurriculumVersion(modules=modules(3), required_modules=2)
    renamed = [{**modules(2)[0], "title": "Velkommen"}, modules(2)[1], modules(4)[3]]
    new = CurriculumVersion(modules=renamed, required_modules=3)

    told = [(one.where, one.was, one.now) for one in changes(old, new)]

    assert told == [
        ("Modul 1", "Emne 1 (metodemodul, 2 timer)", "Velkommen (metodemodul, 2 timer)"),
        ("Modul 3", "Emne 3 (metodemodul, 2 timer)", ""),
        ("Modul 4", "", "Emne 4 (metodemodul, 2 timer)"),
        ("Moduler, der kræves", "2", "3"),
    ]


def test_page_tells_each_version_with_the_courses_taught_by_it(secretary, basic):
    publish(basic, until=D(2011, 6, 30))
    publish(basic, since=D(2011, 7, 1), label="ny")
    early = planned_course(basic, name="Tidligt")
    late = planned_course(basic, name="Sent", first=D(2011, 9, 5))

    lines = secretary.get(basic.get_absolute_url()).context["versions"]

    assert [(line.syllabus.label, line.courses) for line in lines] == [("ny", [late]), ("2011", [early])]


def test_page_of_a_past_moment_tells_what_was_known(secretary, basic):
    publish(basic)

    page = secretary.get(basic.get_absolute_url(), {"known_at": "2011-01-02T12:00"})

    assert page.context["versions"] == []
    assert says("No version is adopted yet, so no course can be planned.") in html_of(page)


def test_new_training_has_a_name_of_its_own(secretary, basic):
    answer = secretary.post(reverse("training:create_curriculum"), {"name": basic.name, "kind": "other"})

    assert answer.context["form"].errors["name"] == [says("There is a training with that name already.")]
    assert Curriculum.objects.filter(name=basic.name).count() == 1


# --- Recognised in its place


@pytest.fixture
def elsewhere_trained(programme, basic):
    """She holds a certificate of another training, which is recognised from 1 March."""
    other = make.CurriculumFactory(programme=programme, kind="other", name="Brobyggeruddannelsen")
    person = make.VolunteerFactory(programme=programme)
    held = make.certificate(person, other, since=D(2010, 6, 1))
    Cover.record(by=None, curriculum=basic, by_id=other.pk, started_on=D(2011, 3, 1))
    return person, held


def recognise(client, person, curriculum, day):
    url = reverse("training:certificate", args=[person.uuid])
    typed = {"curriculum": curriculum.pk, "basis": "merit", "started_on": day.isoformat()}
    return sent(client, url, **typed)


def test_certificate_of_a_recognised_training_is_the_evidence(secretary, basic, elsewhere_trained):
    person, held = elsewhere_trained

    recognise(secretary, person, basic, D(2011, 3, 1))

    made = Certificate.objects.current().get(volunteer=person, curriculum=basic)
    assert held.printed_number in made.evidence.description


def test_training_that_is_not_recognised_on_the_day_is_no_evidence(secretary, basic, elsewhere_trained):
    person, _held = elsewhere_trained

    answer = recognise(secretary, person, basic, D(2011, 2, 28))

    assert list(answer.context["form"].errors) == ["evidence_text"]


def test_recognised_training_grants_nothing_by_itself(programme, basic, elsewhere_trained):
    person, _held = elsewhere_trained
    publish(basic)
    seat = take_part(planned_course(basic), person)

    (far,) = completions(programme.pk, Moment(today()), courses=[seat.enrolment.course]).values()

    assert (far.attended, far.certified_on, far.completed_on) == ((), None, None)
    assert far.required == 2
