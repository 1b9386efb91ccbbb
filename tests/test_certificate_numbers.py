"""The number on a diploma: every row has one that stays its own, and one wrong character is noticed."""

import uuid

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from bydelsmoedre.owner import as_owner
from tests import factories as make
from tests.refusing import refused_by
from training.numbers import ALPHABET, LENGTH, bare, grouped, is_whole, number_of


def number_in_sql(identity):
    with connection.cursor() as cursor:
        cursor.execute("select certificate_number(%s)", [identity])
        return cursor.fetchone()[0]


def numbers():
    """Numbers as PostgreSQL makes them: nine characters by chance, and the one that makes them whole."""
    begun = st.text(st.sampled_from(ALPHABET), min_size=LENGTH - 1, max_size=LENGTH - 1)
    return begun.map(lambda chance: next(chance + one for one in ALPHABET if is_whole(chance + one)))


@given(numbers())
def test_every_single_wrong_character_is_noticed(number):
    others = [
        number[:place] + one + number[place + 1 :]
        for place in range(LENGTH)
        for one in ALPHABET
        if one != number[place]
    ]

    assert not any(map(is_whole, others))


@given(numbers())
def test_any_two_characters_that_have_changed_places_are_noticed(number):
    for first in range(LENGTH):
        for second in range(first + 1, LENGTH):
            letters = list(number)
            letters[first], letters[second] = letters[second], letters[first]
            assert is_whole("".join(letters)) == (letters[first] == letters[second])


@given(st.text(max_size=20))
def test_whatever_is_typed_is_answered(typed):
    assert is_whole(bare(typed)) in (True, False)


def test_number_is_read_however_it_is_typed():
    assert bare(" k7qm2 - xrd9f ") == bare("K7QM2\u2013XRD9F") == "K7QM2XRD9F"
    assert grouped("K7QM2XRD9F") == "K7QM2-XRD9F"


def test_numbers_are_whole_differ_stay_and_are_postgresql_s(db):
    identities = [uuid.uuid5(uuid.NAMESPACE_URL, str(n)) for n in range(300)]

    found = [number_of(one) for one in identities]

    assert found == [number_in_sql(one) for one in identities]
    assert all(map(is_whole, found))
    assert len(set(found)) == 300
    assert number_of(uuid.UUID(int=1)) == "2U7MBBEPHS"


@pytest.mark.django_db
def test_the_next_version_of_a_certificate_keeps_its_number_and_a_new_one_has_another(programme):
    first = make.certificate(make.VolunteerFactory(programme=programme))
    following = first.supersede(by=None, reason="Dagen var forkert", ended_on=None)

    other = make.certificate(make.VolunteerFactory(programme=programme))

    assert following.number == first.number != other.number


def test_number_of_one_certificate_is_never_another_s(db):
    """Two identities with the same number cannot be met by chance: one is made to seem so."""
    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        programme = make.plan("København")
        issued = make.certificate(make.VolunteerFactory(programme=programme))
        cursor.execute(
            "create or replace function certificate_number(identity uuid) returns text language sql immutable"
            f" as $$ select '{issued.number}' $$"
        )

        refused = refused_by(make.certificate, make.VolunteerFactory(programme=programme))

        transaction.set_rollback(True)
    assert refused == "training_number_of_one"
