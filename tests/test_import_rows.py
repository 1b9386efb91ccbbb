"""What a file's rows record: understood cell by cell, all or nothing, and nothing twice."""

import datetime as dt

import pytest
from django.db import connection

from tests import factories as make
from tests.doors import saved
from tests.imports import HEADINGS, csv_of
from volunteers.importing import cells
from volunteers.importing.people import Person
from volunteers.importing.source import read
from volunteers.importing.storing import BATCH, run
from volunteers.models import LanguageSkill, Membership, SamePerson, Volunteer

D = dt.date
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("danish")]
ALL = ";".join(HEADINGS)


@pytest.fixture
def association(programme):
    area = make.HousingAreaFactory(programme=programme, name="Mjølnerparken", postcode="2200")
    return make.AssociationFactory(
        programme=programme, name="Bydelsmødre på Nørrebro", housing_area=area, opened_on=D(2011, 3, 1)
    )


def imported(programme, *rows, headings=ALL, **options):
    return run(read(csv_of(*rows, headings=headings)), programme, by=options.pop("by", None), **options)


def told(issues):
    return [(issue.line, issue.column, issue.value, issue.reason.replace("\u00a0", " ")) for issue in issues]


def state():
    return saved() | {"events": _events()}


def _events():
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from volunteers_volunteerevent")
        return cursor.fetchone()[0]


WHOLE = "Åse Mølgård;Aase@Example.org;+45 20123456;2200;mjoelnerparken;arabisk (modersmål), dansk (B2);Koordinator;"
WHOLE += "bydelsmødre PÅ nørrebro;26-05-2011;2012-03-31"


def test_row_records_the_person_her_languages_and_her_role_as_done_by_the_user(programme, association, secretariat):
    report = imported(programme, WHOLE, by=secretariat)

    someone, role = Volunteer.objects.get(), Membership.objects.get()
    assert (someone.name, someone.email, someone.phone) == ("Åse Mølgård", "aase@example.org", "20 12 34 56")
    assert (someone.postcode, someone.housing_area, someone.programme) == ("2200", association.housing_area, programme)
    assert set(someone.languages.values_list("language", "level")) == {("ar", "native"), ("da", "b2")}
    assert (role.volunteer, role.association, role.role) == (someone, association, "coordinator")
    assert (role.started_on, role.ended_on) == (D(2011, 5, 26), D(2012, 3, 31))
    assert {role.recorded_by, *(skill.recorded_by for skill in LanguageSkill.objects.all())} == {secretariat}
    assert (report.errors, report.warnings, report.persons, report.roles, report.languages) == ([], [], 1, 1, 2)
    with connection.cursor() as cursor:
        cursor.execute("select pgh_context ->> 'user' from volunteers_volunteerevent")
        assert cursor.fetchall() == [(str(secretariat.pk),)]


def test_only_the_name_is_needed(programme):
    report = imported(programme, "Bo;;;;;;;;;")

    assert (report.errors, report.persons) == ([], 1)


def test_the_same_file_twice_adds_nothing(programme, association):
    rows = [WHOLE, "Bo;;;;;;;;;", "Bo Hansen;;20 30 40 50;;;dansk;;;;", "Ida;ida@example.org;;;;;;;;"]
    imported(programme, *rows)
    before = state()

    report = imported(programme, *rows)

    assert state() == before
    assert (report.known, report.persons, report.roles, report.languages) == (4, 0, 0, 0)
    assert (report.errors, report.warnings, report.is_stored) == ([], [], True)


def test_who_was_merged_into_another_is_that_other(programme, association):
    rows = ["Ida;;20304050;;;dansk;;;;", "Ida;ida@example.org;;;;arabisk;;;;"]
    imported(programme, *rows)
    duplicate, kept = Volunteer.objects.order_by("pk")
    SamePerson.record(by=None, duplicate=duplicate, kept=kept, happened_on=D(2011, 6, 1))
    before = state()

    again = imported(programme, *rows)
    assert (again.languages, state()) == (0, before)
    imported(programme, "Ida;;20304050;;;arabisk, somali;;;;")

    assert set(kept.languages.values_list("language", flat=True)) == {"ar", "so"}


def test_two_rows_of_one_person_give_her_two_roles(programme, association):
    other = make.AssociationFactory(programme=programme, name="Bydelsmødre i Valby")

    report = imported(
        programme,
        f"Ida;ida@example.org;;;;;koordinator;{association};01.04.2011;",
        f"IDA ;ida@example.org;;;;;suppleant;{other};01.04.2011;",
    )

    assert (report.errors, report.persons, report.roles) == ([], 1, 2)
    assert Volunteer.objects.get().memberships.count() == 2


# --- What is refused


WIDE = "Rækken har flere celler, end der er overskrifter. Mangler der et citationstegn?"
#: Each bad row with the column, the value and the reason that are told.
BAD = [
    (";bo@example.org;;;;;;;;", "Navn", "", "Der mangler et navn."),
    ("123;;;;;;;;;", "Navn", "123", "Det er ikke et navn."),
    ("Bo;ikke en adresse;;;;;;;;", "E-mail", "ikke en adresse", "Indtast en gyldig e-mail-adresse."),
    ("Bo;;1234567;;;;;;;", "Telefon", "1234567", "Et telefonnummer har otte cifre, med eller uden +45."),
    ("Bo;;+46 20123456;;;;;;;", "Telefon", "+46 20123456", "Et telefonnummer har otte cifre, med eller uden +45."),
    ("Bo;;;22000;;;;;;", "Postnr", "22000", "Et postnummer har fire cifre."),
    ("Bo;;;;;klingon;;;;", "Sprog", "klingon", "Sproget »klingon« står ikke på listen."),
    ("Bo;;;;;dansk (D9);;;;", "Sprog", "dansk (D9)", "Niveauet »D9« er ikke et af A1 til C2 eller »modersmål«."),
    ("Bo;;;;Atlantis;;;;;", "Boligområde", "Atlantis", "Programmet har ikke et boligområde med det navn."),
    (
        "Bo;;;;;;koordinator;Bydelsmødre på Nørebro;01.04.2011;",
        "Forening",
        "Bydelsmødre på Nørebro",
        "Programmet har ikke en forening med det navn. Mente du »Bydelsmødre på Nørrebro«?",
    ),
    (
        "Bo;;;;;;direktør;{};01.04.2011;",
        "Rolle",
        "direktør",
        "Den rolle findes ikke. Vælg mellem bydelsmor, koordinator, formand, kasserer, bestyrelsesmedlem, suppleant.",
    ),
    ("Bo;;;;;;koordinator;;01.04.2011;", "Forening", "", "En rolle skal have en forening."),
    ("Bo;;;;;;koordinator;{};;", "Startdato", "", "En rolle skal have den dag, den begyndte."),
    ("Bo;;;;;;;;01.04.2011;", "Startdato", "01.04.2011", "Datoen hører til en rolle, og der er ingen."),
    ("Bo;;;;;;;;;01.04.2011", "Slutdato", "01.04.2011", "Datoen hører til en rolle, og der er ingen."),
    ("Bo;;;;;;koordinator;{};31.02.2011;", "Startdato", "31.02.2011", "Skriv en dato, der findes, fx 31.12.2011."),
    ("Bo;;;;;;koordinator;{};01.05.2011;30.04.2011", "Slutdato", "30.04.2011", "Slutdatoen ligger før startdatoen."),
    (
        "Bo;;;;;;koordinator;{};28.02.2011;",
        "Startdato",
        "28.02.2011",
        "Rollen begynder, før arbejdet i foreningen gjorde, den 1. marts 2011.",
    ),
    ("Bo 010170-1234;;;;;;;;;", "Navn", "", "Det ligner et CPR-nummer. Det må vi ikke gemme."),
    ("Bo;;;;;;;;;;ekstra", "", "", WIDE),
]


def test_each_bad_row_is_told_with_line_column_value_and_reason_and_nothing_is_stored(programme, association):
    before = state()

    report = imported(programme, "Ida;;;;;;;;;", *(row.format(association) for row, *_ in BAD))

    assert told(report.errors) == [(line, *rest) for line, (_row, *rest) in enumerate(BAD, 3)]
    assert (report.is_stored, report.bad, state()) == (False, list(range(1, len(BAD) + 1)), before)


def test_name_over_two_lines_is_refused_on_the_line_where_its_row_begins(programme):
    report = imported(programme, "Ida;;;;;;;;;", '"Bo\n Hansen";;;;;;;;;', "Kaj;x;;;;;;;;")

    assert [(issue.line, issue.column) for issue in report.errors] == [(3, "Navn"), (5, "E-mail")]


def test_role_may_begin_on_the_day_that_the_association_opened(programme, association):
    assert imported(programme, f"Bo;;;;;;koordinator;{association};01.03.2011;").errors == []


def test_what_the_database_refuses_is_the_error_of_that_row_alone(programme, association):
    """Two chairs at once, found by a constraint, in the middle of a batch."""
    rows = [f"Nr {number};;;;;;formand;{association};01.04.2011;" if number in (3, 7) else f"Nr {number};;;;;;;;;"
            for number in range(BATCH + 10)]  # fmt: skip

    report = imported(programme, *rows, accept_good=True)

    assert told(report.errors) == [
        (9, "Rolle", "formand for bestyrelsen, Bydelsmødre på Nørrebro",
         "Foreningen har allerede en formand i den periode.")
    ]  # fmt: skip
    assert (Volunteer.objects.count(), report.persons, report.roles) == (BATCH + 9, BATCH + 9, 1)


def test_another_programmes_association_is_unknown(programme, association, twin):
    before = state()

    report = imported(twin, WHOLE)

    assert {issue.column for issue in report.errors} == {"Forening", "Boligområde"}
    assert state() == before


def test_good_rows_are_stored_where_that_is_asked_for(programme):
    report = imported(programme, "Ida;;;;;;;;;", ";;12;;;;;;;", "Bo;;;;;;;;;", accept_good=True)

    assert (report.is_stored, report.bad, report.good) == (True, [1], 2)
    assert set(Volunteer.objects.values_list("name", flat=True)) == {"Ida", "Bo"}


def test_trial_says_the_same_and_stores_nothing(programme, association):
    before = state()

    report = imported(programme, WHOLE, is_trial=True)

    assert (report.persons, report.roles, report.languages, report.is_stored) == (1, 1, 2, False)
    assert state() == before


def test_quotation_mark_without_a_fellow_does_not_swallow_rows(programme):
    text = 'Ida;"glemte;;\nBo;x;;\nKaj;"y";;'

    report = imported(programme, text, headings="Navn;Bemærkning;Telefon;Sprog")

    assert "Mangler der et citationstegn?" in report.errors[0].reason


# --- What is only warned about


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("Ida;;20123456;;;;;;;", "Telefon"),  # the phone without the e-mail
        ("IDA;anden@example.org;;;;;;;;", "Navn"),
        ("Ida Hansen;;+4520123456;;;;;;;", "Telefon"),
    ],
)
def test_suspected_duplicate_is_suggested_and_imported_all_the_same(programme, row, column):
    imported(programme, "Ida;ida@example.org;20 12 34 56;;;;;;;")

    report = imported(programme, row)

    ((line, where, _value, reason),) = told(report.warnings)
    assert (line, where, report.is_stored, Volunteer.objects.count()) == (2, column, True, 2)
    assert reason.startswith("Måske den samme som Ida")


def test_name_in_another_spelling_is_suggested(programme):
    imported(programme, "Åse Øst;;;;;;;;;")

    assert [issue.column for issue in imported(programme, "Aase Øst;a@example.org;;;;;;;;").warnings] == ["Navn"]


def test_same_name_and_e_mail_is_the_same_person_and_what_is_recorded_stays(programme):
    imported(programme, "Ida;ida@example.org;20123456;2200;;;;;;")

    report = imported(programme, "Ida;ida@example.org;30123456;2300;;dansk;;;;")

    someone = Volunteer.objects.get()
    assert (someone.phone, someone.postcode, someone.languages.count()) == ("20 12 34 56", "2200", 1)
    assert [issue.column for issue in report.warnings] == ["Telefon", "Postnr"]


@pytest.mark.parametrize("where", ["recorded", "in the file"])
def test_e_mail_of_somebody_else_is_refused(programme, where):
    first = "Ida;ida@example.org;;;;;;;;"
    rows = [first, "Bo;ida@example.org;;;;;;;;"]
    if where == "recorded":
        imported(programme, rows.pop(0))

    assert [issue.column for issue in imported(programme, *rows).errors] == ["E-mail"]


def test_postcode_that_is_not_the_areas_is_warned_about_and_stored(programme, association):
    report = imported(programme, "Ida;;;2300;Mjølnerparken;;;;;")

    assert [issue.column for issue in report.warnings] == ["Postnr"]
    assert Volunteer.objects.get().postcode == "2300"


def test_association_without_a_role_is_warned_about(programme, association):
    report = imported(programme, f"Ida;;;;;;;{association};;")

    assert ([issue.column for issue in report.warnings], report.persons, report.roles) == (["Forening"], 1, 0)


def test_role_that_is_recorded_with_another_end_is_kept(programme, association):
    imported(programme, f"Ida;;;;;;koordinator;{association};01.04.2011;")

    report = imported(programme, f"Ida;;;;;;koordinator;{association};01.04.2011;30.06.2011")

    assert ([issue.column for issue in report.warnings], Membership.objects.get().ended_on) == (["Slutdato"], None)


def test_role_that_overlaps_one_she_has_is_refused(programme, association):
    imported(programme, f"Ida;;;;;;koordinator;{association};01.04.2011;")

    report = imported(programme, f"Ida;;;;;;koordinator;{association};02.04.2011;")

    assert [issue.reason for issue in report.errors] == ["Hun har allerede den rolle i foreningen i den periode."]


# --- Cells


@pytest.mark.parametrize(
    "typed", ["31.12.2011", "31-12-2011", "2011-12-31", "40908", "2011-12-31 00:00:00", " 31.12.2011 "]
)
def test_day_in_each_shape(typed):
    assert cells.day(typed) == D(2011, 12, 31)


@pytest.mark.parametrize(
    "typed", ["20123456", "20 12 34 56", "+45 20 12 34 56", "+4520123456", "004520123456", "4520123456", "20-12-34-56",
              "(+45) 20123456", "20.12.34.56"],
)  # fmt: skip
def test_phone_in_each_shape(typed):
    assert cells.phone(typed) == "20 12 34 56"


def test_any_eight_digits_are_a_phone():
    assert cells.phone("00000001") == "00 00 00 01"


def test_town_may_follow_the_postcode():
    assert (cells.postcode("2200 København N"), cells.postcode("DK-2200"), cells.postcode("")) == ("2200", "2200", "")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("arabisk; dansk (B2)", [("ar", ""), ("da", "b2")]),
        ("ARABISK, Dansk ( b2 )", [("ar", ""), ("da", "b2")]),
        ("dansk; dansk (C1)", [("da", "c1")]),
        ("", []),
    ],
)
def test_languages_with_their_levels(typed, expected):
    assert cells.languages(typed) == expected


def test_person_who_is_recorded_is_told_without_a_line():
    assert (str(Person("Ida", "", "", pk=1)), "4" in str(Person("Ida", "", "", line=4))) == ("Ida", True)
