"""A report once frozen is never changed, whatever is recorded or tried afterwards; tampering shows."""

import datetime as dt
import json
import random
from decimal import Decimal
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from budget.models import Budget, Explanation
from bydelsmoedre.moment import Moment
from bydelsmoedre.owner import as_owner
from reports.figures.shapes import LineFigure
from reports.models import FrozenReport, ProgressReport
from reports.progress.canonical import canonical, sha256
from reports.progress.checking import Fault, faults
from reports.progress.content import content_of
from reports.progress.freezing import NotFrozen, freeze, is_to_be_explained, missing
from tests import factories as make
from tests.reports import approver, draft, frozen

D = dt.date
HEAD = {"previous": "", "number": 1, "approved_by": None, "replaces": None}
pytestmark = pytest.mark.django_db


def chain():
    return list(FrozenReport.objects.order_by("place"))


def test_a_second_person_approves(programme):
    writer = make.user_with_role(programme, "secretariat", office="Koordinator")
    report = draft(programme, by=writer)

    with pytest.raises(NotFrozen, match="selv"):
        freeze(report, by=writer)
    assert freeze(report, by=approver(programme)).number == 1


def test_whose_words_another_has_written_over_does_not_approve_either(programme):
    report, first = draft(programme), approver(programme)
    section = report.sections.get(code="goals")
    for writer in (first, report.begun_by):
        section.text, section.written_by = "Skrevet om", writer
        section.save()

    with pytest.raises(NotFrozen, match="selv"):
        freeze(report, by=first)


def test_who_approves_has_an_office(programme):
    with pytest.raises(NotFrozen, match="stilling"):
        freeze(draft(programme), by=make.user_with_role(programme, "foundation", office=""))


def test_a_section_that_is_not_written_keeps_it_a_draft(programme):
    report = draft(programme)
    report.sections.filter(code="risks").update(text=" ")

    with pytest.raises(NotFrozen, match="Risici"):
        freeze(report, by=approver(programme))


def test_overspent_line_is_explained_first(programme):
    line = Budget.objects.get(programme=programme).lines.get(number=3)
    make.posting(line=line, amount=Decimal(9_000_000), text="For meget", happened_on=D(2011, 5, 1))
    report, user = draft(programme), approver(programme)
    with pytest.raises(NotFrozen, match=line.name):
        freeze(report, by=user)

    Explanation.record(by=None, line=line, text="Et hold mere", happened_on=D(2011, 7, 1))
    (told,) = [
        one["explanation"]
        for one in json.loads(bytes(freeze(report, by=user).canonical))["economy"]["lines"]
        if one["name"] == line.name
    ]
    assert told == "Et hold mere"


@pytest.mark.parametrize("day", [D(2011, 6, 30), D(2011, 10, 1)], ids=["before", "after"])
def test_explanation_outside_the_period_explains_nothing_in_it(programme, day):
    line = Budget.objects.get(programme=programme).lines.get(number=3)
    make.posting(line=line, amount=Decimal(9_000_000), text="For meget", happened_on=D(2011, 9, 1))
    Explanation.record(by=None, line=line, text="Noget andet", happened_on=day)
    report = draft(programme)

    with pytest.raises(NotFrozen, match=line.name):
        freeze(report, by=approver(programme))
    lines = content_of(report, Moment(report.period_to), HEAD)["economy"]["lines"]
    assert [one["explanation"] for one in lines if one["explanation"]] == []


@pytest.mark.parametrize(("kind", "is_asked"), [("status", False), ("midway", False), ("final", True)])
def test_money_that_was_not_used_is_explained_at_the_end(programme, kind, is_asked):
    asked = [one.code for one in missing(draft(programme, kind=kind), Moment(D(2011, 9, 30)))]

    assert ("deviation" in asked) == is_asked


@pytest.mark.parametrize(("spent", "is_asked"), [(90, False), (89, True), (100, False), (101, True)])
def test_tenth_of_a_line_may_be_left_without_an_explanation_and_nothing_overspent(spent, is_asked):
    month = ((D(2011, 1, 1), Decimal(spent)),)
    line = LineFigure(uuid4(), 1, "Kontor", Decimal(100), Decimal(0), Decimal(0), month)

    assert is_to_be_explained(line, "final") == is_asked


def test_content_names_no_person(programme):
    place = make.found(make.AssociationFactory(programme=programme, name="Forening Nord"), D(2011, 5, 1))
    person = make.counting_coordinator(place, name="Fatima Hassan")
    content = bytes(frozen(programme).canonical).decode()

    assert "Forening Nord" in content
    assert "Fatima" not in content
    assert str(person.uuid) not in content


def test_what_is_recorded_afterwards_changes_nothing(programme):
    make.found(make.AssociationFactory(programme=programme), D(2011, 5, 1))
    first = frozen(programme)
    before = [bytes(first.canonical), bytes(first.pdf), first.sha256]
    make.found(make.AssociationFactory(programme=programme), D(2011, 6, 1))
    programme.criteria.update(name="Andet navn")
    first.refresh_from_db()

    assert [bytes(first.canonical), bytes(first.pdf), first.sha256] == before
    assert faults(chain()) == []
    assert json.loads(bytes(first.canonical))["criteria"][0]["value"] == 1


def test_versions_are_a_chain_and_a_new_one_says_why(programme):
    report, user = draft(programme), approver(programme)
    first = freeze(report, by=user)
    with pytest.raises(NotFrozen, match="hvorfor"):
        freeze(report, by=user)
    second = freeze(report, by=user, reason="Et tal var skrevet forkert")
    other = frozen(programme, to=D(2011, 12, 31))

    assert [(one.place, one.number, one.previous) for one in chain()] == [
        (1, 1, ""), (2, 2, first.sha256), (3, 1, second.sha256),
    ]  # fmt: skip
    assert json.loads(bytes(second.canonical))["report"]["replaces"]["sha256"] == first.sha256
    assert other.previous == second.sha256


TAMPERING = [
    "update reports_frozenreport set reason = 'x'",
    "update reports_frozenreport set canonical = 'x'::bytea",
    "update reports_frozenreport set frozen_at = now()",
    "delete from reports_frozenreport",
    "truncate reports_frozenreport cascade",
    "alter table reports_frozenreport disable trigger all",
    "alter table reports_frozenreport disable trigger a_kept",
    "set session_replication_role = replica",
    "drop trigger a_kept on reports_frozenreport",
]


@pytest.mark.parametrize("sql", TAMPERING)
def test_web_role_changes_nothing_by_sql(programme, sql):
    frozen(programme)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert faults(chain()) == []


@pytest.mark.parametrize("sql", TAMPERING[:4])
def test_owner_changes_no_row_either(sql):
    with as_owner(), transaction.atomic():
        frozen(make.plan("Ejerby"))
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
        transaction.set_rollback(True)


def test_nothing_is_put_into_the_chain_but_at_its_end(programme):
    first = frozen(programme)
    told = {name: getattr(first, name) for name in ("programme", "report", "cut_off", "known_at", "approved_by")}
    data = canonical({"previous": ""})
    forged = {"canonical": data, "sha256": sha256(data), "pdf": b"", "pdf_sha256": sha256(b"")}

    for change in ({"place": 2, "previous": ""}, {"place": 1, "previous": ""}, {"place": 3, "previous": first.sha256}):
        with pytest.raises(DatabaseError), transaction.atomic():
            FrozenReport.objects.create(number=2, reason="x", **told, **forged, **change)


#: What stands beside the bytes in the row, and how it is made another.
_COLUMNS = {
    "number": lambda number: number + 1,
    "cut_off": lambda day: day - dt.timedelta(1),
    "known_at": lambda at: at + dt.timedelta(microseconds=1),
    "report": lambda report: ProgressReport(uuid=uuid4(), kind=report.kind, period_to=report.period_to),
    "reason": lambda reason: reason + "Et tal var forkert",
}


def tampered(rows, chance):
    """One thing done to a copy of the chain."""
    rows = [row.copy() for row in rows]
    at = chance.randrange(len(rows))
    kind = chance.choice(["edit", "edit all", "pdf", "delete", "swap", "cut", "recompute", "recompute all", "column"])
    if kind in ("edit", "edit all", "recompute", "recompute all"):
        content = json.loads(rows[at]["canonical"])
        content["report"]["title"] += chance.choice("abc") * chance.randrange(1, 9)
        rows[at]["canonical"] = canonical(content)
    if kind in ("edit all", "recompute"):
        rows[at]["sha256"] = sha256(rows[at]["canonical"])
    if kind == "recompute all":
        for place in range(at, len(rows)):
            content = json.loads(rows[place]["canonical"])
            if place > at:
                content["previous"] = rows[place]["previous"] = rows[place - 1]["sha256"]
            rows[place]["canonical"] = canonical(content)
            rows[place]["sha256"] = sha256(rows[place]["canonical"])
    if kind == "column":
        column = chance.choice(list(_COLUMNS))
        rows[at][column] = _COLUMNS[column](rows[at][column])
    if kind == "pdf":
        rows[at]["pdf"] += b"x"
    if kind == "delete":
        del rows[at]
    if kind == "swap":
        other = (at + 1) % len(rows)
        rows[at], rows[other] = rows[other], rows[at]
    if kind == "cut":
        del rows[len(rows) - 1 - chance.randrange(len(rows)) :]
    return rows


def test_a_thousand_ways_to_tamper_are_all_found(programme):
    """Given the last hash that was sent out."""
    for month in (3, 6, 9, 12):
        frozen(programme, to=D(2011, month, 28), period_from=D(2011, month, 1))
    last = chain()[-1]
    freeze(last.report, by=last.approved_by, reason="Et tal")
    names = ("canonical", "sha256", "previous", "pdf", "pdf_sha256", "place", *_COLUMNS)
    rows = [{name: getattr(one, name) for name in names} for one in chain()]
    rows = [row | {"canonical": bytes(row["canonical"]), "pdf": bytes(row["pdf"])} for row in rows]
    head, chance = rows[-1]["sha256"], random.Random(2011)

    def found(some):
        return faults([FrozenReport(**row) for row in some], heads=[head])

    assert found(rows) == []
    assert [number for number in range(1000) if not found(tampered(rows, chance))] == []


@pytest.mark.parametrize("column", list(_COLUMNS))
def test_row_that_says_another_thing_than_its_bytes_is_told(programme, column):
    """A whole chain of right hashes says nothing of a row that shows another version, day or reason."""
    one = frozen(programme)
    setattr(one, column, _COLUMNS[column](getattr(one, column)))

    assert faults([one]) == [Fault(1, "row")]


def test_chain_is_checked_with_as_many_queries_however_long(programme, django_assert_num_queries):
    for month in (3, 6, 9):
        frozen(programme, to=D(2011, month, 28), period_from=D(2011, month, 1))

    with django_assert_num_queries(2):
        call_command("verify_reports", stdout=StringIO())


def test_command_tells_the_chain_and_ends_with_a_fault_where_a_head_is_missing(programme):
    head, out = frozen(programme).sha256, StringIO()
    call_command("verify_reports", head=[head], stdout=out)

    assert f"1 frozen, 0 wrong, head {head}" in out.getvalue()
    with pytest.raises(CommandError):
        call_command("verify_reports", head=["0" * 64], stdout=StringIO())


def test_hash_is_recomputed_with_ten_lines_of_anybodys(programme):
    one = frozen(programme)
    content = json.loads(bytes(one.canonical))
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    assert sha256(text.encode()) == one.sha256
