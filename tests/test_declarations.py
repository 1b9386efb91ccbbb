"""Which declarations somebody lacks: the same in SQL, for the findings of many, and in Python, for one person."""

import datetime as dt

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from bydelsmoedre.moment import Moment
from bydelsmoedre.prepared import ask_anew
from tests import factories as make
from volunteers.declarations import ANSWER_WITHIN, CHECKS, REQUIRED, Lack, check_sql, lacks, required_sql
from volunteers.models import Declaration

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(1)
SINCE = settings.CHILD_CHECK_FROM
ON = dt.date(2014, 3, 31)
#: The first day on which a check of that day still holds: so many months before, and the day after.
MONTHS_BEFORE = dt.date(2012, 3, 31)


@pytest.fixture
def person(programme):
    return make.VolunteerFactory(programme=programme)


def declare(person, **by_kind):
    for kind, since in by_kind.items():
        Declaration.record(by=None, volunteer=person, kind=kind, started_on=since)


def in_sql(person, on):
    sql = f"select {required_sql('v.id')} + {check_sql('v.id')} from volunteers_volunteer v where v.id = %(person)s"
    return Lack(ask_anew(sql, {"person": person.pk, "on": on, "known_at": Moment().known_at})[0][0])


def in_python(person, on):
    return lacks(Declaration.objects.current().filter(volunteer=person), on, acts=True)


def both(person, on):
    found = in_python(person, on)
    assert in_sql(person, on) == found
    return found


def test_what_is_asked_of_all_is_lacking_until_its_day(person):
    declare(person, **dict.fromkeys(REQUIRED, SINCE - DAY))

    everything = Lack.CONFIDENTIALITY | Lack.DUTY_TO_REPORT | Lack.PRIVACY_INFORMATION
    assert [both(person, day) for day in (SINCE - 2 * DAY, SINCE - DAY)] == [everything, Lack(0)]


def test_check_is_asked_for_since_the_law_came(person):
    declare(person, **dict.fromkeys(REQUIRED, SINCE - DAY))

    assert [both(person, day) for day in (SINCE - DAY, SINCE)] == [Lack(0), Lack.CHECK]


def test_check_that_was_asked_for_is_awaited_so_many_days(person):
    declare(person, **dict.fromkeys(REQUIRED, SINCE), check_asked=SINCE)

    last = SINCE + dt.timedelta(ANSWER_WITHIN)
    assert [both(person, day) for day in (last, last + DAY)] == [Lack(0), Lack.CHECK_UNANSWERED]


@pytest.mark.parametrize(("assessed", "lacking"), [(MONTHS_BEFORE + DAY, Lack(0)), (MONTHS_BEFORE, Lack.CHECK_OLD)])
def test_check_grows_old_in_so_many_months(person, assessed, lacking):
    declare(person, **dict.fromkeys(REQUIRED, SINCE), check_assessed=assessed)

    assert both(person, ON) == lacking


def test_check_that_is_not_required_never_grows_old(person):
    declare(person, **dict.fromkeys(REQUIRED, SINCE), check_not_required=SINCE)

    assert both(person, ON) == Lack(0)


@trying(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    declared=st.dictionaries(
        st.sampled_from([str(kind) for kind in (*REQUIRED, *CHECKS)]), st.dates(SINCE - 30 * DAY, ON), max_size=6
    ),
    on=st.dates(SINCE - 30 * DAY, ON),
)
def test_sql_and_python_never_differ(programme, declared, on):
    person = make.VolunteerFactory(programme=programme)
    declare(person, **declared)

    assert in_sql(person, on) == in_python(person, on)
