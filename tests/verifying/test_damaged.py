"""What is stored may be damaged: then it is not called genuine, and the command says so."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from bydelsmoedre.owner import as_owner
from reports.progress import check_words as words
from reports.progress.verifying import Verdict
from tests import factories as make
from tests.doors import html_of
from tests.reports import frozen
from tests.verifying.asking import page_of, upload, verdict

D = dt.date
pytestmark = pytest.mark.django_db


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
