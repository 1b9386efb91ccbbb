"""The administration's forms: nothing overwritten, nothing logged, no rights or passwords on the side."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core import signing

from accounts.models import User
from programme.models import Evidence, Organisation, RoleGrant
from tests import factories as make
from tests.rows import DAY, MAKERS, address, association
from volunteers.models import Membership, Volunteer

EDITABLE = [label for label in MAKERS if admin.site.get_model_admin(apps.get_model(label)).may_change]


def values_of(response):
    """What a browser would send of the page's form and of the tables in it."""
    context = response.context
    tables = [table.formset for table in context["inline_admin_formsets"]]
    forms = [context["adminform"].form]
    for table in tables:
        forms += [table.management_form, *table.forms]
    values = {one.html_name: one.value() for form in forms for one in form}
    return {name: "" if value is None else value for name, value in values.items() if value is not False}


@pytest.mark.parametrize("label", EDITABLE)
def test_every_form_saves_what_it_showed_and_leaves_no_log(label, programme, reader):
    row = MAKERS[label](programme)
    before = type(row).objects.filter(pk=row.pk).values().get()
    page = address(label, "change", row.pk)

    response = reader.post(page, values_of(reader.get(page)))

    assert response.status_code == 302, response.context["adminform"].form.errors
    assert type(row).objects.filter(pk=row.pk).values().get() == before
    assert not LogEntry.objects.exists()


def test_history_tells_who_changed_what(programme, foundation, reader):
    row = make.OrganisationFactory(programme=programme, name="Før", kind="other")
    page = address(row, "change", row.pk)

    reader.post(page, values_of(reader.get(page)) | {"name": "Efter"})

    lines = reader.get(address(row, "history", row.pk)).context["lines"]
    assert [one.who for one in lines] == [str(foundation), "–"]
    assert [(one.before, one.after) for one in lines[0].changes] == [("Før", "Efter")]


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


def test_login_that_works_elsewhere_too_is_looked_at_and_not_changed(programme, reader):
    """Whoever changes its e-mail can log in with it, and so comes into the other Foundation's programme."""
    theirs = make.user_with_role(make.ProgrammeFactory(), "secretariat")
    RoleGrant.objects.create(user=theirs, programme=programme, role="secretariat")
    page = address(theirs, "change", theirs.pk)
    shown = reader.get(page)
    reader.post(page, values_of(shown) | {"email": "min@example.org"})

    assert (shown.status_code, theirs.email in shown.content.decode()) == (200, True)
    assert User.objects.get(pk=theirs.pk).email == theirs.email


def test_coordinator_of_an_association_elsewhere_is_not_changed_either(programme, reader):
    theirs = make.local_coordinator(make.AssociationFactory(programme=make.ProgrammeFactory()))
    RoleGrant.objects.create(user=theirs, programme=programme, role="caseworker")
    page = address(theirs, "change", theirs.pk)
    reader.post(page, values_of(reader.get(page)) | {"email": "min@example.org"})

    assert User.objects.get(pk=theirs.pk).email == theirs.email


def test_login_of_ones_own_programmes_is_changed(programme, reader, foundation):
    other = make.ProgrammeFactory()
    RoleGrant.objects.create(user=foundation, programme=other, role="foundation")
    ours = make.user_with_role(programme, "secretariat")
    RoleGrant.objects.create(user=ours, programme=other, role="secretariat")
    page = address(ours, "change", ours.pk)
    reader.post(page, values_of(reader.get(page)) | {"email": "ny@example.org"})

    assert User.objects.get(pk=ours.pk).email == "ny@example.org"


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
