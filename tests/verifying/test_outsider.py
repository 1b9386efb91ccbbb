"""As an outsider checks a report, with standard tools and what docs/verification.md tells."""

import datetime as dt
import json
import subprocess
import sys

import pytest
from django.conf import settings

from tests.doors import html_of
from tests.reports import frozen
from tests.verifying.asking import page_of

D = dt.date
pytestmark = pytest.mark.django_db


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
