"""What anybody is told of a code or a file: genuine, altered, replaced or unknown, and never genuine by mistake."""

import datetime as dt
import json
import random
import subprocess
import sys
import time
import zlib
from io import StringIO

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.urls import reverse

from bydelsmoedre.owner import as_owner
from programme.models import Attempt
from reports.progress import check_words as words
from reports.progress.canonical import sha256
from reports.progress.freezing import address_of, freeze
from reports.progress.sent import LARGEST
from reports.progress.verifying import Verdict, answer_to_file
from reports.sharing import close_link
from reports.views.verify import CODES_FROM_ONE, FILES_FROM_ONE, LOOKS_FROM_ONE
from tests import factories as make
from tests.doors import html_of
from tests.reports import approver, draft, frozen, link_to, locked, opened
from tests.reports import sent as sent_out

D = dt.date
pytestmark = pytest.mark.django_db

#: What cannot be a code.
NO_CODES = ["", " ", "x" * 500, "<script>", "æøå", "12345", "nul\x00tegn", "٣٤" * 10, "e\u202eed", "a" * 19, "a" * 21]
NAMES = ["\u202efdp.exe", "<script>.pdf", "أمهات.json", "../../etc/passwd", "æ" * 500 + ".pdf", "a\x00b.pdf", "'; drop"]


@pytest.fixture
def sent(programme):
    """A report that has been frozen."""
    return frozen(programme)


def page_of(report):
    return reverse("reports:verify_code", args=[report.sha256[:20]])


def upload(client, data, name="rapport.pdf", **headers):
    return client.post(reverse("reports:verify"), {"fil": SimpleUploadedFile(name, data)}, **headers)


def verdict(answer):
    assert answer.status_code == 200
    return answer.context["answer"].verdict


# --- By code


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


# --- By file


def test_pdf_and_json_as_they_were_sent_are_genuine(client, sent):
    for data, name in ((sent.pdf, "noget.txt"), (sent.canonical, "ukendt")):
        answer = upload(client, bytes(data), name)

        assert verdict(answer) == Verdict.GENUINE
        assert answer.context["file_sha256"] == sha256(bytes(data))
        assert page_of(sent) in html_of(answer)


@pytest.mark.parametrize("write", [
    lambda content: json.dumps(content, indent=2),
    lambda content: json.dumps(content, ensure_ascii=True),
    lambda content: "\ufeff" + json.dumps(dict(reversed(content.items())), ensure_ascii=False),
    lambda content: json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n",
], ids=["pretty", "ascii", "other-order", "new-line"])  # fmt: skip
def test_json_that_is_written_anew_has_the_same_content_and_other_bytes(client, sent, write):
    answer = upload(client, write(json.loads(bytes(sent.canonical))).encode())

    assert verdict(answer) == Verdict.SAME
    assert words.SAME.heading in html_of(answer)


def test_json_with_a_figure_changed_is_altered(client, sent):
    content = json.loads(bytes(sent.canonical))
    content["criteria"][0]["value"] = 3
    answer = upload(client, json.dumps(content).encode())

    assert verdict(answer) == Verdict.ALTERED
    assert words.ALTERED_JSON.heading in html_of(answer)
    assert answer.context["answer"].report == sent


def test_altered_json_is_held_against_the_version_that_it_says_it_is(client, programme):
    report, user = draft(programme), approver(programme)
    first, second = (sent_out(freeze(report, by=user, reason=reason)) for reason in ("", "Et tal"))
    for one in (first, second):
        content = json.loads(bytes(one.canonical)) | {"risks": ["intet"]}
        assert upload(client, json.dumps(content).encode()).context["answer"].report == one

    content["report"]["number"] = 99
    assert verdict(upload(client, json.dumps(content).encode())) == Verdict.ALTERED
    content["report"]["uuid"] = "00000000-0000-4000-8000-000000000000"
    answer = upload(client, json.dumps(content).encode())
    assert (verdict(answer), answer.context["answer"].report) == (Verdict.ALTERED, second)


@pytest.mark.parametrize("change", [
    lambda pdf: pdf + b"\n",
    lambda pdf: pdf.replace(b"/Type/Page", b"/Type/Pagf", 1),
    lambda pdf: pdf[: pdf.index(b"</x:xmpmeta>") + 12],
], ids=["appended", "changed", "cut"])  # fmt: skip
def test_pdf_that_was_changed_is_altered(client, sent, change):
    answer = upload(client, change(bytes(sent.pdf)))

    assert verdict(answer) == Verdict.ALTERED
    assert words.ALTERED_PDF.heading in html_of(answer)
    assert answer.context["answer"].report == sent


def test_mark_is_found_packed_and_in_two_byte_letters_too(sent):
    mark = f"SHA-256 {sent.sha256}"
    packed = zlib.compress(mark.encode())
    for body in (packed, zlib.compress(mark.encode("utf-16-be"))):
        made = b"%PDF-1.7\n1 0 obj<</Filter/FlateDecode>>stream\r\n" + body + b"\nendstream\nendobj\n%%EOF"
        assert answer_to_file(made).verdict == Verdict.ALTERED
    assert answer_to_file(b"%PDF-1.7\n" + mark.upper().encode("utf-16-be")).verdict == Verdict.ALTERED


def test_paper_names_no_other_report_than_itself(programme):
    """The hash of the one before it is printed, but is no property of the file."""
    first, second = frozen(programme), frozen(programme, to=D(2011, 12, 31))

    assert answer_to_file(bytes(second.pdf) + b"\n").report == second
    assert answer_to_file(bytes(first.pdf) + b"\n").report == first


@pytest.mark.parametrize(("data", "kind"), [
    (b"%PDF-1.7\n%%EOF", "pdf"),
    (b'{"a": 1}', "json"),
    (b"hej", "other"),
    (b"PK\x03\x04", "other"),
    (b"[1, 2]", "other"),
    (b"\0" * 10, "other"),
], ids=str)  # fmt: skip
def test_other_files_are_unknown_by_what_they_are(client, sent, data, kind):
    answer = upload(client, data, "statusrapport.pdf")

    assert verdict(answer) == Verdict.UNKNOWN
    assert words.UNKNOWN_FILE[kind].heading in html_of(answer)


def test_three_hundred_files_that_are_not_as_they_were_sent_are_never_genuine(sent):
    """A byte flipped, some left out or added, somewhere; in the PDF and in the JSON."""
    chance = random.Random(2011)
    found = {}
    for number in range(300):
        data = bytearray(bytes(sent.pdf if number % 2 else sent.canonical))
        at = chance.randrange(len(data))
        how = chance.choice(("flip", "cut", "cut out", "add", "put in"))
        if how == "flip":
            data[at] ^= 1 << chance.randrange(8)
        elif how == "cut":
            del data[at:]
        elif how == "cut out":
            del data[at : at + chance.randrange(1, 50)]
        elif how == "add":
            data += chance.randbytes(chance.randrange(1, 50))
        else:
            data[at:at] = chance.randbytes(chance.randrange(1, 50))
        found.setdefault(answer_to_file(bytes(data)).verdict, []).append((number, how))

    assert Verdict.GENUINE not in found
    assert Verdict.SAME not in found
    assert len(found[Verdict.ALTERED]) > 200


def bomb():
    """A megabyte that unpacks to a gigabyte, thrice."""
    packed = zlib.compress(b"0" * (1 << 20), 9)
    pump = zlib.compressobj(9)
    packed = b"".join(pump.compress(b"0" * (1 << 20)) for _ in range(900)) + pump.flush()
    return b"%PDF-1.7\n" + (b"stream\n" + packed + b"\nendstream\n") * 3


HOSTILE = {
    "deep": lambda: b'{"report":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "deep objects": lambda: b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    "just as deep as is read": lambda: b'{"a":' * 900 + b"1" + b"}" * 900,
    "never closed": lambda: b"{" + b'"a":{' * 100_000,
    "many parts": lambda: b'{"a":[' + b"[]," * 6_000_000 + b"1]}",
    "long number": lambda: b'{"a":' + b"9" * 10_000_000 + b"}",
    "long fraction": lambda: b'{"a":1e999999999}',
    "not a number": lambda: b'{"a":NaN,"b":-Infinity}',
    "key twice": lambda: b'{"report":{},"report":{"uuid":1}}',
    "odd report": lambda: b'{"report":{"number":[],"uuid":{}},"previous":7}',
    "half letter": lambda: b'{"a":"\\ud800"}',
    "not UTF-8": lambda: b'{"a":"\xff\xfe"}',
    "UTF-16": lambda: '{"a":1}'.encode("utf-16"),
    "spaces": lambda: b" " * (LARGEST - 10) + b"{}",
    "one text": lambda: b'{"a":"' + b"\\n" * (LARGEST // 2 - 10) + b'"}',
    "packed": bomb,
    "streams": lambda: b"%PDF-1.7\n" + b"stream\n" * 2_000_000,
    "hashes": lambda: b"%PDF-1.7\n" + b"".join(b"%064x\n" % number for number in range(200_000)),
    "hexadecimal": lambda: b"%PDF-1.7\n" + b"ab" * (LARGEST // 2 - 10),
    "uuids": lambda: b"{" + b'"uuid" : "00000000-0000-4000-8000-000000000000",' * 300_000,
}


@pytest.mark.parametrize("made", HOSTILE.values(), ids=HOSTILE)
def test_hostile_file_is_unknown_and_soon(sent, made):
    data = made()
    began = time.process_time()
    answer = answer_to_file(data)

    assert answer.verdict == Verdict.UNKNOWN
    assert time.process_time() - began < 4


def test_large_file_is_refused_with_a_reason_and_not_kept(client, sent, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "FILE_UPLOAD_TEMP_DIR", str(tmp_path))
    for data in (b"%PDF-" + b"0" * 30_000_000, bytes(sent.pdf).ljust(LARGEST + 1)):
        answer = upload(client, data)

        assert dict(answer.context["form"].errors) == {"fil": [words.FILE_LARGE]}
        assert words.FILE_LARGE in html_of(answer)
    assert verdict(upload(client, bytes(sent.pdf).ljust(LARGEST))) == Verdict.ALTERED
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("given", "message"), [
    ({}, words.FILE_MISSING),
    ({"fil": "en tekst"}, words.FILE_MISSING),
    ({"fil": SimpleUploadedFile("tom.pdf", b"")}, words.FILE_EMPTY),
    ({"andet": SimpleUploadedFile("a.pdf", b"x")}, words.FILE_MISSING),
], ids=["nothing", "words", "empty", "another field"])  # fmt: skip
def test_no_file_is_answered_beside_the_field(client, programme, given, message):
    answer = client.post(reverse("reports:verify"), given)

    assert (answer.status_code, dict(answer.context["form"].errors)) == (200, {"fil": [message]})


@pytest.mark.parametrize("name", NAMES)
def test_name_of_the_file_says_nothing_and_is_not_shown(client, sent, name):
    answer = upload(client, bytes(sent.pdf), name)

    assert verdict(answer) == Verdict.GENUINE
    assert "<script>" not in html_of(answer)


def test_of_several_files_the_first_is_taken(client, sent):
    files = [SimpleUploadedFile("a.pdf", bytes(sent.pdf)), SimpleUploadedFile("b.pdf", b"x" * 3_000_000)]

    assert verdict(client.post(reverse("reports:verify"), {"fil": files})) == Verdict.GENUINE


def test_broken_form_is_no_error_of_ours(client, programme):
    kind = "multipart/form-data; boundary=x"

    for body in (b"", b"--x\r\n", b"--x\r\nContent-Disposition: form-data; name=fil; filename=a\r\n\r\nhej"):
        assert client.post(reverse("reports:verify"), body, content_type=kind).status_code in (200, 400)
    assert client.post(reverse("reports:verify"), b"{}", content_type="application/json").status_code == 200


def test_many_files_from_one_address_have_to_wait(client, programme):
    answers = [upload(client, b"hej", REMOTE_ADDR="203.0.113.9").status_code for _ in range(FILES_FROM_ONE + 1)]

    assert answers == [200] * FILES_FROM_ONE + [429]
    assert upload(client, b"hej", REMOTE_ADDR="203.0.113.10").status_code == 200


# --- As an outsider checks it, with what docs/verification.md tells


@pytest.fixture
def fetched(client, sent, tmp_path):
    """The JSON, as it is fetched from the page."""
    file = tmp_path / "rapport.json"
    file.write_bytes(client.get(f"{page_of(sent)}rapport.json").getvalue())
    return file


def told_in_docs(language):
    """The block of the document in that language."""
    return (
        (settings.BASE_DIR / "docs" / "verification.md")
        .read_text()
        .partition(f"```{language}\n")[2]
        .partition("```")[0]
    )


def run(*command, **more):
    return subprocess.run(command, capture_output=True, text=True, check=True, **more).stdout


def test_ten_lines_of_the_document_give_the_hash_that_the_page_tells(client, programme, sent, fetched, tmp_path):
    script = tmp_path / "efter.py"
    script.write_text(told_in_docs("python"))
    assert len(script.read_text().strip().splitlines()) <= 10

    told = run(sys.executable, "-I", str(script), str(fetched))
    assert told.splitlines() == ["canonical", f"SHA-256  {sent.sha256}", "previous none: the first report"]
    assert sent.sha256 in html_of(client.get(page_of(sent)))

    second = frozen(programme, to=D(2011, 12, 31))
    fetched.write_bytes(client.get(f"{page_of(second)}rapport.json").getvalue())
    assert f"previous {sent.sha256}" in run(sys.executable, "-I", str(script), str(fetched))
    fetched.write_bytes(fetched.read_bytes() + b" ")
    assert "NOT canonical" in run(sys.executable, "-I", str(script), str(fetched))


def test_commands_of_the_document_do_what_it_says(client, sent, fetched):
    (fetched.parent / "rapport.pdf").write_bytes(bytes(sent.pdf))
    lines = [line.partition("#")[0].strip() for line in told_in_docs("sh").splitlines()]
    told = [run("sh", "-c", line, cwd=fetched.parent) for line in lines if not line.startswith("jq")]

    assert told[0].split() == [sent.sha256, "rapport.json"]
    assert told[1].split() == [sent.pdf_sha256, "rapport.pdf"]
    assert json.loads(told[2]) == sent.content
    assert sent.pdf_sha256 in html_of(client.get(page_of(sent)))


# --- What is stored may be damaged too


@pytest.fixture
def owners():
    """A programme of the owner's, who can damage what is stored; it is gone afterwards."""
    with as_owner(), transaction.atomic():
        yield make.plan("Ejerby")
        transaction.set_rollback(True)


def damage(report, column, value=b"{}"):
    """As whoever has the machine could."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("alter table reports_frozenreport disable trigger user")
        cursor.execute(f"update reports_frozenreport set {column} = %s where id = %s", [value, report.pk])


@pytest.mark.parametrize(
    ("column", "value"), [("canonical", b"{}"), ("pdf", b"{}"), ("cut_off", "2011-09-29"), ("known_at", "2011-10-01")]
)
def test_what_is_damaged_here_is_not_called_genuine(client, owners, column, value):
    sent = frozen(owners)
    data, paper = bytes(sent.canonical), bytes(sent.pdf)
    damage(sent, column, value)

    for answer in (client.get(page_of(sent)), upload(client, data), upload(client, paper)):
        assert verdict(answer) == Verdict.DAMAGED
        assert words.DAMAGED.heading in html_of(answer)
        assert "rapport.json" not in html_of(answer)
    assert client.get(f"{page_of(sent)}rapport.json").status_code == 404


def test_damaged_one_before_it_is_told_of_the_chain(client, owners):
    first, second = frozen(owners), frozen(owners, to=D(2011, 12, 31))
    damage(first, "canonical")

    answer = client.get(page_of(second))

    assert verdict(answer) == Verdict.GENUINE
    assert words.CHAIN_BROKEN in html_of(answer)
    assert words.CHAIN_WHOLE.format(place=2) not in html_of(answer)


@pytest.mark.parametrize(("column", "told"), [("canonical", "the JSON is not"), ("pdf", "the PDF is not")])
def test_command_ends_with_1_where_what_is_stored_is_damaged(owners, column, told):
    out = StringIO()
    damage(frozen(owners), column)

    with pytest.raises(CommandError) as ended:
        call_command("verify_reports", stdout=out)
    assert ended.value.returncode == 1
    assert told in out.getvalue()
