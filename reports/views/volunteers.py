"""One person as a page shows her at a Moment: contact, roles, training, how she came, what she has declared."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bydelsmoedre.addresses import url
from programme.access import Standing, StandingRequest, fetch, may_change
from programme.facts import Fact
from programme.findings import Whose
from reports.findings import KINDS, Finding, found, in_words
from reports.moments import Asked, ask
from reports.views.members import member_lines
from reports.views.training import enrolment_lines
from reports.views.volunteer_certificates import certificate_lines
from reports.views.volunteer_contact import contact_of
from reports.views.volunteer_declared import Declared
from reports.views.volunteer_list import SHAPES
from reports.views.volunteer_recruitment import (
    CandidacyLine,
    Line,
    assessment_lines,
    candidacy_lines,
    retract_url,
    transition_line,
)
from reports.views.volunteer_timeline import timeline
from training.models import Certificate, Dispensation
from volunteers.matching import Likeness, resembling_person
from volunteers.merging import together
from volunteers.models import Declaration, LanguageSkill, Membership, StageEvent, TransitionAnswer, Volunteer
from volunteers.models.people import MembershipQuerySet
from volunteers.recruitment import CANDIDATES, is_open, standing_of


@dataclass(frozen=True, slots=True)
class Reader:
    """What the one who looks may meet of this person, and do about her."""

    sees_recruitment: bool  #: candidacy, transition
    sees_assessments: bool
    may_change: bool
    may_recruit: bool


def _reader(request: StandingRequest, standing: Standing, volunteer: Volunteer, asked: Asked) -> Reader:
    return Reader(
        sees_recruitment=standing.may_see_persons,
        sees_assessments=standing.is_secretariat,
        may_change=asked.is_present and may_change(volunteer, request.user),
        may_recruit=standing.is_secretariat and asked.is_present,
    )


@require_safe
def volunteer_detail(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """One volunteer at a Moment."""
    related = ("housing_area__district", "programme", "transition")
    volunteer = fetch(Volunteer.objects.select_related(*related), request.user, uuid)
    standing: Any = request.standing.within(volunteer.programme)
    request.standing = standing
    asked = ask(request, volunteer.programme)
    reader = _reader(request, standing, volunteer, asked)
    same = together(volunteer, asked.moment)
    facts = _facts(request, same.ids, asked, reader)
    roles = member_lines(facts.roles, asked.moment, may_change=reader.may_change)
    courses = enrolment_lines(volunteer, same.ids, asked.moment, request.user)
    stands = standing_of(facts.steps, (role.membership for role in roles), asked.moment.on)
    context = {
        "volunteer": volunteer,
        "person_standing": stands,
        "person_shape": SHAPES[stands] if stands else "",
        "languages": [
            Line(one, one.get_language_display(), retract_url("sprog", one, reader.may_change))
            for one in facts.languages
        ],
        "assessments": facts.assessments,
        "memberships": roles,
        "certificates": certificate_lines(
            facts.certificates,
            facts.languages,
            is_named=volunteer.erased_at is None,
            may_change=reader.may_recruit,
        ),
        "exceptions": [Line(one, "", retract_url("dispensation", one, reader.may_recruit)) for one in facts.exceptions],
        "courses": courses,
        "declarations": Declared(
            facts.declarations,
            asked.moment.on,
            stands,
            takes_part=any(one.attended is not None for one in courses),
            may_change=reader.may_change,
        ).lines(),
        "findings": _findings(request, standing, volunteer, asked),
        "contact": contact_of(
            volunteer,
            same.ids,
            asked.moment,
            request.user,
            spoken={skill.language for skill in facts.languages},
            stands=stands,
            may_change=reader.may_change,
        ),
        "timeline": timeline(facts, roles, asked.moment.on),
        "same": same,
        "reader": reader,
        "can_change": reader.may_change,
        "likely": _likely(request, volunteer, same.ids) if reader.may_recruit and stands in CANDIDATES else [],
        **(recruited := _recruitment(volunteer, facts, reader)),
        **_addresses(volunteer, reader),
        "next_step": _next_step(recruited["candidacies"]),
    }
    return render(request, "volunteers/detail.html", asked.context() | context)


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of the person by the day, as far as this reader may meet it."""

    roles: MembershipQuerySet
    steps: list[StageEvent]
    languages: list[LanguageSkill]
    declarations: list[Declaration]
    certificates: list[Certificate]
    exceptions: list[Dispensation]
    answers: list[TransitionAnswer]
    assessments: list[Any]


def _facts(request: StandingRequest, ids: Sequence[int], asked: Asked, reader: Reader) -> Facts:
    moment = asked.moment

    def known(model: type[Fact], **about: Any) -> Any:
        facts: Any = model._default_manager
        return facts.known(moment.known_at).filter(period__startswith__lte=moment.on, **about)

    recruited = reader.sees_recruitment
    steps = known(StageEvent, candidacy__volunteer__in=ids).select_related("candidacy")
    answers = known(TransitionAnswer, transition__volunteer__in=ids).select_related("transition")
    return Facts(
        roles=Membership.objects.visible_to(request.user).filter(volunteer__in=ids),
        steps=list(steps) if recruited else [],
        languages=list(known(LanguageSkill, volunteer__in=ids)),
        declarations=list(known(Declaration, volunteer__in=ids)),
        certificates=list(known(Certificate, volunteer__in=ids).select_related("curriculum")),
        exceptions=list(known(Dispensation, volunteer__in=ids).select_related("recorded_by")) if recruited else [],
        answers=list(answers) if recruited else [],
        assessments=assessment_lines(request.user, ids, moment, reader.may_recruit) if reader.sees_assessments else [],
    )


def _likely(request: StandingRequest, volunteer: Volunteer, ids: list[int]) -> list[Likeness]:
    """Who may be the same as a candidate: she may have applied herself, and nobody was asked."""
    persons = Volunteer.objects.visible_to(request.user).filter(programme=volunteer.programme)
    return resembling_person(persons.select_related("housing_area"), volunteer, ids)


def _recruitment(volunteer: Volunteer, facts: Facts, reader: Reader) -> dict[str, Any]:
    if not reader.sees_recruitment:
        return {"candidacies": None, "transition": None, "begin_url": "", "transition_url": ""}
    candidacies = candidacy_lines(facts.steps, reader.may_recruit)
    may_begin = reader.may_recruit and not any(is_open(one.steps_taken) for one in candidacies)
    former = getattr(volunteer, "transition", None) or next((one.transition for one in facts.answers), None)
    can_mark = reader.may_recruit and former is None
    return {
        "candidacies": candidacies,
        "transition": transition_line(former, facts.answers, reader.may_recruit) if former else None,
        "begin_url": url("volunteers:candidacy", volunteer.uuid) if may_begin else "",
        "transition_url": url("volunteers:transition", volunteer.uuid) if can_mark else "",
    }


def _next_step(candidacies: list[CandidacyLine] | None) -> tuple[str, str] | None:
    """The step that she waits for, and its page: for the top of hers."""
    waiting = [one for one in candidacies or () if one.is_waiting and one.next_steps]
    return waiting[0].next_steps[0] if waiting else None


def _addresses(volunteer: Volunteer, reader: Reader) -> dict[str, str]:
    def address(name: str, may: bool) -> str:
        return url(name, volunteer.uuid) if may else ""

    may_hand_out = reader.may_recruit and volunteer.erased_at is None
    return {
        "edit_url": address("volunteers:edit", reader.may_change),
        "add_membership_url": address("volunteers:membership", reader.may_change),
        "enrol_url": url("training:list") if reader.may_recruit else "",
        "add_certificate_url": address("training:certificate", reader.may_recruit),
        "add_language_url": address("volunteers:language", reader.may_change),
        "declare_url": address("volunteers:declaration", reader.may_change),
        "access_url": address("volunteers:access", may_hand_out),
        "erase_url": address("volunteers:erase", may_hand_out),
        "readings_url": f"{url('volunteers:readings')}?person={volunteer.uuid}" if reader.sees_recruitment else "",
    }


def _findings(request: StandingRequest, standing: Standing, volunteer: Volunteer, asked: Asked) -> list[Finding]:
    """What is to be done about her; a local coordinator meets what is hers to do. Her name stands above already."""
    hers = [code for code, kind in KINDS.items() if kind.whose == Whose.LOCAL]
    of_persons = [code for code, kind in KINDS.items() if not kind.is_public]
    codes = of_persons if standing.may_see_persons else hers
    rows = found(volunteer.programme, asked.moment, codes=codes, about=volunteer.uuid)
    told = in_words(rows, request, is_present=asked.is_present)
    here = volunteer.get_absolute_url()
    return [
        replace(one, what=one.why, why="", url="" if one.url.partition("?")[0] == here else one.url) for one in told
    ]
