"""Pages as their readers meet them: the year told through the doors, what addresses may hold, and the strict policy
for content on every page."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils.translation import gettext

from associations.models import Association, FoundingStep, HousingArea
from bydelsmoedre.moment import COPENHAGEN
from tests import factories as make
from tests.doors import a_paper, hidden_of, html_of
from tests.permissions import matrix
from tests.policy import assert_strict
from tests.roles import clock
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db

D = dt.date
MISSING = "00000000-0000-4000-8000-000000000000"


# --- The year, through the doors


def found_through_the_doors(client, name, day):
    """An association, and its six founding steps, each recorded on its own page."""
    client.post(reverse("associations:create"), {"name": name, "housing_area": HousingArea.objects.first().pk})
    association = Association.objects.get(name=name)
    for kind in make.FOUNDING_KINDS:
        data = {"happened_on": day.isoformat()} | ({"board_members": "5"} if kind == "board" else {})
        data |= {"evidence_file": a_paper()} if kind == "minutes" else {}
        response = client.post(reverse("associations:step", args=[association.uuid, kind]), data)
        assert response.status_code == 302
    return association


def first_criterion(client, **query):
    return client.get("/", query).context["criteria"][0]


def test_three_associations_meet_the_first_criterion_and_a_retraction_takes_it_back(programme, secretariat, client_of):
    client = client_of(secretariat)
    make.HousingAreaFactory(programme=programme)
    with clock(dt.datetime(2011, 12, 8, 20, tzinfo=COPENHAGEN)):
        for number, day in enumerate([D(2011, 5, 26), D(2011, 9, 15), D(2011, 12, 8)]):
            association = found_through_the_doors(client, f"Forening {number}", day)
    before, after = (first_criterion(client, on=f"2011-12-{day}") for day in ("07", "08"))

    board = FoundingStep.objects.get(association=association, kind="board")
    url = reverse("reports:retract", args=["stiftelsestrin", board.uuid])
    hidden = hidden_of(client.get(url))
    with clock(dt.datetime(2011, 12, 14, 20, tzinfo=COPENHAGEN)):
        client.post(url, hidden | {"reason": "Der blev kun valgt fire."})
    now = first_criterion(client, on="2011-12-31")
    then = first_criterion(client, on="2011-12-31", known_at="2011-12-13")

    assert [(one.value, one.is_met) for one in (before, after, now, then)] == [
        (2, False),
        (3, True),
        (2, False),
        (3, True),
    ]
    board.refresh_from_db()
    assert (board.retracted_by, board.retraction_reason) == (secretariat, "Der blev kun valgt fire.")


def test_near_miss_links_to_the_page_that_mends_it(world, visitor):
    page = visitor.get("/", {"on": "2011-12-31"})

    links = [lack.url for _, lines in page.context["near"] for line in lines for lack in line.lacks if lack.url]
    assert links
    assert {visitor.get(link).status_code for link in links} == {200}


def test_recorded_step_leads_back_to_where_it_was_opened(world, visitor):
    url = reverse("associations:step", args=[world.rows["forming"].uuid, "meeting"])

    response = visitor.post(f"{url}?next=/maal/x/", {"happened_on": "2011-05-26"})

    assert response["Location"] == "/maal/x/"


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil.example", "relative"]
)
def test_form_never_leads_to_another_host(world, visitor, wanted):
    url = reverse("associations:step", args=[world.rows["forming"].uuid, "meeting"])

    response = visitor.post(url, {"happened_on": "2011-05-26", "next": wanted})

    assert response["Location"] == world.rows["forming"].get_absolute_url()


# --- Who is led where


def test_local_coordinator_of_one_association_is_led_to_it(world):
    assert world.client("local_elsewhere").get("/")["Location"] == world.elsewhere.get_absolute_url()


def test_local_coordinator_of_several_is_led_to_the_list(world):
    page = world.client("local").get("/", follow=True)

    assert page.redirect_chain == [(reverse("associations:list"), 302)]
    names = {line.association.name for line in page.context["listing"].page.object_list}
    assert names == {"Bydelsmødre i Tingbjerg", "Bydelsmødre i Lundtoftegade", "Bydelsmødre i Akacieparken"}


def test_user_without_any_role_sees_an_empty_list(world, client_of):
    page = client_of(make.UserFactory()).get("/", follow=True)

    assert (page.status_code, page.context["listing"].table) == (200, [])


def test_caseworker_sees_small_counts_of_persons_as_fewer_than_five(world):
    criterion = world.programme.criteria.get(number=2)
    person = make.VolunteerFactory(programme=world.programme)
    make.membership(person, world.association)

    page = world.client("caseworker").get(reverse("reports:criterion", args=[criterion.uuid]), {"on": "2011-12-31"})

    assert gettext("Fewer than 5") in [line.count_text for line in page.context["tally_lines"]]
    assert "counting" not in page.context


@pytest.mark.parametrize(("count", "told"), [(4, "Fewer than 5"), (5, "5")])
def test_caseworker_sees_the_count_from_five_on(world, count, told):
    for _ in range(count):
        make.membership(make.VolunteerFactory(programme=world.programme), world.rows["forming"])
    criterion = world.programme.criteria.get(number=2)

    page = world.client("caseworker").get(reverse("reports:criterion", args=[criterion.uuid]), {"on": "2011-12-31"})

    (line,) = [line for line in page.context["tally_lines"] if gettext("The association is not founded") in line.text]
    assert line.count_text == gettext(told)


# --- What addresses may hold


def test_members_stand_in_the_order_of_their_roles(world):
    association = make.founded_association(world.programme, name="Bydelsmødre på række", email="raekke@example.org")
    for role in ("mother", "substitute", "board_member", "coordinator", "treasurer", "chair"):
        make.membership(make.VolunteerFactory(programme=world.programme), association, role=role)

    page = world.client("secretariat").get(association.get_absolute_url())

    listed = page.context["board"].sitting, page.context["members"].object_list
    told = [[line.membership.role for line in lines] for lines in listed]
    assert told == [["chair", "treasurer", "board_member", "substitute"], ["coordinator", "mother"]]


MOMENT_PAGES = ("reports:dashboard", "reports:criterion", "associations:list", "associations:detail")
NO_DATES = ["31.02.2011", "0001-01-01", "99999-01-01", "i går", "\x00", "😀", "x" * 3000, "2011-12-31'--"]
ENDS_OF_TIME = [
    "0001-01-01",
    "9999-12-31",
    "0001-01-01T00:00:00+05:00",
    "9999-12-31T23:59:59-05:00",
    "2011-12-31T12:00Z",
]


@pytest.mark.parametrize("page", MOMENT_PAGES)
@pytest.mark.parametrize("typed", NO_DATES, ids=ascii)
def test_day_that_is_none_is_told_and_the_usual_day_shown(world, visitor, page, typed):
    response = visitor.get(world.url(page), {"on": typed})

    assert response.status_code == 200
    assert list(response.context["moment_form"].errors) == ["on"]
    assert response.context["moment"].on == D(2011, 12, 31)


@pytest.mark.parametrize("page", MOMENT_PAGES)
@pytest.mark.parametrize("typed", [*NO_DATES[4:], *ENDS_OF_TIME, "2011-12-31T99:99"], ids=ascii)
def test_no_time_of_knowledge_breaks_a_page(world, visitor, page, typed):
    response = visitor.get(world.url(page), {"known_at": typed})

    assert response.status_code in (200, 404)


@pytest.mark.parametrize("page", ["reports:dashboard", "reports:criterion"])
def test_typed_day_that_is_none_is_kept_beside_its_message(world, visitor, page):
    html = html_of(visitor.get(world.url(page), {"on": "31.02.2011"}))

    assert gettext("Write a date that exists, such as 31.12.2011.") in html
    assert 'value="31.02.2011"' in html


def test_moment_is_kept_in_the_links(world, visitor):
    html = html_of(visitor.get("/", {"on": "30.09.2011", "known_at": "2011-10-12"}))

    assert f"/maal/{world.rows['criterion'].uuid}/?on=2011-09-30&known_at=2011-10-12" in html


def test_criterion_on_a_day_before_any_rule_is_404(world, visitor):
    assert visitor.get(world.url("reports:criterion"), {"on": "2010-12-31"}).status_code == 404


@pytest.mark.parametrize("page", ["associations:list", "volunteers:list", "reports:criterion"])
@pytest.mark.parametrize("side", ["0", "-1", "999999999999999999999", "sidste", "\x00", "1.5", "😀"], ids=ascii)
def test_page_number_that_is_none_shows_a_page(world, visitor, page, side):
    assert visitor.get(world.url(page), {"side": side, "taet_side": side}).status_code == 200


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param("åse", True, id="as-written"),
        pytest.param("AASE", True, id="aa-is-å"),
        pytest.param("Åse M", True, id="part"),
        pytest.param("ase", True, id="part-of-aa"),
        pytest.param("%", False, id="percent-is-no-wildcard"),
        pytest.param("_se", False, id="underscore-is-no-wildcard"),
    ],
)
def test_search_finds_a_name_however_it_is_spelt(world, visitor, query, found):
    Volunteer.objects.create(programme=world.programme, name="Åse Mølgaard")

    listing = visitor.get(reverse("volunteers:list"), {"q": query}).context["listing"]
    names = [line.volunteer.name for line in listing.page.object_list]

    assert ("Åse Mølgaard" in names) is found


@pytest.mark.parametrize(
    "query", ["\x00", "æ" * 10_000, "😀", "أم", "'; drop table", "\\"], ids=lambda text: ascii(text[:9])
)
def test_search_for_anything_is_answered(visitor, query):
    assert visitor.get(reverse("volunteers:list"), {"q": query}).status_code == 200


@pytest.mark.parametrize("page", ["associations:detail", "volunteers:detail", "reports:criterion"])
def test_page_of_an_unknown_id_is_404(visitor, page):
    assert visitor.get(reverse(page, args=[MISSING])).status_code == 404


@pytest.mark.parametrize("wanted", ["ikke-en-uuid", "\x00", MISSING, "😀"], ids=ascii)
def test_new_volunteer_with_an_unknown_association_in_the_address_is_asked_for(visitor, wanted):
    assert visitor.get(reverse("volunteers:create"), {"forening": wanted}).status_code == 200


# --- Language


def test_pages_are_danish_until_english_is_chosen(world, visitor):
    danish = visitor.get("/")
    visitor.post(reverse("set_language"), {"language": "en", "next": "/"})
    english = visitor.get("/")

    assert ('<html lang="da">' in html_of(danish), '<html lang="en">' in html_of(english)) == (True, True)
    assert "Overblik" in html_of(danish)
    assert "Overview" in html_of(english)


def test_names_are_shown_as_text_never_as_html(world, visitor):
    name = '<script>alert(1)</script>"><img src=x>'
    Association.objects.filter(pk=world.rows["forming"].pk).update(name=name)

    for page in (reverse("associations:list"), world.rows["forming"].get_absolute_url(), "/"):
        assert "<script>alert" not in visitor.get(page).content.decode()
    assert name in html_of(visitor.get(reverse("associations:list")))


# --- The policy for content


@pytest.mark.parametrize("path", ["/", "/findes-ikke/", reverse("accounts:login")])
def test_page_for_strangers_keeps_the_policy_for_content(world, path):
    assert_strict(path, world.client("anonymous").get(path, follow=True))


def test_every_form_with_errors_keeps_the_policy_for_content(world, visitor):
    doors = [door for door, cells in matrix().items() if cells["secretariat"] == ("200", "200")]

    for door in doors:
        assert_strict(
            door, visitor.post(world.url(door), {"happened_on": "31.02.2011", "started_on": "x", "ended_on": "x"})
        )


def test_form_without_its_token_keeps_the_policy_for_content(world):
    client = world.client("secretariat")
    client.handler.enforce_csrf_checks = True

    page = client.post(reverse("associations:create"), {"name": "X"})

    assert page.status_code == 403
    assert_strict("csrf", page)
