"""Files of volunteers for tests, and imports on their way."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile

from bydelsmoedre.spreadsheets import Sheet, write_xlsx
from tests import factories as make
from volunteers.importing.content import Content, only_rejected, packed
from volunteers.importing.source import read
from volunteers.importing.storing import run
from volunteers.models import Import

HEADINGS = ["Navn", "E-mail", "Telefon", "Postnr", "Boligområde", "Sprog", "Rolle", "Forening", "Startdato", "Slutdato"]


def csv_of(*rows, headings="Navn;E-mail;Telefon"):
    return ("\r\n".join([headings, *rows]) + "\r\n").encode()


def xlsx_of(*rows, headings=HEADINGS):
    target = io.BytesIO()
    write_xlsx(Sheet("Ark1", headings, rows), target)
    return target.getvalue()


def upload_of(content, name="liste.csv"):
    return SimpleUploadedFile(name, content)


def import_of(programme, content, by=None):
    """A file that waits to be imported."""
    table = read(content)
    report = run(table, programme, by=None, is_trial=True)
    return Import.objects.create(
        programme=programme,
        uploaded_by=by or make.UserFactory(),
        rows=report.rows,
        rejected=len(report.bad),
        content=packed(Content("liste", table, report)),
    )


def import_rows(programme, word="", count=1):
    """An import that waits and one that is done, with so many rows rejected each."""
    rows = [f"{word} Amina {number};ingen-adresse;" for number in range(count)]
    waiting = import_of(programme, csv_of(f"{word} Ny;;", *rows))
    content = csv_of(*rows)
    table = read(content)
    report = run(table, programme, by=None, is_trial=True)
    done = import_of(programme, content)
    done.finished_at = done.uploaded_at
    done.content = packed(only_rejected(Content("liste", table, report)))
    done.save()
    return {"import": waiting, "imported": done}


def import_doors(rows):
    """Door → the arguments of its address."""
    waiting = [rows["import"].uuid]
    return {
        "volunteers:import_template xlsx": ["xlsx"],
        "volunteers:import_detail": waiting,
        "volunteers:import_begin": waiting,
        "volunteers:import_discard": waiting,
        "volunteers:import_rejected": [rows["imported"].uuid],
    }
