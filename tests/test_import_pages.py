"""Importing in the browser: upload, preview, import, what was rejected; and the same file by command."""

import datetime as dt
import os
from html import unescape
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from bydelsmoedre.personal import hide_cpr
from tests import factories as make
from tests.doors import CPR, html_of, saved
from tests.imports import csv_of, import_of, upload_of, xlsx_of
from volunteers.importing import working
from volunteers.models import Import, Volunteer
from volunteers.models.imports import KEPT

pytestmark = pytest.mark.django_db

GOOD = csv_of("Åse Mølgård;aase@example.org;20123456", "Bo;;")
MIXED = csv_of("Åse Mølgård;aase@example.org;20123456", "=Bo;ingen;20304050", f"Ida {CPR};;")


def uploaded(client, content, name="medlemmer.txt"):
    return client.post(reverse("volunteers:import"), {"file": upload_of(content, name)})


def page_of(response, client):
    assert response.status_code == 302, response.context["form"].errors
    return html_of(client.get(response.url))


@pytest.mark.parametrize("content", [GOOD, xlsx_of(("Åse Mølgård", "", "20123456"), ("Bo", "", ""),
                                                   headings=["Navn", "E-mail", "Telefon"])])  # fmt: skip
def test_file_is_shown_before_anything_is_stored_whatever_its_name_says(programme, secretary, content):
    html = page_of(uploaded(secretary, content), secretary)

    assert "Importér 2 rækker" in html
    assert "Åse Mølgård" in html
    assert Volunteer.objects.count() == 0


@pytest.mark.parametrize("content", [b"", b"Navn;CPR\nBo;1\n", b"\x89PNG\r\n\x00", csv_of()])
def test_file_that_cannot_be_imported_is_refused_beside_the_field(programme, secretary, content):
    before = saved()

    response = uploaded(secretary, content)

    (message,) = response.context["form"].errors["file"]
    assert html_of(response).count(unescape(message)) >= 2
    assert saved() == before


def test_import_stores_what_was_shown_and_forgets_the_file(programme, secretary, secretariat):
    waiting = Import.objects.get(uuid=uploaded(secretary, GOOD).url.split("/")[-2])

    working.work(waiting.pk, by=secretariat, accept_good=False)

    waiting.refresh_from_db()
    html = html_of(secretary.get(waiting.get_absolute_url()))
    assert (Volunteer.objects.count(), waiting.persons, waiting.content) == (2, 2, None)
    assert gettext("The import is done") in html
    assert reverse("volunteers:list") in html


def test_importing_once_more_changes_nothing(programme, secretariat):
    waiting = import_of(programme, GOOD)
    working.work(waiting.pk, by=secretariat, accept_good=False)
    before = saved()

    working.work(waiting.pk, by=secretariat, accept_good=False)

    assert saved() == before


def test_errors_stand_by_line_with_value_and_reason_and_only_the_good_rows_can_be_imported(
    programme, secretary, secretariat
):
    waiting = import_of(programme, MIXED)
    html = html_of(secretary.get(waiting.get_absolute_url()))
    assert "Indtast en gyldig e-mail-adresse." in html
    assert ">ingen<" in html
    assert "Importér den 1 gode række" in html

    working.work(waiting.pk, by=secretariat, accept_good=False)
    assert Volunteer.objects.count() == 0
    working.work(waiting.pk, by=secretariat, accept_good=True)

    waiting.refresh_from_db()
    assert (Volunteer.objects.get().name, waiting.rejected) == ("Åse Mølgård", 2)
    assert "2 rækker er ikke importeret" in html_of(secretary.get(waiting.get_absolute_url()))


def test_rejected_rows_are_fetched_mended_and_imported(programme, secretary, secretariat):
    """Formulas are marked as text, the CPR number is gone, and the column of reasons is not read."""
    waiting = import_of(programme, MIXED)
    working.work(waiting.pk, by=secretariat, accept_good=True)

    response = secretary.get(reverse("volunteers:import_rejected", args=[waiting.uuid]))
    text = response.content.decode("utf-8-sig")

    assert response["Content-Disposition"] == 'attachment; filename="liste-afvist.csv"'
    assert text.splitlines()[0] == "Navn;E-mail;Telefon;Afvist fordi"
    assert text.splitlines()[1].startswith("'=Bo;ingen;20304050;E-mail: ")
    assert text.splitlines()[2].startswith("Ida (…);;;Navn: Det ligner et CPR-nummer.")
    mended = text.replace("ingen", "bo@example.org").replace(" (…)", "")
    working.work(import_of(programme, mended.encode()).pk, by=secretariat, accept_good=False)
    assert set(Volunteer.objects.values_list("name", flat=True)) == {"Åse Mølgård", "=Bo", "Ida"}


def test_no_cpr_number_is_kept_of_a_file_that_waits(programme, secretary):
    waiting = Import.objects.get(uuid=uploaded(secretary, MIXED, f"{CPR}.csv").url.split("/")[-2])

    kept = repr(working.unpacked(bytes(waiting.content)))
    assert (CPR in kept, hide_cpr(kept)[1]) == (False, False)


def test_file_can_be_deleted_and_is_after_a_day(programme, secretary):
    deleted, old, young = (import_of(programme, GOOD) for _ in range(3))
    Import.objects.filter(pk=old.pk).update(uploaded_at=timezone.now() - KEPT - dt.timedelta(minutes=1))

    secretary.post(reverse("volunteers:import_discard", args=[deleted.uuid]))
    assert gettext("The file is deleted here") in html_of(secretary.get(old.get_absolute_url()))
    call_command("sweep_imports", stdout=open(os.devnull, "w"))  # noqa: SIM115

    left = Import.objects.exclude(content=None)
    assert list(left) == [young]


def test_broken_off_import_says_so_and_can_be_begun_again(programme, secretary, secretariat):
    waiting = import_of(programme, GOOD)
    Import.objects.filter(pk=waiting.pk).update(began_at=timezone.now())

    html = html_of(secretary.get(waiting.get_absolute_url()))
    assert gettext("The import was broken off, and nothing of it is stored. Begin it again.") in html
    working.work(waiting.pk, by=secretariat, accept_good=False)

    assert Volunteer.objects.count() == 2


def test_template_can_be_imported(programme, secretary):
    make.HousingAreaFactory(programme=programme, name="Aldersrogade")
    for kind in ("csv", "xlsx"):
        response = secretary.get(reverse("volunteers:import_template", args=[kind]))
        content = b"".join(response.streaming_content) if response.streaming else response.content
        assert "Importér 1 række" in page_of(uploaded(secretary, content), secretary)
    assert secretary.get(reverse("volunteers:import_template", args=["pdf"])).status_code == 404


# --- By command


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def command(capsys, *arguments, **options):
    """Exit code and what is told on both channels."""
    code = 0
    try:
        call_command("import_volunteers", *arguments, **options)
    except SystemExit as ended:
        code = ended.code
    told = capsys.readouterr()
    return code, told.out, told.err


def test_command_imports_as_the_user_it_is_given(programme, secretariat, folder, capsys):
    Path("medlemmer.dat").write_bytes(GOOD)

    dry = command(capsys, "medlemmer.dat", "--dry-run")
    assert (dry[0], Volunteer.objects.count()) == (0, 0)
    code, out, err = command(capsys, "medlemmer.dat", by=secretariat.email.upper())

    assert (code, err, Volunteer.objects.count()) == (0, "", 2)
    assert "2 rækker: 2 gode, 0 med fejl." in out


def test_command_tells_bad_rows_keeps_the_good_and_writes_the_bad_to_a_file(programme, folder, capsys):
    Path("medlemmer.csv").write_bytes(MIXED)

    code, out, err = command(capsys, "medlemmer.csv")
    assert (code, Volunteer.objects.count(), os.listdir()) == (1, 0, ["medlemmer.csv"])
    assert "Linje 3, E-mail »ingen«: Indtast en gyldig e-mail-adresse." in err
    assert CPR not in out + err
    code, out, err = command(capsys, "medlemmer.csv", "--accept-good")

    rejected = Path("medlemmer-afvist.csv")
    assert (code, Volunteer.objects.count()) == (1, 1)
    assert rejected.stat().st_mode & 0o777 == 0o600
    text = rejected.read_bytes().replace(b"ingen", b"bo@example.org").replace(" (…)".encode(), b"")
    rejected.write_bytes(text)
    # the same file again adds nothing, and does not write over what was mended
    assert command(capsys, "medlemmer.csv", "--accept-good")[0] == 1
    assert (rejected.read_bytes(), Volunteer.objects.count()) == (text, 1)
    assert command(capsys, "medlemmer-afvist.csv")[0] == 0
    assert Volunteer.objects.count() == 3


def test_command_warns_and_ends_well(programme, folder, capsys):
    Path("a.csv").write_bytes(csv_of("Bo;;", "Bo;b@example.org;", headings="Navn;E-mail;Hobby"))

    code, out, err = command(capsys, "a.csv")

    assert (code, err, Volunteer.objects.count()) == (0, "", 2)
    assert "Advarsel: Linje 3, Navn »Bo«: Måske den samme som Bo" in out
    assert "»Hobby«" in out


def test_where_the_rejected_rows_cannot_be_written_nothing_is_stored(programme, folder, monkeypatch):
    Path("a.csv").write_bytes(MIXED)

    def full(*args):
        raise OSError(28, "No space left")

    monkeypatch.setattr(os, "open", full)
    with pytest.raises(CommandError, match="No space left"):
        call_command("import_volunteers", "a.csv", "--accept-good")

    assert Volunteer.objects.count() == 0


def test_command_is_for_the_programmes_secretariat(programme, twin, foundation, caseworker, folder):
    Path("a.csv").write_bytes(GOOD)
    outsider = make.user_with_role(twin, "secretariat")

    for user in (foundation, caseworker, outsider):
        with pytest.raises(CommandError, match=user.email):
            call_command("import_volunteers", "a.csv", by=user.email, programme=programme.name)
    with pytest.raises(CommandError, match="--programme"):
        call_command("import_volunteers", "a.csv")
    with pytest.raises(CommandError):
        call_command("import_volunteers", "findes-ikke.csv", programme=programme.name)

    assert Volunteer.objects.filter(name="Bo").count() == 0
