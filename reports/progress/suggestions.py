"""What might be written in a section: short Danish sentences from the figures, the findings, and what changed since the
last report that was frozen. They are copied into a report to the municipality, so no person is named or counted here.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils import translation

from budget.month_end import latest_explanations
from bydelsmoedre.addresses import url
from bydelsmoedre.danish import dato, kort_dato, kroner, procent
from bydelsmoedre.moment import Moment
from reports.changed import Why, changed
from reports.changed import in_words as facts_in_words
from reports.figures.criteria import Measure, figures, measures, rows
from reports.figures.finances import budget
from reports.figures.forecast import forecast
from reports.figures.shapes import ARE_MET, BudgetFigure, CriterionFigure, Row, Standing
from reports.figures.workplan import State, workplan
from reports.findings import Found, found, may_mend
from reports.labels import names_for, public_labels
from reports.lacks import text_of
from reports.models import FrozenReport, ProgressReport
from reports.progress import suggested as words
from reports.progress.content import OF_PERSONS
from reports.progress.freezing import is_to_be_explained
from reports.progress.words import ACTIVITIES, ECONOMY, FORECAST, GOALS, RISKS, SAME_AS

#: So many near misses of a criterion are told of, and so many facts.
NEAR, FACTS = 3, 12
ANCHORING = "anchoring"
#: The findings that each section may tell of. None is about a person.
TOLD_IN = {
    GOALS: ("signature_missing", "renewal_missing"),
    ACTIVITIES: ("obligation_overdue", "milestone_overdue", "meeting_passed", "hearing_over"),
    ECONOMY: ("instalment_late", "condition_unmet", "reallocation_waits"),
    RISKS: ("risk_to_look_at", "milestone_overdue", "instalment_late", "signature_missing"),
    FORECAST: ("milestone_overdue",),
    ANCHORING: ("signature_missing", "renewal_missing"),
}
#: The kinds of facts that each section may tell of since the last report.
FACTS_IN = {
    ACTIVITIES: ("meeting", "adoption", "hearing", "signature", "closing", "adopted_in"),
    ECONOMY: ("funding", "answer", "approval", "terms"),
}
#: Why a fact is told of. What only ended, or was known otherwise, has not happened since.
TOLD = (Why.HAPPENED, Why.LATE, Why.EXISTS, Why.RETRACTED, Why.CORRECTED)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A sentence that may be copied into the section, and the page that shows why; "" where there is none."""

    text: str
    why_url: str = ""


def suggestions(report: ProgressReport, moment: Moment, code: str, request: Any) -> list[Suggestion]:
    """What might be written in that section of the report at the Moment; so many queries, whatever the data. The
    pages that show why are told to who may see them."""
    with translation.override("da"):
        return list(dict.fromkeys(_Asked(report, moment, SAME_AS.get(code, code), request).told()))


class _Asked:
    """One section's question, with the answers that its sentences rest on, each asked once."""

    def __init__(self, report: ProgressReport, moment: Moment, code: str, request: Any) -> None:
        self.report, self.moment, self.code, self.request = report, moment, code, request

    def told(self) -> Iterator[Suggestion]:
        of = {
            GOALS: (self.criteria, self.findings),
            ACTIVITIES: (self.milestones, self.facts, self.findings),
            ECONOMY: (self.economy, self.facts, self.findings),
            RISKS: (self.findings, self.short_of),
            FORECAST: (self.forecast, self.short_of, self.findings),
            ANCHORING: (self.anchoring, self.findings),
        }
        for part in of.get(self.code, ()):
            yield from part()

    @cached_property
    def asked(self) -> list[Measure]:
        return measures(self.report.programme, self.moment)

    @cached_property
    def figures(self) -> list[CriterionFigure]:
        return figures(self.asked)

    @cached_property
    def money(self) -> BudgetFigure | None:
        return budget(self.report.programme, self.moment)

    @cached_property
    def last(self) -> FrozenReport | None:
        """The last version that was frozen before, of a day that is not after this one's."""
        frozen = FrozenReport.objects.filter(
            programme=self.report.programme, known_at__lt=self.moment.known_at, cut_off__lte=self.moment.on
        )
        return frozen.defer("pdf").order_by("-place").first()

    @cached_property
    def before(self) -> dict[str, Any]:
        """What that one said of each criterion, by key."""
        return {one["key"]: one for one in self.last.content.get("criteria", ())} if self.last else {}

    def criteria(self) -> Iterator[Suggestion]:
        """How each stands, what is new since the last report, and what the nearest misses lack."""
        told = [one for one in self.asked if one.version.rule not in OF_PERSONS]
        counting, near = rows(told, counting=True), rows(told, counting=False, limit=NEAR)
        named = public_labels([row for of in (counting, near) for listed in of.values() for row in listed])
        for one in self.figures:
            page = url("reports:criterion", one.uuid)
            yield Suggestion(_standing(one), page)
            names = [named[row.uuid] for row in counting.get(one.number, ())]
            if since := self._since(one, names):
                yield Suggestion(since, page)
            if one.standing not in ARE_MET:
                yield from (Suggestion(_lacks(row, named[row.uuid]), page) for row in near.get(one.number, ()))

    def _since(self, one: CriterionFigure, names: list[str]) -> str:
        """What the last report said otherwise."""
        was = self.before.get(one.key)
        is_met = one.standing in ARE_MET
        if was is None or self.last is None or (was["value"], was["standing"] in ARE_MET) == (one.value, is_met):
            return ""
        told = {"name": one.name, "day": dato(self.last.cut_off), "new": _listed(names, was["counting"])}
        if one.is_number:
            return words.ROSE.format(before=was["value"], now=one.value, **told)
        return (words.BECAME_MET if is_met else words.NO_LONGER_MET).format(**told)

    def short_of(self) -> Iterator[Suggestion]:
        """What is left to the deadline of each criterion that is not met."""
        for one in self.figures:
            if one.standing not in ARE_MET:
                told = {"name": one.name, "missing": one.missing, "deadline": dato(one.deadline)}
                text = words.SHORT if one.is_number else words.SHORT_OF_DECISION
                text = words.MISSED if one.standing == Standing.MISSED else text
                yield Suggestion(text.format(**told), url("reports:criterion", one.uuid))

    def anchoring(self) -> Iterator[Suggestion]:
        """How the criteria stand that are decided on: the last of them is the partnership."""
        yield from (
            Suggestion(_standing(one), url("reports:criterion", one.uuid)) for one in self.figures if not one.is_number
        )

    def milestones(self) -> Iterator[Suggestion]:
        """Those that were reached in the period."""
        titles = dict(self.report.programme.milestones.values_list("uuid", "title"))
        for one in workplan(self.report.programme, self.moment, self.figures):
            on = one.reached_on
            if on and self.report.period_from <= on <= self.report.period_to:
                text = words.REACHED_LATE if one.state == State.REACHED_LATE else words.REACHED
                page = url("programme:milestone", one.uuid)
                yield Suggestion(text.format(title=titles[one.uuid], day=dato(on)), page)

    def facts(self) -> Iterator[Suggestion]:
        """What happened since the last report; and of what had happened before it, what was recorded afterwards,
        retracted or corrected, which is said."""
        programme, kinds = self.report.programme, FACTS_IN[self.code]
        first = (
            Moment(self.last.cut_off, self.last.known_at)
            if self.last
            else Moment(self.report.period_from - dt.timedelta(1), self.moment.known_at)
        )
        lines, _total = changed(programme, first, self.moment, may_see_persons=False, limit=200)
        lines = [line for line in lines if line.code in kinds and line.why in TOLD][:FACTS]
        named = names_for([line.key for line in lines if line.about], self.request)
        for told in facts_in_words(lines, named):
            line = told.changed
            why = f", {told.why}" if line.late or line.why != Why.HAPPENED else ""
            what = f": {told.what}" if told.what else ""
            yield Suggestion(f"{told.text}{what} ({kort_dato(line.last_on)}{why}).", url("reports:compare"))

    def economy(self) -> Iterator[Suggestion]:
        """What is spent and left, what was paid, and each line whose deviation is to be explained."""
        if self.money is None:
            return
        page, total = url("budget:account"), self.money
        share = total.spent / total.budgeted * 100 if total.budgeted else None
        told = {"spent": kroner(total.spent), "budgeted": kroner(total.budgeted), "share": procent(share)}
        yield Suggestion(words.SPENT.format(rest=kroner(total.rest), **told), page)
        if grown := self._spent_since():
            yield Suggestion(grown, page)
        paid = sum((one.paid for one in total.funding), Decimal(0))
        left = words.LIQUID if paid >= total.spent else words.NOT_LIQUID
        sums = {"paid": kroner(paid), "spent": kroner(total.spent), "left": kroner(paid - total.spent)}
        yield Suggestion(left.format(**sums), page)
        explained = latest_explanations(total.uuid, self.moment, self.report.period_from)
        for line in total.lines:
            if is_to_be_explained(line, self.report.kind):
                why = explained[line.uuid].text if line.uuid in explained else words.NOT_EXPLAINED
                deviation = {"deviation": kroner(line.deviation), "share": procent(line.deviation_share)}
                yield Suggestion(words.DEVIATES.format(line=line.name, why=why, **deviation), page)

    def _spent_since(self) -> str:
        """What was spent since the last report, where that was of the same year's budget."""
        economy = (self.last.content.get("economy") or {}) if self.last else {}
        before = (economy.get("total") or {}).get("spent")
        if before is None or self.money is None or self.last is None or economy.get("year") != self.money.year:
            return ""
        grown = self.money.spent - Decimal(before)
        return words.SPENT_SINCE.format(grown=kroner(grown), day=dato(self.last.cut_off)) if grown else ""

    def forecast(self) -> Iterator[Suggestion]:
        """Where the year is expected to end."""
        if self.money is None:
            return
        expected = forecast(self.money, self.moment)
        told = {"expected": kroner(expected.total), "rest": kroner(expected.budgeted - expected.total)}
        yield Suggestion(words.EXPECTED.format(**told), url("budget:forecast"))

    def findings(self) -> Iterator[Suggestion]:
        """What needs attention, of what the municipality may read."""
        listed = found(self.report.programme, self.moment, codes=TOLD_IN[self.code], measured=self.figures)
        named = names_for([(one.about, one.uuid) for one in listed], self.request)
        for one in listed:
            since = words.SINCE.format(day=dato(one.since)) if one.since else ""
            what = named.get((one.about, one.uuid), "")
            text = words.FOUND.format(what=what, why=one.kind.why(one.number), since=since)
            yield Suggestion(text, self._mended_at(one))

    def _mended_at(self, one: Found) -> str:
        return one.kind.mend(one.uuid) if may_mend(one, self.request.standing) else ""


def _standing(one: CriterionFigure) -> str:
    since = dato(one.met_since) if one.met_since else ""
    told = {"name": one.name, "value": one.value, "target": one.target, "missing": one.missing, "since": since}
    number, decision = words.STANDINGS[one.standing if one.is_met or one.standing != Standing.MET else words.MET_THEN]
    return (number if one.is_number else decision).format(deadline=dato(one.deadline), **told)


def _lacks(row: Row, name: str) -> str:
    return words.NEARLY.format(name=name, lacks=_small(text_of(code) for code in row.lacks))


def _small(texts: Iterable[str]) -> str:
    """Sentences as parts of one: each begins with a small letter."""
    return ", ".join(text[:1].lower() + text[1:] for text in texts)


def _listed(names: list[str], were: list[str] | None) -> str:
    """What counts now and did not."""
    new = [name for name in names if name not in (were or ())] if were is not None else []
    return words.NEW.format(names=", ".join(new)) if new else ""
