"""The administration: the Foundation's own rows and no others; facts are looked at and retracted."""

import datetime as dt
import itertools
import re

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core import signing
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pghistory.models import Event

from accounts.models import User
from associations.models import AssociationGrant, FoundingChecklist, HousingArea, Prospect, StepKind
from budget.models import Allocation, BudgetApproval, Commitment, FundingFact, Posting
from programme.facts import Fact, fact_models
from programme.models import (
    Activity,
    Adoption,
    AgreementParty,
    AgreementTerm,
    CriterionVersion,
    Evidence,
    Organisation,
    RoleGrant,
    Signature,
    StatedNumber,
    SuccessCriterion,
)
from tests import factories as make
from volunteers.models import Membership, Volunteer

DAY = dt.date(2011, 3, 1)
numbers = itertools.count(100)


def organisation(programme):
    return make.OrganisationFactory(programme=programme)


def association(programme):
    return make.AssociationFactory(programme=programme)


def volunteer(programme):
    return make.VolunteerFactory(programme=programme, housing_area=area(programme))


def area(programme):
    return make.HousingAreaFactory(programme=programme)


def budget(programme):
    return make.BudgetFactory(programme=programme, year=next(numbers))


def line(programme):
    return make.BudgetLineFactory(budget=budget(programme))


def version(programme):
    return make.DocumentVersionFactory(document=make.DocumentFactory(programme=programme))


def agreement(programme):
    return make.AgreementFactory(programme=programme)


def criterion(programme):
    number = next(numbers)
    return SuccessCriterion.objects.create(
        programme=programme, number=number, key=f"k{number}", name="Kriterium"
    )


def criterion_version(programme):
    return CriterionVersion.record(
        by=None,
        criterion=criterion(programme),
        wording="Ord",
        rule="coordinators_trained",
        rule_text="Regel",
        target=15,
        deadline=DAY,
        started_on=DAY,
    )


def checklist(programme):
    day = dt.date(1990, 1, 1) + dt.timedelta(next(numbers))
    items = [{"number": 1, "kind": "notice", "stage": "founded", "timing": "dated"}]
    return FoundingChecklist.record(
        by=None, programme=programme, name="Tjekliste", items=items, started_on=day, ended_on=day
    )


def role_grant(programme):
    user = make.user_with_role(programme, "secretariat")
    return user.role_grants.get()


def programme_of_the_same_foundation(programme):
    foundation = RoleGrant.objects.filter(role="foundation").latest("pk").user
    other = make.ProgrammeFactory()
    RoleGrant.objects.create(user=foundation, programme=other, role="foundation")
    return other


#: One way to make one more row of each kind in a programme.
MAKERS = {
    "accounts.User": lambda p: role_grant(p).user,
    "programme.Programme": programme_of_the_same_foundation,
    "programme.RoleGrant": role_grant,
    "programme.Organisation": organisation,
    "programme.Activity": lambda p: Activity.objects.create(
        programme=p, number=next(numbers), title="Aktivitet"
    ),
    "programme.StatedNumber": lambda p: StatedNumber.record(
        by=None, programme=p, kind="paid_mothers", number=48, happened_on=DAY + dt.timedelta(next(numbers))
    ),
    "programme.SuccessCriterion": criterion,
    "programme.CriterionVersion": criterion_version,
    "programme.Document": lambda p: make.DocumentFactory(programme=p),
    "programme.DocumentVersion": version,
    "programme.Adoption": lambda p: Adoption.record(
        by=None, version=version(p), body=organisation(p), happened_on=DAY
    ),
    "programme.Agreement": agreement,
    "programme.AgreementTerm": lambda p: AgreementTerm.record(
        by=None, agreement=agreement(p), started_on=DAY
    ),
    "programme.AgreementParty": lambda p: AgreementParty.record(
        by=None, agreement=agreement(p), organisation=organisation(p), started_on=DAY
    ),
    "programme.Signature": lambda p: Signature.record(
        by=None, agreement=agreement(p), organisation=organisation(p), happened_on=DAY
    ),
    "programme.Evidence": lambda p: Evidence.objects.create(programme=p, description="Referat, sag 2011-123"),
    "associations.District": lambda p: make.DistrictFactory(programme=p),
    "associations.HousingArea": area,
    "associations.Association": association,
    "associations.AssociationGrant": lambda p: AssociationGrant.objects.create(
        user=make.UserFactory(), association=association(p)
    ),
    "associations.Prospect": lambda p: Prospect.objects.create(programme=p, housing_area=area(p)),
    "associations.FoundingChecklist": checklist,
    "associations.FoundingStep": lambda p: make.step(association(p), StepKind.NOTICE, DAY),
    "volunteers.Volunteer": volunteer,
    "volunteers.Membership": lambda p: make.membership(volunteer(p), association(p)),
    "training.Curriculum": lambda p: make.CurriculumFactory(programme=p),
    "training.Certificate": lambda p: make.certificate(volunteer(p), make.CurriculumFactory(programme=p)),
    "budget.Budget": budget,
    "budget.BudgetLine": line,
    "budget.Allocation": lambda p: Allocation.record(
        by=None, line=line(p), amount="219000.50", started_on=DAY
    ),
    "budget.BudgetApproval": lambda p: BudgetApproval.record(
        by=None, budget=budget(p), body=organisation(p), happened_on=DAY
    ),
    "budget.FundingFact": lambda p: FundingFact.record(
        by=None, budget=budget(p), funder=organisation(p), stage="promised", amount="570000", happened_on=DAY
    ),
    "budget.Posting": lambda p: Posting.record(
        by=None, line=line(p), amount="1200", text="Kaffe", happened_on=DAY
    ),
    "budget.Commitment": lambda p: Commitment.record(
        by=None, line=line(p), amount="1200", text="Lokale", started_on=DAY
    ),
}
FACTS = [model._meta.label for model in fact_models()]
EDITABLE = [label for label in MAKERS if admin.site.get_model_admin(apps.get_model(label)).may_change]
every_kind = pytest.mark.parametrize("label", MAKERS)
every_fact = pytest.mark.parametrize("label", FACTS)


def address(row_or_label, page, *args):
    meta = apps.get_model(row_or_label)._meta if isinstance(row_or_label, str) else row_or_label._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=args)


def model_admin(label):
    return admin.site.get_model_admin(apps.get_model(label))


def assert_strict(response):
    """What the policy for content would refuse: scripts and styles inside the page."""
    html = response.content.decode()
    assert "<style" not in html
    assert not re.search(r"<script(?![^>]*\ssrc=)[^>]*>", html)
    assert not re.search(r"<[^>]+\s(style|on[a-z]+)=", html)


@pytest.fixture
def reader(client_of, foundation):
    return client_of(foundation)


def test_every_model_of_the_project_has_an_administration():
    ours = {
        model._meta.label
        for model in apps.get_models()
        if model.__module__.split(".")[0] in settings.PROJECT_APPS and not issubclass(model, Event)
    }

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
    assert history.context["lines"]
    for response in (listed, shown, history):
        assert_strict(response)
        assert "md5$" not in response.content.decode()


@pytest.mark.parametrize("label", [one for one in MAKERS if model_admin(one).may_add])
def test_foundation_sees_the_page_for_adding(label, programme, reader):
    response = reader.get(address(label, "add"))

    assert response.status_code == 200
    assert_strict(response)


@pytest.mark.parametrize("role", ["secretariat", "caseworker", "local"])
def test_other_roles_are_refused(role, programme, client_of):
    user = (
        make.local_coordinator(association(programme))
        if role == "local"
        else make.user_with_role(programme, role)
    )
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

    assert sum(len(app["models"]) for app in response.context["app_list"]) == len(MAKERS)
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
    may = type(fact).is_retractable and label != "volunteers.Membership"
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


# --- The twin programme


@every_kind
def test_twin_rows_do_not_exist(label, programme, reader):
    twin = make.ProgrammeFactory(name=make.CANARY)
    row = twin if label == "programme.Programme" else MAKERS[label](twin)
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


def test_foundation_of_one_programme_and_secretariat_of_another_governs_the_one(
    programme, foundation, reader
):
    other = make.ProgrammeFactory()
    RoleGrant.objects.create(user=foundation, programme=other, role="secretariat")

    assert reader.get(address("programme.Programme", "change", other.pk)).status_code == 404


def test_autocompletion_and_filters_keep_within_reach(programme, twin, reader):
    query = {"app_label": "associations", "model_name": "housingarea", "field_name": "district", "term": "B"}
    mine = make.DistrictFactory(programme=programme, name="Bispebjerg")
    other = make.DistrictFactory(programme=twin, name="Brønshøj")

    found = reader.get(reverse("admin:autocomplete"), query).json()["results"]
    filtered = reader.get(
        address("associations.HousingArea", "changelist"), {"district__id__exact": other.pk}
    )

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

    assert reader.get(f"{page}?happened_on__year={year}").status_code in (200, 302, 400)


@pytest.mark.parametrize("key", ["0", "x", "9" * 30, "%00", "1_2C"])
def test_unknown_keys_are_not_found(key, programme, reader):
    page = address("programme.Organisation", "changelist")

    assert reader.get(f"{page}{key}/change/").status_code == 404
    assert reader.get(f"{page}{key}/history/").status_code == 404


# --- Forms


def values_of(response):
    form = response.context["adminform"].form
    return {name: ("" if form[name].value() is None else form[name].value()) for name in form.fields}


@pytest.mark.parametrize("label", EDITABLE)
def test_every_form_saves_what_it_showed_and_leaves_no_log(label, programme, reader):
    row = MAKERS[label](programme)
    before = type(row).objects.filter(pk=row.pk).values().get()
    page = address(label, "change", row.pk)
    values = {name: value for name, value in values_of(reader.get(page)).items() if value is not False}

    response = reader.post(page, values)

    assert response.status_code == 302, response.context["adminform"].form.errors
    assert type(row).objects.filter(pk=row.pk).values().get() == before
    assert not LogEntry.objects.exists()


def test_history_tells_who_changed_what(programme, foundation, reader):
    row = make.OrganisationFactory(programme=programme, name="Før", kind="other")
    page = address(row, "change", row.pk)

    reader.post(page, values_of(reader.get(page)) | {"name": "Efter", "kind": "body"})

    lines = reader.get(address(row, "history", row.pk)).context["lines"]
    assert [one.who for one in lines] == [str(foundation), "–"]
    assert [(one.before, one.after) for one in lines[0].changes] == [
        ("Før", "Efter"),
        (str(Organisation.Kind.OTHER.label), str(Organisation.Kind.BODY.label)),
    ]


def test_stale_form_shows_the_difference_and_overwrites_nothing(programme, reader):
    row = make.OrganisationFactory(programme=programme, name="Som åbnet")
    page = address(row, "change", row.pk)
    typed = values_of(reader.get(page)) | {"name": "Mit navn"}
    Organisation.objects.filter(pk=row.pk).update(name="Andres navn")

    response = reader.post(page, typed)

    row.refresh_from_db()
    assert (response.status_code, row.name) == (200, "Andres navn")
    html = response.content.decode()
    assert all(name in html for name in ("Som åbnet", "Andres navn", "Mit navn"))
    assert 'class="difference"' in html

    assert reader.post(page, values_of(response)).status_code == 302
    row.refresh_from_db()
    assert row.name == "Mit navn"


def test_form_without_its_memory_is_stale(programme, reader):
    row = make.OrganisationFactory(programme=programme, name="Før")
    typed = {"name": "Efter", "kind": "other", "opened_as": signing.dumps({}, salt="another")}

    assert reader.post(address(row, "change", row.pk), typed).status_code == 200
    row.refresh_from_db()
    assert row.name == "Før"


@pytest.mark.parametrize(
    ("typed", "stored"), [("1.370.000,50", "1370000.50"), ("1370000.50", "1370000.50"), ("1.37", None)]
)
def test_amounts_are_read_as_danes_write_them(typed, stored, programme, reader):
    row = make.BudgetFactory(programme=programme, year=2012)
    page = address(row, "change", row.pk)
    row.refresh_from_db()
    before = row.stated_total

    response = reader.post(page, values_of(reader.get(page)) | {"stated_total": typed})

    row.refresh_from_db()
    assert str(row.stated_total) == (stored or str(before))
    assert response.status_code == (302 if stored else 200)


def test_twice_the_same_name_is_told_in_the_form(programme, reader):
    first, second = (make.OrganisationFactory(programme=programme) for _ in range(2))
    page = address(second, "change", second.pk)

    response = reader.post(page, values_of(reader.get(page)) | {"name": first.name})

    assert response.context["adminform"].form.errors


def test_cpr_number_is_refused(programme, reader):
    row = make.OrganisationFactory(programme=programme)
    page = address(row, "change", row.pk)

    response = reader.post(page, values_of(reader.get(page)) | {"short_name": "010170-1234"})

    assert list(response.context["adminform"].form.errors) == ["short_name"]


def test_new_user_has_no_password_and_no_rights(reader):
    typed = {
        "email": "Ny@Example.org",
        "name": "Ny",
        "is_active": "on",
        "password": "x",
        "is_superuser": "on",
    }

    assert reader.post(address("accounts.User", "add"), typed | {"is_staff": "on"}).status_code == 302
    user = User.objects.get(email="ny@example.org")
    assert (user.has_usable_password(), user.is_superuser, user.is_staff) == (False, False, False)


def test_superusers_are_not_the_foundations_to_change(reader):
    boss = User.objects.create_superuser("chef@example.org", "hemmelig")

    assert reader.get(address(boss, "change", boss.pk)).status_code == 404


def test_no_page_sets_a_password():
    names = [one.name for one in admin.site.get_urls() if getattr(one, "name", None)]

    assert not [name for name in names if "password" in name]
    assert "view_on_site" not in names


def test_role_is_given_and_taken(programme, reader):
    user = make.UserFactory()
    typed = {"user": user.pk, "programme": programme.pk, "role": "caseworker"}

    assert reader.post(address("programme.RoleGrant", "add"), typed).status_code == 302
    grant = RoleGrant.objects.get(user=user)
    assert reader.post(address(grant, "delete", grant.pk), {"post": "yes"}).status_code == 302

    assert not RoleGrant.objects.filter(user=user).exists()
    assert not LogEntry.objects.exists()


def test_row_that_facts_stand_on_is_not_deleted(programme, reader):
    row = make.step(association(programme), "notice", DAY).association

    reader.post(address(row, "delete", row.pk), {"post": "yes"})

    row.refresh_from_db()


def test_evidence_is_only_added(programme, foundation, reader):
    typed = {"programme": programme.pk, "description": "Referat af mødet"}

    assert reader.post(address("programme.Evidence", "add"), typed).status_code == 302
    row = Evidence.objects.get(description="Referat af mødet")
    answers = [reader.post(address(row, page, row.pk), typed).status_code for page in ("change", "delete")]

    assert (row.added_by, answers) == (foundation, [403, 403])


@pytest.mark.parametrize("model", [Volunteer, Membership], ids=["person", "role"])
def test_persons_are_read_only(model, programme, reader):
    row = MAKERS[model._meta.label](programme)

    answers = [reader.post(address(row, "add")), reader.post(address(row, "change", row.pk), {"name": "Ny"})]

    assert [one.status_code for one in answers] == [403, 403]


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
