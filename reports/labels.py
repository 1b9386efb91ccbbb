"""Labels for figures' rows: joined when shown, for what the reader may see. A figure itself holds no names."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from associations.models import Association
from programme.models import Agreement, Document
from reports.figures.shapes import Row


def labels(rows: Iterable[Row], *, programme_id: int) -> dict[UUID, str]:
    """What each row is called in public: associations, documents and agreements by name, persons never."""
    rows = list(rows)
    found: dict[UUID, str] = {}
    for kind, model, field in (
        ("association", Association, "name"),
        ("document", Document, "title"),
        ("agreement", Agreement, "title"),
    ):
        wanted = {row.uuid for row in rows if row.kind == kind}
        if kind == "association":
            wanted |= {row.association for row in rows if row.association}
        if wanted:
            named = model.objects.filter(programme=programme_id, uuid__in=wanted)
            found |= dict(named.values_list("uuid", field))
    for row in rows:
        if row.kind == "volunteer":
            found[row.uuid] = _("volunteer %(uuid)s") % {"uuid": row.uuid}
    return found
