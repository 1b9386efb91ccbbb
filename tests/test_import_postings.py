"""Postings of an accounting system: understood cell by cell, all or nothing, nothing twice."""

import datetime as dt
import os
import signal
import threading
import time
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from budget.importing.sheet import amount_of
from budget.importing.storing import forget
from budget.models import AccountLine, Budget, ClosedMonth, Posting
from bydelsmoedre.entry import Overtaken
from bydelsmoedre.moment import calendar_today
from bydelsmoedre.money import format_amount
from tests import factories as make
from tests.imports import csv_of, xlsx_of

D = dt.date
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("danish")]
HEADINGS = "Dato;Bilag;Konto;Tekst;Beløb;Moms;Leverandør"
MAP = "Konto;Post\n4010;3\n4020;5\n"
GOOD = "07.03.2011;B1;4010;Undervisningsmapper;1.250,50;250,10;Papirhandlen"


@pytest.fixture
def budget(programme):
    return Budget.objects.get(programme=programme, year=2011)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "konti.csv").write_text(MAP, encoding="utf-8")
    return tmp_path


def imported(folder, *rows, headings=HEADINGS, content=None, **options):
    """Run the command on a file of these rows; gives whether it ended well."""
    file = folder / "poster.csv"
    file.write_bytes(content if content is not None else csv_of(*rows, headings=headings))
    try:
        call_command("import_postings", str(file), **{"year": 2011, "map": str(folder / "konti.csv")} | options)
    except SystemExit as ended:
        return not ended.code
    return True


def booked():
    columns = ("line__number", "happened_on", "amount", "voucher", "text", "supplier")
    return list(Posting.objects.order_by("pk").values_list(*columns))


def test_each_row_is_booked_with_where_it_was_approved(folder, budget, capsys):
    assert imported(folder, GOOD, "2011-03-08;;4020;Porto;75;;", source="Økonomisystemet")

    assert booked() == [
        (3, D(2011, 3, 7), Decimal("1250.50"), "B1", "Undervisningsmapper", "Papirhandlen"),
        (5, D(2011, 3, 8), Decimal(75), "", "Porto", ""),
    ]
    note = Posting.objects.first().note.replace("\u00a0", " ")
    assert "Økonomisystemet" in note
    assert "250,10 kr." in note
    assert "2 posteringer er nye" in capsys.readouterr().out


@pytest.mark.parametrize(
    "content",
    [
        csv_of(GOOD, headings=HEADINGS),
        f"{HEADINGS}\r\n{GOOD}\r\n".encode("cp1252"),
        f"{HEADINGS}\r\n{GOOD}\r\n".encode("utf-16"),
        f'{HEADINGS}\n07.03.2011;B1;4010;"Undervisningsmapper";"1.250,50";"250,10";"Papirhandlen"\n'.encode(),
        xlsx_of(
            [D(2011, 3, 7), "B1", 4010, "Undervisningsmapper", Decimal("1250.5"), Decimal("250.1"), "Papirhandlen"],
            headings=HEADINGS.split(";"),
        ),
    ],
    ids=["utf-8", "windows", "unicode-text", "quoted", "xlsx"],
)
def test_file_as_danish_offices_make_it_is_read(folder, budget, content):
    assert imported(folder, content=content)

    assert booked() == [(3, D(2011, 3, 7), Decimal("1250.50"), "B1", "Undervisningsmapper", "Papirhandlen")]


def test_line_of_an_account_is_remembered(folder, budget):
    imported(folder, GOOD)

    assert imported(folder, "08.03.2011;B2;4010;Mapper;10;;", map=None)
    assert dict(AccountLine.objects.values_list("account", "line__number")) == {"4010": 3}


def test_only_accounts_that_something_is_booked_by_are_remembered(folder, budget):
    imported(folder, GOOD, "2011-03-08;;4020;Porto;0;;", accept_good=True)

    assert list(AccountLine.objects.values_list("account", "line__number")) == [("4010", 3)]

    (folder / "konti.csv").write_text("Konto;Post\n4010;3\n4020;4\n", encoding="utf-8")  # 5 was a slip
    assert imported(folder, "2011-03-08;;4020;Porto;75;;")
    assert [row[0] for row in booked()] == [3, 4]


def forgotten(client, remembered):
    client.post(reverse("admin:budget_accountline_delete", args=[remembered.pk]), {"post": "yes"})
    return not AccountLine.objects.filter(pk=remembered.pk).exists()


def test_account_that_no_posting_rests_on_is_forgotten_by_the_foundation(client, folder, budget, programme):
    client.force_login(make.user_with_role(programme, "foundation"))
    imported(folder, GOOD)
    used = AccountLine.objects.get()
    slip = AccountLine.objects.create(budget=budget, account="401", line=used.line)

    assert [forgotten(client, one) for one in (used, slip)] == [False, True]


def test_account_is_not_forgotten_while_something_is_booked_by_it(folder, budget):
    imported(folder, GOOD)

    with pytest.raises(Overtaken):
        forget(AccountLine.objects.get())


@pytest.mark.parametrize(("days", "is_booked"), [(0, True), (1, False)], ids=["today", "tomorrow"])
def test_day_that_has_not_come_is_told_with_its_line(programme, folder, capsys, days, is_booked):
    day = calendar_today() + dt.timedelta(days)
    this_year, _made = Budget.objects.get_or_create(
        programme=programme, year=day.year, defaults={"price_level": "1", "stated_total": 1}
    )
    this_year.lines.get_or_create(number=3, defaults={"name": "Kurser"})
    (folder / "konti.csv").write_text("Konto;Post\n4010;3\n", encoding="utf-8")

    assert imported(folder, f"{day:%d.%m.%Y};B1;4010;Mapper;100;;", year=day.year) == is_booked

    assert Posting.objects.exists() == is_booked
    assert ("Dato" in capsys.readouterr().err) == (not is_booked)


def test_account_keeps_its_line(folder, budget):
    imported(folder, GOOD)
    (folder / "konti.csv").write_text("Konto;Post\n4010;1\n", encoding="utf-8")

    with pytest.raises(CommandError, match="4010"):
        imported(folder, GOOD)

    assert len(booked()) == 1


def test_same_file_twice_adds_nothing_and_says_so(folder, budget, capsys):
    rows = (GOOD, "08.03.2011;;4020;Porto;75;;", "08.03.2011;;4020;Porto;75;;")
    imported(folder, *rows)
    capsys.readouterr()

    assert imported(folder, *rows)

    assert len(booked()) == 3
    assert "3 var bogført i forvejen" in capsys.readouterr().out


def test_voucher_with_another_text_is_not_booked_again(folder, budget, capsys):
    imported(folder, GOOD)

    assert not imported(folder, GOOD.replace("Undervisningsmapper", "Mapper"))

    assert len(booked()) == 1
    assert "Linje 2, Bilag" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (GOOD.replace("07.03.2011", "29.02.2011"), "Dato"),
        (GOOD.replace("07.03.2011", "01.01.2012"), "Dato"),
        (GOOD.replace("07.03.2011", ""), "Dato"),
        (GOOD.replace("1.250,50", "0"), "Beløb"),
        (GOOD.replace("1.250,50", ""), "Beløb"),
        (GOOD.replace("1.250,50", "12.50"), "Beløb"),
        (GOOD.replace("1.250,50", "=1+1"), "Beløb"),
        (GOOD.replace("1.250,50", "9999999999999"), "Beløb"),
        (GOOD.replace("250,10", "meget"), "Moms"),
        (GOOD.replace("4010", "9999"), "Konto"),
        (GOOD.replace("4010", ""), "Konto"),
        (GOOD.replace("Undervisningsmapper", ""), "Tekst"),
        (GOOD.replace("Undervisningsmapper", "æ" * 201), "Tekst"),
        (GOOD.replace("Undervisningsmapper", "Amina 010170-1234"), "Tekst"),
        (f"{GOOD};for meget", ""),
    ],
)
def test_bad_row_is_told_with_its_line_and_nothing_is_stored(folder, budget, capsys, row, column):
    assert not imported(folder, "08.03.2011;B2;4020;Porto;75;;", row)

    told = capsys.readouterr().err
    assert f"Linje 3{', ' if column else ':'}{column}" in told
    assert "1234" not in told.replace("4010", "")
    assert (booked(), AccountLine.objects.count()) == ([], 0)


def test_good_rows_are_stored_where_that_is_asked_for(folder, budget):
    bad = GOOD.replace("1.250,50", "0")

    assert not imported(folder, "08.03.2011;B2;4020;Porto;75;;", bad, accept_good=True)

    assert [one[3] for one in booked()] == ["B2"]
    assert "Afvist fordi" in (folder / "poster-afvist.csv").read_text(encoding="utf-8-sig")


def test_trial_stores_nothing(folder, budget):
    assert imported(folder, GOOD, dry_run=True)

    assert (booked(), AccountLine.objects.count()) == ([], 0)


def test_closed_month_takes_nothing(folder, budget, capsys):
    closer = make.user_with_role(budget.programme, "secretariat")
    ClosedMonth.record(by=closer, budget=budget, month=D(2011, 3, 1), happened_on=D(2011, 4, 10))

    assert not imported(folder, GOOD)

    assert "er lukket" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("headings", "part"),
    [
        ("Dato;Bilag;Konto;Tekst", "Beløb"),
        ("Dato;Dato;Konto;Tekst;Beløb", "betyder det samme"),
        ("Dato;Konto;Tekst;Beløb;CPR-nummer", "CPR"),
    ],
)
def test_columns_that_cannot_be_meant_stop_the_import(folder, budget, headings, part):
    with pytest.raises(CommandError, match=part):
        imported(folder, GOOD, headings=headings)


@pytest.mark.parametrize(
    ("text", "part"),
    [("Konto\n4010\n", "Post"), ("Konto;Post\n4010;9\n", "“9”|»9«"), ("Konto;Post\n4010;3\n4010;4\n", "to gange")],
)
def test_file_of_accounts_that_cannot_be_meant_stops_the_import(folder, budget, text, part):
    (folder / "konti.csv").write_text(text, encoding="utf-8")

    with pytest.raises(CommandError, match=part):
        imported(folder, GOOD)


def test_command_says_what_it_was_not_given(folder, budget):
    reader = make.user_with_role(budget.programme, "caseworker")
    for options in ({"year": 1999}, {"by": "ingen@example.org"}, {"by": reader.email}, {"programme": "Aarhus"}):
        with pytest.raises(CommandError):
            imported(folder, GOOD, **options)


def test_who_imports_stands_on_each_posting(folder, budget):
    clerk = make.user_with_role(budget.programme, "secretariat")

    imported(folder, GOOD, by=clerk.email)

    assert Posting.objects.get().recorded_by == clerk


# --- Amounts

AMOUNTS = st.decimals(Decimal("0.01"), Decimal("99999999.99"), places=2)


@given(amount=AMOUNTS, is_below=st.booleans(), is_after=st.booleans(), unit=st.sampled_from(["", " kr.", " DKK"]))
def test_amount_as_danes_write_it_reads_back_to_the_oere(amount, is_below, is_after, unit):
    text = format_amount(amount, "")
    text = (f"{text}-" if is_after else f"-{text}") if is_below else text

    assert amount_of(text if is_below and is_after else text + unit) == (-amount if is_below else amount)


@given(amount=AMOUNTS, is_below=st.booleans())
def test_amount_in_oere_reads_back(amount, is_below):
    text = str(int(amount * 100))

    assert amount_of(f"-{text}" if is_below else text, is_in_ore=True) == (-amount if is_below else amount)


def test_file_with_amounts_in_oere_says_so_in_its_heading(folder, budget):
    imported(folder, "07.03.2011;4010;Mapper;125050", headings="Dato;Konto;Tekst;Beløb (øre)")

    assert booked()[0][2] == Decimal("1250.50")


# --- Killed


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("after", [number * 0.03 for number in range(20)])
def test_killed_import_leaves_none_half(folder, after):
    """In a process of its own, killed while it stores."""
    make.plan("København")
    rows = [f"07.03.2011;B{number};4010;Mapper;{number},50;;" for number in range(1, 2001)]
    (folder / "poster.csv").write_bytes(csv_of(*rows, headings=HEADINGS))
    connection.close()
    child = os.fork()
    if not child:
        try:
            call_command("import_postings", str(folder / "poster.csv"), year=2011, map=str(folder / "konti.csv"))
        finally:
            os._exit(0)
    threading.Event().wait(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    for _ in range(100):
        if Posting.objects.count() in (0, 2000):
            break
        time.sleep(0.05)

    assert Posting.objects.count() in (0, 2000)
    assert AccountLine.objects.count() == (2 if Posting.objects.count() else 0)
