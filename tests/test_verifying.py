"""What anybody is told of a number on a paper, and the paper that it stands on."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils.translation import gettext, pgettext

from bydelsmoedre.moment import Moment, today
from reports.findings import found
from tests import factories as make
from tests.pdf import faults, pdf_text
from tests.training import attend, planned_course, publish, take_part
from training.completion import completions
from training.diploma import languages, words
from training.models import Certificate
from training.numbers import ALPHABET
from training.verifying import initials
from training.views.verification import FROM_ONE
from volunteers.models import LanguageSkill
from volunteers.privacy import erase

pytestmark = pytest.mark.django_db

D, DAY = dt.date, dt.timedelta(1)


@pytest.fixture
def amina(programme):
    return make.VolunteerFactory(programme=programme, name="Amina Bibi Hassan", phone="20 12 34 56")


@pytest.fixture
def issued(amina):
    return make.certificate(amina)


def page(certificate):
    return reverse("training:check", args=[certificate.number])


def said(answer):
    """What the page says of the number, without its frame."""
    return answer.content.decode().partition("<main")[2].partition("<form")[0]


# --- The public page


def test_anybody_is_told_that_it_is_valid_and_no_more_than_the_paper_says(client, issued, amina):
    answer = client.get(page(issued))

    told = said(answer)
    for words_of_the_paper in (issued.printed_number, "Gyldigt", "Koordinatorkurset", "27. juni 2011", "A.H."):
        assert words_of_the_paper in told.replace("\u00a0", " ")
    for kept in (amina.name, "Amina", "Bibi", amina.phone, str(amina.uuid), str(issued.uuid)):
        assert kept not in answer.content.decode()
    assert "noindex" in answer["X-Robots-Tag"]
    assert "no-store" in answer["Cache-Control"]


def test_withdrawn_paper_says_since_when_and_not_why(client, issued):
    issued.retract(by=None, reason="Hun var der aldrig")

    told = said(client.get(page(issued)))

    assert pgettext("paper", "Withdrawn") in told
    assert str(today().year) in told
    assert "aldrig" not in told


def test_corrected_certificate_is_valid_under_its_number(client, issued):
    issued.supersede(by=None, reason="Bilaget manglede", note="")

    assert pgettext("paper", "Valid") in said(client.get(page(issued)))


@pytest.mark.parametrize(
    ("since", "until", "standing"),
    [
        (-9, 0, "Valid"),
        (-9, -1, "Expired"),
        (0, None, "Valid"),
        (1, None, "Not valid yet"),
    ],
    ids=["last-day", "day-after", "first-day", "day-before"],
)
def test_paper_is_valid_from_its_first_day_to_its_last(client, amina, since, until, standing):
    until = until if until is None else today() + until * DAY
    certificate = make.certificate(amina, since=today() + since * DAY, until=until)

    assert f"</svg>{pgettext('paper', standing)}" in said(client.get(page(certificate)))


def test_wrong_character_is_told_from_an_unknown_number(client, issued):
    other = next(one for one in ALPHABET if one != issued.number[3])
    wrong = issued.number[:3] + other + issued.number[4:]

    slip = client.get(reverse("training:check", args=[wrong]))

    assert slip.context["form"].errors == {"nummer": [gettext("Check the number: a character is wrong.")]}
    assert slip.context["form"]["nummer"].value() == wrong
    assert pgettext("paper", "Unknown") not in said(slip)


def test_number_that_nobody_has_is_unknown(client, programme):
    told = said(client.get(reverse("training:check", args=["2U7MBBEPHS"])))

    assert pgettext("paper", "Unknown") in told


def test_number_is_typed_as_one_likes_and_leads_to_its_address(client, issued):
    typed = f" {issued.printed_number.lower().replace('-', ' - ')} "

    answer = client.get(reverse("training:check_form"), {"nummer": typed})

    assert answer.url == page(issued)


@pytest.mark.parametrize("typed", ["", "x" * 500, "<script>", "æøå", "0O1IL0O1IL", "nul\x00tegn", "👩🏽‍🤝‍👩🏿"])
def test_whatever_is_typed_is_answered_and_kept(client, typed):
    answer = client.get(reverse("training:check_form"), {"nummer": typed})

    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["nummer"])
    assert "<script>" not in answer.content.decode()


def test_erased_person_s_paper_is_verified_without_her_initials(client, secretary, issued, amina):
    erase(amina, by=None)

    told = said(client.get(page(issued)))

    assert pgettext("paper", "Valid") in told
    assert "A.H." not in told


def test_page_speaks_english(client, issued):
    client.cookies["sprog"] = "en"

    assert "Holder's initials" in said(client.get(page(issued)))


def test_hunting_for_numbers_from_one_address_is_stopped(client, issued):
    answers = [client.get(page(issued), REMOTE_ADDR="203.0.113.9").status_code for _ in range(FROM_ONE + 1)]
    elsewhere = client.get(page(issued), REMOTE_ADDR="203.0.113.10")

    assert answers == [200] * FROM_ONE + [429]
    assert elsewhere.status_code == 200


def test_slip_costs_no_attempt(client, issued, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(reverse("training:check", args=["2222222223"]))


@pytest.mark.parametrize(
    ("name", "letters"), [("Amina", "A."), ("amina bibi hassan", "A.H."), ("أمينة حسن", "أ.ح."), ("", "")]
)
def test_initials_are_of_the_first_name_and_the_last(name, letters):
    assert initials(name) == letters


# --- The paper


@pytest.fixture
def diploma(programme, amina):
    """Of a completed course: two of three modules, four hours."""
    basic = programme.curricula.get(kind="basic")
    publish(basic)
    attend(take_part(planned_course(basic), amina), 1, 2)
    return make.certificate(amina, basic, since=D(2011, 3, 14), until=D(2013, 3, 13))


def fetched(client, certificate, *language):
    name = "training:diploma_in" if language else "training:diploma"
    answer = client.get(reverse(name, args=[certificate.uuid, *language]))
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def bare(text):
    return re.sub(r"\s|\u00ad", "", text)


def test_diploma_says_who_what_when_and_its_number(secretary, diploma):
    told = bare(pdf_text(fetched(secretary, diploma)))

    for part in (
        "Diplom", "Amina Bibi Hassan", "Bydelsmødreuddannelsen", "2 af 3", "Timer4", "14. marts 2011",
        "13. marts 2013", "Fonden for Socialt Ansvar", diploma.printed_number, "testserver/bevis",
    ):  # fmt: skip
        assert bare(part) in told


def test_coordinator_gets_a_course_certificate(secretary, issued):
    assert "Kursusbevis" in bare(pdf_text(fetched(secretary, issued)))


def test_recognised_training_says_so(secretary, amina, programme):
    basic = programme.curricula.get(kind="basic")
    merit = Certificate.record(by=None, volunteer=amina, curriculum=basic, basis="merit", started_on=D(2011, 2, 1))

    assert bare("hvis tidligere uddannelse er anerkendt som") in bare(pdf_text(fetched(secretary, merit)))


@pytest.mark.parametrize("language", ["", *languages()])
def test_paper_is_read_aloud_and_kept_in_every_language(secretary, diploma, language):
    content = fetched(secretary, diploma, *([language] if language else []))

    assert faults(content) == []
    assert b"/Lang(da-DK)" in content
    assert not language or f"({language}".encode() in content


@pytest.mark.parametrize(
    "needed",
    [b"/Marked true", b"/StructTreeRoot", b"/Alt", b"/Lang", b"/DisplayDocTitle true", b"pdfuaid:part", b"pdfaid:part"],
)
def test_paper_that_lacks_what_the_standards_ask_is_noticed(secretary, diploma, needed):
    content = fetched(secretary, diploma)

    assert needed in content
    assert faults(content.replace(needed, needed[:-1] + b"x")) != []


def test_every_language_has_all_the_words_with_their_places():
    for language in languages():
        told = words(language)
        assert told.keys() == words("da").keys(), language
        assert all("{name}" in told[kind] and "{training}" in told[kind] for kind in ("completed", "recognised"))
        assert "{day}" in told["issued"]


def test_name_is_no_markup(secretary, amina, issued):
    amina.name = 'Amina #read("/etc/passwd") *x* $y$ <&> {name}'
    amina.save()

    assert bare(amina.name) in bare(pdf_text(fetched(secretary, issued)))


def test_her_own_languages_are_offered_where_there_are_words(secretary, amina, issued):
    for language, level in (("ar", "native"), ("tr", "c1"), ("ti", "native")):
        LanguageSkill.record(by=None, volunteer=amina, language=language, level=level, happened_on=D(2011, 1, 1))

    (line,) = secretary.get(amina.get_absolute_url()).context["certificates"]

    assert [paper.url.rpartition("/")[2] for paper in line.papers] == ["papir.pdf", "papir-ar.pdf"]


def test_language_without_words_and_withdrawn_paper_are_not_found(secretary, issued):
    unknown = secretary.get(reverse("training:diploma_in", args=[issued.uuid, "ti"]))
    issued.retract(by=None, reason="Fejl")
    withdrawn = secretary.get(reverse("training:diploma", args=[issued.uuid]))

    assert (unknown.status_code, withdrawn.status_code) == (404, 404)


def test_paper_is_a_download_that_no_browser_keeps(secretary, issued):
    answer = secretary.get(reverse("training:diploma", args=[issued.uuid]))

    assert answer["Content-Disposition"] == f'attachment; filename="{issued.printed_number}.pdf"'
    assert "no-store" in answer["Cache-Control"]


# --- Expiry


def on(programme, day, code="certificate_expires"):
    return [one.number for one in found(programme, Moment(day), codes=[code])]


def test_certificate_that_expires_is_told_sixty_days_ahead_and_after(programme, amina):
    last = D(2013, 6, 26)
    make.certificate(amina, until=last)
    make.membership(amina, make.founded_association(programme))

    days = [last - 61 * DAY, last - 60 * DAY, last, last + DAY]

    assert [on(programme, day) for day in days] == [[], [60], [0], [-1]]


def test_renewed_certificate_and_one_without_a_role_are_not_told(programme, amina):
    place = make.founded_association(programme)
    make.membership(amina, place)
    make.certificate(amina, until=D(2013, 6, 26))
    make.certificate(amina, since=D(2013, 6, 27))
    make.certificate(make.VolunteerFactory(programme=programme), until=D(2013, 6, 26))

    assert on(programme, D(2013, 6, 1)) == []


def test_what_has_run_out_is_not_proposed_again_for_the_same_course(programme, diploma):
    after = diploma.ended_on + DAY

    assert on(programme, after, "certificate_proposed") == []
    course = diploma.curriculum.courses.get()
    (far,) = completions(programme.pk, Moment(after), courses=[course]).values()
    assert (far.is_proposed, far.certified_on) == (False, diploma.started_on)
