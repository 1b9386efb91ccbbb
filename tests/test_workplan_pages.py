"""The work plan through the door: the drawing, the list and its files, one milestone, and the forms."""

import csv
import datetime as dt
import io
import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bydelsmoedre.moment import today
from programme.models import Activity, Evidence, Milestone, MilestoneNeeds, MilestoneReached
from reports.figures.workplan import MilestoneFigure, State, state_of
from reports.gantt import LABELS, RIGHT, WIDTH, Part, gantt
from tests import factories as make
from tests.doors import hidden_of, html_of, saved, says, sent
from tests.meanwhile import while_waiting
from tests.workplan import milestone, reach, wait

D = dt.date
DUE_ON = D(2011, 6, 30)
pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(programme):
    """An activity with two milestones, the second of which waits for one around the activities."""
    activity = Activity.objects.create(programme=programme, number=1, title="Udarbejde et koncept")
    around = milestone(programme, DUE_ON, title="Koordinatoren er ansat")
    first = milestone(programme, DUE_ON, title="Udkast", activity=activity, place=1)
    second = milestone(programme, DUE_ON, around, title="Vedtaget", activity=activity, place=2, starts_on=D(2011, 2, 1))
    return {"around": around, "first": first, "second": second, "activity": activity}


def page(client, **asked):
    return client.get(reverse("programme:workplan"), asked)


def rows_of(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_plan_numbers_its_milestones_and_tells_what_each_waits_for(plan, secretary):
    lines = page(secretary, on="2011-03-01").context["plan"].lines

    told = [(one.number, one.milestone.title, [number for number, _ in one.needs], one.words) for one in lines]
    assert told == [
        ("0.1", "Koordinatoren er ansat", [], says("Under way")),
        ("1.1", "Udkast", [], says("Under way")),
        ("1.2", "Vedtaget", ["0.1"], says("Waiting")),
    ]


def test_plan_of_a_day_tells_what_was_reached_then_and_keeps_the_day_in_its_links(plan, secretary):
    reach(plan["around"], D(2011, 4, 1))

    before, after = (html_of(page(secretary, on=day)) for day in ("2011-03-31", "2011-04-01"))

    assert (before.count("01.04.2011"), after.count("01.04.2011")) == (0, 1)
    assert f'href="{plan["around"].get_absolute_url()}?on=2011-03-31"' in before
    assert says("%(reached)s of %(number)s milestones reached", reached=1, number=1) in after


def test_file_of_the_plan_has_the_rows_of_the_page_and_more(plan, secretary):
    reach(plan["around"], D(2011, 7, 4))

    head, *rows = (one for one in rows_of(page(secretary, on="2011-12-01", format="csv")) if len(one) > 5)

    assert [row[:2] for row in rows] == [["0.1", "Koordinatoren er ansat"], ["1.1", "Udkast"], ["1.2", "Vedtaget"]]
    assert rows[0][head.index(says("Reached on"))] == "04.07.2011"
    assert rows[2][head.index(says("Activity"))] == "1. Udarbejde et koncept"


def test_empty_plan_says_what_to_do_to_who_may(programme, secretary, caseworker, client_of):
    told = "No milestone is planned yet. Begin with what is to be reached first, and by when."

    assert says(told) in html_of(page(secretary))
    assert says("No milestone is planned yet. The secretariat plans them.") in html_of(page(client_of(caseworker)))
    assert page(secretary).context["gantt"] is None


def test_municipality_reads_the_plan_and_not_the_words_of_its_evidence(programme, plan, caseworker, client_of):
    evidence = Evidence.objects.create(programme=programme, description="Kontrakt med Amina")
    reach(plan["around"], D(2011, 4, 1), note="Amina begyndte", evidence=evidence)
    client = client_of(caseworker)

    html = html_of(page(client)) + html_of(client.get(plan["around"].get_absolute_url()))

    assert "Koordinatoren er ansat" in html
    assert "Amina" not in html
    assert says("New milestone") not in html


def test_settings_lead_to_the_plan(programme, secretary):
    assert f'href="{reverse("programme:workplan")}"' in html_of(secretary.get(reverse("reports:settings")))


# --- The drawing


def figure(due_on, starts_on=None, reached_on=None, on=D(2011, 6, 1), needs=()):
    state = state_of(on, starts_on, due_on, reached_on, is_waiting=bool(needs))
    late = max(((reached_on or on) - due_on).days, 0)
    return MilestoneFigure(uuid4(), None, starts_on, due_on, reached_on, state, late, tuple(needs), tuple(needs))


DAYS = st.dates(D(2009, 12, 1), D(2013, 3, 31))
FIGURES = st.lists(st.tuples(DAYS, st.none() | DAYS, st.none() | DAYS), min_size=1, max_size=4)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FIGURES, DAYS)
def test_everything_that_is_drawn_lies_within_the_drawing(drawn, on):
    figures = [figure(due, min(start, due) if start else None, reached, on) for due, start, reached in drawn]

    found = gantt([Part("Aktivitet", [("M", one) for one in figures])], D(2011, 1, 1), D(2011, 12, 31), on)

    right = WIDTH - RIGHT
    for row in found.rows:
        assert all(bar.x >= LABELS and bar.width >= 1 and bar.x + bar.width <= right + 1.1 for bar in row.bars)
        assert row.mark is None or LABELS <= row.mark.x <= right
        assert 0 < row.y < found.height
    assert found.today is None or LABELS <= found.today <= right
    assert sum(1 for month in found.months if month.label) <= 18


def test_milestone_stands_on_the_day_on_which_it_is_reached_else_on_the_one_on_which_it_is_due():
    year = D(2011, 1, 1), D(2011, 12, 31)
    reached, to_come = figure(D(2011, 12, 31), reached_on=D(2011, 1, 1)), figure(D(2011, 12, 31), D(2011, 1, 1))

    found = gantt([Part("A", [("1", reached), ("2", to_come)])], *year, D(2011, 6, 1))

    assert [(row.mark.x, row.mark.css, row.planned) for row in found.rows if row.mark] == [
        (LABELS, State.REACHED, WIDTH - RIGHT),
        (WIDTH - RIGHT, State.UNDER_WAY, None),
    ]
    assert [bar.css for bar in found.rows[2].bars] == ["gantt-planned", "gantt-done"]


def test_line_is_drawn_for_what_is_waited_for_and_not_for_what_is_done():
    first = figure(D(2011, 5, 1))
    waiting, done = figure(D(2011, 12, 1), needs=[first.uuid]), figure(D(2011, 12, 1), None, D(2011, 3, 1))

    found = gantt([Part("A", [("1", first), ("2", waiting), ("3", done)])], D(2011, 1, 1), D(2011, 12, 31), DUE_ON)

    assert len(found.links) == 1


def test_drawing_has_words_and_no_style_of_its_own(plan, secretary):
    drawn = re.search(r"<svg class=\"gantt-plot\".*?</svg>", html_of(page(secretary, on="2011-03-01")), re.DOTALL)[0]

    said = "%(number)s milestones: %(reached)s reached, %(overdue)s overdue. Each stands in the table below."
    assert says(said, number=3, reached=0, overdue=0) in drawn
    assert "style=" not in drawn
    assert drawn.count("gantt-diamond") == 3


# --- One milestone


def test_milestone_tells_its_move_what_waits_for_it_and_where_its_day_is_from(plan, secretary):
    Milestone.objects.filter(pk=plan["around"].pk).update(due_on=D(2011, 9, 30), dated_by="Kontrakten")

    html = html_of(secretary.get(plan["around"].get_absolute_url()))

    moved = says(
        "moved from %(before)s to %(after)s, written %(day)s",
        before="30.06.2011",
        after="30.09.2011",
        day=f"{today():%d.%m.%Y}",
    )
    assert moved in html
    assert "Kontrakten" in html
    assert "1.2 Vedtaget" in html
    listed = says("moved from %(before)s to %(after)s", before="30.06.2011", after="30.09.2011")
    assert listed in html_of(page(secretary))


def test_overdue_milestone_is_to_be_mended_on_its_own_page(plan, secretary):
    found = secretary.get(reverse("reports:today"), {"on": "2011-07-01"}).context["findings"]

    overdue = [one for one in found if one.code == "milestone_overdue"]
    assert {one.what for one in overdue} == {"Koordinatoren er ansat", "Udkast", "Vedtaget"}


def test_milestone_is_marked_with_what_shows_it_and_that_is_retracted(plan, secretary):
    one = plan["around"]
    url = reverse("programme:milestone_reached", args=[one.uuid])

    bare = sent(secretary, url, happened_on="2011-04-01")
    shown = sent(secretary, url, happened_on="2011-04-01", evidence_text="Kontrakt, sag 2011-123")
    again = sent(secretary, url, happened_on="2011-04-02", evidence_text="Kontrakt")

    assert list(bare.context["form"].errors) == ["evidence_text"]
    assert (shown.status_code, shown.url) == (302, one.get_absolute_url())
    assert list(again.context["form"].errors) == ["happened_on"]
    html = html_of(secretary.get(one.get_absolute_url()))
    assert "Kontrakt, sag 2011-123" in html
    assert url not in html
    assert reverse("reports:retract", args=["milepael", MilestoneReached.objects.get().uuid]) in html


def test_what_is_measured_has_no_page_to_mark_it_by_hand(programme, plan, secretary):
    one = milestone(programme, measure="mothers")

    assert secretary.get(reverse("programme:milestone_reached", args=[one.uuid])).status_code == 404
    assert says("Mark as reached") not in html_of(secretary.get(one.get_absolute_url()))


# --- The form


def typed(one, **changes):
    """What stands in the form of a milestone, and what is changed in it."""
    told = {
        "title": one.title,
        "activity": one.activity_id or "",
        "place": one.place,
        "owner_office": one.owner_office,
        "starts_on": one.starts_on or "",
        "due_on": one.due_on,
        "reached_when": "hand",
        "waits_for": [need.needed_id for need in one.needs.all()],
    }
    return told | changes


def edit(client, one, **changes):
    return sent(client, reverse("programme:milestone_edit", args=[one.uuid]), **typed(one, **changes))


def needs_of(one):
    return {need.needed_id for need in MilestoneNeeds.objects.filter(milestone=one)}


def test_dependencies_are_added_and_removed(plan, secretary):
    edit(secretary, plan["second"], waits_for=[plan["first"].pk])

    assert needs_of(plan["second"]) == {plan["first"].pk}


def test_circle_is_refused_beside_its_field_and_what_was_typed_is_kept(plan, secretary):
    before = saved()

    answer = edit(secretary, plan["around"], title="Ny titel", waits_for=[plan["second"].pk])

    told = "“%(milestone)s” waits for this one already: they would wait for each other."
    assert answer.context["form"].errors == {"waits_for": [says(told, milestone="Vedtaget")]}
    assert "Ny titel" in html_of(answer)
    assert saved() == before


@pytest.mark.parametrize("kind", ["criterion", "document", "agreement", "meeting", "application", "grant"])
def test_what_measures_a_milestone_is_chosen_with_its_object(programme, plan, secretary, kind):
    form = secretary.get(reverse("programme:milestone_edit", args=[plan["first"].uuid])).context["form"]
    chosen = next(value for value, _ in form.fields["reached_when"].choices if value.startswith(f"{kind}:"))

    edit(secretary, plan["first"], reached_when=chosen)

    one = Milestone.objects.get(pk=plan["first"].pk)
    assert f"{one.measure}:{one.measured_of.pk}" == chosen
    again = secretary.get(reverse("programme:milestone_edit", args=[one.uuid])).context["form"]
    assert again["reached_when"].value() == chosen


def test_document_that_no_body_must_adopt_is_not_offered_since_it_is_never_adopted(programme, plan, secretary):
    nobodys = make.DocumentFactory(programme=programme, title="Vedtægter", kind="statutes", adopted_by=None)
    other = make.DocumentFactory(programme=programme, title="Husorden", adopted_by=None)
    kept = milestone(programme, DUE_ON, measure="document", document=nobodys)

    def offered(one):
        form = secretary.get(reverse("programme:milestone_edit", args=[one.uuid])).context["form"]
        return {value for value, _words in form.fields["reached_when"].choices}

    values = [f"document:{one.pk}" for one in (nobodys, other)]
    assert [[one in offered(which) for one in values] for which in (plan["first"], kept)] == [
        [False, False],
        [True, False],
    ]


def test_measure_is_not_chosen_where_it_is_marked_by_hand(plan, secretary):
    reach(plan["first"], D(2011, 4, 1))

    answer = edit(secretary, plan["first"], reached_when="mothers")

    told = [says("The milestone is recorded as reached. Retract that first.")]
    assert answer.context["form"].errors == {"reached_when": told}


def test_form_that_stood_open_sees_what_somebody_else_has_changed_of_the_dependencies(plan, secretary):
    url = reverse("programme:milestone_edit", args=[plan["second"].uuid])
    hidden = hidden_of(secretary.get(url))
    wait(plan["second"], plan["first"])

    answer = secretary.post(url, hidden | typed(plan["second"], waits_for=[plan["around"].pk]))

    (difference,) = answer.context["difference"]
    told = "Koordinatoren er ansat", "Koordinatoren er ansat, Udkast"
    assert (difference.opened, difference.theirs) == told
    assert needs_of(plan["second"]) == {plan["around"].pk, plan["first"].pk}


def test_milestone_of_another_programme_is_neither_seen_nor_waited_for(twin, plan, secretary):
    other = milestone(twin, title="KANARIE")
    url = reverse("programme:milestone_edit", args=[plan["first"].uuid])

    assert "KANARIE" not in html_of(page(secretary)) + html_of(secretary.get(url))
    assert secretary.get(other.get_absolute_url()).status_code == 404
    assert list(edit(secretary, plan["first"], waits_for=[other.pk]).context["form"].errors) == ["waits_for"]


@pytest.mark.django_db(transaction=True)
def test_circle_that_somebody_closes_meanwhile_is_refused_and_nothing_is_saved(elsewhere):
    programme = make.plan("København")
    user = make.user_with_role(programme, "secretariat")
    first, second = milestone(programme), milestone(programme)
    data = typed(first, title="Ny titel", waits_for=[second.pk])
    url = reverse("programme:milestone_edit", args=[first.uuid])

    client = Client()
    client.force_login(user)
    data |= hidden_of(client.get(url))
    with elsewhere.cursor() as cursor:
        cursor.execute(
            "insert into programme_milestoneneeds (milestone_id, needed_id) values (%s, %s)", [second.pk, first.pk]
        )

    answer = while_waiting(user, url, data, elsewhere)

    assert answer.context["form"].non_field_errors()
    assert Milestone.objects.get(pk=first.pk).title == first.title
    assert MilestoneNeeds.objects.count() == 1
