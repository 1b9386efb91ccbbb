"""Two whole programmes with a user for every role, made once per module: for tests that try every door."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat
from django.test import Client
from django.urls import reverse

from accounts.calendars import make_address, token_of
from accounts.models import User
from associations.models import (
    AreaListing,
    Association,
    AssociationGrant,
    Closing,
    District,
    FoundingStep,
    OwnRegime,
    Prospect,
    ProspectOutcome,
)
from budget.models import BudgetLine
from programme.models import (
    Activity,
    Adoption,
    Agreement,
    Document,
    DocumentVersion,
    Evidence,
    Organisation,
    Programme,
    Signature,
    SuccessCriterion,
)
from reports.digest_sending import token_of as digest_token
from tests import factories as make
from tests.boards import board_rows
from tests.effects import indicator, risk
from tests.gatherings import gathering_doors, gathering_rows
from tests.goals import goals_doors, goals_rows, put_off_until
from tests.hearings import hearing_rows
from tests.imports import import_doors, import_rows
from tests.money import money_doors, money_rows, of_a_grant, outlay
from tests.people import people_doors, people_rows, steps
from tests.reports import report_doors, report_rows
from tests.scenarios import scenario, source
from tests.training import planned_course, take_part, training_doors, training_rows
from tests.workplan import milestone
from training.evaluating import token_of as evaluation_token
from training.models import Curriculum, Supervision, Teacher

D = dt.date

ROLES = (
    "anonymous",
    "secretariat",
    "foundation",
    "caseworker",
    "local",
    "local_elsewhere",
    "twin_secretariat",
    "disabled",
)

#: Stands in every word about a person in the first programme: the municipality may meet none of them.
PERSONAL = "PERSONORD"
#: Stands in every name of the association that `local` does not reach.
ELSEWHERE = "ANDETSTEDS"


@dataclass
class World:
    """What there is, and who looks at it."""

    programme: Programme
    twin: Programme
    association: Association
    elsewhere: Association
    rows: dict[str, Any]
    users: dict[str, User] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        """A client logged in as the role; the disabled user logged in while she still might."""
        client = Client()
        if role == "anonymous":
            return client
        user = self.users[role]
        client.force_login(user)
        if role == "disabled":
            User.objects.filter(pk=user.pk).update(is_active=False)
        return client

    def url(self, door: str) -> str:
        """The address of a door such as `volunteers:edit` or `reports:retract rolle`, with this world's rows."""
        name, _, kind = door.partition(" ")
        app = name.partition(":")[0]
        args = {
            "reports:criterion": lambda: [self.rows["criterion"].uuid],
            "reports:retract": lambda: [kind, self.rows[kind].uuid],
            "reports:evidence": lambda: [kind, self.rows[kind].uuid],
            "reports:defer": lambda: ["minutes_missing", self.rows["held_meeting"].uuid],
            "reports:bring_back": lambda: ["action_overdue", self.rows["put_off"].uuid],
            "programme:deputy_end": lambda: [self.rows["deputy"].uuid],
            "reports:stop_digest": lambda: [digest_token(self.users["secretariat"])],
            "reports:calendar_file": lambda: [token_of(self.rows["kalender"])],
            "associations:step": lambda: [self.rows["forming"].uuid, kind],
            "associations:plan": lambda: [self.rows["forming"].uuid, kind],
            "associations:pack": lambda: [self.rows["forming"].uuid, kind, "pdf"],
            "associations:adopt": lambda: [self.association.uuid],
            "associations:prospect": lambda: [self.rows["prospect"].uuid],
            "associations:form": lambda: [self.rows["prospect"].uuid],
            "associations:give_up": lambda: [self.rows["prospect"].uuid],
            "associations:close": lambda: [self.association.uuid],
            "volunteers:end_membership": lambda: [self.rows["rolle"].uuid],
            "training:certificate": lambda: [self.rows["volunteer"].uuid],
            "training:new_paper": lambda: [self.rows["bevis"].uuid],
            "training:diploma": lambda: [self.rows["bevis"].uuid],
            "training:diploma_in": lambda: [self.rows["bevis"].uuid, "ar"],
            "training:check": lambda: [self.rows["bevis"].number],
            "training:evaluate": lambda: [evaluation_token(self.rows["hold"])],
            "budget:new_outlay": lambda: [self.association.uuid],
            "budget:close_month": lambda: [self.rows["budget"].uuid, 1],
            "budget:amount": lambda: [self.rows["line"].uuid],
            "budget:year_end": lambda: [self.rows["budget"].uuid],
            "budget:year_step": lambda: [self.rows["budget"].uuid, "audit"],
            "budget:settle": lambda: [self.rows["budget"].uuid, self.rows["finansiering"].funder.uuid],
            "budget:month": lambda: [self.rows["budget"].uuid, 1],
            "budget:bank": lambda: [self.rows["budget"].uuid, 1],
            "budget:explain": lambda: [self.rows["line"].uuid],
            "budget:forecast_method": lambda: [self.rows["line"].uuid],
            "budget:terms": lambda: of_a_grant(self.rows),
            "budget:condition": lambda: of_a_grant(self.rows),
            "programme:choose": lambda: [self.programme.uuid],
            "programme:adoption": lambda: [self.rows["document"].uuid],
            "programme:signature": lambda: [self.rows["agreement"].uuid],
            "associations:detail": lambda: [self.association.uuid],
            "associations:edit": lambda: [self.association.uuid],
        }
        args |= {name: (lambda row=row: [row.uuid]) for name, row in money_doors(self.rows).items()}
        args |= {name: (lambda row=row: [row.uuid]) for name, row in goals_doors(self.rows).items()}
        args |= {name: (lambda about=about: about) for name, about in report_doors(self.rows).items()}
        args |= {name: (lambda row=row: [row.uuid]) for name, row in training_doors(self.rows).items()}
        args |= {name: (lambda row=row: [row.uuid]) for name, row in gathering_doors(self.rows).items()}
        args |= {one.partition(" ")[0]: (lambda about=about: about) for one, about in people_doors(self.rows).items()}
        args |= {one.partition(" ")[0]: (lambda about=about: about) for one, about in import_doors(self.rows).items()}
        own = {"volunteers:detail", "volunteers:edit", "volunteers:membership"}
        given = args.get(name, (lambda: [self.rows[app[:-1]].uuid]) if name in own else list)
        return reverse(name, args=given())


def build() -> World:
    """Both programmes, every kind of row, and one user per role."""
    programme, twin = make.plan("København"), make.twin()
    _canaries(twin)
    association = make.founded_association(programme, name="Bydelsmødre i Tingbjerg")
    elsewhere = make.founded_association(
        programme, name=f"{ELSEWHERE} forening", email=f"{ELSEWHERE.lower()}@example.org"
    )
    world = World(programme, twin, association, elsewhere, _rows(programme, association, elsewhere))
    for role in ("secretariat", "foundation", "caseworker"):
        world.users[role] = make.user_with_role(programme, role)
    world.users["local"] = make.local_coordinator(association)
    for own in (world.rows["forming"], world.rows["lukning"].association):
        AssociationGrant.objects.create(user=world.users["local"], association=own)
    world.users["local_elsewhere"] = make.local_coordinator(elsewhere)
    world.users["twin_secretariat"] = make.user_with_role(twin, "secretariat")
    world.rows["deputy"] = make.deputy(world.users["secretariat"], world.users["foundation"], 400)
    world.users["disabled"] = make.user_with_role(programme, "secretariat")
    return world


def _canaries(twin: Programme) -> None:
    """The canary in every name that the twin shares with its model."""
    for model, name, where in (
        (Organisation, "name", "programme"),
        (SuccessCriterion, "name", "programme"),
        (Activity, "title", "programme"),
        (Agreement, "title", "programme"),
        (Curriculum, "name", "programme"),
        (District, "name", "programme"),
        (BudgetLine, "name", "budget__programme"),
    ):
        model.objects.filter(**{where: twin}).update(**{name: Concat(Value(f"{make.CANARY} "), name)})
    area = twin.housing_areas.get(name__startswith=make.CANARY)
    AreaListing.record(by=None, housing_area=area, name=f"{make.CANARY} liste", happened_on=D(2011, 1, 1))
    candidate = make.VolunteerFactory(programme=twin, name=f"{make.CANARY} ansøger", housing_area=area)
    steps(make.CandidacyFactory(volunteer=candidate), ("applied", D(2011, 2, 1)))
    make.delivery(candidate, make.CANARY)
    whose = twin.associations.first() or make.AssociationFactory(programme=twin)
    receipt = Evidence.objects.create(programme=twin, description=f"{make.CANARY} kvittering")
    outlay(whose, make.UserFactory(), purpose=f"{make.CANARY} frugt", evidence=receipt)
    teacher = Teacher.objects.create(programme=twin, office=f"{make.CANARY} jordemoder")
    source(scenario(twin, f"{make.CANARY} scenarie"), f"{make.CANARY} fond")
    indicator(twin, name=f"{make.CANARY} effektmål")
    put_off_until(twin, "signature_missing", Agreement.objects.get(programme=twin).uuid)
    risk(twin, text=f"{make.CANARY} risiko")
    hearing_rows(twin, make.CANARY)
    report_rows(twin, make.CANARY)
    Document.objects.filter(programme=twin).update(title=Concat(Value(f"{make.CANARY} "), "title"))
    milestone(twin, title=f"{make.CANARY} milepæl", dated_by=f"{make.CANARY} plan")
    Supervision.objects.create(programme=twin, planned_on=D(2011, 6, 1), teacher=teacher, themes=f"{make.CANARY} tema")


def _rows(programme: Programme, association: Association, elsewhere: Association) -> dict[str, Any]:
    """One row of every kind that a page shows or changes."""
    volunteer = make.VolunteerFactory(
        programme=programme, name=f"{PERSONAL} Amina", email=f"{PERSONAL.lower()}@example.org", phone="20 12 34 56"
    )
    role = make.membership(volunteer, association)
    # She sits on a board elsewhere too: her own coordinator may not learn of it.
    make.membership(volunteer, elsewhere, role="chair")
    issued = make.certificate(volunteer)
    other = make.VolunteerFactory(
        programme=programme, name=f"{PERSONAL} {ELSEWHERE} Birgit", email=f"b.{ELSEWHERE.lower()}@example.org"
    )
    make.membership(other, elsewhere)
    training = training_rows(programme, association, volunteer, PERSONAL)
    theirs = planned_course(training["hold"].curriculum, name=f"{ELSEWHERE} hold", association=elsewhere)
    take_part(theirs, other)
    forming = make.AssociationFactory(
        programme=programme, name="Bydelsmødre i Lundtoftegade", note=f"{PERSONAL} i et notat"
    )
    closed = make.AssociationFactory(programme=programme, name="Bydelsmødre i Akacieparken")
    make.HousingAreaFactory(programme=programme)
    evidence = Evidence.objects.create(
        programme=programme,
        description=f"{PERSONAL} i et bilag",
        file=ContentFile(f"{PERSONAL} underskrev".encode(), "bilag"),
        file_name="bilag.pdf",
        media_type="application/pdf",
    )
    step = FoundingStep.record(
        by=None,
        association=association,
        kind="agreement",
        happened_on=D(2011, 6, 1),
        note=f"{PERSONAL} skrev under",
        evidence=evidence,
    )
    document = Document.objects.get(programme=programme, kind="values")
    version = DocumentVersion.objects.create(document=document, label="1.0")
    body = Organisation.objects.get(programme=programme, kind="steering_group")
    agreement = Agreement.objects.get(programme=programme)
    foundation = Organisation.objects.get(programme=programme, kind="foundation")
    people = people_rows(programme, association, volunteer, PERSONAL)
    make.conversation(elsewhere, D(2011, 5, 2))
    return (
        money_rows(programme, PERSONAL, association=association)
        | training
        | people
        | gathering_rows(association, volunteer, PERSONAL)
        | import_rows(programme, PERSONAL)
        | board_rows(programme, association, PERSONAL)
        | goals_rows(programme, PERSONAL)
        | report_rows(programme, PERSONAL)
        | {
            "kalender": make_address(make.UserFactory()),
            "volunteer": volunteer,
            "other_volunteer": other,
            "forming": forming,
            "prospect": Prospect.objects.create(
                programme=programme, housing_area=forming.housing_area, interest=f"{PERSONAL} ringede"
            ),
            "mulighed": ProspectOutcome.record(
                by=None,
                prospect=Prospect.objects.create(
                    programme=programme, housing_area=make.HousingAreaFactory(programme=programme)
                ),
                kind="closed",
                reason=f"{PERSONAL} sagde nej",
                happened_on=D(2011, 6, 1),
            ),
            "eget-regi": OwnRegime.record(
                by=None, housing_area=forming.housing_area, mothers=12, happened_on=D(2011, 6, 1)
            ),
            "omraadeliste": AreaListing.record(
                by=None, housing_area=forming.housing_area, name="Liste 2010", happened_on=D(2011, 1, 1)
            ),
            "lukning": Closing.record(
                by=None, association=closed, money=f"{PERSONAL} fik kassen", happened_on=D(2011, 7, 1)
            ),
            "criterion": SuccessCriterion.objects.get(programme=programme, number=2),
            "document": document,
            "agreement": agreement,
            "stiftelsestrin": step,
            "rolle": role,
            "bevis": issued,
            "vedtagelse": Adoption.record(
                by=None, version=version, body=body, happened_on=D(2011, 11, 30), note=f"{PERSONAL} talte imod"
            ),
            "underskrift": Signature.record(
                by=None,
                agreement=agreement,
                organisation=foundation,
                happened_on=D(2011, 1, 24),
                note=f"{PERSONAL} bar den",
            ),
        }
    )


#: Pages of single rows in the administration are many and alike: tests/test_admin.py opens them.
LEFT_ASIDE = re.compile(r"/static/|/admin/\w+/\w+/.")


def crawl(client: Client, *starts: str, reached: dict[str, Any] | None = None) -> dict[str, Any]:
    """Every page that can be reached by links from the starts (queries left aside), by its path; with `reached`, what
    is reached besides."""
    found: dict[str, Any] = {**(reached or {})}
    waiting = [*starts]
    while waiting:
        path = waiting.pop().partition("#")[0].partition("?")[0]
        if path in found or not path.startswith("/") or LEFT_ASIDE.match(path):
            continue
        found[path] = response = client.get(path)
        response.told = words_of(response)
        if response.status_code == 302:
            waiting.append(response["Location"])
        elif response.status_code == 200 and not response.streaming:
            waiting += re.findall(r'href="([^"]+)"', response.content.decode())
    return found


def words_of(response: Any) -> str:
    """All that an answer tells: a page's HTML, a file's text, a workbook's cells."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"\n".join(archive.read(name) for name in archive.namelist())
    return content.decode("utf-8", "replace")


def shared_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The world, made once for a module and taken back after it; each test runs in a savepoint of its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)
