"""The file that proves a fact: it has no address of its own, and is reached only through its fact."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from budget.models import Posting
from bydelsmoedre.addresses import url
from programme.access import StandingRequest, fetch
from programme.admin_reach import programme_of
from programme.facts import Fact
from programme.files import file_answer
from programme.models import Programme
from programme.readings import saw
from reports.views.retraction import KINDS
from volunteers.models import Volunteer

#: Kinds of facts that may carry a file, by the word in the address; postings are reversed, so not among the retracted.
WITH_FILES: dict[str, type[Fact]] = KINDS | {"postering": Posting}
WORDS = {model: word for word, model in WITH_FILES.items()}


@require_safe
def evidence(request: StandingRequest, kind: str, uuid: UUID) -> FileResponse:
    """The file as something to be saved. Whoever may not read words about persons may not read papers either."""
    model = WITH_FILES.get(kind)
    if model is None:
        raise Http404
    fact: Any = fetch(model._default_manager.current().select_related("evidence"), request.user, uuid)
    programme = Programme.objects.get(pk=programme_of(fact))
    standing = request.standing.within(programme)
    if not (standing.may_see_persons or standing.is_local):
        raise PermissionDenied
    answer = file_answer(fact.evidence)
    _note_person(fact)
    return answer


def _note_person(fact: Any) -> None:
    """Whose paper it is has been read about (`programme.readings`)."""
    about = getattr(fact, fact.anchor)
    person = about if isinstance(about, Volunteer) else getattr(about, "volunteer", None)
    if person is not None:
        saw(person.programme_id, person.uuid)


def evidence_url(fact: Any) -> str:
    """Where the fact's file is fetched; "" where there is none."""
    has_file = fact.evidence_id is not None and bool(fact.evidence.file)
    return url("reports:evidence", WORDS[type(fact)], fact.uuid) if has_file else ""
