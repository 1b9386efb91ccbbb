"""Write what is taught: a training, drafts of its versions, their adoption, and what is recognised in its place."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bydelsmoedre.addresses import is_uuid, url
from bydelsmoedre.entry import enter
from programme.access import StandingRequest, fetch, only_secretariat, programme_to_change
from training.forms import AboutDraftForm, AdoptForm, CoverForm, CurriculumForm, DraftForm
from training.models import Curriculum, CurriculumDraft, CurriculumVersion
from training.progress import requirement_in_words
from training.syllabus import adopt, said_by


def create_curriculum(request: StandingRequest) -> HttpResponse:
    """A new training; its first version is written as a draft."""
    programme = programme_to_change(request)
    return enter(
        request,
        partial(CurriculumForm, programme=programme),
        save=lambda form: form.save(),
        title=_("New training"),
        submit_label=_("Make the training"),
        back_url=url("training:curricula"),
        done_url=lambda made: made.get_absolute_url(),
    )


def draft(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A new draft: empty, or like the version that `som` names."""
    found = _curriculum(request, uuid)
    named = request.GET.get("som", "")
    known = CurriculumVersion.objects.current().filter(curriculum=found)
    model = known.filter(uuid=named).first() if is_uuid(named) else None
    initial = said_by(model) | {"label": ""} if model else None
    return enter(
        request,
        partial(DraftForm, curriculum=found, initial=initial),
        save=lambda form: form.save(),
        title=_("New draft"),
        intro=found.name,
        submit_label=_("Save the draft"),
        back_url=found.get_absolute_url(),
        template="training/draft.html",
    )


def edit_draft(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Go on writing a draft."""
    found = _draft(request, uuid)
    return enter(
        request,
        partial(DraftForm, curriculum=found.curriculum, instance=found),
        save=lambda form: form.save(),
        title=_("Write on in the draft"),
        intro=str(found),
        submit_label=_("Save the draft"),
        back_url=found.curriculum.get_absolute_url(),
        template="training/draft.html",
    )


def discard_draft(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Throw a draft away."""
    found = _draft(request, uuid)
    return enter(
        request,
        partial(AboutDraftForm, draft=found),
        save=lambda form: found.delete(),
        title=_("Throw the draft away"),
        intro=str(found),
        submit_label=_("Throw away"),
        back_url=found.curriculum.get_absolute_url(),
        danger=True,
        success=_("The draft is thrown away."),
    )


def adopt_draft(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Adopt a draft: from then on it is never edited."""
    found = _draft(request, uuid)

    def save(form: AdoptForm) -> CurriculumVersion:
        made = adopt(found, form.version(by=request.user), by=request.user, reason=_("A new version is adopted."))
        form.tell(made)
        return made

    return enter(
        request,
        partial(AdoptForm, draft=found),
        save=save,
        title=_("Adopt the version"),
        intro=_("%(draft)s: %(requirement)s. Once adopted it can no longer be corrected.")
        % {"draft": found, "requirement": requirement_in_words(found)},
        submit_label=_("Adopt"),
        back_url=found.curriculum.get_absolute_url(),
    )


def cover(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Another training is recognised in the place of this one."""
    found = _curriculum(request, uuid)
    return enter(
        request,
        partial(CoverForm, curriculum=found),
        save=lambda form: form.record(by=request.user, programme=found.programme),
        title=_("Recognise another training"),
        intro=_("Whoever has a certificate of it can be issued one of %(training)s.") % {"training": found.name},
        submit_label=_("Recognise"),
        back_url=found.get_absolute_url(),
    )


def _curriculum(request: HttpRequest, uuid: UUID) -> Curriculum:
    found: Curriculum = fetch(Curriculum.objects.select_related("programme"), request.user, uuid, change=True)
    only_secretariat(request.user, found.programme_id)
    return found


def _draft(request: HttpRequest, uuid: UUID) -> CurriculumDraft:
    drafts = CurriculumDraft.objects.select_related("curriculum__programme")
    found: CurriculumDraft = fetch(drafts, request.user, uuid, change=True)
    return found
