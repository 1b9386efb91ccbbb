"""Labels for figures' rows: joined when shown, for what the reader may see. A figure itself holds no names."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from associations.models import Association
from programme.models import Agreement, Document
from reports.figures.shapes import Row
from volunteers.models import Volunteer


def public_labels(rows: Iterable[Row]) -> dict[UUID, str]:
    """What each row is called in public: associations, documents and agreements by name, persons by their uuid."""
    rows = list(rows)
    named = _named(
        [
            Association.objects.filter(uuid__in=_wanted(rows, "association")).values_list("uuid", "name"),
            Document.objects.filter(uuid__in=_wanted(rows, "document")).values_list("uuid", "title"),
            Agreement.objects.filter(uuid__in=_wanted(rows, "agreement")).values_list("uuid", "title"),
        ]
    )
    persons = {uuid: _("volunteer %(uuid)s") % {"uuid": uuid} for uuid in _wanted(rows, "volunteer")}
    return named | persons


def labels_for(rows: Iterable[Row], user: Any) -> dict[UUID, str]:
    """What each row is called for this reader: only what `user` may see has a name here. One query."""
    rows = list(rows)
    asked = [
        model.objects.visible_to(user).filter(uuid__in=wanted).values_list("uuid", field)
        for kind, model, field in (
            ("association", Association, "name"),
            ("document", Document, "title"),
            ("agreement", Agreement, "title"),
            ("volunteer", Volunteer, "name"),
        )
        if (wanted := _wanted(rows, kind))
    ]
    return _named(asked)


def _named(querysets: list[QuerySet]) -> dict[UUID, str]:
    if not querysets:
        return {}
    first, *others = (queryset.order_by() for queryset in querysets)
    return dict(first.union(*others, all=True) if others else first)


def _wanted(rows: list[Row], kind: str) -> set[UUID]:
    """The uuids of one kind that the rows are, or (for associations) point at."""
    found = {row.uuid for row in rows if row.kind == kind}
    if kind == "association":
        found |= {row.association for row in rows if row.association}
    return found
