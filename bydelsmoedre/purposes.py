"""What is stored about persons: why, on what ground, and for how long. The register's shape, and how it is read.

Each app's `purposes.py` says it beside the app's models: `PURPOSES`, the purposes that it names; `STORED`, which
columns serve which; and `NOTHING`, the columns that say nothing about a person. Every column stands in one of the two,
or a test fails. A column that a model has from an abstract base may be stated once, for the base; what is stated for
the model itself goes first. The history of a model's rows serves the purposes that the rows serve.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pghistory.models
from django.apps import apps
from django.conf import settings
from django.db import models

Model = type[models.Model]
#: Columns by their model's label, in one text with spaces between.
Columns = Mapping[str, str]


@dataclass(frozen=True)
class Purpose:
    """Why something is stored about persons, in words for those persons."""

    code: str
    title: Any
    why: Any
    ground: Any  #: in law
    kept: Any  #: how long


#: Of a column that says nothing about a person.
NOTHING = None


def purposes() -> list[Purpose]:
    """All of them, in the order in which they are told: what comes nearest to a person first."""
    found = [purpose for register in _registers() for purpose in register.PURPOSES]
    return sorted(found, key=lambda purpose: settings.PURPOSES.index(purpose.code))


def serves(field: models.Field) -> str | None:
    """The code of the purpose that a column serves; `NOTHING` where it says nothing about a person. Raises
    `LookupError` where nothing is stated, or two things are."""
    model: Any = field.model
    if issubclass(model, pghistory.models.Event):
        if field.name.startswith("pgh_"):
            return "done"
        return serves(model.pgh_tracked_model._meta.get_field(field.name))
    if field.primary_key:
        return NOTHING
    owner = stated_for(field)
    codes = _stated()[owner, field.name]
    if len(codes) > 1:
        raise LookupError(f"{owner}.{field.name} is stated {len(codes)} times.")
    return codes[0]


def stated_for(field: models.Field) -> str:
    """The label of the model for which the column is stated: its own, or an abstract base's."""
    for owner in _owners(field.model, field.name):
        if (owner, field.name) in _stated():
            return owner
    raise LookupError(f"{field.model._meta.label}.{field.name}: why it is stored is not stated.")


def columns() -> Iterator[models.Field]:
    """Every column of the database that a model describes."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            yield from model._meta.concrete_fields


def unstated(fields: Iterable[models.Field]) -> list[str]:
    """What is wrong with the statements about these columns."""
    wrong = []
    for field in fields:
        try:
            serves(field)
        except LookupError as error:
            wrong.append(str(error))
    return wrong


def stated() -> set[tuple[str, str]]:
    """Every (label, column) that is stated."""
    return set(_stated())


def _owners(model: Model, name: str) -> Iterator[str]:
    """The model, then the bases that have the column too."""
    yield model._meta.label
    for base in model.__mro__[1:]:
        meta = getattr(base, "_meta", None)
        if meta is not None and any(field.name == name for field in meta.local_concrete_fields):
            yield meta.label


@cache
def _stated() -> dict[tuple[str, str], list[str | None]]:
    found: dict[tuple[str, str], list[str | None]] = defaultdict(list)
    for register in _registers():
        parts: dict[str | None, Columns] = {**register.STORED, NOTHING: register.NOTHING}
        for code, tables in parts.items():
            for label, names in tables.items():
                for name in names.split():
                    found[label, name].append(code)
    return found


def _registers() -> list[Any]:
    """Each app's register."""
    names = [f"{app}.purposes" for app in settings.PROJECT_APPS if app != "bydelsmoedre"]
    return [import_module(name) for name in names if find_spec(name)]
