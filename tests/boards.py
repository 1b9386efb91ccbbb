"""Boards and what associations adopt: rows for the tests that try every door, and short words for tests about them."""

import datetime as dt

from associations.models import AssociationAdoption
from programme.models import Document
from tests import factories as make
from volunteers.models import Membership

D = dt.date

FULL = ("chair", "treasurer", "board_member", "board_member", "board_member")


def seat(association, role, since=D(2011, 5, 26), until=None, term=None, person=None):
    """A seat on the association's board, of somebody new unless a person is given."""
    person = person or make.VolunteerFactory(programme=association.programme)
    values = {"association": association, "role": role, "started_on": since, "ended_on": until, "term_ends_on": term}
    return Membership.record(by=None, volunteer=person, **values)


def seats(association, *roles, **values):
    return [seat(association, role, **values) for role in roles]


def adopt(association, version, on=D(2011, 6, 1), **values):
    return AssociationAdoption.record(by=None, association=association, version=version, happened_on=on, **values)


def board_rows(programme, association, word="", count=1):
    """Earlier seats, and adoptions of this association and of others: `count` of each. `word` stands in what is written
    about persons."""
    document = Document.objects.get(programme=programme, kind="training_concept")
    for number in range(count):
        day = D(2009, 1, 1) + dt.timedelta(number)
        person = make.VolunteerFactory(programme=programme, name=f"{word} Tidligere {number}")
        seat(association, "chair", since=day, until=day, person=person)
        seat(association, "substitute", since=day, term=D(2010, 1, 1))
        version = make.DocumentVersionFactory(document=document, label=f"lokal {number}")
        adopted = adopt(association, version, D(2011, 6, 1) + dt.timedelta(number), note=f"{word} talte imod")
        adopt(make.AssociationFactory(programme=programme), version)
    return {
        "foreningsvedtagelse": adopted,
        "adoptable": make.DocumentVersionFactory(document=document, label="til foreningerne"),
    }
