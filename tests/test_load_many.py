"""The measured year: its SQL names every column, so it must follow the models, or `make bench` does not run."""

import pytest

from bydelsmoedre.moment import Moment
from reports.benchmark.many import PEOPLE, load_many
from reports.figures.counts import counts
from training.models import Attendance
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_year_of_everything_is_loaded_and_counted():
    programme = load_many(1)

    assert Volunteer.objects.filter(programme=programme).count() == PEOPLE
    assert Attendance.objects.exists()
    assert counts(programme, Moment(programme.deadline)).new_mothers > 0
