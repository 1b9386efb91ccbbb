"""A year with a change on each of its days costs the overview no more statements than a quiet one."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories as make

D = dt.date
pytestmark = pytest.mark.django_db


def test_five_criteria_and_curves_of_365_days_cost_twelve_queries(programme, secretary):
    place = make.found(make.AssociationFactory(programme=programme), D(2011, 1, 1))
    for day in range(365):
        make.counting_coordinator(place, since=D(2011, 1, 1) + dt.timedelta(day))
    secretary.get(reverse("reports:dashboard"), {"on": "2011-06-30"})  # the connection prepares its statements once
    with CaptureQueriesContext(connection) as asked:
        page = secretary.get(reverse("reports:dashboard"), {"on": "2011-12-31"})

    coordinators = page.context["charts"][1].lines[0]
    assert len(page.context["criteria"]) == 5
    assert coordinators.last == "365"
    assert len({point.split(",")[1] for point in coordinators.points.split()}) >= 365
    assert len(asked) <= 12
