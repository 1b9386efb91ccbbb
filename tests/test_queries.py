"""How many SQL statements a page takes: exactly, and the same for one row and for many."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.calendars import make_address, token_of
from associations.models import Prospect
from programme.models import Adoption, Agreement, Document, DocumentVersion, Evidence, Organisation, Signature
from reports.digest_sending import token_of as digest_token
from tests import factories as make
from tests.boards import board_rows
from tests.gatherings import gathering_doors, gathering_rows
from tests.goals import GOALS_KINDS, goals_doors, goals_rows
from tests.imports import import_doors, import_rows
from tests.money import money_doors, money_rows, of_a_grant
from tests.people import PEOPLE_KINDS, people_doors, people_rows
from tests.permissions import matrix
from tests.pinned import PINNED
from tests.reports import report_doors, report_rows
from tests.rows import MAKERS
from tests.training import TRAINING_KINDS, training_doors, training_rows
from training.evaluating import token_of as evaluation_token
from training.models import Dispensation

D = dt.date
pytestmark = pytest.mark.django_db

LIMITS = {
    "reports:dashboard": 12,
    "associations:list": 10,  # with the districts, the prospects and the mothers in housing plans' own regime
    "volunteers:list": 8,
    "volunteers:conversations": 8,
    "volunteers:readings": 8,
    "volunteers:gatherings": 8,
    "training:list": 9,  # with the log's row, where persons' names stand among what is to be done
    "budget:postings": 8,
    "programme:documents": 8,
    "programme:meetings": 8,
}


@dataclass
class Filled:
    """A programme with so many rows, and who looks at it."""

    users: dict[str, Any]
    rows: dict[str, Any]

    def url(self, page):
        name, *args = self.rows.get(page, [page])
        return reverse(name, args=args)


def fill(name, *, associations, volunteers):
    """Founded and forming associations, as many of each; coordinators who count and who nearly do, as many of each."""
    programme = make.plan(name)
    places = [make.founded_association(programme) for _ in range(associations)]
    forming = [make.AssociationFactory(programme=programme) for _ in range(associations)]
    for place in forming:
        file = ContentFile(b"Indkaldelse", "bilag")
        evidence = Evidence.objects.create(
            programme=programme, description="Referat", file=file, file_name="bilag.pdf", media_type="application/pdf"
        )
        make.step(place, "notice", D(2011, 4, 1), note="Indkaldt", evidence=evidence)
    persons = [make.counting_coordinator(places[number % associations]) for number in range(volunteers)]
    for number in range(volunteers):
        make.membership(make.VolunteerFactory(programme=programme), forming[number % associations])
    busy = persons[0]
    for number in range(associations):
        day = D(2001, 1, 1) + dt.timedelta(number)
        make.membership(busy, places[0], role="mother", since=day, until=day)
        make.certificate(busy, make.CurriculumFactory(programme=programme, kind="supervision"), since=day)
        make.step(places[0], "board", D(2011, 6, 1) + dt.timedelta(number))
    rows = _addresses(programme, places[0], forming[0], busy) | _decisions(programme, associations)
    rows |= _money(programme, associations) | _training(programme, places[0], busy, associations)
    rows |= _gatherings(places[0], busy, associations)
    rows |= _boards(programme, places[0], associations)
    rows |= _imports(programme, associations)
    rows |= _people(programme, places[0], busy, associations) | _goals(programme, associations)
    rows |= {door: (door, *about) for door, about in report_doors(report_rows(programme, count=associations)).items()}
    users = {role: make.user_with_role(programme, role) for role in ("secretariat", "foundation", "caseworker")}
    rows["programme:deputy_end"] = ("programme:deputy_end", _deputies(users, associations))
    return Filled(users | {"local": make.local_coordinator(places[0])}, rows)


def _deputies(users, count):
    found = [make.deputy(users["secretariat"], users["foundation"], 400 + number) for number in range(count)]
    return found[0].uuid


def _addresses(programme, place, forming, person):
    role = person.memberships.get(role="coordinator")
    prospect = Prospect.objects.create(programme=programme, housing_area=forming.housing_area)
    kinds = ("ProspectOutcome", "Closing", "OwnRegime", "AreaListing")
    given_up, closed, regime, listed = (MAKERS[f"associations.{name}"](programme) for name in kinds)
    let = Dispensation.objects.filter(volunteer=person).first()
    own = ("detail", "edit", "membership")
    return {
        **{f"reports:criterion {one.number}": ("reports:criterion", one.uuid) for one in programme.criteria.all()},
        **{f"associations:{page}": (f"associations:{page}", place.uuid) for page in ("detail", "edit", "close")},
        **{f"volunteers:{page}": (f"volunteers:{page}", person.uuid) for page in own},
        "reports:stop_digest": ("reports:stop_digest", digest_token(make.UserFactory())),
        "reports:calendar_file": ("reports:calendar_file", token_of(make_address(make.UserFactory()))),
        "associations:step board": ("associations:step", forming.uuid, "board"),
        "associations:plan meeting": ("associations:plan", forming.uuid, "meeting"),
        **{f"associations:{page}": (f"associations:{page}", prospect.uuid) for page in ("prospect", "form", "give_up")},
        "associations:pack pakken": ("associations:pack", forming.uuid, "pakken", "pdf"),
        "reports:evidence stiftelsestrin": ("reports:evidence", "stiftelsestrin", forming.steps.first().uuid),
        "volunteers:end_membership": ("volunteers:end_membership", role.uuid),
        "training:certificate": ("training:certificate", person.uuid),
        "training:new_paper": ("training:new_paper", person.certificates.first().uuid),
        "training:diploma": ("training:diploma", person.certificates.first().uuid),
        "training:diploma_in": ("training:diploma_in", person.certificates.first().uuid, "ar"),
        "training:check": ("training:check", person.certificates.first().number),
        "reports:retract lukning": ("reports:retract", "lukning", closed.uuid),
        "reports:retract eget-regi": ("reports:retract", "eget-regi", regime.uuid),
        "reports:retract omraadeliste": ("reports:retract", "omraadeliste", listed.uuid),
        "reports:retract mulighed": ("reports:retract", "mulighed", given_up.uuid),
        "reports:retract stiftelsestrin": ("reports:retract", "stiftelsestrin", place.steps.first().uuid),
        "reports:retract rolle": ("reports:retract", "rolle", role.uuid),
        "reports:retract bevis": ("reports:retract", "bevis", person.certificates.first().uuid),
        "reports:retract dispensation": ("reports:retract", "dispensation", let.uuid),
    }


def _people(programme, place, person, count):
    rows = people_rows(programme, place, person, count=count)
    for _ in range(count + 1):
        make.VolunteerFactory(programme=programme, phone="20 12 34 99")
    return {
        **{door: (door.partition(" ")[0], *about) for door, about in people_doors(rows).items()},
        **{f"reports:retract {kind}": ("reports:retract", kind, rows[kind].uuid) for kind in PEOPLE_KINDS},
    }


def _gatherings(place, person, count):
    rows = gathering_rows(place, person, count=count)
    return {
        **{door: (door, row.uuid) for door, row in gathering_doors(rows).items()},
        "reports:retract foreningsmoede": ("reports:retract", "foreningsmoede", rows["foreningsmoede"].uuid),
    }


def _boards(programme, place, count):
    rows = board_rows(programme, place, count=count)
    kind = "foreningsvedtagelse"
    return {
        "associations:adopt": ("associations:adopt", place.uuid),
        f"reports:retract {kind}": ("reports:retract", kind, rows[kind].uuid),
    }


def _imports(programme, count):
    rows = import_rows(programme, count=count)
    return {door: (door.partition(" ")[0], *about) for door, about in import_doors(rows).items()}


def _goals(programme, count):
    rows = goals_rows(programme, count=count)
    return {
        "reports:defer": ("reports:defer", "minutes_missing", rows["held_meeting"].uuid),
        "reports:bring_back": ("reports:bring_back", "action_overdue", rows["put_off"].uuid),
        **{door: (door, row.uuid) for door, row in goals_doors(rows).items()},
        **{f"reports:retract {kind}": ("reports:retract", kind, rows[kind].uuid) for kind in GOALS_KINDS},
    }


def _training(programme, place, person, count):
    rows = training_rows(programme, place, person, count=count)
    return {
        **{door: (door, row.uuid) for door, row in training_doors(rows).items()},
        "training:evaluate": ("training:evaluate", evaluation_token(rows["hold"])),
        **{f"reports:retract {kind}": ("reports:retract", kind, rows[kind].uuid) for kind in TRAINING_KINDS},
    }


def _money(programme, count):
    rows = money_rows(programme, count=count)
    kinds = (
        "disponering", "finansiering", "omdisponeringssvar", "budgetgodkendelse",
        "bank", "forklaring", "prognosemetode", "vilkaar", "betingelse-opfyldt", "aarsafslutning",
    )  # fmt: skip
    return {
        **{door: (door, row.uuid) for door, row in money_doors(rows).items()},
        **{door: (door, rows["budget"].uuid, 1) for door in ("budget:close_month", "budget:month", "budget:bank")},
        **{door: (door, rows["line"].uuid) for door in ("budget:explain", "budget:forecast_method")},
        "budget:year_end": ("budget:year_end", rows["budget"].uuid),
        "budget:year_step": ("budget:year_step", rows["budget"].uuid, "audit"),
        "budget:settle": ("budget:settle", rows["budget"].uuid, rows["finansiering"].funder.uuid),
        "budget:new_outlay": ("budget:new_outlay", rows["outlay"].association.uuid),
        **{door: (door, *of_a_grant(rows)) for door in ("budget:terms", "budget:condition")},
        **{f"reports:retract {kind}": ("reports:retract", kind, rows[kind].uuid) for kind in kinds},
    }


def _decisions(programme, count):
    """As many decisions on a document, sent back each time, and a signature on the agreement."""
    document = Document.objects.get(programme=programme, kind="values")
    body = Organisation.objects.get(programme=programme, kind="steering_group")
    agreement = Agreement.objects.get(programme=programme)
    party = Organisation.objects.get(programme=programme, kind="foundation")
    for number in range(count):
        version = DocumentVersion.objects.create(document=document, label=f"0.{number}")
        day = D(2011, 6, 1) + dt.timedelta(number)
        decision = Adoption.record(by=None, version=version, body=body, happened_on=day, outcome="rejected")
    signature = Signature.record(by=None, agreement=agreement, organisation=party, happened_on=D(2011, 1, 24))
    return {
        "programme:adoption": ("programme:adoption", document.uuid),
        "programme:signature": ("programme:signature", agreement.uuid),
        "reports:retract vedtagelse": ("reports:retract", "vedtagelse", decision.uuid),
        "reports:retract underskrift": ("reports:retract", "underskrift", signature.uuid),
    }


@pytest.fixture(scope="module")
def few_and_many(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield fill("Få", associations=1, volunteers=1), fill("Mange", associations=30, volunteers=60)
        transaction.set_rollback(True)


def asked(filled, page, role):
    """The SQL of one page, asked for the second time (the first fills what Django keeps for the process)."""
    client, url = Client(), filled.url(page)
    client.force_login(filled.users[role])
    first = client.get(url)
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    assert first.status_code == 200
    return [query["sql"] for query in queries.captured_queries]


def listed(queries):
    return "\n".join(["", *map(str, queries)])


@pytest.mark.parametrize(("page", "role"), PINNED, ids=lambda part: part)
def test_page_takes_as_many_queries_for_many_rows_as_for_one(few_and_many, page, role):
    few, many = (asked(filled, page, role) for filled in few_and_many)

    assert len(few) == len(many), f"{listed(few)}\n--- and for many:{listed(many)}"
    assert len(many) == PINNED[page, role], listed(many)


def test_dashboard_and_lists_keep_their_limits():
    assert LIMITS.keys() <= {page for page, _role in PINNED}
    over = {pin: count for pin, count in PINNED.items() if count > LIMITS.get(pin[0], count)}

    assert over == {}


def test_every_page_is_pinned():
    """All that the secretariat may open stands in the table."""
    open_doors = {door for door, cells in matrix().items() if cells["secretariat"][0] == "200"}
    pinned = {page for page, role in PINNED if role == "secretariat"}

    assert pinned - {f"reports:criterion {number}" for number in range(1, 6)} == open_doors - {"reports:criterion"}
    assert {f"reports:criterion {number}" for number in range(1, 6)} <= pinned
