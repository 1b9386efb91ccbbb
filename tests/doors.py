"""The forms' doors: what each is given when all is well, and how a browser sends it."""

import datetime as dt
from functools import cache
from html import unescape
from html.parser import HTMLParser

from django.apps import apps
from django.core.exceptions import EmptyResultSet
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext

from budget.forms.vouchers import token
from programme.facts import fact_models
from programme.models import Reading
from tests.good_input import GOOD
from tests.permissions import matrix
from training.models import EvaluationAnswer

D = dt.date
TOMORROW = (dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=2)).isoformat()
CPR = "010170-1234"
LONG = "æ" * 10_000
EMOJI = "👩🏽‍🤝‍👩🏿 Søster 🌸"
ARABIC = "أمهات الحي ۱۲۳"


@cache
def _counting():
    """One statement that counts what `saved` tells, and its parameters: asked one by one they are two hundred."""
    # That she has looked at the form is logged all the same.
    models = [model for model in apps.get_models() if model is not Reading]
    kinds = {model._meta.label: model._default_manager.all() for model in models}
    kinds |= {f"current {model._meta.label}": model.objects.current() for model in fact_models()}
    kinds["told comments"] = EvaluationAnswer.objects.exclude(comment="")
    parts, given = [], []
    for label, rows in kinds.items():
        try:
            inner, values = rows.order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:  # nobody may ever see one
            inner, values = "select where false", ()
        parts.append(f"select %s, count(*) from ({inner}) q")
        given += [label, *values]
    return " union all ".join(parts), given


def saved():
    """How many rows there are of each kind, and how many facts stand: what a refused form may not change."""
    with connection.cursor() as cursor:
        cursor.execute(*_counting())
        return dict(cursor.fetchall())


#: A file small enough to read here.
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def says(message, **values):
    return gettext(message) % values


def html_of(response):
    """The page as it is read: characters as such, amounts with plain spaces."""
    assert response.status_code == 200
    return unescape(response.content.decode()).replace("\u00a0", " ")


# --- Each door with what it is given when all is well


def filled(world, door, opened=None, **typed):
    """What a browser would send: the hidden fields as they were opened, all else as typed."""
    programme = world.programme
    keys = {
        "area": lambda: programme.housing_areas.first().pk,
        "free area": lambda: programme.housing_areas.filter(prospects=None).first().pk,
        "association": lambda: world.association.pk,
        "forming": lambda: world.rows["forming"].pk,
        "basic": lambda: programme.curricula.get(kind="basic").pk,
        "coordinator_course": lambda: programme.curricula.get(kind="coordinator").pk,
        "group": lambda: programme.organisations.get(kind="steering_group").pk,
        "municipality": lambda: programme.organisations.get(kind="municipality").pk,
        "foundation": lambda: programme.organisations.get(kind="foundation").pk,
        "foundation's": lambda: world.users["foundation"].pk,
        "member": lambda: str(world.rows["volunteer"].uuid),
        "paper": lambda: world.rows["paper"].pk,
        "version": lambda: world.rows["adoptable"].pk,
        "gone": lambda: str(world.rows["gone"].uuid),
        "newcomer": lambda: world.rows["newcomer"].pk,
        "elsewhere": lambda: programme.curricula.get(kind="basic").courses.get(name="Andet hold").pk,
        "said": lambda: str(world.rows["evalueret hold"].evaluation.exclude(comment="").earliest("pk").pk),
        "line": lambda: world.rows["line"].pk,
        "draft": lambda: token(world.rows["voucher"]),
        "other_line": lambda: world.rows["budget"].lines.get(number=2).pk,
    }
    given = GOOD[door] | typed
    data = {name: keys[value]() if isinstance(value, str) and value in keys else value for name, value in given.items()}
    return (hidden_of(opened) if opened is not None else {}) | data


def hidden_in(form):
    """A form's hidden fields, as they were opened."""
    return {field.html_name: field.value() or "" for field in form.hidden_fields()}


def hidden_of(response):
    """The same, of the form on a page."""
    return hidden_in(response.context["form"])


def sent(client, url, **typed):
    """Open the form and send it, with what is typed."""
    return client.post(url, hidden_of(client.get(url)) | typed)


def a_paper(name="referat.pdf"):
    """A file that is taken as evidence."""
    return SimpleUploadedFile(name, PDF)


def retract(client, kind, fact, reason="Fejl"):
    """Retract the fact on its page, as it was opened."""
    url = reverse("reports:retract", args=[kind, fact.uuid])
    return sent(client, url, reason=reason)


def writer_of(world, door):
    """Whoever the door is for, logged in: the secretariat, else the Foundation, else the municipality."""
    cells = matrix().get(door)
    if cells is None:
        return world.client("secretariat")
    return world.client(next(role for role in ("secretariat", "foundation", "caseworker") if cells[role][0] != "403"))


def send(world, visitor, door, **typed):
    url = world.url(door)
    return visitor.post(url, filled(world, door, visitor.get(url), **typed))


class Fields(HTMLParser):
    """What stands in each field of a page, by its name."""

    def __init__(self, html):
        super().__init__()
        self.values, self.name, self.is_text = {}, "", False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag == "input" and (told.get("type") not in ("checkbox", "radio") or "checked" in told):
            self.values[told.get("name")] = told.get("value") or ""
        elif tag in ("select", "textarea"):
            self.name, self.is_text = told["name"], tag == "textarea"
            self.values[self.name] = ""
        elif tag == "option" and "selected" in told:
            self.values[self.name] = told["value"]

    def handle_data(self, data):
        if self.is_text:
            self.values[self.name] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.is_text = False
            self.values[self.name] = self.values[self.name].removeprefix("\n")


def assert_refused(response, field, message, typed, before):
    """200, the message beside its field and nowhere else, what was typed (in the field, or in those named) still
    stands in its field, nothing saved."""
    html = response.content.decode()
    kept = typed if isinstance(typed, dict) else {field: typed}
    assert response.status_code == 200
    assert dict(response.context["form"].errors) == {field: [message]}
    assert unescape(html).count(message) >= 2, "in the summary and beside the field"
    shown = Fields(html.replace("\x00", "")).values
    assert {name: shown[name] for name in kept} == {name: str(one).replace("\x00", "") for name, one in kept.items()}
    assert saved() == before
