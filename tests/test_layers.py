"""The project's shape: apps point left, facts hang on anchors, and nothing hangs on a fact."""

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.postgres.indexes import GistIndex
from django.db import models

from programme.facts import DatedFact, Fact, FactQuerySet, PeriodFact, fact_models

ORDER = {name: position for position, name in enumerate(settings.PROJECT_APPS)}
OURS = [
    model
    for model in apps.get_models(include_auto_created=True)
    if model._meta.app_label in ORDER and not model._meta.proxy
]
FACTS = fact_models()


def label(model):
    return model._meta.label


def foreign_keys(model):
    return [field for field in model._meta.get_fields() if field.is_relation and not field.auto_created]


@pytest.mark.parametrize("model", OURS, ids=label)
def test_foreign_keys_point_left(model):
    own = ORDER[model._meta.app_label]
    wrong = {
        field.name: label(field.related_model)
        for field in foreign_keys(model)
        if ORDER.get(field.related_model._meta.app_label, -1) > own
    }

    assert wrong == {}


@pytest.mark.parametrize("model", OURS, ids=label)
def test_nothing_has_a_foreign_key_to_a_fact(model):
    wrong = [field.name for field in foreign_keys(model) if issubclass(field.related_model, Fact)]

    assert wrong == []


def test_project_apps_stand_in_the_order_in_which_they_may_import():
    import tomllib

    with (settings.BASE_DIR / "pyproject.toml").open("rb") as file:
        (contract,) = tomllib.load(file)["tool"]["importlinter"]["contracts"]

    assert contract["layers"] == settings.PROJECT_APPS[::-1]


@pytest.mark.parametrize("model", FACTS, ids=label)
def test_fact_hangs_on_an_anchor_that_says_who_may_see_it(model):
    anchor = model._meta.get_field(model.anchor)

    assert isinstance(anchor, models.ForeignKey)
    assert not issubclass(anchor.related_model, Fact)
    assert not anchor.null
    assert callable(anchor.related_model.objects.visible_to)
    assert callable(anchor.related_model.objects.changeable_by)


@pytest.mark.parametrize("model", FACTS, ids=label)
def test_fact_inherits_index_and_constraints(model):
    name = f"{model._meta.app_label}_{model._meta.model_name}"
    expected = {f"{name}_one_current", f"{name}_retracted_after"}
    if issubclass(model, PeriodFact):
        expected.add(f"{name}_end_after_start")

    assert expected <= {constraint.name for constraint in model._meta.constraints}
    assert ["period", "known"] in [index.fields for index in model._meta.indexes if isinstance(index, GistIndex)]


@pytest.mark.parametrize("model", FACTS, ids=label)
def test_fact_is_dated_and_is_asked_like_a_fact(model):
    assert issubclass(model, DatedFact | PeriodFact)
    assert isinstance(model.objects.all(), FactQuerySet)
    assert model._meta.default_permissions == ("view",)


@pytest.mark.parametrize("model", FACTS, ids=label)
def test_fact_may_be_emptied_of_its_erasable_words(model):
    fields = [model._meta.get_field(name) for name in model.erasable]

    assert [field.name for field in fields if field.column != field.name or not field.empty_strings_allowed] == []


@pytest.mark.parametrize("model", FACTS, ids=label)
def test_fact_protects_what_it_refers_to(model):
    loose = [field.name for field in foreign_keys(model) if field.remote_field.on_delete is not models.PROTECT]

    assert loose == []
