"""What anybody is told of a file: genuine, altered, replaced or unknown, and never genuine by mistake."""

import datetime as dt
import json
import random
import time
import zlib

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from reports.progress import check_words as words
from reports.progress.canonical import sha256
from reports.progress.freezing import freeze
from reports.progress.sent import LARGEST
from reports.progress.verifying import Verdict, answer_to_file
from reports.views.verify import FILES_FROM_ONE
from tests.doors import html_of
from tests.reports import approver, draft, frozen
from tests.reports import sent as sent_out
from tests.verifying.asking import page_of, upload, verdict

D = dt.date
pytestmark = pytest.mark.django_db


NAMES = ["\u202efdp.exe", "<script>.pdf", "أمهات.json", "../../etc/passwd", "æ" * 500 + ".pdf", "a\x00b.pdf", "'; drop"]


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
