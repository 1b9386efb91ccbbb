"""The files of a frozen report as they are fetched: who gets which, what they are called; and what a journal keeps."""

import csv
import datetime as dt
import hashlib
import io
import json
import subprocess
import zipfile
from dataclasses import replace

import pytest
from django.urls import reverse

from reports.models import JournalNumber
from reports.progress.exports.dialogue import Said
from reports.progress.exports.journal import Filed, journal_of
from reports.progress.freezing import freeze
from reports.progress.journalising import dialogue_of
from tests import factories as make
from tests.doors import html_of, sent
from tests.progress_content import content
from tests.reports import approver, frozen, locked, step

D = dt.date
STEM = "2011-09-30_Statusrapport_Bydelsmoedre_v1"


@pytest.fixture
def version(programme):
    """Sent to the municipality, and of a case that it knows."""
    return frozen(programme, case_number="2011-4711")


@pytest.fixture
def contact(programme):
    return make.user_with_role(programme, "caseworker", office="Integrationskontoret")


def address(version, ending):
    return reverse("reports:report_file", args=[version.uuid, ending])


# --- The files


KINDS = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


@pytest.mark.django_db
@pytest.mark.parametrize("ending", KINDS)
def test_file_is_saved_under_the_name_that_a_journal_wants(client_of, version, contact, ending):
    answer = client_of(contact).get(address(version, ending))

    assert (answer.status_code, answer["Content-Type"]) == (200, KINDS[ending])
    assert answer["Content-Disposition"] == f'attachment; filename="{STEM}.{ending}"'
    assert (answer["X-Content-Type-Options"], answer["Content-Security-Policy"]) == ("nosniff", "sandbox")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_paper_and_data_are_the_stored_bytes_whatever_is_recorded_later(client_of, programme, version, contact):
    client = client_of(contact)
    before = {ending: client.get(address(version, ending)).getvalue() for ending in KINDS}
    make.found(make.AssociationFactory(programme=programme), D(2011, 6, 1))
    programme.criteria.update(name="Andet navn")

    assert before["pdf"] == bytes(version.pdf)
    assert before["json"] == bytes(version.canonical)
    assert {ending: client.get(address(version, ending)).getvalue() for ending in KINDS} == before


@pytest.mark.django_db
def test_paper_is_shown_in_the_browser_where_that_is_asked_and_nothing_else_is(client_of, version, contact):
    client = client_of(contact)
    shown = client.get(address(version, "pdf"), {"vis": "1"})

    assert shown["Content-Disposition"] == f'inline; filename="{STEM}.pdf"'
    assert shown["Content-Security-Policy"] == "default-src 'none'"
    assert client.get(address(version, "csv"), {"vis": "1"})["Content-Disposition"].startswith("attachment")


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["exe", "PDF", "pdfx"])
def test_no_other_file_exists(client_of, version, contact, ending):
    assert client_of(contact).get(address(version, ending)).status_code == 404


@pytest.mark.django_db
def test_municipality_fetches_nothing_that_was_not_sent_to_it(client_of, programme, contact, secretary):
    unsent = locked(programme)

    for page in ("journal_zip", "frozen_journal"):
        assert client_of(contact).get(reverse(f"reports:{page}", args=[unsent.uuid])).status_code == 404
    assert client_of(contact).get(address(unsent, "json")).status_code == 404
    assert secretary.get(address(unsent, "json")).status_code == 200


def test_format_is_there_for_anybody(client, db):
    answer = client.get("/rapporter/skema/progress-report-1.json")

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/schema+json")
    assert json.loads(answer.getvalue())["properties"]["schema"]["const"] == "bydelsmoedre/progress-report/1"
    assert "public" in answer["Cache-Control"]
    assert not answer.cookies


# --- What the journal keeps


FILED = Filed(
    locked_at=dt.datetime(2011, 10, 3, 9, 12, 45, tzinfo=dt.UTC),
    code="2d71 2d71",
    address="https://example.dk/kontrol/2d71/",
    head_place=4,
    head_sha256="ab" * 32,
    head_locked_at=dt.datetime(2011, 12, 1, 8, 0, tzinfo=dt.UTC),
)
SAID = [
    Said(1, dt.datetime(2011, 10, 3, 9, 12, 45, tzinfo=dt.UTC), "frozen", "Programleder", "Fonden for Socialt Ansvar"),
    Said(2, dt.datetime(2011, 10, 4, 9, 0, tzinfo=dt.UTC), "question", "Kontoret", "Kommunen", "Mål", "=2+2\nHvorfor?"),
    Said(3, dt.datetime(2011, 10, 5, 9, 0, tzinfo=dt.UTC), "answer", "", "Fonden", "Mål", "Fordi.", answers=2),
]


def canonical_of(**changes):
    return json.dumps(content(**changes), ensure_ascii=False).encode()


def opened(data):
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.testzip() is None
    return {name: archive.read(name) for name in archive.namelist()}


def test_archive_is_the_same_each_time_and_its_files_are_of_the_reports_time():
    data = journal_of(canonical_of(), b"%PDF", FILED, SAID)

    assert journal_of(canonical_of(), b"%PDF", FILED, SAID) == data
    assert journal_of(canonical_of(), b"%PDF", replace(FILED, case_number="7"), SAID) != data
    for entry in zipfile.ZipFile(io.BytesIO(data)).infolist():
        assert (entry.date_time, entry.compress_type) == ((2011, 10, 3, 11, 12, 44), zipfile.ZIP_STORED)


def test_standard_tools_check_the_archive(tmp_path):
    zipfile.ZipFile(io.BytesIO(journal_of(canonical_of(), b"%PDF", FILED, SAID))).extractall(tmp_path)

    done = subprocess.run(["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=tmp_path, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    assert done.stdout.count(": OK") == len(list(tmp_path.iterdir())) - 1 == 6


def test_what_is_told_of_the_report_is_what_a_journal_asks():
    canonical = canonical_of()
    files = opened(journal_of(canonical, b"%PDF", replace(FILED, case_number="K-7", document_number="K-7-2"), SAID))
    told = json.loads(files[f"{STEM}_metadata.json"])

    assert {key: told[key] for key in (
        "title", "report_type", "version", "sender", "recipient", "case_number", "document_number", "period",
        "cut_off", "approved_by", "case_number_in_report", "head",
    )} == {
        "title": "Statusrapport pr. 30. september 2011",
        "report_type": "Statusrapport",
        "version": 1,
        "sender": {"name": "Fonden for Socialt Ansvar", "cvr": "29188459"},
        "recipient": "Københavns Kommune",
        "case_number": "K-7",
        "document_number": "K-7-2",
        "period": {"from": "2011-07-01", "to": "2011-09-30"},
        "cut_off": "2011-09-30",
        "approved_by": {"office": "Programleder", "organisation": "Fonden for Socialt Ansvar"},
        "case_number_in_report": "2011-4711",
        "head": {"place": 4, "sha256": "ab" * 32, "locked_at": "2011-12-01T08:00:00+00:00"},
    }  # fmt: skip
    assert told["sha256"] == hashlib.sha256(canonical).hexdigest()
    assert told["pdf_sha256"] == hashlib.sha256(b"%PDF").hexdigest()
    text = files[f"{STEM}_metadata.txt"].decode("utf-8-sig")
    for line in (
        "Titel:                                Statusrapport pr. 30. september 2011",
        "Sagsnummer:                           K-7",
        "Sagsnummer, som det står i rapporten: 2011-4711",
        "Afsenders CVR-nummer:                 29188459",
        "Periode:                              1. juli 2011 til 30. september 2011",
        f"Kædens seneste fingeraftryk:          {'ab' * 32} (nr. 4 i kæden, låst 1. december 2011 kl. 09.00)",
    ):
        assert f"{line}\r\n" in text, text


def test_report_of_which_little_is_known_is_filed_too():
    bare = content(previous=None)
    bare["report"] |= {"case_number": "", "approved_by": None, "sender": {"name": "", "cvr": ""}}
    bare["report"]["replaces"] = {"number": 1, "sha256": "cd" * 32, "reason": "Et tal var forkert"}

    files = opened(journal_of(json.dumps(bare).encode(), b"", FILED, []))
    text = files[f"{STEM}_metadata.txt"].decode("utf-8-sig")

    assert "Sagsnummer:                           ikke oplyst\r\n" in text
    assert "Erstatter:                            Version 1: Et tal var forkert\r\n" in text
    assert "SHA-256 af den forrige rapport:       ingen: det er den første rapport i rækken\r\n" in text


def test_dialogue_is_read_and_counted():
    files = opened(journal_of(canonical_of(), b"%PDF", FILED, SAID))
    rows = list(csv.reader(io.StringIO(files[f"{STEM}_dialog.csv"].decode("utf-8-sig"), newline=""), delimiter=";"))

    assert rows[2] == ["2", "04.10.2011 11:00", "Spørgsmål", "Kontoret", "Kommunen", "Mål", "", "'=2+2\nHvorfor?"]
    assert rows[3][6:] == ["2", "Fordi."]
    assert files[f"{STEM}_dialog.txt"].decode("utf-8-sig").split("\r\n\r\n")[2:] == [
        "2. Spørgsmål, 04.10.2011 kl. 11.00\r\nKontoret, Kommunen\r\nOm afsnittet Mål",
        "  > =2+2\r\n  > Hvorfor?",
        "3. Svar, 05.10.2011 kl. 11.00\r\nFonden\r\nOm afsnittet Mål\r\nSvar på nr. 2",
        "  > Fordi.\r\n",
    ]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028"])
def test_words_of_an_answer_are_no_step_of_the_dialogue(line_end):
    """Whoever answers could otherwise write that the municipality has approved."""
    forged = line_end.join(["Fordi.", "", "4. Godkendt af kommunen, 06.10.2011 kl. 11.00", "Kontoret, Kommunen"])
    files = opened(journal_of(canonical_of(), b"%PDF", FILED, [*SAID[:2], replace(SAID[2], text=forged)]))
    text = files[f"{STEM}_dialog.txt"].decode("utf-8-sig")

    assert [line[:1] for line in text.splitlines() if line and not line.startswith("  >")] == list("F1P2KO3FOS")
    assert "  > Fordi.\r\n  >\r\n  > 4. Godkendt af kommunen, 06.10.2011 kl. 11.00\r\n" in text


@pytest.mark.django_db
def test_archive_names_offices_and_nobody(client_of, programme, version, contact):
    contact.name = "Fatima Navn"
    contact.save()
    writer = make.user_with_role(programme, "secretariat", name="Aisha Navn", office="Koordinator")
    question = step(version, "question", contact, text="Hvorfor?", section="economy")
    step(version, "answer", writer, text="Et hold blev dyrere.", section="economy", question=question)
    step(version, "accepted", contact)

    answer = client_of(contact).get(reverse("reports:journal_zip", args=[version.uuid]))
    files = opened(answer.getvalue())

    assert answer["Content-Disposition"] == f'attachment; filename="{STEM}_journal.zip"'
    assert set(files) == {
        "SHA256SUMS", f"{STEM}.pdf", f"{STEM}.json", f"{STEM}_metadata.json", f"{STEM}_metadata.txt",
        f"{STEM}_dialog.csv", f"{STEM}_dialog.txt",
    }  # fmt: skip
    assert files[f"{STEM}.json"] == bytes(version.canonical)
    assert files[f"{STEM}.pdf"] == bytes(version.pdf)
    rows = list(csv.reader(io.StringIO(files[f"{STEM}_dialog.csv"].decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [row[2:7] for row in rows[1:]] == [
        ["Godkendt og låst", "Programleder", organisation(version, "foundation"), "", ""],
        ["Sendt til kommunen", version.report.begun_by.office, organisation(version, "foundation"), "", ""],
        ["Spørgsmål", "Integrationskontoret", version.report.recipient.name, "Økonomi", ""],
        ["Svar", "Koordinator", organisation(version, "foundation"), "Økonomi", "3"],
        ["Godkendt af kommunen", "Integrationskontoret", version.report.recipient.name, "", ""],
    ]
    everything = b"".join(data for name, data in files.items() if not name.endswith(".pdf")).decode()
    assert not any(word in everything for word in ("Fatima", "Aisha", contact.email, writer.email))


def organisation(version, kind):
    return version.programme.organisations.get(kind=kind).name


@pytest.mark.django_db
def test_steps_of_the_municipality_are_its_own_whoever_the_report_is_to(programme, contact):
    funder = make.OrganisationFactory(programme=programme, kind="foundation", name="Velux")
    version = frozen(programme, recipient=funder)
    step(version, "received", contact)

    said = {one.what: one.organisation for one in dialogue_of(version)}

    assert said["received"] == programme.organisations.get(kind="municipality").name
    assert "Velux" not in said.values()


@pytest.mark.django_db
def test_head_of_the_chain_is_the_last_version_that_its_reader_sees(client_of, programme, version, contact, secretary):
    unsent = freeze(version.report, by=approver(programme), reason="Et tal var skrevet forkert")
    page = reverse("reports:journal_zip", args=[version.uuid])

    def head(client):
        return json.loads(opened(client.get(page).getvalue())[f"{STEM}_metadata.json"])["head"]["sha256"]

    assert head(client_of(contact)) == version.sha256
    assert head(secretary) == unsent.sha256


# --- The municipality's own numbers


@pytest.mark.django_db
def test_contact_writes_her_numbers_which_stand_beside_the_report(client_of, version, contact, secretary):
    client, page = client_of(contact), reverse("reports:frozen_journal", args=[version.uuid])
    before = bytes(version.canonical)
    assert client.get(page).context["form"]["case_number"].value() == "2011-4711"

    sent(client, page, case_number="2011-0815", document_number="2011-0815-7")

    number = JournalNumber.objects.get()
    assert (number.case_number, number.document_number, number.written_by) == ("2011-0815", "2011-0815-7", contact)
    told = json.loads(
        opened(secretary.get(reverse("reports:journal_zip", args=[version.uuid])).getvalue())[f"{STEM}_metadata.json"]
    )
    assert (told["case_number"], told["case_number_in_report"]) == ("2011-0815", "2011-4711")
    version.refresh_from_db()
    assert bytes(version.canonical) == before

    sent(client, page, case_number="2011-0815", document_number="2011-0815-8")
    assert JournalNumber.objects.get().document_number == "2011-0815-8"
    assert number.events.count() == 2


@pytest.mark.django_db
def test_colleague_who_was_faster_is_not_overwritten(client_of, version, contact):
    page = reverse("reports:frozen_journal", args=[version.uuid])
    client = client_of(contact)
    opened_first = client.get(page)
    sent(client, page, case_number="A")

    answer = client.post(page, {"case_number": "B", "document_number": ""})

    assert JournalNumber.objects.get().case_number == "A"
    assert answer.status_code == 200
    assert opened_first.status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("typed", [{"case_number": "010170-1234"}, {"document_number": "010170-1234"}])
def test_cpr_number_is_no_case_number(client_of, version, contact, typed):
    page = reverse("reports:frozen_journal", args=[version.uuid])

    answer = sent(client_of(contact), page, **{"case_number": "1", "document_number": ""} | typed)

    assert "CPR" in html_of(answer)
    assert not JournalNumber.objects.exists()
