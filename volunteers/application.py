"""An application from the public page: somebody becomes interested, without a login and without knowing whether she is
known already.

Who applies twice has one candidacy. Nothing that the page answers tells whether a person is known.
"""

import re
from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import F, Func, QuerySet, TextField, Value
from django.db.models.functions import Right

from associations.models import HousingArea
from bydelsmoedre.moment import Moment, today
from programme.models import Programme
from volunteers.merging import together
from volunteers.models import Candidacy, Declaration, LanguageSkill, StageEvent, Volunteer
from volunteers.notice import VERSION
from volunteers.recruitment import Standing, begin_candidacy, is_open, standings

#: Who works already, or only rests, is not interested anew.
WORKING = (Standing.MOTHER, Standing.COORDINATOR, Standing.PAUSED, Standing.ACCEPTED)


@transaction.atomic
def apply(
    programme: Programme,
    *,
    name: str,
    phone: str,
    email: str,
    housing_area: HousingArea | None,
    languages: Iterable[str],
) -> Candidacy | None:
    """Record the application; None where she is on her way or at work already. Two at once wait for each other."""
    _one_at_a_time(programme)
    email = email.strip().lower()
    known = _known(programme, phone, email)
    if any(_is_under_way(one) for one in known):
        return None
    volunteer = known[0] if known else _new(programme, name, phone, email, housing_area)
    spoken = set(LanguageSkill.objects.current().filter(volunteer=volunteer).values_list("language", flat=True))
    for language in languages:
        if language not in spoken:
            LanguageSkill.record(by=None, volunteer=volunteer, language=language, happened_on=today())
    _told(volunteer)
    return begin_candidacy(volunteer, on=today(), by=None)


def _one_at_a_time(programme: Programme) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(20111234, %s)", [programme.pk])


def _digits(phone: str) -> str:
    return re.sub(r"\D", "", phone)[-8:]


def _known(programme: Programme, phone: str, email: str) -> list[Volunteer]:
    """Those of the programme with the same e-mail or number, each as the one who is kept."""
    people = Volunteer.objects.filter(programme=programme, erased_at=None)
    found: list[Volunteer] = [*people.filter(email=email)] if email else []
    if len(_digits(phone)) == 8:
        found += _with_number(people, _digits(phone))
    now = Moment()
    return list(dict.fromkeys(together(one, now).kept or one for one in found))


def _with_number(people: QuerySet[Volunteer], digits: str) -> QuerySet[Volunteer]:
    plain = Func(F("phone"), Value(r"\D"), Value(""), Value("g"), function="regexp_replace", output_field=TextField())
    return people.annotate(digits=Right(plain, 8)).filter(digits=digits).order_by("pk")


def _is_under_way(volunteer: Volunteer) -> bool:
    ids = together(volunteer, Moment()).ids
    steps = StageEvent.objects.current().filter(candidacy__volunteer__in=ids)
    by_candidacy: dict[int, list[StageEvent]] = {}
    for step in steps:
        by_candidacy.setdefault(step.candidacy_id, []).append(step)
    standing = standings(volunteer.programme_id, Moment(), persons=[volunteer.pk]).get(volunteer.pk)
    return standing in WORKING or any(is_open(taken) for taken in by_candidacy.values())


def _new(programme: Programme, name: str, phone: str, email: str, area: HousingArea | None) -> Volunteer:
    return Volunteer.objects.create(programme=programme, name=name, phone=phone, email=email, housing_area=area)


def _told(volunteer: Volunteer) -> None:
    """She was shown what is stored about her: which version of it."""
    given = Declaration.objects.current().filter(volunteer=volunteer, kind=Declaration.Kind.PRIVACY_INFORMATION)
    if not given.exists():
        Declaration.record(
            by=None,
            volunteer=volunteer,
            kind=Declaration.Kind.PRIVACY_INFORMATION,
            started_on=today(),
            version=VERSION,
        )
