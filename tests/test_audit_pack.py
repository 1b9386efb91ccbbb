"""What the auditor gets: the ledger as files that add up, and an archive that is checked with standard tools alone."""

import datetime as dt
import hashlib
import io
import json
import re
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from budget.ledger import reverse as reverse_posting
from budget.models import Budget, Posting
from budget.vouchers import Part, book, write
from programme.models import Evidence
from reports.ledger_files import posting_data
from tests import factories as make
from tests.money import draft
from tests.roles import clock

D = dt.date
KR = Decimal
pytestmark = pytest.mark.django_db


@pytest.fixture
def budget(programme):
    return Budget.objects.get(programme=programme, year=2011)


@pytest.fixture
def reader(programme, client_of):
    return client_of(make.user_with_role(programme, "foundation"))


def receipt(programme, name="kvittering.pdf", content=b"%PDF kvittering"):
    return Evidence.objects.create(
        programme=programme,
        description="Kvittering",
        file=ContentFile(content, "x"),
        file_name=name,
        media_type="application/pdf",
    )


@pytest.fixture
def ledger(programme, budget):
    """A voucher in two parts, an imported posting that is reversed, and one whose text begins as a formula."""
    clerk, approver = (make.UserFactory(name=name) for name in ("Anna", "Bent"))
    one, two = budget.lines.get(number=3), budget.lines.get(number=5)
    waits = draft(one, clerk, amount=KR("100.01"), evidence=receipt(programme))
    book([write(waits, [Part(one, KR("33.34")), Part(two, KR("66.67"))], by=clerk)], by=approver)
    wrong = make.posting(line=two, amount=KR("1250.50"), text="Husleje", happened_on=D(2011, 3, 1), voucher="17")
    reverse_posting(wrong, by=None, on=D(2011, 6, 1), reason="Fejl")
    make.posting(line=one, amount=KR(5), text="=1+1", happened_on=D(2011, 7, 1))
    return budget


def fetched(reader, kind, **asked):
    answer = reader.get(reverse("budget:audit"), {"format": kind} | asked)
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_json_adds_up_to_the_account_on_every_day(programme, ledger, reader):
    for day in (D(2011, 2, 28), D(2011, 3, 1), D(2011, 5, 31), D(2011, 6, 1), D(2011, 12, 31)):
        told = json.loads(fetched(reader, "json", on=day))
        lines = {line["number"]: KR(line["spent"]) for line in told["lines"]}
        sums = dict.fromkeys(lines, KR(0))
        for one in told["postings"]:
            sums[one["line"]] += KR(one["amount"])
        assert sums == lines
        assert KR(told["total"]) == sum(sums.values())


def test_json_says_who_entered_and_who_approved(ledger, reader):
    parts = [one for one in json.loads(fetched(reader, "json"))["postings"] if one["voucher"] == "B2011-0001"]

    assert [(one["amount"], one["entered_by"], one["approved_by"]) for one in parts] == [
        ("33.34", "Anna", "Bent"),
        ("66.67", "Anna", "Bent"),
    ]


def test_json_is_as_it_is_described(ledger):
    described = Path("docs/regnskab-json.md").read_text(encoding="utf8").partition("A posting:")[2]
    rows = re.findall(r"^\| (`.*?`) \|", described, re.MULTILINE)
    keys = [key for row in rows for key in re.findall(r"`(\w+)`", row)]

    assert sorted(keys) == sorted(posting_data(Posting.objects.first()))


def test_table_holds_every_posting_and_computes_none(ledger, reader):
    text = fetched(reader, "csv").decode("utf-8-sig")

    assert len(text.splitlines()) == 1 + Posting.objects.count()
    assert ";'=1+1;" in text


@pytest.fixture
def archive(programme, ledger, reader):
    return zipfile.ZipFile(io.BytesIO(fetched(reader, "zip")))


def test_archive_is_checked_by_its_own_list(archive):
    listed = dict(reversed(row.split("  ")) for row in archive.read("SHA256SUMS").decode().splitlines())

    assert listed.keys() == set(archive.namelist()) - {"SHA256SUMS"}
    assert {name: hashlib.sha256(archive.read(name)).hexdigest() for name in listed} == listed


def test_archive_holds_the_account_the_ledger_and_the_vouchers(archive):
    found = {name.partition("/")[0] for name in archive.namelist()}

    assert found == {
        "regnskab-2011.xlsx", "bogfoering-2011.xlsx", "bogfoering-2011.csv", "bogfoering-2011.json", "bilag",
        "SHA256SUMS",
    }  # fmt: skip
    (voucher,) = [name for name in archive.namelist() if name.startswith("bilag/")]
    assert re.fullmatch(r"bilag/B2011-0001-\d+-kvittering\.pdf", voucher)
    assert archive.read(voucher) == b"%PDF kvittering"


def test_file_that_is_lost_is_named_and_holds_nothing_back(programme, ledger, reader):
    lost = receipt(programme, "væk.pdf")
    line = ledger.lines.get(number=3)
    make.posting(line=line, amount=1, text="Te", happened_on=D(2011, 8, 1), voucher="99", evidence=lost)
    lost.file.storage.delete(lost.file.name)

    pack = zipfile.ZipFile(io.BytesIO(fetched(reader, "zip")))

    assert pack.read("mangler.txt").decode() == "99: væk.pdf\n"
    assert pack.testzip() is None


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "..\\..\\x.pdf", "a/../b.pdf"])
def test_name_of_a_file_leads_nowhere(programme, ledger, reader, name):
    line = ledger.lines.get(number=3)
    paper = receipt(programme, name)
    make.posting(line=line, amount=1, text="Te", happened_on=D(2011, 8, 1), voucher="99", evidence=paper)

    pack = zipfile.ZipFile(io.BytesIO(fetched(reader, "zip")))

    assert all(re.fullmatch(r"(bilag/)?[\w.-]+", one) and ".." not in one for one in pack.namelist())


def test_ledger_is_the_one_that_was_known(ledger, reader):
    line = ledger.lines.get(number=3)
    then = timezone.now()
    with clock(then + dt.timedelta(minutes=5)):
        make.posting(line=line, amount=KR(7), text="For sent", happened_on=D(2011, 3, 2))

    def told(**asked):
        found = json.loads(fetched(reader, "json", on="2011-06-30", **asked))
        return "For sent" in [one["text"] for one in found["postings"]], KR(found["total"])

    (is_there, total), (was_there, known) = told(), told(known_at=(then + dt.timedelta(minutes=1)).isoformat())
    assert (is_there, was_there, total - known) == (True, False, 7)


def test_unknown_kind_of_file_is_not_found(ledger, reader):
    assert reader.get(reverse("budget:audit"), {"format": "exe"}).status_code == 404
