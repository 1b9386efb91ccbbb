"""What is done with several rows of a list at once: a spreadsheet of them, or one retraction with one reason."""

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext
from python_calamine import CalamineWorkbook

from programme.facts import fact_models
from tests import factories as make
from tests.rows import DAY, MAKERS, SUPERUSERS_ONLY, address, association
from tests.test_admin import SECRETARIATS, assert_strict

KINDS = [label for label in MAKERS if label not in SUPERUSERS_ONLY]
FACTS = {model._meta.label: model for model in fact_models()}
RETRACTED_HERE = [label for label, model in FACTS.items() if model.is_retractable and label not in SECRETARIATS]


def do(reader, action, *rows, query="", **values):
    sent = {"action": action, "_selected_action": [row.pk for row in rows], **values}
    return reader.post(address(rows[0], "changelist") + query, sent)


def table(response):
    """The cells of the CSV file."""
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def workbook(response):
    """The cells of the workbook's first sheet."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(response.streaming_content)))
    return book.get_sheet_by_index(0).to_python()


def messages(response):
    return [(message.level_tag, str(message)) for message in response.context["messages"]]


@pytest.mark.parametrize("label", KINDS)
def test_every_filter_of_a_list_answers(label, programme, reader):
    page = address(MAKERS[label](programme), "changelist")
    filters = reader.get(page).context["cl"]

    wanted = [[*one.choices(filters)][-1]["query_string"] for one in filters.filter_specs]

    assert [reader.get(page + query).status_code for query in wanted] == [200] * len(wanted)


def test_conversations_are_filtered_by_topic(programme, reader):
    kept, _ = (make.conversation(association(programme), topics=topics) for topics in (["school", "work"], ["health"]))

    rows = reader.get(address(kept, "changelist"), {"topic": "work"}).context["cl"].result_list

    assert list(rows) == [kept]


# --- Spreadsheets


@pytest.mark.parametrize("label", KINDS)
def test_every_list_is_exported_with_its_columns(label, programme, reader):
    row = MAKERS[label](programme)
    listed = reader.get(address(row, "changelist")).context["cl"].list_display[1:]

    told, found = table(do(reader, "export_csv", row)), workbook(do(reader, "export_xlsx", row))

    assert [len(told), len(found)] == [2, 2]
    assert [len(line) for line in told + found] == [len(listed)] * 4
    assert (found[0], all(told[0])) == (told[0], True)


def test_export_shows_what_the_list_shows(programme, reader):
    step = make.step(association(programme), "board", DAY, board_members=7)
    columns = ["association", "step", "members of the board", "CVR number", "date", "standing", "recorded at"]

    headings, cells = table(do(reader, "export_csv", step))

    assert [heading.lower() for heading in headings] == [gettext(name).lower() for name in columns]
    shown = [step.association.name, gettext("Board elected"), "7", "", "01.03.2011", gettext("in force")]
    assert cells[:-1] == shown


def test_export_says_that_a_day_is_not_known(programme, reader):
    step = make.step(association(programme), "notice", DAY, is_date_unknown=True)

    assert gettext("date unknown") in table(do(reader, "export_csv", step))[1]


def test_export_holds_amounts_and_days_as_such(programme, reader):
    posting = MAKERS["budget.Posting"](programme)

    _, cells = workbook(do(reader, "export_xlsx", posting))

    assert (cells[0], cells[2], cells[5]) == ("Kaffe", Decimal("1200"), dt.date(2011, 3, 1))


def test_export_holds_the_chosen_rows_in_the_lists_order(programme, reader):
    names = ("Ørestad", "Amager", "Ærø", "Bispebjerg")
    rows = [make.DistrictFactory(programme=programme, name=name) for name in names]

    told = table(do(reader, "export_csv", *rows[:3]))

    assert told[1:] == [["Amager"], ["Ærø"], ["Ørestad"]]


def test_export_of_all_rows_follows_search_and_filters(programme, reader):
    rows = [make.DistrictFactory(programme=programme, name=name) for name in ("Amager Vest", "Amager Øst", "Valby")]

    told = table(do(reader, "export_csv", rows[2], query="?q=amager", select_across=1, index=0))

    assert told[1:] == [["Amager Vest"], ["Amager Øst"]]


@pytest.mark.parametrize("chosen", [{}, {"select_across": 1, "index": 0}], ids=["chosen", "all"])
def test_export_keeps_within_reach(programme, twin, reader, chosen):
    own, other = (make.DistrictFactory(programme=one, name=str(one)) for one in (programme, twin))

    told = table(do(reader, "export_csv", own, other, **chosen))

    assert told[1:] == [[own.name]]


@pytest.mark.parametrize("role", ["secretariat", "caseworker"])
def test_export_is_the_foundations(programme, client_of, role):
    row = MAKERS["volunteers.Volunteer"](programme)
    client = client_of(make.user_with_role(programme, role))

    assert do(client, "export_csv", row).status_code == 403


@pytest.mark.parametrize("label", KINDS)
def test_export_asks_no_more_at_30_rows_than_at_one(label, programme, reader):
    rows = [MAKERS[label](programme)]

    def asked():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert len(table(do(reader, "export_csv", *rows))) == len(rows) + 1
        return len(queries)

    asked()
    at_one = asked()
    rows += [MAKERS[label](programme) for _ in range(29)]

    assert asked() == at_one


@pytest.mark.parametrize("label", KINDS)
def test_rows_are_not_deleted_from_a_list(label, programme, reader):
    row = MAKERS[label](programme)

    do(reader, "delete_selected", row, post="yes")

    assert type(row).objects.filter(pk=row.pk).exists()


# --- Retracting


@pytest.mark.parametrize("label", RETRACTED_HERE)
def test_selected_facts_are_retracted_with_one_reason(label, programme, reader, foundation):
    facts = [MAKERS[label](programme) for _ in range(2)]

    asked = do(reader, "retract_selected", *facts)
    done = do(reader, "retract_selected", *facts, reason="Forkert bilag")

    told = {
        (fact.retracted_by, fact.retraction_reason)
        for fact in type(facts[0]).objects.filter(pk__in=[f.pk for f in facts])
    }
    assert (asked.status_code, done.status_code, told) == (200, 302, {(foundation, "Forkert bilag")})
    assert_strict(asked)


@pytest.fixture
def steps(programme):
    return [make.step(association(programme), "notice", DAY) for _ in range(3)]


def current(steps):
    return list(type(steps[0]).objects.current().filter(pk__in=[step.pk for step in steps]).order_by("pk"))


def test_page_says_what_is_to_be_retracted(steps, reader):
    page = do(reader, "retract_selected", *steps[:2])

    assert set(page.context["facts"]) == set(steps[:2])
    assert current(steps) == steps


@pytest.mark.parametrize("reason", ["", "   ", "Hun hedder 010170-1234"], ids=["none", "blank", "cpr"])
def test_selected_facts_are_not_retracted_without_a_proper_reason(steps, reader, reason):
    page = do(reader, "retract_selected", *steps, reason=reason)

    assert list(page.context["form"].errors) == ["reason"]
    assert current(steps) == steps


def test_none_is_retracted_where_one_was_already(steps, reader, foundation):
    steps[0].retract(by=foundation, reason="Forkert")

    page = reader.get(do(reader, "retract_selected", *steps, reason="Forkert dato").url)

    assert messages(page) == [("error", gettext("Some of these were retracted already. Nothing was changed."))]
    assert current(steps) == steps[1:]


def test_none_is_retracted_where_one_left_the_list_meanwhile(steps, reader, foundation):
    steps[0].retract(by=foundation, reason="Forkert")

    do(reader, "retract_selected", *steps, query="?status=current", reason="Forkert dato")

    assert current(steps) == steps[1:]


def test_none_is_retracted_where_one_is_the_twins(steps, twin, reader):
    other = make.step(association(twin), "notice", DAY)

    do(reader, "retract_selected", *steps, other, reason="Forkert dato")

    assert current([*steps, other]) == [*steps, other]


def test_all_facts_of_a_filter_are_retracted_as_they_were_shown(steps, reader):
    page = do(reader, "retract_selected", steps[0], select_across=1, index=0)

    do(reader, "retract_selected", *page.context["facts"], reason="Forkert dato")

    assert current(steps) == []


@pytest.mark.parametrize(
    "label", ["volunteers.Membership", "training.Certificate", "volunteers.Conversation", "budget.Posting"]
)
def test_what_the_foundation_does_not_retract_is_not_retracted_from_a_list(label, programme, reader):
    fact = MAKERS[label](programme)

    do(reader, "retract_selected", fact, reason="Forkert")

    assert list(type(fact).objects.current()) == [fact]


def test_no_more_than_200_are_retracted_at_once(programme, reader, monkeypatch):
    monkeypatch.setattr("programme.admin_facts.MOST_AT_ONCE", 2)
    steps = [make.step(association(programme), "notice", DAY) for _ in range(3)]

    do(reader, "retract_selected", *steps, reason="Forkert dato")

    assert current(steps) == steps


# --- What only superusers meet


@pytest.mark.parametrize("label", sorted(SUPERUSERS_ONLY))
def test_foundation_has_no_such_list(label, programme, reader):
    row = MAKERS[label](programme)

    pages = [reader.get(address(label, page, *keys)).status_code for page, *keys in pages_of(row)]

    assert pages == [403, 404, 404, 404]
    assert not admin.site.get_model_admin(apps.get_model(label)).may_retract


@pytest.mark.parametrize("label", sorted(SUPERUSERS_ONLY))
def test_superuser_reads_what_the_foundation_does_not(label, programme, client_of):
    row = MAKERS[label](programme)
    reader = client_of(make.UserFactory(is_superuser=True))

    pages = [reader.get(address(label, page, *keys)).status_code for page, *keys in pages_of(row)]

    assert pages == [200, 200, 200, 403]


def pages_of(row):
    return [("changelist",), ("change", row.pk), ("history", row.pk), ("retract", row.pk)]


def test_foundation_sees_that_somebody_was_assessed_and_not_how(programme, reader):
    assessed = MAKERS["volunteers.Assessment"](programme).candidacy
    other = make.CandidacyFactory(volunteer=make.VolunteerFactory(programme=programme))

    _, *told = table(do(reader, "export_csv", assessed, other))

    assert dict(told) == {assessed.volunteer.name: gettext("Yes"), other.volunteer.name: gettext("No")}
