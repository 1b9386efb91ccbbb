"""The administration: the Foundation's own rows and no others; facts are looked at and retracted."""

import re

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext
from pghistory.models import Event

from accounts.models import User
from associations.models import HousingArea
from programme.facts import Fact, fact_models
from programme.models import Programme, RoleGrant
from tests import factories as make
from tests.rows import DAY, MAKERS, SUPERUSERS_ONLY, address, association, programme_of_the_same_foundation
from volunteers.models import Volunteer
from volunteers.privacy import about

KINDS = [label for label in MAKERS if label not in SUPERUSERS_ONLY]
#: What is written about persons and families, which the secretariat retracts on its own pages.
SECRETARIATS = {model._meta.label for model, _ in about(Volunteer)} | {
    "volunteers.Conversation",
    "volunteers.GatheringHeld",
    "budget.ClosedMonth",  # on the page of the months, by another person
    "budget.YearEnd",  # on the page of the year's end
    "programme.Deferral",  # on the page, with no words of one's own
}
every_kind = pytest.mark.parametrize("label", KINDS)
every_fact = pytest.mark.parametrize("label", [label for label in KINDS if apps.get_model(label) in fact_models()])


def model_admin(label):
    return admin.site.get_model_admin(apps.get_model(label))


def assert_strict(response):
    """What the policy for content would refuse: scripts and styles inside the page."""
    html = response.content.decode()
    assert "<style" not in html
    assert not re.search(r"<script(?![^>]*\ssrc=)[^>]*>", html)
    assert not re.search(r"<[^>]+\s(style|on[a-z]+)=", html)


def test_every_model_of_the_project_has_an_administration():
    ours = {
        model._meta.label
        for model in apps.get_models()
        if model.__module__.split(".")[0] in settings.PROJECT_APPS and not issubclass(model, Event)
    }

    ours -= {"training.EvaluationAnswer"}  # read only as a summary: who may see one answer?
    assert {model._meta.label for model in admin.site._registry} == ours
    assert set(MAKERS) == ours


@every_kind
def test_foundation_sees_list_row_and_history(label, programme, reader):
    row = MAKERS[label](programme)

    listed = reader.get(address(label, "changelist"))
    shown = reader.get(address(label, "change", row.pk))
    history = reader.get(address(label, "history", row.pk))

    assert (listed.status_code, shown.status_code, history.status_code) == (200, 200, 200)
    assert row in list(listed.context["cl"].result_list)
    assert history.context["lines"] or not hasattr(row, "events")  # an attempt leaves none
    for response in (listed, shown, history):
        assert_strict(response)
        assert "md5$" not in response.content.decode()


@pytest.mark.parametrize("label", [one for one in KINDS if model_admin(one).may_add])
def test_foundation_sees_the_page_for_adding(label, programme, reader):
    response = reader.get(address(label, "add"))

    assert response.status_code == 200
    assert_strict(response)


@pytest.mark.parametrize("role", ["secretariat", "caseworker", "local"])
def test_other_roles_are_refused(role, programme, client_of):
    user = make.local_coordinator(association(programme)) if role == "local" else make.user_with_role(programme, role)
    user.is_staff = True
    user.save()
    client = client_of(user)

    pages = [reverse("admin:index"), reverse("admin:login"), address("volunteers.Volunteer", "changelist")]

    assert [client.get(page).status_code for page in pages] == [403, 403, 403]


def test_nobody_is_sent_to_the_one_login_and_back(db, client):
    page = address("budget.Budget", "changelist")

    response = client.get(page, follow=True)

    assert response.redirect_chain[-1][0] == f"{reverse('accounts:login')}?next={page}"


def test_foundation_no_longer_active_is_refused(foundation, reader):
    User.objects.filter(pk=foundation.pk).update(is_active=False)

    assert reader.get(reverse("admin:index")).status_code == 302


def test_logging_out_ends_the_one_session(reader):
    response = reader.post(reverse("admin:logout"))

    assert response.url == reverse("accounts:login")
    assert "_auth_user_id" not in reader.session


def test_index_lists_every_kind_and_no_recent_actions(programme, reader):
    response = reader.get(reverse("admin:index"))

    assert sum(len(app["models"]) for app in response.context["app_list"]) == len(KINDS)
    assert "recent-actions" not in response.content.decode()
    assert_strict(response)


# --- Facts


@every_fact
def test_facts_cannot_be_added_changed_or_deleted(label, programme, reader):
    fact = MAKERS[label](programme)
    before = type(fact).objects.filter(pk=fact.pk).values().get()
    number = type(fact).objects.count()

    answers = [
        reader.post(address(label, "add"), {"note": "ny"}).status_code,
        reader.post(address(label, "change", fact.pk), {"note": "ændret", "amount": "1"}).status_code,
        reader.post(address(label, "delete", fact.pk), {"post": "yes"}).status_code,
    ]

    assert answers == [403, 403, 403]
    assert type(fact).objects.filter(pk=fact.pk).values().get() == before
    assert type(fact).objects.count() == number


@every_fact
def test_facts_are_retracted_once_and_with_a_reason(label, programme, reader, foundation):
    fact = MAKERS[label](programme)
    retract, change = address(label, "retract", fact.pk), address(label, "change", fact.pk)
    may = type(fact).is_retractable and label not in SECRETARIATS
    assert (retract in reader.get(change).content.decode()) is may
    if not may:
        assert [reader.get(retract).status_code, reader.post(retract, {"reason": "x"}).status_code] == [
            403,
            403,
        ]
        return

    refused = [reader.post(retract, {"reason": reason}) for reason in ("", "   ", "Hun hedder 010170-1234")]
    fact.refresh_from_db()
    assert [(one.status_code, bool(one.context["form"].errors)) for one in refused] == [(200, True)] * 3
    assert fact.is_current
    assert_strict(refused[0])

    assert reader.post(retract, {"reason": "Forkert dato"}).url == change
    fact.refresh_from_db()
    assert (fact.is_current, fact.retracted_by, fact.retraction_reason) == (False, foundation, "Forkert dato")

    again = reader.post(retract, {"reason": "En gang til"}, follow=True)
    assert [message.level_tag for message in again.context["messages"]][-1] == "error"
    assert reader.get(retract).status_code == 302
    assert retract not in again.content.decode()
    fact.refresh_from_db()
    assert fact.retraction_reason == "Forkert dato"


def test_facts_are_filtered_by_standing(programme, reader, foundation):
    kept, gone = (
        make.step(association(programme), "notice", DAY),
        make.step(association(programme), "notice", DAY),
    )
    gone.retract(by=foundation, reason="Forkert")
    page = address(kept, "changelist")

    current = reader.get(page, {"status": "current"}).context["cl"].result_list
    retracted = reader.get(page, {"status": "retracted"}).context["cl"].result_list

    assert (list(current), list(retracted)) == ([kept], [gone])


def test_history_of_a_fact_shows_its_versions(programme, reader, foundation):
    first = make.step(association(programme), "board", DAY, board_members=5)
    second = first.supersede(by=foundation, reason="Der var syv", board_members=7)

    lines = reader.get(address(second, "history", second.pk)).context["lines"]

    assert [(one.who, one.reason) for one in lines] == [
        (str(foundation), ""),
        (str(foundation), "Der var syv"),
        ("–", ""),
    ]
    assert [(one.before, one.after) for one in lines[0].changes] == [("5", "7")]  # fmt: skip


def test_history_tells_choices_in_words(programme, reader):
    fact = make.conversation(association(programme), topics=["school", "work"])

    lines = reader.get(address(fact, "history", fact.pk)).context["lines"]

    told = f"{gettext('school and day care')}, {gettext('work and education')}"
    assert [one.after for one in lines[0].changes if one.label.lower() == gettext("topics").lower()] == [told]


# --- The twin programme


@every_kind
def test_twin_rows_do_not_exist(label, programme, reader):
    twin = make.ProgrammeFactory(name=make.CANARY)
    kind = apps.get_model(label)
    row = kind.objects.get(pk=twin.pk) if issubclass(kind, Programme) else MAKERS[label](twin)
    pages = ["change", "history", "delete"] + (["retract"] if isinstance(row, Fact) else [])

    listed = reader.get(address(label, "changelist")).context["cl"].result_list

    assert row not in list(listed)
    assert [reader.get(address(row, page, row.pk)).status_code for page in pages] == [404] * len(pages)
    posted = [reader.post(address(row, page, row.pk), {"post": "yes"}).status_code for page in pages]
    assert posted == [404] * len(pages)
    assert type(row).objects.filter(pk=row.pk).exists()


@every_kind
def test_nothing_of_the_twin_is_shown(label, programme, twin, reader):
    make.user_with_role(twin, "foundation", name=f"{make.CANARY} bruger")
    make.local_coordinator(twin.associations.first(), name=f"{make.CANARY} lokal")
    row = MAKERS[label](programme)
    pages = [
        address(label, "changelist"),
        address(label, "change", row.pk),
        address(label, "history", row.pk),
    ]
    pages += [address(label, "changelist") + f"?q={make.CANARY}x", reverse("admin:index")]
    if model_admin(label).may_add:
        pages.append(address(label, "add"))

    for page in pages:
        shown = reader.get(page).content.decode().replace(f"{make.CANARY}x", "")
        assert make.CANARY.lower() not in shown.lower()


@pytest.mark.parametrize("name", ["programme", "district"])
def test_twin_is_not_acceptable_in_a_form(name, programme, reader):
    twin = make.ProgrammeFactory()
    values = {"name": "Ny", "postcode": "2200", "programme": programme.pk}
    values["district"] = make.DistrictFactory(programme=programme).pk
    values[name] = {"programme": twin, "district": make.DistrictFactory(programme=twin)}[name].pk

    response = reader.post(address("associations.HousingArea", "add"), values)

    assert list(response.context["adminform"].form.errors) == [name]
    assert not HousingArea.objects.filter(name="Ny").exists()


def test_rows_of_two_programmes_are_not_tied_together(programme, foundation, reader):
    other = programme_of_the_same_foundation(programme)
    values = {"name": "Ny", "postcode": "2200", "programme": programme.pk}
    values["district"] = make.DistrictFactory(programme=other).pk

    response = reader.post(address("associations.HousingArea", "add"), values)

    assert list(response.context["adminform"].form.errors) == ["district"]


def test_foundation_of_one_programme_and_secretariat_of_another_governs_the_one(programme, foundation, reader):
    other = make.ProgrammeFactory()
    RoleGrant.objects.create(user=foundation, programme=other, role="secretariat")

    assert reader.get(address("programme.Programme", "change", other.pk)).status_code == 404


def test_autocompletion_and_filters_keep_within_reach(programme, twin, reader):
    query = {"app_label": "associations", "model_name": "housingarea", "field_name": "district", "term": "B"}
    mine = make.DistrictFactory(programme=programme, name="Bispebjerg")
    other = make.DistrictFactory(programme=twin, name="Brønshøj")

    found = reader.get(reverse("admin:autocomplete"), query).json()["results"]
    filtered = reader.get(address("associations.HousingArea", "changelist"), {"district__id__exact": other.pk})

    assert [one["id"] for one in found] == [str(mine.pk)]
    assert list(filtered.context["cl"].result_list) == []


@pytest.mark.parametrize(
    "query",
    [
        "password__startswith=m",
        "role_grants__programme__name__startswith=K",
        "name__regex=((",
        "is_active__exact=æ",
        "q=%00",
        "is_active__exact=%00",
        "o=9.-9.x",
        "p=x",
        "p=999999999",
        "_to_field=password",
    ],
)
def test_odd_addresses_are_refused(query, reader):
    assert reader.get(address("accounts.User", "changelist") + "?" + query).status_code in (
        200,
        302,
        400,
        404,
    )
    if "password" in query:
        assert reader.get(address("accounts.User", "changelist") + "?" + query).status_code == 400


@pytest.mark.parametrize("year", ["0", "9999", "99999", "x", "-1", "2011&happened_on__month=13"])
def test_odd_dates_above_a_list_are_refused(year, programme, reader):
    make.step(association(programme), "notice", DAY)
    page = address("associations.FoundingStep", "changelist")

    assert reader.get(f"{page}?happened_on__year={year}").status_code == (302 if "month" in year else 404)


@pytest.mark.parametrize("key", ["0", "x", "9" * 30, "%00", "1_2C"])
def test_unknown_keys_are_not_found(key, programme, reader):
    page = address("programme.Organisation", "changelist")

    assert reader.get(f"{page}{key}/change/").status_code == 404
    assert reader.get(f"{page}{key}/history/").status_code == 404


# --- Lists


@pytest.mark.parametrize(
    ("word", "found"),
    [("ØRESTAD", True), ("ørestad", True), ("Åse", True), ("aase", True), ("aa", True), ("Ærø", False)],
)
def test_search_knows_danish_letters(word, found, programme, reader):
    make.DistrictFactory(programme=programme, name="Ørestad og Aase")

    response = reader.get(address("associations.District", "changelist"), {"q": word})

    assert bool(response.context["cl"].result_list) is found


def test_long_search_is_answered(programme, reader):
    response = reader.get(address("associations.District", "changelist"), {"q": "a " * 2000 + "%_\\'\""})

    assert response.status_code == 200


def test_names_are_in_danish_order(programme, reader):
    for name in ("Ærø", "Aabenraa", "Zoo", "Ørestad", "Amager"):
        make.DistrictFactory(programme=programme, name=name)

    rows = reader.get(address("associations.District", "changelist"), {"o": "1"}).context["cl"].result_list

    assert [row.name for row in rows] == ["Amager", "Zoo", "Ærø", "Ørestad", "Aabenraa"]


@every_kind
def test_lists_and_pages_ask_no_more_at_30_rows_than_at_one(label, db, client_of):
    small = make.ProgrammeFactory()
    reader = client_of(make.user_with_role(small, "foundation"))
    row = MAKERS[label](small)
    pages = [address(label, "changelist"), address(label, "change", row.pk)]
    pages += [address(label, "add")] if model_admin(label).may_add else []

    def asked():
        counts = []
        for page in pages:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert reader.get(page).status_code == 200
            counts.append(len(queries))
        return counts

    asked()
    at_one = asked()
    for _ in range(29):
        MAKERS[label](small)

    assert asked() == at_one
    assert at_one[0] <= 12


def test_day_that_is_not_known_is_not_shown_and_still_sorts(programme, reader):
    fact = make.step(association(programme), "notice", DAY, is_date_unknown=True)

    response = reader.get(address(fact, "changelist"), {"o": "5"})

    assert gettext("date unknown") in response.content.decode()
    assert "column-happened_on sorted" in response.content.decode()
