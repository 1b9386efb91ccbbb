"""A share link: one report for a reader without a login, until a day or until it is closed; every opening is logged."""

import datetime as dt
from uuid import uuid4

import pytest
from django.core.signing import Signer
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from bydelsmoedre.moment import today
from bydelsmoedre.owner import as_owner
from bydelsmoedre.tokens import Tokens
from reports.models import ShareLink, ShareOpening
from reports.models.sharing import LONGEST
from reports.progress import share_words as words
from reports.progress.canonical import sha256
from reports.progress.freezing import freeze
from reports.sharing import MOST_AN_HOUR, close_link, link_of, token_of
from tests import factories as make
from tests.doors import html_of, sent
from tests.reports import approver, draft, frozen, link_to
from tests.reports import sent as sent_out

D, DAY = dt.date, dt.timedelta(1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def report(programme):
    return frozen(programme)


@pytest.fixture
def link(report):
    return link_to(report)


def page_of(link):
    return reverse("reports:shared", args=[token_of(link)])


def paper_of(link):
    return reverse("reports:shared_paper", args=[token_of(link)])


def user_of(client, programme, role, **values):
    user = make.user_with_role(programme, role, **values)
    client.force_login(user)
    return user


# --- What it opens


def test_reader_without_a_login_reads_the_one_report(client, report, link):
    answer = client.get(page_of(link))

    told = html_of(answer)
    for word in (str(report.report).replace("\u00a0", " "), "Version 1", link.label, "Om mål.", paper_of(link)):
        assert word in told
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer["X-Robots-Tag"]
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Language"] == "da"


def test_paper_is_fetched_byte_for_byte(client, report, link):
    answer = client.get(paper_of(link))

    assert sha256(answer.getvalue()) == report.pdf_sha256
    assert answer["Content-Disposition"] == 'attachment; filename="2011-09-30_Statusrapport_Bydelsmoedre_v1.pdf"'
    assert (answer["Referrer-Policy"], answer["Content-Security-Policy"]) == ("no-referrer", "sandbox")
    assert "no-store" in answer["Cache-Control"]


def test_link_leads_to_no_other_page_than_the_paper_of_its_report(client, link):
    """And to what is open to everybody: no report, draft or list."""
    told = html_of(client.get(page_of(link))).partition("<main")[2].partition("</main>")[0]

    assert "/rapporter/" not in told
    assert "/kontrol/" not in told
    assert [one.partition('"')[0] for one in told.split('href="/')[1:]] == [paper_of(link)[1:]]


def test_token_of_one_link_reaches_its_report_alone(client, programme, report, link):
    other = frozen(programme, to=D(2011, 12, 31))
    theirs = link_to(other)

    assert sha256(client.get(paper_of(link)).getvalue()) == report.pdf_sha256
    assert sha256(client.get(paper_of(theirs)).getvalue()) == other.pdf_sha256
    for identity in (other.uuid, report.uuid, report.report.uuid, uuid4()):
        assert client.get(reverse("reports:shared", args=[Tokens("reports.sharing").of(identity)])).status_code == 404


def test_newer_version_is_told_of_and_not_shown(client, programme):
    one, user = draft(programme), approver(programme)
    link = link_to(sent_out(freeze(one, by=user)))
    second = freeze(one, by=user, reason="Et tal")
    assert words.NEWER not in html_of(client.get(page_of(link)))
    sent_out(second)

    told = html_of(client.get(page_of(link)))
    assert words.NEWER in told
    assert second.sha256[:20] not in told
    assert sha256(client.get(paper_of(link)).getvalue()) != second.pdf_sha256


def test_damaged_report_is_not_shown(client):
    with as_owner(), transaction.atomic():
        link = link_to(frozen(make.plan("Ejerby")))
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
            cursor.execute("alter table reports_frozenreport disable trigger user")
            cursor.execute("update reports_frozenreport set canonical = '{}'::bytea, pdf = 'x'::bytea")

        assert [client.get(url).status_code for url in (page_of(link), paper_of(link))] == [404, 404]
        assert not link.openings.exists()
        transaction.set_rollback(True)


# --- When it opens nothing


def dead(client, url):
    """The answer, which is the same whatever is wrong."""
    answer = client.get(url)
    assert answer.status_code == 404
    assert answer["Referrer-Policy"] == "no-referrer"
    assert words.DEAD in html_of_any(answer)
    return html_of_any(answer)


def html_of_any(answer):
    return answer.content.decode().replace("\u00a0", " ")


def tampered(token):
    """What somebody may make of a token."""
    identity, _, signature = token.partition(".")
    return {
        "cut": token[:-1],
        "longer": f"{token}A",
        "other signature": f"{identity}.{signature[::-1]}",
        "other identity": f"{Tokens('reports.sharing').of(uuid4()).partition('.')[0]}.{signature}",
        "unsigned": identity,
        "another kind": Signer(salt="volunteers.links", sep=".").sign(identity),
        "nothing": ".",
        "words": "الحي",
        "long": "x" * 3000,
    }


def test_dead_links_are_answered_alike(client, report, link):
    pages = {how: f"/delt/{token}/" for how, token in tampered(token_of(link)).items()}
    closed, late = link_to(report), link_to(report, created_on=today() - 2 * DAY, expires_on=today() - DAY)
    close_link(closed, by=closed.created_by)
    pages |= {"closed": page_of(closed), "late": page_of(late)}
    pages |= {f"{how}, PDF": f"{url}rapport.pdf" for how, url in pages.items()}

    answers = {how: dead(client, url) for how, url in pages.items()}

    assert len(set(answers.values())) == 1
    assert not ShareOpening.objects.exists()


def test_link_works_on_its_last_day_and_not_on_the_next(client, report):
    last = link_to(report, created_on=today() - DAY, expires_on=today())
    over = link_to(report, created_on=today() - 2 * DAY, expires_on=today() - DAY)

    assert [client.get(page_of(one)).status_code for one in (last, over)] == [200, 404]
    assert [one.is_open for one in (last, over)] == [True, False]
    assert list(ShareLink.objects.open()) == [last]


def test_closed_link_opens_nothing_and_is_never_opened_again(client, link):
    close_link(link, by=link.created_by)
    first = ShareLink.objects.get().revoked_at
    close_link(link, by=make.UserFactory())

    assert client.get(page_of(link)).status_code == 404
    assert (ShareLink.objects.get().revoked_at, ShareLink.objects.get().revoked_by) == (first, link.created_by)
    with pytest.raises(DatabaseError), transaction.atomic():
        ShareLink.objects.update(revoked_at=None, revoked_by=None)


# --- The log of openings


def test_every_opening_leaves_a_row_without_saying_whose(client, link):
    client.get(page_of(link), REMOTE_ADDR="203.0.113.9")
    client.get(paper_of(link))
    client.head(page_of(link))
    client.head(paper_of(link))

    assert sorted(link.openings.values_list("what", flat=True)) == ["page", "pdf"]
    assert {field.name for field in ShareOpening._meta.get_fields()} == {"id", "link", "what", "at"}


@pytest.mark.parametrize("sql", [
    "update reports_shareopening set what = 'pdf'",
    "update reports_shareopening set at = now()",
    "delete from reports_shareopening",
    "truncate reports_shareopening",
    "alter table reports_shareopening disable trigger a_kept",
])  # fmt: skip
def test_web_role_changes_no_opening(client, link, sql):
    client.get(page_of(link))
    before = list(ShareOpening.objects.values())

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert list(ShareOpening.objects.values()) == before


def test_web_role_dates_no_opening(link):
    made = ShareOpening.objects.create(link=link, what="page", at=dt.datetime(2011, 1, 1, tzinfo=dt.UTC))
    made.refresh_from_db()

    assert made.at.year != 2011


@pytest.mark.parametrize("change", [
    {"expires_on": today() + 60 * DAY}, {"created_on": today() - DAY}, {"uuid": uuid4()},
], ids=lambda change: next(iter(change)))  # fmt: skip
def test_link_is_never_prolonged_or_led_elsewhere(programme, link, change):
    with pytest.raises(DatabaseError), transaction.atomic():
        ShareLink.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        ShareLink.objects.update(frozen=frozen(programme, to=D(2011, 12, 31)))


def test_link_that_a_program_opens_all_the_time_has_to_wait(client, link):
    ShareOpening.objects.bulk_create(ShareOpening(link=link, what="page") for _ in range(MOST_AN_HOUR))

    answers = [client.get(url) for url in (page_of(link), paper_of(link))]
    assert [one.status_code for one in answers] == [429, 429]
    assert words.TOO_OFTEN in html_of_any(answers[0])
    assert link.openings.count() == MOST_AN_HOUR


# --- Made and closed by the staff


@pytest.mark.parametrize("role", ["secretariat", "foundation"])
def test_staff_makes_a_link_and_copies_its_address(client, programme, report, role):
    user = user_of(client, programme, role)
    answer = sent(client, reverse("reports:share", args=[report.uuid]), label="Udvalgets sekretariat", days="14")

    (made,) = ShareLink.objects.all()
    assert answer.url == f"{report.get_absolute_url()}#deling"
    assert (made.frozen, made.created_by, made.label) == (report, user, "Udvalgets sekretariat")
    assert (made.created_on, made.expires_on) == (today(), today() + 14 * DAY)
    assert f"http://testserver{page_of(made)}" in html_of(client.get(report.get_absolute_url()))


def test_address_is_copied_again_by_the_secretariat_and_by_who_made_it(client, programme, report, link):
    page, address = report.get_absolute_url(), token_of(link)

    user_of(client, programme, "foundation")
    told = html_of(client.get(page))
    assert link.label in told
    assert address not in told
    client.force_login(link.created_by)
    assert address in html_of(client.get(page))
    user_of(client, programme, "secretariat")
    assert address in html_of(client.get(page))
    close_link(link, by=link.created_by)
    assert address not in html_of(client.get(page))


def test_openings_are_told_on_the_report_s_page(client, programme, report, link):
    for url in (page_of(link), page_of(link), paper_of(link)):
        client.get(url)
    user_of(client, programme, "secretariat")

    (line,) = client.get(report.get_absolute_url()).context["sharing"]["open"]
    assert (line.pages, line.papers) == (2, 1)
    assert line.latest == ShareOpening.objects.latest("at").at


def test_municipality_is_told_of_no_link_and_makes_none(client, programme, report, link):
    user_of(client, programme, "caseworker")

    told = html_of(client.get(report.get_absolute_url()))
    assert link.label not in told
    assert token_of(link) not in told
    assert client.get(reverse("reports:share", args=[report.uuid])).status_code == 403
    assert client.post(reverse("reports:share", args=[report.uuid]), {"label": "x", "days": "1"}).status_code == 403
    assert client.post(reverse("reports:unshare", args=[link.uuid])).status_code == 404
    assert ShareLink.objects.get().is_open


def test_secretariat_of_another_programme_touches_none(client, report, link):
    user_of(client, make.plan("Odense"), "secretariat")

    for name, uuid in (("share", report.uuid), ("unshare", link.uuid)):
        url = reverse(f"reports:{name}", args=[uuid])
        assert [client.get(url).status_code, client.post(url, {"label": "x", "days": "1"}).status_code] == [404, 404]
    assert [one.is_open for one in ShareLink.objects.all()] == [True]


def test_staff_closes_a_link(client, programme, report, link):
    user = user_of(client, programme, "foundation")
    answer = client.post(reverse("reports:unshare", args=[link.uuid]))

    link.refresh_from_db()
    assert answer.url == f"{report.get_absolute_url()}#deling"
    assert (link.is_open, link.revoked_by) == (False, user)
    assert client.post(reverse("reports:unshare", args=[link.uuid])).status_code == 302


@pytest.mark.parametrize(("given", "field"), [
    ({"days": "0"}, "days"),
    ({"days": str(LONGEST + 1)}, "days"),
    ({"days": "-1"}, "days"),
    ({"days": "mange"}, "days"),
    ({"days": ""}, "days"),
    ({"label": ""}, "label"),
    ({"label": "   "}, "label"),
    ({"label": "x" * 121}, "label"),
    ({"label": "010170-1234"}, "label"),
], ids=str)  # fmt: skip
def test_link_that_cannot_be_meant_is_refused_beside_the_field(client, programme, report, given, field):
    user_of(client, programme, "secretariat")
    typed = {"label": "Udvalget", "days": "30"} | given
    answer = client.post(reverse("reports:share", args=[report.uuid]), typed)

    assert (answer.status_code, list(answer.context["form"].errors)) == (200, [field])
    assert not ShareLink.objects.exists()


@pytest.mark.parametrize("days", [0, LONGEST + 1])
def test_database_refuses_a_link_that_works_too_long_or_not_at_all(report, days):
    with pytest.raises(DatabaseError), transaction.atomic():
        link_to(report, expires_on=today() + days * DAY)


@pytest.mark.parametrize("days", [1, LONGEST])
def test_link_works_from_one_day_to_ninety(client, programme, report, days):
    user_of(client, programme, "secretariat")
    sent(client, reverse("reports:share", args=[report.uuid]), label="Udvalget", days=str(days))

    assert ShareLink.objects.get().expires_on == today() + days * DAY


def test_made_up_token_asks_the_database_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert link_of("x" * 66) is None
