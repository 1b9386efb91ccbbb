"""Issue a certificate, with how far the person is."""

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bydelsmoedre.entry import enter
from bydelsmoedre.moment import Moment
from programme.access import fetch, only_secretariat
from training.completion import Completion, completions
from training.forms import CertificateForm
from training.models import Course, Enrolment
from training.progress import in_words
from volunteers.models import Volunteer


@dataclass(frozen=True, slots=True)
class Step:
    """How far a person is in one of her courses."""

    course: Course
    completion: Completion

    @property
    def words(self) -> str:
        return in_words(self.completion)


def certificate(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Issue a certificate: the secretariat's to do, not the local coordinator's."""
    volunteer = fetch(Volunteer.objects.select_related("programme"), request.user, uuid, change=True)
    only_secretariat(request.user, volunteer.programme_id)
    steps = _steps(volunteer)
    proposed = next((step for step in steps if step.completion.is_proposed), None)
    initial = {"curriculum": proposed.course.curriculum_id} if proposed else {}
    return enter(
        request,
        partial(CertificateForm, volunteer=volunteer, initial=initial),
        save=lambda form: form.record(by=request.user, programme=volunteer.programme),
        title=_("Issue a certificate"),
        intro=str(volunteer),
        submit_label=_("Issue the certificate"),
        back_url=volunteer.get_absolute_url(),
        template="training/certificate.html",
        steps=[step for step in steps if step.completion.certified_on is None],
    )


def _steps(volunteer: Volunteer) -> list[Step]:
    """Her courses with how far she is in each, the latest first; two queries."""
    mine = Enrolment.objects.filter(volunteer=volunteer).select_related("course__curriculum")
    enrolments = list(mine.order_by("-course__starts_on", "pk"))
    found = completions(volunteer.programme_id, Moment(), courses=[one.course for one in enrolments])
    return [Step(one.course, found[one.pk]) for one in enrolments if one.pk in found]
