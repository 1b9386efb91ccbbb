"""The forms' doors: what each is given when all is well, and how a browser sends it."""

import datetime as dt
from html import unescape

from django.apps import apps
from django.utils.translation import gettext

from programme.facts import fact_models

D = dt.date
TOMORROW = (dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=2)).isoformat()
CPR = "010170-1234"
LONG = "æ" * 10_000
EMOJI = "👩🏽‍🤝‍👩🏿 Søster 🌸"
ARABIC = "أمهات الحي ۱۲۳"


def saved():
    """How many rows there are of each kind, and how many facts stand: what a refused form may not change."""
    rows = {model._meta.label: model._default_manager.count() for model in apps.get_models()}
    return rows | {f"current {model._meta.label}": model.objects.current().count() for model in fact_models()}


def says(message, **values):
    return gettext(message) % values


# --- Each door with what it is given when all is well

GOOD = {
    "associations:create": {"name": "Ny forening", "housing_area": "area", "email": "", "note": ""},
    "associations:edit": {"name": "Nyt navn", "housing_area": "area", "email": "", "note": ""},
    "associations:step board": {"happened_on": "2011-05-26", "board_members": "5", "note": ""},
    "associations:step cvr": {"happened_on": "2011-05-26", "cvr": "13748136", "note": ""},
    "volunteers:create": {"name": "Ny", "email": "ny@example.org", "phone": "20 12 34 56"},
    "volunteers:edit": {"name": "Ny", "email": "ny@example.org", "phone": ""},
    "volunteers:membership": {
        "association": "forming",
        "role": "coordinator",
        "started_on": "2011-05-26",
        "ended_on": "",
    },
    "volunteers:end_membership": {"ended_on": "2011-11-30"},
    "training:certificate": {"curriculum": "basic", "started_on": "2011-06-27", "ended_on": ""},
    "programme:adoption": {"label": "2.0", "body": "group", "outcome": "adopted", "happened_on": "2011-10-05"},
    "programme:signature": {"organisation": "municipality", "happened_on": "2011-02-07"},
    "reports:retract stiftelsestrin": {"reason": "Fejl"},
}


def filled(world, door, opened=None, **typed):
    """What a browser would send: the hidden fields as they were opened, all else as typed."""
    programme = world.programme
    keys = {
        "area": lambda: programme.housing_areas.first().pk,
        "association": lambda: world.association.pk,
        "forming": lambda: world.rows["forming"].pk,
        "basic": lambda: programme.curricula.get(kind="basic").pk,
        "coordinator_course": lambda: programme.curricula.get(kind="coordinator").pk,
        "group": lambda: programme.organisations.get(kind="steering_group").pk,
        "municipality": lambda: programme.organisations.get(kind="municipality").pk,
        "foundation": lambda: programme.organisations.get(kind="foundation").pk,
    }
    given = GOOD[door] | typed
    data = {name: keys[value]() if value in keys else value for name, value in given.items()}
    hidden = opened.context["form"].hidden_fields() if opened is not None else []
    return {field.html_name: field.value() or "" for field in hidden} | data


def send(world, visitor, door, **typed):
    url = world.url(door)
    return visitor.post(url, filled(world, door, visitor.get(url), **typed))


def assert_refused(response, field, message, typed, before):
    """200, the message beside its field and nowhere else, what was typed still there, nothing saved."""
    html = unescape(response.content.decode())
    assert response.status_code == 200
    assert dict(response.context["form"].errors) == {field: [message]}
    assert html.count(message) >= 2, "in the summary and beside the field"
    assert typed.replace("\x00", "") in html.replace("\x00", "")
    assert saved() == before
