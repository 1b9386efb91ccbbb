"""The agenda and the minutes of a meeting as PDF, and who sits in the body."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from programme.models import Adoption, BodyMember, Decision, DocumentVersion, MeetingHeld
from reports.drawable import in_a_name
from tests import factories as make
from tests.doors import D, html_of, says, sent
from tests.pdf import faults, pdf_text
from tests.refusing import refused_by

pytestmark = pytest.mark.django_db

#: What would be markup, or draw beyond the paper, if it were not only text.
HOSTILE = [
    '#panic("x") $x^2$ \\ *fed* _kursiv_ `kode` <label> @ref // og /* så */ = Overskrift ~ [a] {b}',
    "https://example.org/" + "langt" * 60,
    "أمهات الحي ۱۲۳ og dansk",
    "A" * 240,
    "\ue000privat\ufdd0 \u202evendt om\u2066 og \u0007 \u2028 linje",
]


@pytest.fixture
def group(programme):
    return programme.organisations.get(kind="steering_group")


@pytest.fixture
def meeting(programme, group):
    return make.MeetingFactory(
        programme=programme,
        body=group,
        title="Styregruppemøde 8. juni 2011",
        planned_on=D(2011, 6, 8),
        starts_at=dt.time(15),
        place="Fondens mødelokale",
        agenda="1. Uddannelseskoncept\n2. Regnskab\n",
    )


@pytest.fixture
def held(programme, group, meeting):
    fact = MeetingHeld.record(by=None, meeting=meeting, happened_on=D(2011, 6, 8), note="NOTAT om en person")
    Decision.record(by=None, meeting=meeting, text="Konceptet sendes i høring.", happened_on=D(2011, 6, 8))
    document = programme.documents.get(kind="values")
    version = DocumentVersion.objects.create(document=document, label="2.0")
    Adoption.record(by=None, version=version, body=group, happened_on=D(2011, 6, 8))
    make.ActionPointFactory(meeting=meeting, text="Samle høringssvar", office="Sekretariatet", due_on=D(2011, 8, 15))
    make.MeetingFactory(programme=programme, body=group, title="Næste", planned_on=D(2011, 9, 7))
    seat(group, organisation=programme.organisations.get(kind="municipality"))
    seat(group, organisation=programme.organisations.get(kind="foundation"), is_chair=True)
    seat(group, office="Koordinatoren")
    seat(group, office="Kom senere", started_on=D(2011, 6, 9))
    return fact


def seat(body, started_on=D(2011, 2, 1), **values):
    return BodyMember.record(by=None, body=body, started_on=started_on, **values)


def fetched(client, name, meeting, **asked):
    answer = client.get(reverse(f"programme:{name}", args=[meeting.uuid]), asked)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return answer, b"".join(answer.streaming_content)


def bare(text):
    return re.sub(r"[\s\u00ad\u200b]", "", text)


def words_of(client, name, meeting, **asked):
    return bare(pdf_text(fetched(client, name, meeting, **asked)[1]))


# --- The minutes


def test_minutes_tell_what_the_meeting_came_to(secretary, meeting, held):
    told = words_of(secretary, "minutes_file", meeting)

    for part in (
        "Referat", "Styregruppemøde 8. juni 2011", "Den nationale styregruppe", "8. juni 2011 kl. 15.00",
        "Fondens mødelokale", "Fonden for Socialt Ansvar", "Københavns Kommune", "Koordinatoren",
        "1.Uddannelseskoncept", "2.Regnskab", "1.Konceptet sendes i høring.", "Dokument values", "2.0", "Vedtaget",
        "Samle høringssvar", "Sekretariatet", "15.08.2011", "7. september 2011", "Side 1 af 1",
    ):  # fmt: skip
        assert bare(part) in told, part
    assert "NOTAT" not in told
    assert bare("Kom senere") not in told, "had no seat on the day of the meeting"
    assert told.index(bare("Fonden for Socialt Ansvar")) < told.index(bare("Københavns Kommune")), "the chair first"


def test_minutes_are_read_aloud_and_kept(secretary, meeting, held):
    answer, content = fetched(secretary, "minutes_file", meeting)

    assert faults(content) == []
    assert b"/Lang(da-DK)" in content
    assert answer["Content-Disposition"] == 'attachment; filename="2011-06-08_Referat_Den_nationale_styregruppe.pdf"'


def test_municipality_s_minutes_are_without_agenda_and_action_points(client_of, caseworker, meeting, held):
    told = words_of(client_of(caseworker), "minutes_file", meeting)

    assert bare("Konceptet sendes i høring.") in told
    for kept in ("Samle høringssvar", "15.08.2011", "Regnskab"):
        assert bare(kept) not in told, kept


def test_minutes_are_those_of_the_moment(secretary, meeting, held):
    Decision.record(by=None, meeting=meeting, text="Kom til bagefter.", happened_on=D(2011, 6, 20))

    then, later = (words_of(secretary, "minutes_file", meeting, on=on) for on in ("2011-06-10", "2011-06-20"))

    assert (bare("Kom til bagefter.") in then, bare("Kom til bagefter.") in later) == (False, True)
    before = secretary.get(reverse("programme:minutes_file", args=[meeting.uuid]), {"on": "2011-06-07"})
    assert before.status_code == 404


def test_meeting_that_is_not_held_has_no_minutes(secretary, meeting):
    assert secretary.get(reverse("programme:minutes_file", args=[meeting.uuid])).status_code == 404


@pytest.mark.parametrize("hostile", HOSTILE)
def test_whatever_is_written_is_only_text_and_stays_on_the_paper(secretary, programme, group, hostile):
    meeting = make.MeetingFactory(
        programme=programme,
        body=group,
        title=hostile[:120],
        place=hostile[:120],
        planned_on=D(2011, 6, 8),
        agenda=f"{hostile}\n{hostile}",
    )
    MeetingHeld.record(by=None, meeting=meeting, happened_on=D(2011, 6, 8))
    Decision.record(by=None, meeting=meeting, text=hostile, happened_on=D(2011, 6, 8))
    make.ActionPointFactory(meeting=meeting, text=hostile[:300], office=hostile[:120])
    seat(group, office=hostile[:120])

    content = fetched(secretary, "minutes_file", meeting)[1]

    assert faults(content) == []
    if hostile.isascii():
        assert bare(hostile) in bare(pdf_text(content))


def test_letters_that_our_typefaces_lack_are_drawn_all_the_same(secretary, meeting, held):
    Decision.record(by=None, meeting=meeting, text="Tak til søstrene 👩🏽‍🤝‍👩🏿 🌸", happened_on=D(2011, 6, 8))

    assert fetched(secretary, "minutes_file", meeting)[1].startswith(b"%PDF")


def test_long_minutes_go_over_several_pages(secretary, meeting, held):
    for number in range(60):
        Decision.record(by=None, meeting=meeting, text=f"Beslutning {number} " * 12, happened_on=D(2011, 6, 8))

    content = fetched(secretary, "minutes_file", meeting)[1]

    assert faults(content) == []
    assert re.search(r"Side3af\d", bare(pdf_text(content)))


# --- The agenda


def test_agenda_calls_to_the_meeting(secretary, meeting):
    answer, content = fetched(secretary, "agenda_file", meeting)

    told = bare(pdf_text(content))
    for part in ("Dagsorden", "8. juni 2011 kl. 15.00", "Fondens mødelokale", "1.Uddannelseskoncept", "2.Regnskab"):
        assert bare(part) in told, part
    assert bare(says("No decisions are recorded.")) not in told
    assert faults(content) == []
    assert answer["Content-Disposition"] == 'attachment; filename="2011-06-08_Dagsorden_Den_nationale_styregruppe.pdf"'


def test_agenda_without_numbers_is_numbered(secretary, meeting):
    meeting.agenda = "Velkomst\n\n2012 og frem\n"
    meeting.save()

    told = words_of(secretary, "agenda_file", meeting)

    assert bare("1. Velkomst 2. 2012 og frem") in told


def test_agenda_that_is_not_written_says_so(secretary, meeting):
    meeting.agenda = ""
    meeting.save()

    told = words_of(secretary, "agenda_file", meeting)

    assert bare(says("The agenda is not written yet.")) in told


def test_municipality_is_given_no_agenda(client_of, caseworker, meeting):
    assert client_of(caseworker).get(reverse("programme:agenda_file", args=[meeting.uuid])).status_code == 403
    page = client_of(caseworker).get(meeting.get_absolute_url())
    assert page.context["agenda_url"] == ""


@pytest.mark.parametrize(
    ("name", "written"),
    [("Ærø & Øst: Å/styregruppe", "Aeroe_Oest_Aa_styregruppe"), ("أمهات", "moede"), ('a"b\r\nc', "a_b_c")],
)
def test_name_of_the_file_is_plain(name, written):
    assert in_a_name(name, "moede") == written


# --- Who sits in the body


def test_members_stand_on_the_page_of_meetings_the_chair_first(secretary, programme, group, held):
    page = secretary.get(reverse("programme:meetings"), {"on": "2011-06-08"})

    (body,) = page.context["bodies"]
    assert [(one.fact.text, one.is_chair) for one in body.seats] == [
        ("Fonden for Socialt Ansvar", True),
        ("Københavns Kommune", False),
        ("Koordinatoren", False),
    ]


def test_seat_is_of_an_organisation_or_an_office(secretary, group):
    url = reverse("programme:member", args=[group.uuid])

    answer = sent(secretary, url, organisation="", office="", started_on="2011-02-01")

    message = says("Choose an organisation, or write an office.")
    assert answer.context["form"].errors == {"organisation": [message]}
    assert refused_by(seat, group) == "programme_body_member_is_somebody"


def test_one_has_the_chair_and_nobody_sits_twice(secretary, programme, group):
    foundation = programme.organisations.get(kind="foundation")
    seat(group, organisation=foundation, is_chair=True)
    url = reverse("programme:member", args=[group.uuid])

    second = sent(secretary, url, office="Formanden", is_chair="on", started_on="2011-03-01")
    twice = sent(secretary, url, organisation=foundation.pk, started_on="2011-03-01")
    office = sent(secretary, url, organisation=foundation.pk, office="Direktøren", started_on="2011-03-01")

    assert second.context["form"].errors == {"is_chair": [says("Another one has the chair in that period.")]}
    assert twice.context["form"].errors == {"organisation": [says("It has a seat in that period already.")]}
    assert office.status_code == 302
    assert refused_by(seat, group, organisation=foundation) == "programme_body_member_once"
    assert refused_by(seat, group, office="Formanden", is_chair=True) == "programme_body_one_chair"
    seat(group, office="Sekretæren")
    assert refused_by(seat, group, office="Sekretæren") == "programme_body_member_once"


def test_seat_ends_on_its_last_day_and_the_chair_passes_on(secretary, programme, group):
    first = seat(group, organisation=programme.organisations.get(kind="foundation"), is_chair=True)

    sent(secretary, reverse("programme:member_end", args=[first.uuid]), ended_on="2011-05-31")
    url = reverse("programme:member", args=[group.uuid])
    next_one = sent(secretary, url, office="Formanden", is_chair="on", started_on="2011-06-01")

    assert next_one.status_code == 302
    shown = {
        on: [
            one.fact.text for one in secretary.get(reverse("programme:meetings"), {"on": on}).context["bodies"][0].seats
        ]
        for on in ("2011-05-31", "2011-06-01")
    }
    assert shown == {"2011-05-31": ["Fonden for Socialt Ansvar"], "2011-06-01": ["Formanden"]}


def test_body_without_members_says_what_to_do(secretary, client_of, caseworker):
    own, other = (client.get(reverse("programme:meetings")) for client in (secretary, client_of(caseworker)))

    what = says("Add the organisations and offices that have a seat; they stand in the minutes.")
    assert (what in html_of(own), what in html_of(other)) == (True, False)
