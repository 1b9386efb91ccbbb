"""What the Foundation has looked at holds until what it looked at is recorded anew; of persons only counts are told."""

import datetime as dt
import json

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils.text import capfirst

from bydelsmoedre.moment import Moment
from programme.models import Adoption, Agreement, DocumentVersion, Signature
from reports.figures.checked import CheckedFigure, checked, row_checks
from reports.figures.criteria import measures
from reports.models import EvidenceCheck
from reports.progress.sections import sections
from tests import factories as make
from tests.checks import check
from tests.doors import says
from tests.progress_content import content, criterion
from tests.reports import frozen
from volunteers.models import SamePerson

D = dt.date
LOOKED_AT = (
    "The Foundation has looked at the documentation of %(looked_at)s of %(of)s, last on %(day)s. "
    "It was in order for %(in_order)s."
)
ANEW = "Documentation looked at by the Foundation on %(day)s; something was recorded anew since"
ON = D(2011, 10, 31)
pytestmark = pytest.mark.django_db


def at(month, day, hour=12):
    return dt.datetime(2011, month, day, hour, tzinfo=dt.UTC)


def told(programme, number, on=ON, known_at=None):
    moment = Moment(on, known_at) if known_at else Moment(on)
    return checked(measures(programme, moment))[number]


@pytest.fixture
def place(programme):
    with make.clock(at(9, 1)):
        return make.founded_association(programme)


@pytest.fixture
def person(programme, place):
    with make.clock(at(9, 1)):
        return make.counting_coordinator(place)


def test_what_nobody_has_looked_at_is_counted_too(programme, place):
    assert told(programme, 1) == CheckedFigure(of=1, looked_at=0, in_order=0, latest_on=None)


def test_counted_from_the_day_on_which_it_was_looked_at(programme, place):
    check(programme, 1, place, D(2011, 10, 14))

    assert told(programme, 1, D(2011, 10, 13)) == CheckedFigure(1, 0, 0, None)
    assert told(programme, 1, D(2011, 10, 14)) == CheckedFigure(1, 1, 1, D(2011, 10, 14))


@pytest.mark.parametrize("stands_by", ["role", "deputy"])
def test_whoever_stands_as_the_secretariat_too_checks_nothing(client, programme, secretariat, place, stands_by):
    user = make.user_with_role(programme, "foundation")
    if stands_by == "role":
        user.role_grants.create(programme=programme, role="secretariat")
    else:
        make.deputy(secretariat, user)
    client.force_login(user)
    door = reverse("reports:check", args=[programme.criteria.get(number=1).uuid, place.uuid])

    answers = [client.get(door), client.post(door, {"outcome": "in_order", "happened_on": "2011-10-14"})]
    assert [one.status_code for one in answers] == [403, 403]
    assert door not in client.get(reverse("reports:checks")).content.decode()
    assert not EvidenceCheck.objects.exists()


def test_known_from_when_it_was_recorded(programme, place):
    check(programme, 1, place, D(2011, 10, 1), recorded=at(10, 20))

    assert told(programme, 1, known_at=at(10, 20, 11)).in_order == 0
    assert told(programme, 1, known_at=at(10, 20, 12)).in_order == 1


def test_newest_check_is_the_one_that_is_told(programme, place):
    check(programme, 1, place, D(2011, 10, 1))
    check(programme, 1, place, D(2011, 10, 14), outcome="no_evidence")
    assert told(programme, 1).in_order == 0

    check(programme, 1, place, D(2011, 10, 15))
    assert told(programme, 1) == CheckedFigure(1, 1, 1, D(2011, 10, 15))


def test_step_that_is_recorded_anew_asks_for_another_look(programme, place):
    check(programme, 1, place, D(2011, 10, 14))
    step = place.steps.get(kind="minutes")
    with make.clock(at(10, 16)):
        step.supersede(by=None, reason="Forkert dag", happened_on=D(2011, 5, 27))

    assert told(programme, 1).in_order == 0
    assert told(programme, 1, known_at=at(10, 15)).in_order == 1
    (row,) = row_checks(measures(programme, Moment(ON))).values()
    assert (row.holds, row.is_in_order, row.happened_on) == (False, False, D(2011, 10, 14))

    check(programme, 1, place, D(2011, 10, 16), recorded=at(10, 16, 13))
    assert told(programme, 1).in_order == 1


def test_step_that_founding_does_not_take_unsettles_nothing(programme, place):
    check(programme, 1, place, D(2011, 10, 14))
    with make.clock(at(10, 16)):
        make.step(place, "cvr", D(2011, 10, 15))

    assert told(programme, 1).in_order == 1


def test_retracted_check_is_none(programme, place):
    one = check(programme, 1, place)
    one.retract(by=None, reason="Det var en anden forening")

    assert told(programme, 1).in_order == 0


def test_certificate_that_is_recorded_anew_asks_for_another_look(programme, person):
    check(programme, 2, person, D(2011, 10, 14))
    assert told(programme, 2) == CheckedFigure(1, 1, 1, D(2011, 10, 14))

    with make.clock(at(10, 16)):
        person.certificates.get().supersede(by=None, reason="Forkert dag", started_on=D(2011, 6, 28))
    assert told(programme, 2).in_order == 0


def test_role_in_another_association_unsettles_nothing(programme, person):
    check(programme, 2, person, D(2011, 10, 14))
    with make.clock(at(10, 16)):
        make.membership(person, make.AssociationFactory(programme=programme), since=D(2011, 10, 15))
    assert told(programme, 2).in_order == 1

    with make.clock(at(10, 17)):
        role = person.memberships.earliest("pk")
        role.supersede(by=None, reason="Forkert dag", started_on=D(2011, 3, 2))
    assert told(programme, 2).in_order == 0


def test_who_turns_out_to_be_recorded_twice_is_looked_at_again(programme, person, place):
    check(programme, 2, person, D(2011, 10, 14))
    with make.clock(at(10, 16)):
        other = make.counting_coordinator(place)
    with make.clock(at(10, 17)):
        SamePerson.record(by=None, duplicate=other, kept=person, happened_on=D(2011, 10, 17))

    assert told(programme, 2) == CheckedFigure(1, 0, 0, None)


def test_decision_and_signature_that_are_recorded_anew_ask_for_another_look(programme):
    agreement = Agreement.objects.get(programme=programme)
    model = programme.documents.get(kind="anchoring_model")
    with make.clock(at(9, 1)):
        version = DocumentVersion.objects.create(document=model, label="1.0")
        adopted = Adoption.record(by=None, version=version, body=model.adopted_by, happened_on=D(2011, 8, 1))
        for party in agreement.parties.all():
            Signature.record(by=None, agreement=agreement, organisation=party.organisation, happened_on=D(2011, 8, 2))
    check(programme, 5, agreement)
    assert told(programme, 5) == CheckedFigure(1, 1, 1, D(2011, 10, 14))

    with make.clock(at(10, 16)):
        agreement.signatures.current().first().supersede(by=None, reason="Forkert dag", happened_on=D(2011, 8, 3))
    assert told(programme, 5).in_order == 0
    check(programme, 5, agreement, D(2011, 10, 17))
    assert told(programme, 5).in_order == 1
    with make.clock(at(10, 18)):
        adopted.supersede(by=None, reason="Forkert dag", happened_on=D(2011, 8, 2))
    assert told(programme, 5).in_order == 0


def test_check_of_what_does_not_count_is_not_counted(programme, place):
    forming = make.AssociationFactory(programme=programme)
    check(programme, 1, forming)

    assert told(programme, 1) == CheckedFigure(1, 0, 0, None)


def test_another_programmes_thing_is_refused_by_the_database(programme):
    elsewhere = make.AssociationFactory(programme=make.twin())

    with pytest.raises(DatabaseError, match="no such thing"), transaction.atomic():
        check(programme, 1, elsewhere)


@pytest.mark.parametrize("values", [{"note": "Hun har intet bevis"}, {"outcome": "Fatima mangler"}])
def test_words_of_ones_own_are_refused_by_the_database(programme, place, values):
    given = {"outcome": "in_order"} | values
    with pytest.raises(DatabaseError), transaction.atomic():
        EvidenceCheck.record(
            by=None, criterion=programme.criteria.get(number=1), thing=place.uuid, happened_on=ON, **given
        )


def test_report_tells_how_much_was_looked_at_and_of_whom_nothing(programme, place, person):
    check(programme, 2, person, D(2011, 9, 14))
    report = bytes(frozen(programme).canonical).decode()
    pieces = {one["number"]: one["checked"] for one in json.loads(report)["criteria"]}

    assert pieces == {
        1: {"of": 1, "looked_at": 0, "in_order": 0, "latest_on": None},
        2: {"of": 1, "looked_at": 1, "in_order": 1, "latest_on": "2011-09-14"},
        3: None,
        4: None,
        5: None,
    }
    assert str(person.uuid) not in report


def test_many_rows_cost_the_same_statement(programme, place, django_assert_num_queries):
    asked = measures(programme, Moment(ON))
    checked(asked)  # planned once
    with django_assert_num_queries(1):
        checked(asked)
    for _ in range(3):
        check(programme, 1, make.founded_association(programme))
    with django_assert_num_queries(1):
        checked(asked)


NOT_YET = "Fonden har ikke kontrolleret dokumentationen endnu."
ALL = "Dokumentation kontrolleret af Fonden 14. oktober 2011."
SOME = "Fonden har kontrolleret dokumentationen for {} af {}, senest 14. oktober 2011. Den var i orden for {}."


def test_what_was_looked_at_and_lacks_something_is_told_as_looked_at(programme, place):
    check(programme, 1, place, D(2011, 10, 14), outcome="no_signature")

    assert told(programme, 1) == CheckedFigure(of=1, looked_at=1, in_order=0, latest_on=D(2011, 10, 14))


@pytest.mark.parametrize(
    ("numbers", "line"),
    [
        (None, ""),
        ((3, 0, 0), NOT_YET),
        ((1, 1, 1), ALL),
        ((15, 13, 12), SOME.format(13, 15, 12)),
        ((1, 1, 0), SOME.format(1, 1, 0)),
    ],
)
def test_paper_says_it_in_one_line(numbers, line):
    day = "2011-10-14" if numbers and numbers[1] else None
    piece = dict(zip(("of", "looked_at", "in_order", "latest_on"), (*numbers, day), strict=True)) if numbers else None
    (goals,) = [one for one in sections(content(criteria=[criterion(checked=piece)])) if one["heading"] == "Mål"]
    (shown,) = [one for one in goals["blocks"] if one["kind"] == "criterion"]

    assert [one["note"].replace("\u00a0", " ") for one in shown["lists"]] == [line, ""]


def opened(client, name, *args):
    return client.get(reverse(name, args=args)).content.decode().replace("\u00a0", " ")


def log_in(client, programme, role):
    user = make.user_with_role(programme, role)
    client.force_login(user)
    return user


def test_criterions_page_tells_of_an_association_by_name_and_of_persons_in_numbers(client, programme, place, person):
    check(programme, 1, place)
    check(programme, 2, person)
    log_in(client, programme, "caseworker")
    pages = [opened(client, "reports:criterion", programme.criteria.get(number=number).uuid) for number in (1, 2)]

    assert says("Documentation looked at by the Foundation on %(day)s", day="14. oktober 2011") in pages[0]
    assert says(LOOKED_AT, looked_at=1, in_order=1, of=1, day="14. oktober 2011") in pages[1]
    assert person.name not in pages[1]


def test_page_says_that_a_check_is_older_than_what_was_recorded_since(client, programme, place):
    check(programme, 1, place)
    with make.clock(at(10, 16)):
        place.steps.get(kind="minutes").supersede(by=None, reason="Forkert dag", happened_on=D(2011, 5, 27))
    log_in(client, programme, "caseworker")

    page = opened(client, "reports:criterion", programme.criteria.get(number=1).uuid)
    assert says(ANEW, day="14. oktober 2011") in page


def test_foundation_records_a_look_and_it_stands_in_the_list(client, programme, place):
    user = log_in(client, programme, "foundation")
    criterion = programme.criteria.get(number=1)
    address = reverse("reports:check", args=[criterion.uuid, place.uuid])
    client.post(address, {"outcome": "no_signature", "happened_on": "2011-10-14"})

    (recorded,) = EvidenceCheck.objects.all()
    assert (recorded.recorded_by, recorded.thing, recorded.outcome) == (user, place.uuid, "no_signature")
    page = opened(client, "reports:checks")
    assert place.name in page
    assert capfirst(says("a signature is missing")) in page
    client.post(address, {"outcome": "in_order", "happened_on": "2011-10-15"})
    assert told(programme, 1).in_order == 1


def test_what_does_not_count_today_is_not_looked_at(client, programme):
    log_in(client, programme, "foundation")
    forming = make.AssociationFactory(programme=programme)
    address = reverse("reports:check", args=[programme.criteria.get(number=1).uuid, forming.uuid])

    assert client.get(address).status_code == 404


def test_secretariat_reads_what_was_looked_at_and_records_none(client, programme, place):
    log_in(client, programme, "secretariat")
    address = reverse("reports:check", args=[programme.criteria.get(number=1).uuid, place.uuid])

    assert address not in opened(client, "reports:checks")
    assert [client.get(address).status_code, client.post(address, {}).status_code] == [403, 403]


def test_list_asks_for_what_is_still_to_be_looked_at(client, programme, place):
    other = make.founded_association(programme, name="Bydelsmødre i Valby")
    check(programme, 1, place)
    log_in(client, programme, "foundation")
    page = client.get(reverse("reports:checks"), {"status": "unchecked"}).content.decode()

    assert other.name in page
    assert place.name not in page
