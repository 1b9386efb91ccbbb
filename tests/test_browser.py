"""In a real browser: three associations are founded; axe, a narrow screen, the keyboard, no JavaScript."""

import datetime as dt
import os

import pytest
from django.urls import reverse
from django.utils import timezone

from associations.models import Association, Prospect
from programme.models import Agreement, Document, Reading, SuccessCriterion
from tests import factories
from tests.boards import board_rows
from tests.browser import NARROW, WIDE, Visitor
from tests.gatherings import gathering_rows
from tests.goals import goals_doors, goals_rows
from tests.imports import import_rows
from tests.money import money_pages, money_rows
from tests.people import people_doors, people_rows
from tests.permissions import FILES
from tests.scenarios import scenario_pages
from tests.training import training_pages, training_rows
from volunteers.models import ConversationLink

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Playwright's loop runs in this thread; the live server's database work does not.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

D = dt.date

#: Enough of a photo to be taken for one.
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + b"\x00" * 64 + b"\xff\xd9"


@pytest.fixture
def programme(transactional_db):
    """A programme with some of everything: an association founded, one lacking, coordinators, decisions."""
    programme = factories.plan("København")
    founded = factories.founded_association(programme, D(2011, 5, 26), name="Bydelsmødre Tingbjerg")
    lacking = factories.AssociationFactory(programme=programme, name="Bydelsmødre Sjælør")
    factories.found(lacking, D(2011, 11, 10), but={"board"})
    factories.step(lacking, "board", D(2011, 11, 10), board_members=4)
    for number in range(3):
        factories.counting_coordinator(founded, name=f"Amina Å. {number}")
    factories.membership(factories.VolunteerFactory(programme=programme, name="Zeynep Ø."), lacking)
    people_rows(programme, founded, programme.volunteers.order_by("pk").first(), count=2)
    money_rows(programme)
    training_rows(programme, founded)
    board_rows(programme, lacking)
    gathering_rows(lacking, programme.volunteers.get(name="Zeynep Ø."))
    return programme


#: What has no screen of its own: a file, and a button.
SCREENLESS = ("volunteers:access_file pdf", "volunteers:different", "volunteers:send")


def _of(volunteer):
    """What the pages of how a person came are about."""
    programme, candidacy = volunteer.programme, volunteer.candidacies.get()
    return {
        "candidacy": candidacy,
        "transition": volunteer.transition,
        "unasked": programme.volunteers.get(name__contains="Uspurgt"),
        "trin-i-rekruttering": candidacy.stages.first(),
        "samtykke": volunteer.declarations.get(kind="photo_consent"),
        "delivery": volunteer.deliveries.first(),
        "converse": volunteer.memberships.first().association,
        "link": ConversationLink.objects.get(volunteer__programme=programme),
        "gone": programme.volunteers.filter(name__contains="Borte").first(),
        "laesning": Reading.objects.filter(programme=programme).earliest("id"),
    }


def pages(programme):
    """The address of every page with a screen of its own."""
    association = Association.objects.get(programme=programme, name="Bydelsmødre Sjælør")
    volunteer = programme.volunteers.order_by("pk").first()
    membership = volunteer.memberships.first()
    step = association.steps.get(kind="board")
    values = Document.objects.filter(programme=programme, kind="values").order_by("pk")[0]
    agreement = Agreement.objects.filter(programme=programme).order_by("pk")[0]
    prospect, _ = Prospect.objects.get_or_create(programme=programme, housing_area=association.housing_area)
    return {
        "overblik": reverse("reports:dashboard"),
        "overblik-dengang": reverse("reports:dashboard") + "?on=2011-09-30&known_at=2026-01-01",
        **{
            f"kriterium-{criterion.number}": reverse("reports:criterion", args=[criterion.uuid])
            for criterion in SuccessCriterion.objects.filter(programme=programme)
        },
        "i-dag": reverse("reports:today"),
        "soeg": reverse("reports:search") + "?q=hasan",
        "soeg-intet": reverse("reports:search") + "?q=xqzwv",
        "foreninger": reverse("associations:list"),
        "plan": reverse("associations:plan", args=[association.uuid, "meeting"]),
        "mulighed": reverse("associations:prospect", args=[prospect.uuid]),
        "mulighed-ny": reverse("associations:new_prospect"),
        "mulighed-forening": reverse("associations:form", args=[prospect.uuid]),
        "mulighed-opgiv": reverse("associations:give_up", args=[prospect.uuid]),
        "forening-luk": reverse("associations:close", args=[association.uuid]),
        "egen-drift": reverse("associations:own_regime"),
        "ny-forening": reverse("associations:create"),
        **association_pages(association),
        "forening": reverse("associations:detail", args=[association.uuid]),
        "forening-ret": reverse("associations:edit", args=[association.uuid]),
        "stiftelsestrin": reverse("associations:step", args=[association.uuid, "board"]),
        "kalender": reverse("reports:calendar"),
        "kalender-liste": reverse("reports:calendar") + "?vis=liste",
        "frivillige": reverse("volunteers:list"),
        **{
            door: reverse(f"volunteers:{door}")
            for door in ("funnel", "board", "board_list", "residence", "formerly_paid")
        },
        "boligomraader-liste": reverse("associations:area_listing"),
        "ny-frivillig": reverse("volunteers:create"),
        "frivillig": reverse("volunteers:detail", args=[volunteer.uuid]),
        "frivillig-ret": reverse("volunteers:edit", args=[volunteer.uuid]),
        "rolle": reverse("volunteers:membership", args=[volunteer.uuid]),
        "rolle-afslut": reverse("volunteers:end_membership", args=[membership.uuid]),
        **{
            door.partition(":")[2].replace(" ", "-"): reverse(door.partition(" ")[0], args=about)
            for door, about in people_doors(_of(volunteer)).items()
            if door not in SCREENLESS
        },
        "import": reverse("volunteers:import"),
        **{name: row.get_absolute_url() for name, row in import_rows(programme, count=2).items()},
        "ring": reverse("volunteers:calls"),
        "beskeder": reverse("volunteers:messages"),
        "ny-besked": reverse("volunteers:write_to_list"),
        "samtaler": reverse("volunteers:conversations"),
        "bevis": reverse("training:certificate", args=[volunteer.uuid]),
        "nyt-papir": reverse("training:new_paper", args=[volunteer.certificates.first().uuid]),
        "tjek": reverse("training:check_form"),
        "tjekket": reverse("training:check", args=[volunteer.certificates.first().number]),
        **goals_pages(programme),
        "vedtagelse": reverse("programme:adoption", args=[values.uuid]),
        "underskrift": reverse("programme:signature", args=[agreement.uuid]),
        "traek-tilbage": reverse("reports:retract", args=["stiftelsestrin", step.uuid]),
        **money_pages(programme),
        **scenario_pages(programme),
        **training_pages(programme),
    }


def association_pages(association):
    """An association's own meetings, its board, what it has adopted, the pack for its founding, and what is taken back
    of them."""
    gatherings = association.gatherings
    monthly = gatherings.filter(kind="monthly")
    board = gatherings.filter(kind="board", holdings__evidence=None).first()
    still = monthly.filter(holdings=None).first()
    came = monthly.filter(holdings__isnull=False).order_by("-planned_on").first()
    adopted = association.adoptions.first()
    return {
        **{name: reverse(f"volunteers:{name}", args=[association.uuid]) for name in ("gatherings", "gathering_new")},
        "gathering_unplanned": reverse("volunteers:gathering_unplanned", args=[association.uuid]),
        "gathering": reverse("volunteers:gathering", args=[came.uuid]),
        "gathering-bestyrelse": reverse("volunteers:gathering", args=[board.uuid]),
        "gathering-planlagt": reverse("volunteers:gathering", args=[still.uuid]),
        "gathering_edit": reverse("volunteers:gathering_edit", args=[still.uuid]),
        "gathering_held": reverse("volunteers:gathering_held", args=[still.uuid]),
        "gathering_minutes": reverse("volunteers:gathering_minutes", args=[board.uuid]),
        "presence": reverse("volunteers:presence", args=[came.uuid]),
        "presence-soegt": reverse("volunteers:presence", args=[came.uuid]) + "?q=zeynep",
        "elect": reverse("volunteers:elect", args=[association.uuid]),
        "adopt": reverse("associations:adopt", args=[association.uuid]),
        "vedtaget-traek-tilbage": reverse("reports:retract", args=["foreningsvedtagelse", adopted.uuid]),
    }


def goals_pages(programme):
    """Goals and agreements: every page and form, with rows of all kinds."""
    rows = goals_rows(programme)
    own = {door: reverse(door, args=[row.uuid]) for door, row in goals_doors(rows).items() if door not in FILES}
    without = (
        "goals", "documents", "document_new", "document_matrix", "meetings", "agreement_new", "workplan",
        "milestone_new", "deputies", "deputy_new", "criterion_new",
    )  # fmt: skip
    rare = ("settings", "deferred", "digest", "national", "programme_new")
    return (
        own
        | {f"programme:{door}": reverse(f"programme:{door}") for door in without}
        | {f"reports:{door}": reverse(f"reports:{door}") for door in rare}
        | {
            "reports:defer": reverse("reports:defer", args=["minutes_missing", rows["held_meeting"].uuid]),
            "reports:bring_back": reverse("reports:bring_back", args=["action_overdue", rows["put_off"].uuid]),
        }
    )


#: What is the Foundation's alone, and looked at as the Foundation.
FOUNDATIONS = [
    "programme:criterion_new",
    "programme:rule",
    "programme:rule_accepted",
    "reports:national",
    "reports:programme_new",
]


def looked_at(visitor, programme):
    """Every page: what axe finds on those that this visitor may open, which are too wide, and which are closed."""
    found, too_wide, closed = {}, [], []
    for name, path in pages(programme).items():
        if not visitor.may_open(path):
            closed.append(name)
            continue
        found[name] = visitor.violations()
        if visitor.is_too_wide():
            too_wide.append(name)
    return found, too_wide, closed


@pytest.mark.parametrize(("viewport", "scheme"), [(WIDE, "light"), (NARROW, "dark")], ids=["1280-light", "360-dark"])
def test_pages_have_no_axe_violations_and_fit_the_screen(browser, live_server, programme, viewport, scheme):
    visitor = Visitor(browser, live_server, viewport=viewport)
    visitor.page.emulate_media(color_scheme=scheme)
    visitor.go(reverse("accounts:login"))
    login = visitor.violations()
    visitor.log_in(factories.user_with_role(programme, "secretariat"))

    found, too_wide, closed = looked_at(visitor, programme)

    assert (login, {name: violations for name, violations in found.items() if violations}) == ([], {})
    troubles = [one for one in visitor.troubles if "403 (Forbidden)" not in one]  # said of each closed page
    assert (sorted(closed), too_wide, visitor.strangers, troubles) == (FOUNDATIONS, [], [], [])


@pytest.mark.parametrize("role", ["caseworker", "foundation", "local"])
def test_other_roles_pages_have_no_axe_violations(browser, live_server, programme, role):
    visitor = Visitor(browser, live_server, viewport=NARROW)
    association = Association.objects.get(programme=programme, name="Bydelsmødre Sjælør")
    user = factories.local_coordinator(association) if role == "local" else factories.user_with_role(programme, role)
    visitor.log_in(user)

    found, too_wide, _closed = looked_at(visitor, programme)

    assert {name: violations for name, violations in found.items() if violations} == {}
    assert (too_wide, visitor.strangers) == ([], [])
    assert "forening" in found


def test_forms_with_errors_have_no_axe_violations(browser, live_server, programme):
    visitor = Visitor(browser, live_server, viewport=NARROW)
    visitor.log_in(factories.user_with_role(programme, "secretariat"))
    visitor.go(pages(programme)["stiftelsestrin"])
    visitor.page.fill("[name=board_members]", "0")
    visitor.page.click("main form button.btn-primary")

    assert visitor.page.locator("#id_board_members").input_value() == "0"
    assert visitor.violations() == []


def test_administration_has_no_axe_violations_and_asks_no_strangers(browser, live_server, programme):
    visitor = Visitor(browser, live_server)
    visitor.log_in(factories.user_with_role(programme, "foundation"))
    association = Association.objects.get(name="Bydelsmødre Sjælør")
    step = association.steps.get(kind="board")
    found, troubles = {}, []
    for path in (
        "/admin/",
        "/admin/associations/foundingstep/",
        f"/admin/associations/foundingstep/{step.pk}/change/",
        f"/admin/associations/foundingstep/{step.pk}/traek-tilbage/",
        "/admin/associations/association/",
        f"/admin/associations/association/{association.pk}/change/",
        f"/admin/associations/association/{association.pk}/history/",
        "/admin/associations/association/add/",
        "/admin/volunteers/volunteer/",
        "/admin/budget/fundingfact/",
        "/admin/training/course/",
        f"/admin/reports/programmefigures/{programme.pk}/change/",
    ):
        visitor.go(path)
        troubles += visitor.troubles
        found[path] = visitor.violations()
        visitor.troubles.clear()  # axe tries styles of its own, which the policy stops

    assert {path: violations for path, violations in found.items() if violations} == {}
    assert (visitor.strangers, troubles) == ([], [])


# --- Three associations are founded step by step (without JavaScript)


def found_by_hand(visitor, name, area, on):
    """Create an association and record its founding steps, as the secretariat does."""
    page = visitor.go(reverse("associations:create"))
    page.fill("[name=name]", name)
    page.select_option("[name=housing_area]", label=area)
    page.click("main form button.btn-primary")
    return with_its_steps(page, on)


def with_its_steps(page, on):
    """From an association's page: mark each founding step as done; the minutes with a photo."""
    for kind in factories.FOUNDING_KINDS:
        page.click(f"main a[href*='/trin/{kind}/']")
        page.fill("[name=happened_on]", on.isoformat())
        if kind == "board":
            page.fill("[name=board_members]", "5")
        if kind == "minutes":
            page.set_input_files(
                "[name=evidence_file]", {"name": "referat.jpg", "mimeType": "image/jpeg", "buffer": JPEG}
            )
        page.click("main form button.btn-primary")
    return page.url


def reached(visitor, on, known_at=""):
    """Criterion 1 as the overview tells it: the number, and the word."""
    query = f"?on={on.isoformat()}" + (f"&known_at={known_at}" if known_at else "")
    page = visitor.go(reverse("reports:dashboard") + query)
    card = page.locator(".criteria > *").first.inner_text()
    return " ".join(card.split())


@pytest.fixture
def empty_programme(transactional_db):
    programme = factories.plan("København")
    factories.HousingAreaFactory(programme=programme, name="Tingbjerg")
    return programme


STEP_RETRACTION = "a[href*='/traek-tilbage/stiftelsestrin/']"


def test_three_associations_are_founded_step_by_step(browser, live_server, empty_programme):
    visitor = Visitor(browser, live_server, javascript=False)
    visitor.log_in(factories.user_with_role(empty_programme, "secretariat"))
    for name, on in (("Tingbjerg", D(2011, 5, 26)), ("Nørrebro", D(2011, 9, 15)), ("Sjælør", D(2011, 12, 8))):
        last = found_by_hand(visitor, f"Bydelsmødre {name}", "Tingbjerg", on)

    before, after = reached(visitor, D(2011, 12, 7)), reached(visitor, D(2011, 12, 8))

    assert "2 af 3" in before
    assert "Ikke opfyldt endnu" in before
    assert "3 af 3" in after
    assert "Ikke opfyldt" not in after

    meanwhile = timezone.now().isoformat().replace("+", "%2B")
    visitor.page.goto(last)
    folded = visitor.page.locator("main details:not([open])", has=visitor.page.locator(STEP_RETRACTION))
    folded.locator("summary").click()
    visitor.page.locator(STEP_RETRACTION).first.click()
    visitor.page.fill("[name=reason]", "Bestyrelsen blev valgt en anden dag.")
    visitor.page.click("main form button.btn-danger")

    assert "2 af 3" in reached(visitor, D(2011, 12, 8))
    assert "3 af 3" in reached(visitor, D(2011, 12, 8), meanwhile)


def test_a_form_is_filled_in_by_keyboard_alone(browser, live_server, programme):
    visitor = Visitor(browser, live_server)
    visitor.log_in(factories.user_with_role(programme, "secretariat"))
    page = visitor.go(reverse("associations:create"))
    page.keyboard.press("Tab")
    assert "indhold" in page.evaluate("document.activeElement.getAttribute('href')")  # the skip link comes first
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Bydelsmødre Amager")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/foreninger/*-*/**")

    assert Association.objects.filter(name="Bydelsmødre Amager").exists()


# --- A prospect becomes an association


def test_prospect_is_taken_to_founded_and_counts_from_the_day_of_its_meeting(browser, live_server, empty_programme):
    area = factories.HousingAreaFactory(programme=empty_programme, name="Titanparken")
    Prospect.objects.create(programme=empty_programme, housing_area=area)
    visitor = Visitor(browser, live_server, viewport=NARROW, javascript=False)
    visitor.log_in(factories.user_with_role(empty_programme, "secretariat"))
    meeting = D(2011, 9, 15)

    page = visitor.go(reverse("associations:list"))
    page.click("text=Begynd en forening")
    page.fill("[name=name]", "Bydelsmødre i Titanparken")
    page.fill("[name=opened_on]", "2011-09-01")
    page.click("main form button.btn-primary")
    assert "Under dannelse" in page.inner_text("main .lede")
    with_its_steps(page, meeting)

    assert "Stiftet" in page.inner_text("main .lede")
    assert "0 af 3" in reached(visitor, meeting - dt.timedelta(1))
    assert "1 af 3" in reached(visitor, meeting)
    assert "Titanparken" not in visitor.go(reverse("associations:list")).inner_text("[aria-labelledby=muligheder]")
