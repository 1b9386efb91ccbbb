"""What somebody may not see stands on no page that she can reach: by links from the front page, or by any address."""

import re
from html import unescape

import pytest
from django.urls import reverse

from programme.models import RoleGrant
from tests import factories as make
from tests.factories import CANARY
from tests.permissions import matrix
from tests.policy import assert_strict
from tests.world import ELSEWHERE, PERSONAL, crawl, words_of

pytestmark = pytest.mark.django_db

SEEN_BY = ("secretariat", "foundation", "caseworker", "local", "twin_secretariat")


class Crawled(dict):
    """Role → path → response, crawled when a role is first asked for."""

    def __init__(self, look):
        super().__init__()
        self.look = look

    def __missing__(self, role):
        self[role] = self.look(role)
        return self[role]


@pytest.fixture(scope="module")
def linked(world):
    """All that the role can reach by links from the front page."""
    return Crawled(lambda role: crawl(world.client(role), "/"))


@pytest.fixture(scope="module")
def pages(world, linked):
    """The same, and every door tried at its address."""
    doors = [world.url(door) for door in matrix() if door not in ("accounts:logout", "set_language")]
    return Crawled(lambda role: crawl(world.client(role), *doors, reached=linked[role]))


@pytest.fixture(scope="module")
def files(world, linked):
    """Every list and table of figures as a file, for each role: all addresses with a format that her pages link to."""

    def fetch(role):
        client, found = world.client(role), {}
        for path, page in linked[role].items():
            for query in re.findall(r'href="(\?[^"]*format=[^"]+)"', page.told):
                address = path + unescape(query)
                found[address] = response = client.get(address)
                response.told = words_of(response)
        return found

    return Crawled(fetch)


def where(pages, *words):
    """The paths of the pages whose HTML contains one of the words, in whatever case."""
    return {path for path, page in pages.items() if any(word.lower() in told(path, page) for word in words)}


def told(path, page):
    """The page in lower case, without the address that its reader has given herself."""
    return (getattr(page, "told", None) or words_of(page)).lower().replace(path, "")


def identities(rows):
    return [str(row.uuid) for row in rows]


@pytest.mark.parametrize("role", [role for role in SEEN_BY if role != "twin_secretariat"])
def test_nothing_of_another_programme_is_seen(pages, role):
    public = {path for path in pages[role] if path.startswith("/bliv-bydelsmor/")}  # where anybody may apply

    assert where(pages[role], CANARY) - public == set()


def test_canary_sings_in_its_own_programme(linked):
    """The twin's names are of every kind, and its own secretariat meets them on every page that links lead her to (not
    only in the header, which names the programme), but the forms of a term, of a training, of a teacher and of an
    import, the formerly paid, hours attended, the months, a new scenario, a rule that is tried or a criterion that is
    made, what is done about a report, what is stored of anybody, and lists that are empty yet, which name nothing."""
    heard, silent = set(), set()
    for path, page in linked["twin_secretariat"].items():
        if page.status_code == 200 and not page.streaming:
            is_heard = CANARY in page.content.decode().partition("<main")[2]
            (heard if is_heard else silent).add(re.sub(r"[0-9a-f-]{36}|(?<=/kontrol/)[0-9a-f]{20}", "…", path))

    nameless = {
        "/aftaler/…/periode/",
        "/hvad-vi-gemmer/",
        "/kalender/",
        "/frivillige/sletning/",
        "/laesninger/stikproeve/",
        "/frivillige/dubletter/",
        "/frivillige/import/",
        "/frivillige/import/skabelon.csv",
        "/frivillige/tidligere-loennede/",
        "/uddannelse/uddannelser/ny/",
        "/uddannelse/undervisere/ny/",
        "/uddannelse/timer/",
        "/oekonomi/maaneder/",
        "/oekonomi/revisor/",
        "/oekonomi/budget/…/aar/",
        "/oekonomi/budget/…/nyt-aar/",
        "/oekonomi/budget/…/aar/declaration/",
        *(f"/oekonomi/budget/…/maaned/{month}/{page}" for month in range(1, 13) for page in ("", "bank/", "luk/")),
        "/oekonomi/efter-2011/nyt/",
        "/indstillinger/",
        "/indstillinger/stedfortraeder/",
        "/indstillinger/proev-regel/",
        "/aftaler/ny/",
        "/aftaler/…/version/",
        "/maal-og-aftaler/risici/ny/",
        "/rapporter/…/del/",
        "/rapporter/link/…/luk/",
        "/rapporter/…/send/",
        "/rapporter/…/udvalg/",
        "/rapporter/spoergsmaal/…/svar/",
        "/traek-tilbage/udvalgsbeslutning/…/",
    }
    assert silent - heard == nameless
    assert heard >= {
        "/", "/i-dag/", "/maal/…/", "/maal-og-aftaler/", "/dokumenter/", "/dokumenter/…/", "/aftaler/…/", "/moeder/",
        "/moeder/…/", "/foreninger/", "/foreninger/…/", "/foreninger/…/ret/", "/foreninger/…/trin/agreement/",
        "/frivillige/", "/frivillige/…/", "/frivillige/…/ret/", "/frivillige/…/rolle/", "/samtaler/", "/uddannelse/",
        "/frivillige/rekruttering/", "/frivillige/bopael/",
        "/uddannelse/hold/…/", "/uddannelse/bevis/…/", "/oekonomi/", "/oekonomi/bilag/",
    }  # fmt: skip


def test_caseworker_meets_no_person(world, pages):
    persons = [world.rows["volunteer"], world.rows["other_volunteer"]]
    words = [PERSONAL, *identities(persons), *(one.email for one in persons), persons[0].phone]

    assert where(pages["caseworker"], *words) == set()


def test_caseworker_s_files_name_no_person(world, files):
    persons = [world.rows["volunteer"], world.rows["other_volunteer"]]
    words = [PERSONAL, *identities(persons), *(one.email for one in persons), persons[0].phone]

    assert files["caseworker"]
    assert where(files["caseworker"], *words) == set()
    assert where(files["secretariat"], persons[0].name)


@pytest.mark.parametrize("role", [role for role in SEEN_BY if role != "twin_secretariat"])
def test_nothing_of_another_programme_is_in_a_file(files, role):
    assert {page.status_code for page in files[role].values()} == {200}
    assert where(files[role], CANARY) == set()
    assert where(files["twin_secretariat"], CANARY)


def test_local_coordinator_s_files_hold_nothing_of_another_association(world, files):
    assert files["local"]
    assert where(files["local"], ELSEWHERE, *identities([world.elsewhere, world.rows["other_volunteer"]])) == set()
    assert where(files["secretariat"], ELSEWHERE)


@pytest.mark.parametrize("kind", ["rolle", "bevis"])
def test_caseworker_meets_no_fact_about_a_person(world, pages, kind):
    uuid = str(world.rows[kind].uuid)

    assert where(pages["caseworker"], uuid) == set()
    assert where(pages["secretariat"], uuid)


def test_secretariat_does_meet_what_could_leak(world, pages):
    for person in (world.rows["volunteer"], world.rows["other_volunteer"]):
        for word in (person.name, person.email, str(person.uuid)):
            assert where(pages["secretariat"], word), word
    assert where(pages["secretariat"], world.rows["volunteer"].phone)
    for words in ("i et notat", "i et bilag", "skrev under"):
        assert where(pages["secretariat"], f"{PERSONAL} {words}"), words


#: A report names the associations that count, to whoever holds its link or its code.
PUBLIC = ("/delt/", "/kontrol/")


def test_local_coordinator_sees_nothing_of_another_association(world, pages):
    theirs = [world.elsewhere, world.rows["other_volunteer"]]

    told = where(pages["local"], ELSEWHERE)
    assert {path for path in told if not path.startswith(PUBLIC)} == set()
    assert where(pages["local"], *identities(theirs)) == set()
    assert where(pages["secretariat"], ELSEWHERE)


def test_local_coordinator_does_see_her_own_association(world, pages):
    member = world.rows["volunteer"]

    assert f"/frivillige/{member.uuid}/" in where(pages["local"], member.email)
    assert where(pages["local"], f"{PERSONAL} skrev under") == {world.association.get_absolute_url()}


@pytest.fixture
def in_both(world):
    """The twin's secretariat, who is only the municipality's contact in the first programme."""
    user = make.user_with_role(world.twin, "secretariat")
    RoleGrant.objects.create(user=user, programme=world.programme, role="caseworker")
    return user


def test_a_role_in_one_programme_opens_nothing_in_another(world, client_of, in_both):
    persons = [world.rows["volunteer"], world.rows["other_volunteer"]]
    urls = [world.association.get_absolute_url()]
    urls += [reverse("reports:criterion", args=[one.uuid]) for one in world.programme.criteria.all()]

    front, *pages = (client_of(in_both).get(url) for url in ["/", *urls])

    assert front.context["standing"].is_secretariat
    assert {page.status_code for page in pages} == {200}
    assert where(dict(zip(urls, pages, strict=True)), PERSONAL, *identities(persons)) == set()


@pytest.mark.parametrize("role", SEEN_BY)
def test_no_link_leads_to_a_closed_door(linked, role):
    assert {path: page.status_code for path, page in linked[role].items() if page.status_code not in (200, 302)} == {}
    assert len(linked[role]) > 2


@pytest.mark.parametrize("role", SEEN_BY)
def test_every_page_keeps_the_policy_for_content(pages, role):
    for path, page in pages[role].items():
        if not page.streaming:  # a file carries a policy of its own
            assert_strict(path, page)
