"""What anybody is told of a code: which report it is, and no more than has been sent out."""

import datetime as dt
import json

import pytest
from django.urls import reverse

from programme.models import Attempt
from reports.progress import check_words as words
from reports.progress.canonical import sha256
from reports.progress.freezing import address_of, freeze
from reports.progress.verifying import Verdict
from reports.sharing import close_link
from reports.views.verify import CODES_FROM_ONE, LOOKS_FROM_ONE
from tests.doors import html_of
from tests.reports import approver, draft, frozen, link_to, locked, opened
from tests.reports import sent as sent_out
from tests.verifying.asking import page_of, upload, verdict

D = dt.date
pytestmark = pytest.mark.django_db


#: What cannot be a code.
NO_CODES = ["", " ", "x" * 500, "<script>", "æøå", "12345", "nul\x00tegn", "٣٤" * 10, "e\u202eed", "a" * 19, "a" * 21]


def test_qr_leads_to_the_page_that_tells_what_the_paper_says(client, sent):
    answer = client.get(address_of(sent.sha256).partition("localhost:8000")[2])

    told = html_of(answer)
    assert verdict(answer) == Verdict.GENUINE
    heading, title = words.OF_A_CODE["genuine"].heading, str(sent.report).replace("\u00a0", " ")
    for word in (heading, title, sent.code, sent.sha256, sent.pdf_sha256, "Programleder"):
        assert word in told
    assert words.CHAIN_WHOLE.format(place=1) in told
    assert "noindex" in answer["X-Robots-Tag"]
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("write", [
    lambda code: code,
    lambda code: code.upper(),
    lambda code: f"  {code.replace(' ', '')}\t",
    lambda code: code.replace(" ", "-"),
    lambda code: code.replace("0", "O").replace("1", "l"),
    lambda code: f"\u200f{code}\u200e",
    lambda code: f"https://example.org/kontrol/{code.replace(' ', '')}/",
], ids=["printed", "capitals", "together", "hyphens", "look-alikes", "marks", "address"])  # fmt: skip
def test_code_is_typed_as_one_likes(client, sent, write):
    answer = client.get(reverse("reports:verify"), {"kode": write(sent.code)})

    assert answer.url == page_of(sent)


def test_code_in_capitals_in_the_address_leads_to_the_one_address(client, sent):
    assert client.get(page_of(sent).upper().replace("KONTROL", "kontrol")).url == page_of(sent)


@pytest.mark.parametrize("typed", NO_CODES)
def test_what_is_no_code_is_answered_beside_the_field_and_kept(client, typed):
    answer = client.get(reverse("reports:verify"), {"kode": typed})

    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["kode"])
    assert "<script>" not in answer.content.decode()
    assert answer.context["answer"] is None


def test_what_is_no_code_in_the_address_is_answered_likewise(client, sent):
    answer = client.get("/kontrol/%E2%80%8Fhej/")

    assert list(answer.context["form"].errors) == ["kode"]


def test_whole_hash_may_be_typed_and_is_compared_to_the_last_letter(client, sent):
    other = sent.sha256[:-1] + ("0" if sent.sha256[-1] != "0" else "1")

    assert verdict(client.get(reverse("reports:verify_code", args=[sent.sha256]))) == Verdict.GENUINE
    assert verdict(client.get(reverse("reports:verify_code", args=[other]))) == Verdict.UNKNOWN


def test_unknown_code_says_what_to_do(client, sent):
    answer = client.get(reverse("reports:verify_code", args=["ab" * 10]))

    assert verdict(answer) == Verdict.UNKNOWN
    assert words.OF_A_CODE["unknown"].heading in html_of(answer)
    assert sent.sha256 not in html_of(answer)


def test_page_speaks_danish_whatever_is_asked(client, sent):
    client.cookies["sprog"] = "en"
    answer = client.get(page_of(sent))

    assert '<html lang="da">' in html_of(answer)
    assert answer["Content-Language"] == "da"
    assert ">English<" not in html_of(answer)


def test_content_is_fetched_byte_for_byte(client, sent):
    answer = client.get(f"{page_of(sent)}rapport.json")

    assert sha256(answer.getvalue()) == sent.sha256
    assert answer["Content-Disposition"] == 'attachment; filename="2011-09-30_Statusrapport_Bydelsmoedre_v1.json"'
    assert answer["Content-Security-Policy"] == "sandbox"
    assert client.get(reverse("reports:verify_content", args=["ab" * 10])).status_code == 404
    assert client.get(reverse("reports:verify_content", args=["hej"])).status_code == 404


def test_replaced_report_is_genuine_and_leads_to_the_newest(client, programme):
    report, user = draft(programme), approver(programme)
    first, _second, third = (sent_out(freeze(report, by=user, reason=reason)) for reason in ("", "Et tal", "Et ord"))

    answer = client.get(page_of(first))
    assert verdict(answer) == Verdict.GENUINE
    assert words.REPLACED.format(number=3) in html_of(answer)
    assert page_of(third) in html_of(answer)
    assert "Erstattet" not in html_of(client.get(page_of(third)))
    assert words.REPLACED.format(number=3) in html_of(upload(client, bytes(first.pdf)))


def test_version_that_was_never_sent_is_told_by_its_hashes_alone(client, programme):
    """Its code stands on the next paper, as the hash of the one before."""
    held = locked(programme)

    answer = client.get(page_of(held))
    assert verdict(answer) == Verdict.GENUINE
    for word in (words.OF_A_CODE["held"].heading, held.code, held.sha256, held.pdf_sha256):
        assert word in html_of(answer)
    for kept in (str(held.report).replace("\u00a0", " "), "Programleder", "rapport.json"):
        assert kept not in html_of(answer)
    assert client.get(f"{page_of(held)}rapport.json").status_code == 404


def test_whoever_shows_the_very_file_is_told_what_it_is(client, programme):
    held = locked(programme)

    for data in (held.canonical, held.pdf):
        answer = upload(client, bytes(data))
        assert verdict(answer) == Verdict.GENUINE
        assert "Programleder" in html_of(answer)
        assert "rapport.json" not in html_of(answer)


def test_link_that_nobody_has_opened_lets_nothing_out(client, programme):
    """The next paper prints the hash: a link that was closed in time must not have told what it stands for."""
    held = locked(programme)
    close_link(link_to(held), by=held.approved_by)
    following = frozen(programme, to=D(2011, 10, 31), period_from=D(2011, 10, 1))

    answer = client.get(reverse("reports:verify_code", args=[following.previous]))

    assert words.OF_A_CODE["held"].heading in html_of(answer)
    assert "Programleder" not in html_of(answer)
    assert client.get(f"{page_of(held)}rapport.json").status_code == 404


@pytest.mark.parametrize("let_out", [sent_out, opened], ids=["sent", "shared"])
def test_version_that_is_sent_or_shared_is_told(client, programme, let_out):
    held = locked(programme)
    let_out(held)

    assert "Programleder" in html_of(client.get(page_of(held)))
    assert sha256(client.get(f"{page_of(held)}rapport.json").getvalue()) == held.sha256


def test_next_version_that_is_not_sent_is_neither_told_nor_made_up(client, programme):
    """Whoever has the first can write a JSON that says it is the second."""
    report, user = draft(programme), approver(programme)
    first = sent_out(freeze(report, by=user))
    second = freeze(report, by=user, reason="Et tal")

    content = first.content | {"previous": first.sha256}
    content["report"]["number"] = 2
    for answer in (client.get(page_of(first)), upload(client, json.dumps(content).encode())):
        assert answer.context["answer"].report == first
        assert second.sha256[:20] not in html_of(answer)
        assert "Erstattet" not in html_of(answer)


def test_hunting_for_codes_is_stopped_and_then_known_ones_are_not_told_either(client, sent):
    codes = [f"{number:020x}" for number in range(CODES_FROM_ONE + 1)]
    answers = [client.get(reverse("reports:verify_code", args=[code])).status_code for code in codes]

    assert answers == [200] * CODES_FROM_ONE + [429]
    assert client.get(page_of(sent)).status_code == 429
    assert client.get(f"{page_of(sent)}rapport.json").status_code == 404
    assert client.get(page_of(sent), REMOTE_ADDR="203.0.113.10").status_code == 200


def test_known_codes_are_told_six_hundred_times_an_hour(client, sent):
    """For each the whole chain is computed anew."""
    assert client.get(page_of(sent)).status_code == 200
    look = Attempt.objects.get()
    more = {"programme": look.programme, "what": look.what, "who": look.who, "at": look.at}
    Attempt.objects.bulk_create(Attempt(**more) for _ in range(LOOKS_FROM_ONE - 2))

    answers = [client.get(page_of(sent)).status_code for _ in range(3)]

    assert (LOOKS_FROM_ONE, answers) == (600, [200, 429, 429])
    assert client.get(f"{page_of(sent)}rapport.json").status_code == 404
    assert Attempt.objects.count() == LOOKS_FROM_ONE
    assert client.get(page_of(sent), REMOTE_ADDR="203.0.113.10").status_code == 200
