"""Courses in a list, and a volunteer's own courses."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import OuterRef, Q, QuerySet
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from associations.models import Association
from bydelsmoedre.addresses import url
from bydelsmoedre.danish import dato, tidspunkt
from bydelsmoedre.fields import Choices, FilterField, FilterForm
from bydelsmoedre.listing import Column, Listing
from bydelsmoedre.moment import Moment, today
from bydelsmoedre.remembering import recall
from bydelsmoedre.searching import SearchKey, holds_all, wanted
from bydelsmoedre.sorting import danish_key, danish_order
from bydelsmoedre.suppression import breakdown
from programme.access import StandingRequest
from reports.figures.courses import issued, number_of
from reports.findings import Finding, found, in_words
from reports.moments import Asked, ask
from reports.views.own import own_associations
from training.completion import completions
from training.models import Course, Curriculum, Participation, Session
from volunteers.models import Volunteer

PLANNED, UNDER_WAY, FINISHED = "planned", "under_way", "finished"
STATES = {
    PLANNED: gettext_lazy("Planned"),
    UNDER_WAY: gettext_lazy("Under way"),
    FINISHED: gettext_lazy("Finished"),
}
#: The shape that stands beside a state's words.
SHAPES = {PLANNED: "not_yet", UNDER_WAY: "founded", FINISHED: "met"}

#: What of the training needs attention, in the order in which it is shown.
CODES = {
    "attendance_missing": gettext_lazy("Attendance is not recorded"),
    "certificate_proposed": gettext_lazy("The diploma or course certificate is not issued"),
    "mother_without_diploma": gettext_lazy("Mothers without a diploma or recognised training"),
}
#: So many of each are listed; all are counted.
MOST = 3


def state_of(course: Course, on: dt.date) -> str:
    """Is the course planned, under way or finished on that day?"""
    return PLANNED if on < course.starts_on else FINISHED if on > course.ends_on else UNDER_WAY


class CourseFilter(FilterForm):
    """What can be asked of the list of courses."""

    q = forms.CharField(label=gettext_lazy("Name or place"), required=False, max_length=100, widget=forms.SearchInput)
    training = FilterField(label=gettext_lazy("Training"))
    association = FilterField(label=gettext_lazy("Association"))
    state = FilterField(label=gettext_lazy("Standing"))

    def __init__(self, asked: Any, *, trainings: Choices, associations: Choices, on: dt.date) -> None:
        super().__init__(asked)
        self.on = on
        for name, choices in {"training": trainings, "association": associations, "state": STATES.items()}.items():
            field: Any = self.fields[name]
            field.offer(choices)

    def filter(self, courses: QuerySet[Course]) -> QuerySet[Course]:
        given = self.cleaned_data
        if given["q"]:
            courses = courses.alias(key=SearchKey("name", "place")).filter(holds_all("key", wanted(given["q"])))
        if given["training"]:
            courses = courses.filter(curriculum__uuid=given["training"])
        if given["association"]:
            courses = courses.filter(association__uuid=given["association"])
        return courses.filter(self._of_state(given["state"]))

    def _of_state(self, state: str) -> Q:
        return {
            PLANNED: Q(starts_on__gt=self.on),
            UNDER_WAY: Q(starts_on__lte=self.on, ends_on__gte=self.on),
            FINISHED: Q(ends_on__lt=self.on),
        }.get(state, Q())


def _choices(courses: QuerySet[Course]) -> dict[str, Choices]:
    """The trainings and associations that there are courses of, in Danish order; one query."""
    asked = ("curriculum__uuid", "curriculum__name", "association__uuid", "association__name")
    rows = list(courses.order_by().values_list(*asked).distinct())
    pairs = {"trainings": [row[:2] for row in rows], "associations": [row[2:] for row in rows]}
    named = {name: {str(uuid): text for uuid, text in ours if uuid} for name, ours in pairs.items()}
    return {name: sorted(ours.items(), key=lambda pair: danish_key(pair[1])) for name, ours in named.items()}


@require_safe
def course_list(request: StandingRequest) -> HttpResponseBase:
    """The courses within reach, the latest first, and what of the training needs attention."""
    standing: Any = request.standing
    courses = Course.objects.visible_to(request.user)
    mine: list[Association] = []
    if standing.programme:
        courses = courses.filter(curriculum__programme=standing.programme)
    else:
        mine = own_associations(request)
    programme = standing.programme or next((one.programme for one in mine), None)
    asked = ask(request, programme)
    told = course_counts_told(list(counted(courses, asked.moment))) if standing.is_caseworker else None
    listing = _listing(request, courses, asked, told)
    if file := listing.file("hold"):
        return file
    context = {
        "listing": listing,
        "can_create": standing.is_secretariat and asked.is_present,
        "may_compare": standing.may_see_persons or bool(mine),
        "findings": _findings(request, asked, programme, mine),
    }
    return render(request, "training/list.html", asked.context() | context)


def _listing(
    request: StandingRequest, courses: QuerySet[Course], asked: Asked, counts: dict[int, dict[str, str]] | None
) -> Listing:
    moment = asked.moment
    programme = request.standing.programme
    about_whom = request.user.pk, programme and programme.pk, today()
    choices = recall(("course choices", *about_whom), lambda: _choices(courses))
    form = CourseFilter(request.GET, **choices, on=moment.on)
    about = [(_("As of"), dato(moment.on))]
    if not moment.is_known_now:
        about.append((_("As we knew it on"), tidspunkt(moment.known_at)))
    if programme:
        about.insert(0, (_("Programme"), programme.name))
    if form.is_valid():
        chosen = {name: dict(getattr(form.fields[name], "choices", ())) for name in form.fields}
        filtered = {name: chosen[name].get(value, value) for name, value in form.cleaned_data.items() if value}
        about += [(str(form.fields[name].label), str(words)) for name, words in filtered.items()]
    return Listing(
        request,
        counted(courses, moment),
        _columns(moment, asked.query, counts),
        title=_("Courses"),
        form=form,
        default="-first",
        about=about,
        moment_query=asked.query,
        is_impersonal=True,
    )


def counted(courses: QuerySet[Course], moment: Moment) -> QuerySet[Course]:
    """The courses, each with its sessions, seats, waiting list and certificates at the Moment."""
    held = Participation.objects.at(moment).filter(enrolment__course=OuterRef("pk"))
    planned = Session.objects.filter(course=OuterRef("pk"), is_make_up=False, is_cancelled=False)
    return courses.select_related("curriculum", "association").annotate(
        taken=number_of(held.filter(status=Participation.Status.ENROLLED), "enrolment__course"),
        waiting=number_of(held.filter(status=Participation.Status.WAITING), "enrolment__course"),
        planned=number_of(planned, "course"),
        begun=number_of(planned.filter(held_on__lte=moment.on), "course"),
        issued=issued(moment),
    )


def course_counts_told(courses: Sequence[Any]) -> dict[int, dict[str, str]]:
    """Each course's counts of persons in words for the municipality, by the course's id. `courses` are all that there
    are, counted: whatever is filtered, the same cells are hidden. Coordinators' certificates are told on Overblik
    alone, where they are held against the criterion's figure."""
    told: dict[int, dict[str, str]] = {course.pk: {} for course in courses}
    for name in ("taken", "waiting", "issued"):
        for training in {course.curriculum_id for course in courses}:
            ours = [course for course in courses if course.curriculum_id == training]
            words = breakdown([getattr(course, name) for course in ours])
            if name == "issued" and ours[0].curriculum.kind == Curriculum.Kind.COORDINATOR:
                words = [_("Not shown")] * len(ours)
            for course, word in zip(ours, words, strict=True):
                told[course.pk][name] = word
    return told


def _columns(moment: Moment, query: str, told: dict[int, dict[str, str]] | None) -> list[Column]:
    def state(course: Any) -> str:
        return state_in_words(course, moment.on, course.begun, course.planned)

    def number(course: Any, name: str) -> Any:
        """A number of persons: for the municipality in words."""
        return getattr(course, name) if told is None else told[course.pk][name]

    def count(name: str) -> Any:
        return lambda course: number(course, name)

    def seats(course: Any) -> str:
        return _("%(taken)s of %(capacity)s") % {"taken": number(course, "taken"), "capacity": course.capacity}

    return [
        Column(
            "name",
            _("Course"),
            lambda course: course.name,
            order=(danish_order("name"),),
            url=lambda course: url("training:course", course.uuid) + query,
            detail=lambda course: course.association.name if course.association else "",
        ),
        Column("training", _("Training"), lambda one: one.curriculum.name, order=(danish_order("curriculum__name"),)),
        Column(
            "association",
            _("Association"),
            lambda one: one.association.name if one.association else None,
            order=(danish_order("association__name"),),
            on_page=False,  # there it stands below the course's name
        ),
        Column("first", _("First day"), lambda course: course.starts_on, order=("starts_on",), is_number=True),
        Column("last", _("Last day"), lambda course: course.ends_on, order=("ends_on",), is_number=True),
        Column("state", _("Standing"), state, shape=lambda course: SHAPES[state_of(course, moment.on)]),
        Column("seats", _("Seats taken"), count("taken"), shown=seats, is_number=True),
        Column("capacity", _("Seats"), lambda course: course.capacity, on_page=False),
        Column("waiting", _("On the waiting list"), count("waiting"), is_number=True),
        Column("issued", _("Certificates"), count("issued"), is_number=True),
    ]


def state_in_words(course: Course, on: dt.date, begun: int, planned: int) -> str:
    """“Planned”, “session 4 of 15” or “Finished”."""
    state = state_of(course, on)
    if state == UNDER_WAY and planned:
        return capfirst(_("session %(number)s of %(all)s") % {"number": begun, "all": planned})
    return str(STATES[state])


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """What of one kind needs attention: the oldest, and how many there are in all."""

    title: str
    findings: list[Finding]

    @property
    def total(self) -> int:
        return self.findings[0].total

    @property
    def more(self) -> int:
        return self.total - len(self.findings)


def _findings(
    request: StandingRequest, asked: Asked, programme: Any, mine: Sequence[Association]
) -> list[FindingGroup]:
    """For the secretariat, the Foundation and, of her own associations, the local coordinator; two queries."""
    standing: Any = request.standing
    if programme is None or not (standing.may_see_persons or standing.is_local):
        return []
    ours = mine if standing.is_local else None
    listed = found(programme, asked.moment, codes=CODES, associations=ours, most=MOST)
    told = in_words(listed, request, is_present=asked.is_present)
    groups = ((title, [one for one in told if one.code == code]) for code, title in CODES.items())
    return [FindingGroup(str(title), findings) for title, findings in groups if findings]


# --- A volunteer's courses


@dataclass(frozen=True, slots=True)
class EnrolmentLine:
    """A course that a volunteer takes part in, waits for, or has left."""

    course: Course
    state: str  #: in words
    attended: int | None  #: modules; None where she has no seat on the day
    required: int | None
    modules: int  #: of the whole training
    certified_on: dt.date | None

    @property
    def name(self) -> str:
        return self.course.name

    @property
    def url(self) -> str:
        return self.course.get_absolute_url()


def enrolment_lines(volunteer: Volunteer, ids: Sequence[int], moment: Moment, user: Any) -> list[EnrolmentLine]:
    """The courses of a volunteer, who was recorded under these ids, as far as this reader may meet them, the latest
    first; two queries."""
    known = (
        Participation.objects.visible_to(user)
        .known(moment.known_at)
        .filter(enrolment__volunteer__in=ids, started_on__lte=moment.on)
        .select_related("enrolment__course")
        .order_by("-enrolment__course__starts_on", "enrolment", "started_on", "pk")
    )
    latest = {one.enrolment_id: one for one in known}
    if not latest:
        return []
    courses = [one.enrolment.course for one in latest.values()]
    far = completions(volunteer.programme_id, moment, courses=courses)
    return [_enrolment_line(one, far.get(pk), moment.on) for pk, one in latest.items()]


def _enrolment_line(held: Participation, far: Any, on: dt.date) -> EnrolmentLine:
    course = held.enrolment.course
    return EnrolmentLine(
        course,
        standing_in_words(held, on) or str(STATES[state_of(course, on)]),
        attended=len(far.attended) if far else None,
        required=far.required if far else None,
        modules=len(far.modules) if far else 0,
        certified_on=far.certified_on if far else None,
    )


def standing_in_words(held: Participation, on: dt.date) -> str:
    """That she has left, or waits; "" for who has a seat."""
    if held.ended_on and held.ended_on < on:
        return capfirst(held.get_end_reason_display())
    return capfirst(held.get_status_display()) if held.status == Participation.Status.WAITING else ""
