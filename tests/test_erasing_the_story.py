"""A hundred people of the story are erased: no figure moves, and neither database nor files hold a word of theirs."""

import datetime as dt
import random
import shutil
import subprocess
from io import StringIO

import pytest
from django.conf import settings as django_settings
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection

from bydelsmoedre.moment import Moment, end_of_day
from bydelsmoedre.owner import as_owner
from bydelsmoedre.postgres_binaries import find_binaries
from programme.models import Evidence, Programme
from reports.loading import load_plan
from reports.statement import statement
from reports.story.telling import load_story
from volunteers.models import LanguageSkill, Volunteer
from volunteers.privacy import erase

D = dt.date
QUARTERS = [D(2011, 3, 31), D(2011, 6, 30), D(2011, 9, 30), D(2011, 12, 31)]
ASKED = dt.datetime(2012, 1, 31, tzinfo=dt.UTC)


def figures(programme):
    """Every figure at the end of each quarter, as known now and as known then."""
    moments = [Moment(day) for day in QUARTERS] + [Moment(day, end_of_day(day)) for day in QUARTERS]
    return [statement(programme, moment, asked_at=ASKED) for moment in moments]


def by_pg_dump(program):
    """The dump that a back-up takes, as the owner."""
    login = django_settings.DATABASE_OWNER or connection.settings_dict
    host = login["HOST"] or login.get("OPTIONS", {}).get("host", "")
    asked = [
        program,
        "--host",
        host,
        "--port",
        str(login["PORT"] or 5432),
        "--username",
        login["USER"],
        "--no-password",
    ]
    env = {"PGPASSWORD": login["PASSWORD"]}
    done = subprocess.run([*asked, connection.settings_dict["NAME"]], env=env, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def dumped():
    """The whole database as text: by pg_dump where there is one, and table by table in any case."""
    told = []
    folders = ":".join(str(one.folder) for one in find_binaries())
    if pg_dump := shutil.which("pg_dump", path=folders) or shutil.which("pg_dump"):
        told.append(by_pg_dump(pg_dump))
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "select quote_ident(schemaname) || '.' || quote_ident(tablename) from pg_tables "
            "where schemaname not in ('pg_catalog', 'information_schema')"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f"select t::text from {table} t")
            told += [row.encode() for (row,) in cursor]
    return b"\n".join(told)


def seed(chosen):
    """Contact data, a note and a paper of each, with words that stand nowhere else. (The story gives names alone.)"""
    words = []
    for number, person in enumerate(chosen):
        mine = [f"kanarie{number}e@example.org", f"20 99 {number:04}", f"Notat{number}kanarie", f"Bevis{number}kanarie"]
        Volunteer.objects.filter(pk=person.pk).update(email=mine[0], phone=mine[1])
        paper = Evidence.objects.create(
            programme=person.programme,
            description=mine[3],
            file=ContentFile(f"Papir{number}kanarie".encode(), "papir"),
            file_name=f"{mine[3]}.pdf",
            media_type="application/pdf",
        )
        given = {"happened_on": D(2011, 3, 1), "note": mine[2], "evidence": paper}
        LanguageSkill.record(by=None, volunteer=person, language="pl", **given)
        words += [*mine, f"Papir{number}kanarie", person.name]
    return [word.encode() for word in words]


def files(folder):
    return b"\n".join(path.name.encode() + path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.mark.django_db(transaction=True)
def test_erasing_a_hundred_people_moves_no_figure_and_leaves_no_word(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with as_owner():
        load_plan()
        load_story()
    programme = Programme.objects.get(name="København")
    everybody = list(Volunteer.objects.filter(programme=programme).order_by("pk"))
    names = [person.name for person in everybody]
    chosen = random.Random(2011).sample([one for one in everybody if names.count(one.name) == 1], 100)
    others = [person.name.encode() for person in everybody if person not in chosen]
    words = seed(chosen)
    before, held = figures(programme), dumped() + files(tmp_path)
    assert [word for word in words if word not in held] == []

    for person in chosen:
        erase(person, by=None)

    left = dumped() + files(tmp_path)
    assert figures(programme) == before
    assert [word for word in words if word in left] == []
    assert [name for name in others if name not in left] == []
    out = StringIO()
    call_command("status", on="2011-12-31", stdout=out)
    assert "15" in out.getvalue()
