"""A CPR number is refused in every text field there is, with the reason beside it: of every form that a door opens, of
every list's filter, and of the administration. Only phone numbers may look like one."""

import pytest
from django import forms
from django.apps import apps
from django.contrib import admin
from django.test import RequestFactory

from accounts.models import User
from bydelsmoedre.fields import KronerField
from programme.access import Standing
from tests.doors import CPR, filled, writer_of
from tests.good_input import GOOD
from tests.permissions import matrix
from tests.rows import MAKERS

#: A number that can only be a postcode or a CVR number is refused as none.
REFUSALS = {"cpr", "invalid", "max_length", "cvr"}


def typed_into(field):
    """What is tried in a text field: an e-mail's own kind of text."""
    return f"{CPR}@example.org" if isinstance(field, forms.EmailField) else f"Født {CPR}"


def text_fields(form):
    """The names of the fields that take words."""
    return [
        name
        for name, field in form.fields.items()
        if isinstance(field, forms.CharField)
        and not isinstance(field, KronerField)
        and not field.disabled
        and not field.widget.is_hidden
        and getattr(field.widget, "input_type", "") not in ("tel", "password")
    ]


def codes(errors, name):
    return {error.code for error in errors.as_data().get(name, [])}


def not_refused(form):
    """The text fields in which the form, given CPR numbers in all of them, did not refuse one."""
    return [name for name in text_fields(form) if not REFUSALS & codes(form.errors, name)]


# --- Forms, through their doors


@pytest.mark.parametrize("door", GOOD)
def test_every_text_field_of_every_form_refuses_it(world, door):
    visitor = writer_of(world, door)
    opened = visitor.get(world.url(door))
    form = opened.context["form"]
    wrong = {form[name].html_name: typed_into(form.fields[name]) for name in text_fields(form)}
    if not wrong:
        return

    answer = visitor.post(world.url(door), filled(world, door, opened) | wrong)

    assert answer.status_code == 200
    assert not_refused(answer.context["form"]) == []


def test_every_door_with_a_form_is_tried(world, visitor):
    """Else a new form would not be asked at all."""
    doors = [door for door, cells in matrix().items() if ("200", "200") in (cells["secretariat"], cells["foundation"])]

    assert [door for door in doors if door not in GOOD and door not in NO_FORM] == []


#: A file: tests/test_import_rows.py has one with such numbers in it; what is checked is kept nowhere.
NO_FORM = {"volunteers:import", "reports:verify"}


def test_every_list_s_filter_refuses_it(world, visitor):
    asked, missed = 0, []
    for door, cells in matrix().items():
        if cells["secretariat"][0] != "200":
            continue
        form = getattr((visitor.get(world.url(door)).context or {}).get("listing"), "form", None)
        for name in text_fields(form) if form else []:
            asked += 1
            answer = visitor.get(world.url(door), {name: CPR})
            if "cpr" not in codes(answer.context["listing"].form.errors, name):
                missed.append((door, name))

    assert (asked > 0, missed) == (True, [])


# --- The administration


@pytest.mark.parametrize("label", MAKERS)
def test_every_text_field_of_the_administration_refuses_it(label, programme):
    request = RequestFactory().get("/admin/")
    request.user = User.objects.create_superuser("chef@example.org", "hemmelig")
    request.standing = Standing(request.user)
    shown = admin.site.get_model_admin(apps.get_model(label))
    made = [shown.get_form(request)] if shown.may_add or shown.may_change else []
    made += [inline.get_formset(request).form for inline in shown.get_inline_instances(request)]
    for one in made:
        empty = one()
        form = one(data={name: typed_into(field) for name, field in empty.fields.items() if name in text_fields(empty)})

        assert not_refused(form) == []
