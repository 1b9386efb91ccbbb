"""A sheet of attendance: participants down, days across. Understood cell by cell, all or nothing, nothing twice."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command

from bydelsmoedre.moment import calendar_today
from tests import factories as make
from tests.imports import csv_of, xlsx_of
from tests.training import FIRST, WEEK, planned_course, publish, take_part
from training.importing.sheet import recognised
from training.importing.storing import run
from training.models import Attendance, CurriculumVersion
from volunteers.importing.headings import Unreadable
from volunteers.importing.source import read
from volunteers.merging import merge

D = dt.date
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("danish")]
DAYS = "07.03.2011;14.03.2011;21.03.2011"


@pytest.fixture
def course(programme):
    basic = programme.curricula.get(kind="basic")
    publish(basic)
    return planned_course(basic, count=3)


def person(course, name, email="", **values):
    who = make.VolunteerFactory(programme=course.curriculum.programme, name=name, email=email)
    return take_part(course, who, **values).enrolment


@pytest.fixture
def anna(course):
    return person(course, "Anna Ærø", "anna@example.org")


@pytest.fixture
def berit(course):
    return person(course, "Berit Bo")


def imported(course, *rows, headings=f"Navn;{DAYS}", **options):
    return run(read(csv_of(*rows, headings=headings), recognised), course, by=options.pop("by", None), **options)


def marks(enrolment):
    facts = Attendance.objects.current().filter(enrolment=enrolment)
    return {one.session.module: one.mark for one in facts.select_related("session")}


def told(issues):
    return [(issue.line, issue.column, issue.reason.replace("\u00a0", " ")) for issue in issues]


def test_each_mark_is_a_fact_of_its_day_and_an_empty_cell_is_none(course, anna, berit, secretariat):
    report = imported(course, "Anna Ærø;x;afbud;", "berit bo;1;;FRAVÆR", by=secretariat)

    assert (report.is_stored, report.recorded, report.bad) == (True, 4, [])
    assert (marks(anna), marks(berit)) == ({1: "present", 2: "excused"}, {1: "present", 3: "absent"})
    fact = Attendance.objects.current().get(enrolment=anna, mark="excused")
    assert (fact.happened_on, fact.recorded_by) == (FIRST + WEEK, secretariat)


def test_participants_are_found_by_e_mail_and_days_in_any_order_and_spelling(course, anna):
    imported(course, "ja;ANNA@example.org;x;1", headings="21/3;E-mail;2011-03-07;14-03-2011")

    assert marks(anna) == {1: "present", 2: "present", 3: "present"}


def test_days_that_excel_counts_are_read(course, anna):
    content = xlsx_of(["Anna Ærø", "x", "", ""], headings=["Navn", "40609", "40616", "40623"])

    assert run(read(content, recognised), course, by=None).recorded == 1
    assert marks(anna) == {1: "present"}


def test_same_sheet_twice_adds_nothing(course, anna):
    first = imported(course, "Anna Ærø;x;x;")
    again = imported(course, "Anna Ærø;x;x;")

    assert [(one.recorded, one.known) for one in (first, again)] == [(2, 0), (0, 2)]
    assert Attendance.objects.count() == 2


def test_what_is_recorded_otherwise_is_kept_and_told(course, anna):
    session = course.sessions.get(module=1)
    Attendance.record(by=None, enrolment=anna, session=session, mark="excused", happened_on=session.held_on)

    report = imported(course, "Anna Ærø;x;;")

    assert marks(anna) == {1: "excused"}
    assert told(report.warnings) == [(2, "07.03.2011", "»afbud« er registreret allerede og bliver stående.")]


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("Carla Ukendt;x;;", "", "Ingen med det navn eller den e-mail er tilmeldt holdet."),
        ("Anna Ærø;måske;;", "07.03.2011", "Markeringen skal være en af disse: x, 1, ja, delvist, afbud, fravær."),
        ("Anna Ærø;delvist;;", "07.03.2011", "Uddannelsen tæller ikke timer: Hun var der, eller hun var der ikke."),
        ("Anna Ærø;x;;;x", "", "Rækken har flere celler, end der er overskrifter. Mangler der et citationstegn?"),
    ],
)
def test_bad_row_is_told_with_its_line_and_nothing_is_stored(course, anna, berit, row, column, reason):
    report = imported(course, "Berit Bo;x;x;x", row)

    assert told(report.errors) == [(3, column, reason)]
    assert (report.is_stored, Attendance.objects.count()) == (False, 0)


def test_good_rows_are_stored_where_that_is_asked_for(course, anna, berit):
    report = imported(course, "Anna Ærø;x;;", "Ukendt;x;;", accept_good=True)

    assert (report.is_stored, report.bad, marks(anna)) == (True, [1], {1: "present"})


def test_who_had_no_seat_on_the_day_is_refused_and_on_its_first_day_taken(course):
    person(course, "Sen Senesen", since=FIRST + WEEK)

    assert told(imported(course, "Sen Senesen;x;;").errors) == [
        (2, "07.03.2011", "Hun havde ikke plads på holdet den 7. marts 2011.")
    ]
    assert imported(course, "Sen Senesen;;x;").recorded == 1


def test_day_that_has_not_come_is_refused_and_today_is_taken(programme):
    basic = programme.curricula.get(kind="basic")
    publish(basic)
    today = calendar_today()
    course = planned_course(basic, count=2, first=today)
    person(course, "Anna", since=today)
    headings = f"Navn;{today:%d.%m.%Y};{today + WEEK:%d.%m.%Y}"

    assert len(imported(course, "Anna;x;x", headings=headings).errors) == 1
    assert imported(course, "Anna;x;", headings=headings).recorded == 1


def test_two_of_one_name_need_their_e_mail(course, anna):
    other = person(course, "Anna Ærø", "anden@example.org")

    report = imported(course, "Anna Ærø;;x;;", headings=f"Navn;E-mail;{DAYS}")
    assert [issue.reason for issue in report.errors] == ["Flere deltagere har det navn. Skriv også hendes e-mail."]
    imported(course, "Anna Ærø;anden@example.org;x;;", headings=f"Navn;E-mail;{DAYS}")
    assert (marks(anna), marks(other)) == ({}, {1: "present"})


def test_participant_twice_in_the_sheet_is_refused_the_second_time(course, anna):
    report = imported(course, "Anna Ærø;x;;", "anna ærø;;x;")

    assert told(report.errors) == [(3, "", "Hun står også i linje 2.")]


def test_who_was_merged_is_found_by_either_name(course, anna):
    kept = make.VolunteerFactory(programme=course.curriculum.programme, name="Anna Æbelø")
    merge(anna.volunteer, kept, by=None)

    imported(course, "Anna Æbelø;x;;")

    assert marks(anna) == {1: "present"}


def test_partly_there_is_a_mark_where_hours_are_counted(course, anna):
    CurriculumVersion.objects.current().get(curriculum=course.curriculum).supersede(
        by=None, reason="Tilskud", counts_hours=True
    )

    imported(course, "Anna Ærø;delvist;;")

    assert marks(anna) == {1: "partly"}


@pytest.mark.parametrize(
    ("headings", "part"),
    [
        ("Navn;08.03.2011", "har ingen kursusgang den 8. marts 2011"),
        ("Navn;8/3", "har ingen kursusgang"),
        ("Navn;Bemærkning", "Ingen kolonne er en dag på holdet"),
        ("Hvem;07.03.2011", "Ingen kolonne har overskriften"),
        ("Navn;CPR;07.03.2011", "»CPR«"),
        ("Navn;07.03.2011;7/3", "2 kolonner"),
    ],
)
def test_columns_that_cannot_be_meant_stop_the_import_with_the_reason(course, anna, headings, part):
    with pytest.raises(Unreadable) as error:
        imported(course, "Anna Ærø;x;x", headings=headings)

    assert part in str(error.value).replace("\u00a0", " ")


def test_other_columns_are_named_and_ignored(course, anna):
    assert imported(course, "Anna Ærø;x;sød", headings="Navn;07.03.2011;Bemærkning").ignored == ["»Bemærkning«"]


def test_day_with_two_sessions_is_one_column_for_both_or_a_column_for_each(course, anna, berit):
    first = course.sessions.get(module=1)
    make.SessionFactory(course=course, module=2, held_on=first.held_on, starts_at=dt.time(13), is_make_up=True)

    imported(course, "Anna Ærø;x", headings="Navn;07.03.2011")
    imported(course, "Berit Bo;x;afbud", headings="Navn;07.03.2011;07-03-2011")

    assert (marks(anna), marks(berit)) == ({1: "present", 2: "present"}, {1: "present", 2: "excused"})


# --- The command


@pytest.fixture
def sheet(course, anna, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "fremmøde.csv"
    path.write_bytes(csv_of("Anna Ærø;x;;", "Ukendt;x;;", headings=f"Navn;{DAYS}"))
    return path


def command(capsys, *arguments, **options):
    """Its exit code, and what it said."""
    try:
        call_command("import_attendance", *arguments, **options)
        code = 0
    except SystemExit as end:
        code = end.code
    return code, capsys.readouterr()


def test_command_keeps_the_good_and_writes_the_bad_to_a_file_that_can_be_mended(course, anna, sheet, capsys):
    assert command(capsys, str(sheet), course=str(course.uuid))[0] == 1
    assert marks(anna) == {}

    code, said = command(capsys, str(sheet), "--accept-good", course=str(course.uuid))
    rejected = sheet.with_name("fremmøde-afvist.csv")
    assert (code, marks(anna)) == (1, {1: "present"})
    assert "Linje 3" in said.err

    person(course, "Ukendt")
    assert command(capsys, str(rejected), course=str(course.uuid))[0] == 0


def test_dry_run_stores_nothing(course, anna, sheet, capsys):
    code, said = command(capsys, str(sheet), "--dry-run", course=str(course.uuid))

    assert (code, marks(anna)) == (1, {})
    assert "1 nye markeringer" in said.out.replace("\u00a0", " ")


def test_command_says_what_it_was_not_given(course, sheet, caseworker):
    with pytest.raises(CommandError, match="intet hold"):
        call_command("import_attendance", str(sheet), course="ukendt")
    with pytest.raises(CommandError, match="må ikke registrere"):
        call_command("import_attendance", str(sheet), course=str(course.uuid), by=caseworker.email)
