"""Tables inside a row's page: the same reach and the same forms as on the rows' own pages."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme.models import ActionPoint
from tests import factories as make
from tests.rows import DAY, MAKERS, address, association
from tests.test_admin_forms import values_of
from training.models import Course, CurriculumVersion, Session

D = dt.date


@pytest.fixture
def course(programme):
    return MAKERS["training.Course"](programme)


def new(prefix, *rows):
    """What a browser would send of so many new rows in an empty table."""
    sent = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
    return sent | {f"{prefix}-{number}-{name}": value for number, row in enumerate(rows) for name, value in row.items()}


def sent_to(reader, row):
    return values_of(reader.get(address(row, "change", row.pk)))


def save(reader, row, values):
    return reader.post(address(row, "change", row.pk), values)


def errors(response):
    """The errors of the page's tables, by row."""
    (table,) = response.context["inline_admin_formsets"]
    return [{name: list(told) for name, told in form.errors.items()} for form in table.formset.forms if form.errors]


def test_course_is_made_with_its_sessions(programme, reader):
    curriculum = make.CurriculumFactory(programme=programme)
    typed = {"curriculum": curriculum.pk, "name": "Hold 1", "language": "da", "capacity": "20"}
    typed |= {"starts_on": "2011-03-01", "ends_on": "2011-06-30"}
    rows = [{"module": number, "held_on": f"2011-03-0{number}", "starts_at": "10:00"} for number in (1, 2)]

    response = reader.post(address("training.Course", "add"), typed | new("sessions", *rows))

    assert response.status_code == 302
    told = Course.objects.get().sessions.values_list("module", "held_on", "starts_at")
    assert list(told) == [(1, D(2011, 3, 1), dt.time(10)), (2, D(2011, 3, 2), dt.time(10))]


@pytest.mark.parametrize(
    ("label", "table", "row"),
    [
        ("training.Course", "sessions", {"module": "1", "held_on": "01.04.2011"}),
        ("programme.Meeting", "action_points", {"text": "Send", "office": "Kontoret", "due_on": "01.04.2011"}),
        ("associations.Association", "plans", {"kind": "notice", "planned_on": "01.04.2011"}),
    ],
)
def test_row_is_added_changed_and_deleted_in_its_table(label, table, row, programme, reader):
    parent = MAKERS[label](programme)
    rows = getattr(parent, table)
    day = next(name for name in row if name.endswith("_on"))

    added = sent_to(reader, parent) | {f"{table}-0-{name}": value for name, value in row.items()}
    assert save(reader, parent, added).status_code == 302
    assert rows.values_list(day, flat=True).get() == D(2011, 4, 1)

    assert save(reader, parent, sent_to(reader, parent) | {f"{table}-0-{day}": "02.04.2011"}).status_code == 302
    assert rows.values_list(day, flat=True).get() == D(2011, 4, 2)

    assert save(reader, parent, sent_to(reader, parent) | {f"{table}-0-DELETE": "on"}).status_code == 302
    assert rows.count() == 0


def test_row_that_is_not_touched_leaves_no_event(course, reader):
    session = make.SessionFactory(course=course)

    save(reader, course, sent_to(reader, course) | {"place": "Kulturhuset"})

    assert (session.events.count(), course.events.count()) == (1, 2)


def test_cpr_number_in_a_table_is_refused_beside_its_field(programme, reader):
    meeting = MAKERS["programme.Meeting"](programme)
    row = {"text": "Ring til 010170-1234", "office": "Sekretariatet", "due_on": "2011-04-01"}
    values = sent_to(reader, meeting) | {f"action_points-0-{name}": value for name, value in row.items()}

    assert [list(told) for told in errors(save(reader, meeting, values))] == [["text"]]
    assert not ActionPoint.objects.exists()


def test_constraint_speaks_beside_the_field_in_a_table(course, reader):
    session = make.SessionFactory(course=course)
    values = sent_to(reader, course) | {"sessions-1-module": session.module, "sessions-1-held_on": "2011-03-08"}

    assert [list(told) for told in errors(save(reader, course, values))] == [["module"]]


def test_two_new_rows_that_break_a_constraint_together_are_told(course, reader):
    rows = [{"module": 1, "held_on": day} for day in ("2011-03-01", "2011-03-08")]
    values = sent_to(reader, course) | new("sessions", *rows)

    assert [list(told) for told in errors(save(reader, course, values))] == [["module"]]


def test_stale_row_shows_the_difference_and_overwrites_nothing(course, reader):
    session = make.SessionFactory(course=course, held_on=D(2011, 3, 1))
    values = sent_to(reader, course) | {"sessions-0-held_on": "2011-03-08"}
    Session.objects.filter(pk=session.pk).update(held_on=D(2011, 3, 15))

    response = save(reader, course, values)

    session.refresh_from_db()
    (line,) = response.context["difference"]
    assert (line.opened, line.theirs, line.yours) == ("2011-03-01", "2011-03-15", "2011-03-08")
    assert session.held_on == D(2011, 3, 15)
    assert 'class="difference"' in response.content.decode()

    assert save(reader, course, values_of(response)).status_code == 302
    session.refresh_from_db()
    assert session.held_on == D(2011, 3, 8)


def test_row_that_is_deleted_meanwhile_is_told(course, reader):
    session = make.SessionFactory(course=course)
    values = sent_to(reader, course) | {"sessions-0-held_on": "2011-03-08"}
    session.delete()

    page = reader.get(save(reader, course, values | {"place": "Kulturhuset"}).url)

    course.refresh_from_db()
    assert [message.level_tag for message in page.context["messages"]] == ["error"]
    assert (course.sessions.count(), course.place) == (0, "")


def test_what_is_fixed_is_not_changed_in_a_table(course, reader):
    session = make.SessionFactory(course=course, module=1)

    assert save(reader, course, sent_to(reader, course) | {"sessions-0-module": "2"}).status_code == 302

    session.refresh_from_db()
    assert session.module == 1


def test_row_of_another_course_is_not_changed_in_the_table(course, twin, reader):
    own, other = make.SessionFactory(course=course), make.SessionFactory(held_on=DAY)
    values = sent_to(reader, course) | {"sessions-0-id": other.pk, "sessions-0-held_on": "2011-03-08"}

    save(reader, course, values)

    for session in (own, other):
        session.refresh_from_db()
    assert (own.held_on, other.held_on) == (DAY, DAY)


def test_session_with_attendance_is_not_deleted_in_the_table(programme, reader):
    attendance = MAKERS["training.Attendance"](programme)
    course = attendance.session.course

    response = save(reader, course, sent_to(reader, course) | {"sessions-0-DELETE": "on"})

    assert (response.status_code, course.sessions.count()) == (200, 1)


def test_versions_of_a_training_are_only_read_in_its_table(programme, reader):
    version = MAKERS["training.CurriculumVersion"](programme)
    before = CurriculumVersion.objects.values().get()
    values = sent_to(reader, version.curriculum)

    save(reader, version.curriculum, values | {"versions-0-label": "9.9", "versions-0-DELETE": "on"})

    assert CurriculumVersion.objects.values().get() == before
    page = reader.get(address(version.curriculum, "change", version.curriculum.pk)).content.decode()
    assert address(version, "change", version.pk) in page


def test_page_asks_no_more_with_30_rows_in_its_table_than_with_one(course, reader):
    make.SessionFactory(course=course)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert reader.get(address(course, "change", course.pk)).status_code == 200
        return len(queries)

    asked()
    at_one = asked()
    for _ in range(29):
        make.SessionFactory(course=course)

    assert asked() == at_one


def test_every_field_of_a_table_has_a_name(programme, reader):
    meeting = make.ActionPointFactory(meeting=MAKERS["programme.Meeting"](programme)).meeting
    (table,) = reader.get(address(meeting, "change", meeting.pk)).context["inline_admin_formsets"]

    fields = [one for form in table.formset.forms for one in form.visible_fields()]

    assert fields
    assert [one.name for one in fields if not one.field.widget.attrs.get("aria-label")] == []


def test_plan_of_an_association_is_made_once_for_a_step(programme, reader):
    row = association(programme)
    rows = [{"kind": "notice", "planned_on": day} for day in ("2011-03-01", "2011-03-08")]

    response = save(reader, row, sent_to(reader, row) | new("plans", *rows))

    assert (response.status_code, row.plans.count()) == (200, 0)
