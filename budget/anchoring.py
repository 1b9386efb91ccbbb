"""From a scenario to a version of the anchoring model. Its adoption is a decision like any other
(`programme:adoption`), so that the fifth criterion follows by the definition that it has."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from budget.models import Scenario
from bydelsmoedre.entry import Overtaken
from programme.models import Document, DocumentVersion, Organisation, Programme


def model_document(programme: Programme) -> Document:
    """The programme's anchoring model; not saved yet where it has none. The national steering group must adopt it."""
    there = Document.objects.filter(programme=programme, kind=Document.Kind.ANCHORING_MODEL).order_by("pk").first()
    if there:
        return there
    groups = Organisation.objects.filter(programme=programme, kind=Organisation.Kind.STEERING_GROUP)
    return Document(
        programme=programme,
        kind=Document.Kind.ANCHORING_MODEL,
        title=_("Model of anchoring"),
        adopted_by=groups.order_by("pk").first(),
    )


@transaction.atomic
def put_forward(scenario: Scenario, *, label: str, dated_on: dt.date | None, by: Any) -> DocumentVersion:
    """Freeze the scenario as a version of the anchoring model. Raises `Overtaken` where it is gone or is frozen."""
    Programme.objects.select_for_update().get(pk=scenario.programme_id)  # the model is made once
    locked = Scenario.objects.select_for_update(of=("self",)).filter(pk=scenario.pk).first()
    if locked is None or locked.is_frozen:
        raise Overtaken
    document = model_document(locked.programme)
    if document.pk is None:
        document.save(force_insert=True)
    version = DocumentVersion.objects.create(document=document, label=label, dated_on=dated_on)
    Scenario.objects.filter(pk=locked.pk).update(version=version, frozen_by=by, frozen_at=Now())
    return version


@transaction.atomic
def discard(scenario: Scenario) -> None:
    """Throw a draft away, with its sources. Raises `Overtaken` where it is gone or frozen."""
    locked = Scenario.objects.select_for_update().filter(pk=scenario.pk).first()
    if locked is None or locked.is_frozen:
        raise Overtaken
    locked.sources.all().delete()
    locked.delete()
