"""Two frozen reports side by side: what each of them says, what changed, and the facts that made the difference."""

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from budget.models import Budget
from bydelsmoedre.moment import COPENHAGEN, Moment
from programme.models import CriterionVersion, SuccessCriterion
from programme.rules import adopt
from reports.models import FrozenReport
from reports.progress.differences import Change, changes_since, differences
from reports.progress.freezing import freeze, freeze_as_of
from reports.views.compare_reports import report_before
from tests import factories as make
from tests.doors import html_of, says
from tests.progress_content import EMPTY, content, criterion, economy, line
from tests.reports import approver, draft, frozen, locked, sent
from tests.roles import clock

D = dt.date
pytestmark = pytest.mark.django_db
WHY = "Nørrebro er registreret efterfølgende"


def at(month, day):
    return dt.datetime(2011, month, day, 20, tzinfo=COPENHAGEN)


def page(client, first=None, second=None):
    asked = {"fra": first.uuid, "til": second.uuid} if first else {}
    return client.get(reverse("reports:compare_reports"), asked)


@pytest.fixture
def versions(programme):
    """Two versions of a report; between them a founding from before its cut-off was recorded, and money was spent."""
    report, user = draft(programme), approver(programme)
    first = sent(freeze(report, by=user))
    place = make.founded_association(programme, D(2011, 9, 15), name="Bydelsmødre på Nørrebro")
    budget_line = Budget.objects.get(programme=programme).lines.get(number=1)
    make.posting(line=budget_line, amount=Decimal(84_000), text="Løn", happened_on=D(2011, 9, 1))
    return place, first, sent(freeze(report, by=user, reason=WHY))


# --- From the contents alone


def test_criteria_and_sums_that_differ_are_told_in_short(versions):
    _, first, second = versions

    found = [str(one).replace("\u00a0", " ") for one in changes_since(first, second)]

    assert found[0] == "Lokale foreninger 0 → 1"
    assert found[1:] == ["Forbrug 0 → 84.000 (+84.000)", "Rest 1.370.000 → 1.286.000 (−84.000)"]
    assert changes_since(first, first) == []


def test_change_is_told_by_numbers_by_standing_and_by_rule():
    before = content(criteria=[criterion(value=1), criterion(key="concept", value=None, target=None)])
    after = content(
        criteria=[
            criterion(value=3, standing="met", standing_name="Opfyldt", met=True),
            criterion(key="concept", value=None, target=None, rule_version="5e6f", rule_from="2011-10-01"),
            criterion(key="values", name="Fælles værdier"),
        ]
    )

    found = changes_since(*map(Stored, (before, after)))

    assert [(one.first, one.second) for one in found] == [
        ("1", "3"),
        ("Ikke opfyldt endnu", "Opfyldt"),
        ("01.01.2011", "01.10.2011"),
        (says("not in the report"), "Ikke opfyldt endnu"),
    ]


class Stored:
    """What `changes_since` asks of a frozen report."""

    def __init__(self, of):
        self.content = of


def test_lines_stand_by_name_and_what_is_unknown_has_no_difference():
    before = content(economy=economy(lines=[line("Kontor", "100.00", "10.00", "0.00", "90.00")]))
    lines = [line("Kontor", "100.00", None, "0.00", "90.00"), line("Effekt", "50.00", "1.50", "0.00", "48.50")]
    found = differences(before, content(economy=economy(lines=lines)))

    changed = [(one.label, one.what, one.first, one.second, one.difference) for one in found.lines if one.is_changed]
    assert ("Kontor", "spent", Decimal("10.00"), None, None) in changed
    assert ("Effekt", "spent", None, Decimal("1.50"), None) in changed
    assert [one for one in changed if one[0] == "Kontor" and one[1] != "spent"] == []


def test_lines_of_the_same_name_are_held_together_in_their_order():
    before = content(economy=economy(lines=[line("Løn", "100.00", "10.00", "0.00", "90.00")]))
    lines = [line("Løn", "100.00", "12.00", "0.00", "88.00"), line("Løn", "40.00", "5.00", "0.00", "35.00")]
    found = differences(before, content(economy=economy(lines=lines))).lines

    told = [(one.label, one.first, one.second) for one in found if one.what == "spent"]
    assert told == [("Løn", Decimal("10.00"), Decimal("12.00")), ("Løn", None, Decimal("5.00"))]
    lost = differences(content(economy=economy(lines=lines)), before).lines
    assert [(one.first, one.second) for one in lost if one.what == "spent"] == [
        (Decimal("12.00"), Decimal("10.00")),
        (Decimal("5.00"), None),
    ]


def test_small_number_that_is_not_told_has_no_difference_either():
    figures = [{"code": "mothers", "label": "Nye bydelsmødre", "value": "Færre end 5", "unit": ""}]
    found = differences(content(figures=figures), content(figures=[figures[0] | {"value": "13"}]))

    assert [(one.first, one.second, one.is_changed) for one in found.figures] == [("Færre end 5", "13", True)]
    assert not hasattr(found.figures[0], "difference")


def test_report_without_anything_is_compared_too():
    assert differences(EMPTY, EMPTY).criteria == []
    assert changes_since(Stored(EMPTY), Stored(content()))[0].second == "Ikke opfyldt endnu"
    assert str(Change("Forbrug", "1", "2", "+1")) == "Forbrug 1 → 2 (+1)"


# --- Which report is the one before


def test_version_is_held_against_the_one_that_it_replaces_else_against_the_last_one_about_an_earlier_day(programme):
    early, report, user = (
        draft(programme, to=D(2011, 6, 30), period_from=D(2011, 1, 1)),
        draft(programme),
        approver(programme),
    )
    june, autumn = freeze(early, by=user), freeze(report, by=user)
    june_again, autumn_again = (freeze(one, by=user, reason="Rettet") for one in (early, report))

    before = [report_before(one, user) for one in (june, autumn, june_again, autumn_again)]

    assert before == [None, june, june, autumn]


def test_municipality_is_not_told_of_a_version_that_it_was_not_sent(programme, caseworker):
    locked(programme, to=D(2011, 6, 30), period_from=D(2011, 1, 1))
    second = frozen(programme)

    assert report_before(second, caseworker) is None


# --- The page


def test_what_was_recorded_after_the_first_report_is_named_as_recorded_afterwards(versions, caseworker, client_of):
    place, first, second = versions

    answer = page(client_of(caseworker), first, second)

    steps = [one for one in answer.context["lines"] if one.changed.code == "step"]
    assert {(one.what, str(one.changed.why)) for one in steps} == {(place.name, "late")}
    html = html_of(answer)
    assert "Registreret efterfølgende" in html
    assert "<strong>+1</strong>" in html
    assert "84.000" in html


def test_order_of_the_two_does_not_matter(versions, secretariat, client_of):
    _, first, second = versions

    answer = page(client_of(secretariat), second, first)

    assert [one.frozen for one in answer.context["sides"]] == [first, second]


def test_figures_are_those_that_were_frozen(versions, secretariat, client_of):
    _, first, second = versions
    make.founded_association(first.programme, D(2011, 9, 16))

    pair = page(client_of(secretariat), first, second).context["criteria"][0]

    assert (pair.first.result, pair.second.result) == ("0 af 3", "1 af 3")


def test_retraction_between_two_reports_is_told(programme, secretariat, client_of):
    with clock(at(5, 26)):
        place = make.founded_association(programme, D(2011, 5, 26))
    report, user = draft(programme), approver(programme)
    first = freeze_as_of(report, Moment(D(2011, 9, 30), at(10, 3)), by=user)
    with clock(at(10, 5)):
        place.steps.get(kind="board").retract(by=None, reason="Kun fire blev valgt")
    second = freeze_as_of(report, Moment(D(2011, 9, 30), at(10, 12)), by=user, reason="Bestyrelsen var ikke fuld")

    answer = page(client_of(secretariat), first, second)

    assert [(one.changed.detail, str(one.changed.why)) for one in answer.context["lines"]] == [("board", "retracted")]
    assert "<strong>Trukket tilbage" in html_of(answer)


def test_rule_that_changed_is_named_with_its_day(programme, secretariat, client_of):
    report, user = draft(programme), approver(programme)
    first = freeze(report, by=user)
    criterion_1 = SuccessCriterion.objects.get(programme=programme, number=1)
    version = CriterionVersion(
        criterion=criterion_1, wording="Minimum to", rule="associations_founded", target=2, rule_text="To stiftede",
        deadline=D(2011, 12, 31), started_on=D(2011, 9, 1),
    )  # fmt: skip
    adopt(version, by=None, reason="Ny aftale")
    second = freeze(report, by=user, reason="Ny regel")

    html = html_of(page(client_of(secretariat), first, second))

    assert says("Another version of the rule holds, from %(day)s.", day="1. september 2011") in html


def test_last_two_are_compared_where_none_are_asked_for(versions, secretariat, client_of):
    _, first, second = versions

    assert [one.frozen for one in page(client_of(secretariat)).context["sides"]] == [first, second]


def test_same_report_twice_says_so(versions, secretariat, client_of):
    _, first, _ = versions

    assert says("It is the same report twice. Choose another one.") in html_of(
        page(client_of(secretariat), first, first)
    )


def test_without_two_reports_the_page_says_so(programme, secretariat, client_of):
    frozen(programme)

    assert says("There are not two locked reports to compare yet.") in html_of(page(client_of(secretariat)))


@pytest.mark.parametrize("wrong", ["x", "", "00000000-0000-4000-8000-000000000000"])
def test_report_that_is_none_of_hers_is_an_error_beside_its_field(wrong, versions, secretariat, client_of):
    _, first, _ = versions

    answer = client_of(secretariat).get(reverse("reports:compare_reports"), {"fra": wrong, "til": first.uuid})

    assert list(answer.context["form"].errors) == ["fra"]
    assert answer.context["sides"] == []


def test_twins_report_cannot_be_chosen(versions, secretariat, client_of):
    _, first, _ = versions
    theirs = frozen(make.twin())

    answer = page(client_of(secretariat), first, theirs)

    assert list(answer.context["form"].errors) == ["til"]
    assert str(theirs.uuid) not in [value for value, _ in answer.context["form"].fields["til"].choices]


def test_municipality_does_not_choose_what_it_was_not_sent(versions, caseworker, client_of):
    _, first, _ = versions
    hidden = locked(first.programme, to=D(2011, 10, 31))

    assert list(page(client_of(caseworker), first, hidden).context["form"].errors) == ["til"]


def test_page_of_the_report_tells_what_changed_and_leads_to_why(versions, caseworker, client_of):
    _, first, second = versions
    client = client_of(caseworker)

    since = client.get(second.get_absolute_url()).context["since"]

    assert (since.before, str(since.changes[0])) == (first, "Lokale foreninger 0 → 1")
    assert [one.frozen for one in client.get(since.compare_url).context["sides"]] == [first, second]
    assert client.get(first.get_absolute_url()).context["since"] is None


# --- The story


def test_story_says_that_noerrebro_was_recorded_afterwards(story):
    first, second = FrozenReport.objects.filter(programme=story, report__kind="status").order_by("number")
    client = Client()
    client.force_login(make.user_with_role(story, "caseworker"))

    answer = page(client, first, second)

    told = [str(one) for one in changes_since(first, second)]
    late = {(one.what, one.changed.recorded_on) for one in answer.context["lines"] if one.changed.why == "late"}
    assert told[:2] == ["Lokale foreninger 1 → 2", "Uddannede koordinatorer 4 → 7"]
    assert late == {("Bydelsmødre på Nørrebro", D(2011, 10, 4))}
