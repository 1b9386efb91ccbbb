"""What is not there, what is there already: a clear answer, and nothing is half saved."""

import pytest
from django.db import IntegrityError
from django.urls import reverse

from tests import factories as make
from tests.doors import D, assert_refused, saved, says, send
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db


# --- What is not there

MISSING = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "address",
    [
        "/foreninger/{0}/ret/",
        "/foreninger/{0}/trin/board/",
        "/frivillige/{0}/ret/",
        "/frivillige/{0}/rolle/",
        "/frivillige/rolle/{0}/afslut/",
        "/uddannelse/bevis/{0}/",
        "/dokumenter/{0}/vedtagelse/",
        "/aftaler/{0}/underskrift/",
        "/oekonomi/bilag/{0}/ret/",
        "/oekonomi/kladder/{0}/ret/",
        "/oekonomi/kladder/{0}/slet/",
        "/oekonomi/kladder/{0}/send-tilbage/",
        "/oekonomi/disponering/{0}/afslut/",
        "/oekonomi/budget/{0}/finansiering/",
        "/oekonomi/budget/{0}/godkendelse/",
        "/oekonomi/budget/{0}/rate/",
        "/oekonomi/budget/{0}/omdisponering/",
        "/oekonomi/rate/{0}/",
        "/oekonomi/rate/{0}/slet/",
        "/oekonomi/omdisponering/{0}/svar/",
        "/traek-tilbage/stiftelsestrin/{0}/",
        "/traek-tilbage/findes-ikke/{0}/",
    ],
)
def test_unknown_id_is_404(visitor, address, method):
    assert getattr(visitor, method)(address.format(MISSING)).status_code == 404
    assert getattr(visitor, method)(address.format("ikke-en-uuid")).status_code == 404


def test_unknown_kind_of_step_is_404(world, visitor):
    url = reverse("associations:step", args=[world.association.uuid, "findes-ikke"])

    assert (visitor.get(url).status_code, visitor.post(url).status_code) == (404, 404)


# --- Twice, and two at once

ONCE = "The step is recorded already."


def test_step_recorded_twice_is_told_so(world, visitor):
    url = reverse("associations:step", args=[world.association.uuid, "meeting"])
    before = saved()

    response = visitor.post(url, {"happened_on": "2011-06-01"})

    assert_refused(response, "happened_on", says(ONCE), "2011-06-01", before)


def test_election_on_a_day_that_has_one_is_told_so(world, visitor):
    url = reverse("associations:step", args=[world.association.uuid, "board"])
    before = saved()

    response = visitor.post(url, {"happened_on": "26.05.2011", "board_members": "6"})

    message = says("An election on that day is recorded already.")
    assert_refused(response, "happened_on", message, "26.05.2011", before)


def test_fact_that_is_retracted_already_is_gone(world, visitor):
    url = world.url("reports:retract stiftelsestrin")
    send(world, visitor, "reports:retract stiftelsestrin")

    assert (visitor.get(url).status_code, visitor.post(url, {"reason": "Igen"}).status_code) == (404, 404)


def test_database_refuses_the_second_step_itself(world):
    with pytest.raises(IntegrityError):
        make.step(world.association, "meeting", D(2011, 6, 1))


def test_erased_person_can_share_the_empty_email(world):
    for name in ("En", "To"):
        Volunteer.objects.create(programme=world.programme, name=name)

    assert Volunteer.objects.filter(programme=world.programme, email="").count() == 2
