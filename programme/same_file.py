"""The same file twice: a file that is evidence of something else of the same association already is told of, and kept.

One paper may prove several facts (the minutes of a founding meeting prove most of its steps), so nothing is refused.
What other associations have filed is never told.
"""

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from programme.facts import Fact, fact_models
from programme.models.evidence import Evidence
from programme.models.programme import Programme


def said_of_same_file(fact: Fact, sha256: str, *, programme: Programme, by: Any) -> str:
    """What is said to whoever records `fact` with the file, where it proves something of the association already; ""
    where it does not. Facts that she may not see are not told of. Names nobody: the message is kept in her browser."""
    association = _association_of(fact)
    if association is None:
        return ""
    same = list(Evidence.objects.filter(programme=programme, sha256=sha256).values_list("pk", flat=True))
    if not same:
        return ""
    others: list[str] = []
    for model in fact_models():
        if path := _path(model):
            found = model.objects.current().visible_to(by).filter(evidence__in=same, **{path: association})
            others += [str(one) for one in found]
    if not others:
        return ""
    last = _("and")
    return _("The same file is evidence already: %(facts)s. It is kept here too.") % {
        "facts": get_text_list(others, str(last))
    }


def _association_of(fact: Any) -> int | None:
    path = _path(type(fact))
    *through, column = f"{path}_id".split("__") if path else [""]
    for name in through:
        fact = getattr(fact, name)
    return getattr(fact, column) if path else None


def _path(model: type[Fact]) -> str:
    """From such a fact to its association, its own or that of what it is about; "" where it has none."""
    anchor = model._meta.get_field(model.anchor)
    if model.anchor == "association" or _has_association(model):
        return "association"
    return f"{model.anchor}__association" if _has_association(anchor.related_model) else ""


def _has_association(model: Any) -> bool:
    try:
        field: models.Field = model._meta.get_field("association")
    except FieldDoesNotExist:
        return False
    return bool(field.many_to_one)
