"""Pages of how a person came: her candidacy and its steps, what was seen in her, the answer of the formerly paid."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from bydelsmoedre.entry import enter
from programme.access import StandingRequest, fetch
from volunteers.forms import AnswerForm, AssessmentForm, CandidacyForm, StageForm, TransitionForm
from volunteers.models import Candidacy, StageEvent, Transition, Volunteer
from volunteers.recruitment import TITLES, begin_candidacy, record_stage

#: Recruiting is the secretariat's: for who may not see a candidacy of hers, its pages do not exist.
_PERSON = "volunteer__programme"


def _recruited(request: StandingRequest, uuid: UUID) -> Volunteer:
    """The person, for who recruits; her own local coordinator does not."""
    volunteer: Volunteer = fetch(Volunteer.objects.select_related("programme"), request.user, uuid, change=True)
    if not request.standing.within(volunteer.programme).may_see_persons:
        raise Http404
    return volunteer


def candidacy(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """A person becomes interested: her candidacy begins."""
    volunteer = _recruited(request, uuid)
    return enter(
        request,
        partial(CandidacyForm, volunteer=volunteer),
        save=lambda form: begin_candidacy(volunteer, on=form.cleaned_data["happened_on"], by=request.user),
        title=_("New candidacy"),
        intro=str(volunteer),
        submit_label=_("Begin the candidacy"),
        back_url=volunteer.get_absolute_url(),
    )


def stage(request: StandingRequest, uuid: UUID, stage: str) -> HttpResponse:
    """Record the next step of a candidacy."""
    if stage not in StageEvent.Stage.values:
        raise Http404
    candidacies = Candidacy.objects.select_related(_PERSON)
    found = fetch(candidacies, request.user, uuid, change=True)

    def save(form: StageForm) -> StageEvent:
        given = form.cleaned_data
        return record_stage(found, stage=stage, on=given["happened_on"], by=request.user, note=given["note"])

    return enter(
        request,
        partial(StageForm, candidacy=found, stage=stage),
        save=save,
        title=str(TITLES[StageEvent.Stage(stage)]),
        intro=str(found.volunteer),
        back_url=found.volunteer.get_absolute_url(),
        success=_("Saved: %(step)s.") % {"step": capfirst(StageEvent.Stage(stage).label)},
    )


def assessment(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """What recruitment has seen in a person: the three things that it looks at."""
    candidacies = Candidacy.objects.select_related(_PERSON)
    found = fetch(candidacies, request.user, uuid, change=True)
    return enter(
        request,
        partial(AssessmentForm, candidacy=found),
        save=lambda form: form.record(by=request.user),
        title=_("Assessment"),
        intro=str(found.volunteer),
        submit_label=_("Save the assessment"),
        back_url=found.volunteer.get_absolute_url(),
        template="volunteers/assessment.html",
    )


def transition(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Record that a person was paid in one of the former projects."""
    volunteer = _recruited(request, uuid)
    return enter(
        request,
        partial(TransitionForm, volunteer=volunteer),
        save=lambda form: form.save(),
        title=_("Formerly paid"),
        intro=str(volunteer),
        back_url=volunteer.get_absolute_url(),
    )


def answer(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Record what a formerly paid mother has answered."""
    transitions = Transition.objects.select_related(_PERSON)
    found = fetch(transitions, request.user, uuid, change=True)
    return enter(
        request,
        partial(AnswerForm, transition=found),
        save=lambda form: form.record(by=request.user, programme=found.volunteer.programme),
        title=_("Her answer to going on as a volunteer"),
        intro=str(found.volunteer),
        submit_label=_("Record the answer"),
        back_url=found.volunteer.get_absolute_url(),
    )
