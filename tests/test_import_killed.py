"""An import in a process that is killed, at any time: everything is stored, or nothing; then it can be begun again."""

import os
import signal
import time

import pytest
from django.db import connections
from django.urls import reverse

from tests import factories as make
from tests.doors import html_of
from tests.imports import csv_of
from volunteers.importing import working
from volunteers.importing.content import Content, packed
from volunteers.importing.source import read
from volunteers.importing.storing import Report
from volunteers.models import Import, LanguageSkill, Volunteer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")]

ROWS, KILLS = 400, 20
#: The parent's connections, kept from being closed in a child: closing says goodbye to PostgreSQL for both.
kept = []


def waiting_import(programme, user, name="Nr"):
    rows = (f"{name} {number};;{20_000_000 + number};arabisk, dansk (B2)" for number in range(ROWS))
    table = read(csv_of(*rows, headings="Navn;E-mail;Telefon;Sprog"))
    return Import.objects.create(
        programme=programme, uploaded_by=user, rows=ROWS, content=packed(Content("liste", table, Report()))
    )


def begun_in_a_process(waiting, user):
    """The import in a process of its own, with a connection of its own."""
    child = os.fork()
    if child == 0:
        kept.append(connections["default"])
        connections["default"] = connections["default"].copy()
        try:
            working.work(waiting.pk, by=user, accept_good=False)
        finally:
            os._exit(0)
    return child


def until_nobody_is_at_work(waiting):
    for _ in range(500):
        if not waiting.is_running():
            return
        time.sleep(0.01)
    raise AssertionError("PostgreSQL holds the lock of a process that is dead.")


def test_killing_the_process_twenty_times_leaves_all_or_nothing(client_of):
    programme = make.ProgrammeFactory()
    user = make.user_with_role(programme, "secretariat")
    waiting = waiting_import(programme, user, "Prøve")
    began = time.monotonic()
    os.waitpid(begun_in_a_process(waiting, user), 0)
    whole = time.monotonic() - began
    stored = Volunteer.objects.count()
    assert stored == ROWS

    broken_off = []
    for kill in range(KILLS):
        waiting = waiting_import(programme, user, f"Runde {kill}")
        child = begun_in_a_process(waiting, user)
        time.sleep(whole * 1.1 * kill / KILLS)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        until_nobody_is_at_work(waiting)

        waiting.refresh_from_db()
        added = Volunteer.objects.count() - stored
        stored += added
        assert added == (ROWS if waiting.is_finished else 0)
        assert LanguageSkill.objects.count() == 2 * stored
        if waiting.began_at and not waiting.is_finished:
            broken_off.append(waiting)

    page = client_of(user).get(broken_off[-1].get_absolute_url())
    assert "Importen blev afbrudt, og intet af den er gemt." in html_of(page)
    client_of(user).post(reverse("volunteers:import_begin", args=[broken_off[-1].uuid]))
    until_nobody_is_at_work(broken_off[-1])
    broken_off[-1].refresh_from_db()
    assert (broken_off[-1].is_finished, Volunteer.objects.count()) == (True, stored + ROWS)


def test_progress_is_seen_from_outside_while_the_import_is_one_transaction(monkeypatch):
    """Each batch is told beside the transaction, and a second worker stays away meanwhile."""
    programme = make.ProgrammeFactory()
    user = make.user_with_role(programme, "secretariat")
    waiting = waiting_import(programme, user)
    monkeypatch.setattr(working, "EVERY", 0)
    seen = []
    tell = working.Progress.__call__

    def look(self, done, total):
        tell(self, done, total)
        mine, connections["default"] = connections["default"], connections["default"].copy()
        found = Import.objects.get(pk=waiting.pk)
        seen.append((found.done, Volunteer.objects.count(), found.is_running(), working.take(waiting.pk)))
        connections["default"].close()
        connections["default"] = mine

    monkeypatch.setattr(working.Progress, "__call__", look)
    working.work(waiting.pk, by=user, accept_good=False)

    assert seen == [(0, 0, True, False), (200, 0, True, False), (200, 0, True, False)]
    assert Volunteer.objects.count() == ROWS
