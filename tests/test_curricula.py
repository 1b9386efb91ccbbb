"""What is taught: drafts are written, versions are shown, another training is recognised in its place."""

import datetime as dt

import pytest
from django.urls import reverse

from bydelsmoedre.moment import Moment, today
from tests import factories as make
from tests.doors import hidden_of, html_of, says, sent
from tests.training import modules, planned_course, publish, take_part, written
from training.completion import completions
from training.models import Certificate, Cover, Curriculum, CurriculumDraft, CurriculumVersion
from training.syllabus import changes

D, DAY = dt.date, dt.timedelta(1)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("danish")]


@pytest.fixture
def basic(programme):
    return programme.curricula.get(kind="basic")


def rows(listed, **more):
    """The modules as a browser sends them."""
    found = {"label": "2012", "required_modules": "2", "required_hours": "", "valid_months": ""}
    for place, row in enumerate(listed):
        found |= {f"modules-{place}-{name}": str(value) for name, value in row.items()}
    return found | more


def row(number, title="Emne", hours="2", kind="method", teacher="coordinator", **more):
    return {"number": number, "title": title, "kind": kind, "hours": hours, "teacher": teacher} | more


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
    hidden = hidden_of(secretary.get(url))
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
    hidden = hidden_of(secretary.get(url))
    CurriculumDraft.objects.filter(pk=draft.pk).update(**change)

    refused = secretary.post(url, hidden | {"started_on": "2012-01-01"})
    again = hidden_of(refused)

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
