"""In a real browser: a file is uploaded and imported, and its progress survives that the page is loaded anew."""

import os
import time

import pytest
from django.urls import reverse

from tests import factories as make
from tests.browser import NARROW, Visitor
from tests.imports import csv_of
from volunteers.importing import storing, working
from volunteers.models import Volunteer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without"])
def test_progress_is_seen_again_after_the_page_is_loaded_anew(browser, live_server, tmp_path, monkeypatch, javascript):
    programme = make.ProgrammeFactory()
    visitor = Visitor(browser, live_server, viewport=NARROW, javascript=javascript)
    visitor.log_in(make.user_with_role(programme, "secretariat"))
    path = tmp_path / "liste.csv"
    path.write_bytes(csv_of(*(f"Nr {number};;" for number in range(40))))
    page = visitor.go(reverse("volunteers:import"))
    page.set_input_files("[name=file]", path)
    page.click("main form button[type=submit]")
    monkeypatch.setattr(storing, "BATCH", 1)
    monkeypatch.setattr(working, "EVERY", 0)
    slowly(monkeypatch)

    page.click("text=Importér 40 rækker")
    first = int(page.get_attribute("progress", "value"))
    violations = visitor.violations() if javascript else []
    page.reload()
    again = int(page.get_attribute("progress", "value"))
    page.wait_for_selector("h1:has-text('Importen er færdig')")

    assert (0 <= first <= again < 40, violations, visitor.is_too_wide()) == (True, [], False)
    assert (Volunteer.objects.count(), visitor.troubles, visitor.strangers) == (40, [], [])


def slowly(monkeypatch):
    """Each row takes a while, so that there is something to look at."""
    record = storing.Writer._record

    def late(*args):
        time.sleep(0.15)
        return record(*args)

    monkeypatch.setattr(storing.Writer, "_record", late)
