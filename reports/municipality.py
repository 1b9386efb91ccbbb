"""The counts as the municipality is told them: on Overblik, on the page of goals and in the file of figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from bydelsmoedre.moment import Moment
from bydelsmoedre.suppression import all_or_none, breakdown, is_small, small_count
from programme.models import CriterionVersion, Programme
from reports.figures.conversations import conversation_totals, released
from reports.figures.counts import counts
from reports.figures.criteria import counting_coordinators, figures, measures
from reports.figures.shapes import TransitionFigure


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of the formerly paid in words, in the order yes, no, undecided."""

    yes: str
    no: str
    undecided: str | None


def answers_told(figure: TransitionFigure) -> Answers:
    """The answers for the municipality, to whom their total is told where it is stated: from report to report it is the
    same, and the answers grow out of those who had not answered."""
    if figure.undecided is None:
        return Answers(small_count(figure.yes), small_count(figure.no), None)
    if figure.undecided < 0:  # more answers than were stated to be paid: nothing to break down
        return Answers(small_count(figure.yes), small_count(figure.no), _("Not shown"))
    return Answers(*all_or_none([figure.yes, figure.no, figure.undecided]))


def answers_released(programme: Programme, moment: Moment) -> TransitionFigure:
    """The answers at the end of the latest quarter that is released, as known when it was; one query."""
    return counts(programme, released(moment), running=0).transition


def conversations_released(programme: Programme, moment: Moment) -> str:
    """How many conversations are released, as their page says it; one query."""
    return conversation_totals(programme, moment).count


def may_tell_certificates(certificates: int, counting: int | None) -> bool:
    """May the municipality be told how many hold a certificate? Not where few do, or few more than count toward the
    criterion, whose figure is published."""
    return not (is_small(certificates) or is_small(certificates - (counting or 0)))


def certificates_told(certificates: int, counting: int | None) -> str:
    """How many hold a certificate, in words for the municipality. Where some count toward the criterion, “fewer than 5”
    could say exactly how many."""
    if may_tell_certificates(certificates, counting):
        return str(certificates)
    return _("Not shown") if counting else small_count(certificates)


def counting_at(programme: Programme, moment: Moment) -> int | None:
    """How many coordinators count toward their criterion at the Moment, as its curve is published; None where the
    programme has none such. Two queries."""
    rule = CriterionVersion.Rule.COORDINATORS_TRAINED
    asked = [one for one in measures(programme, moment) if one.version.rule == rule]
    return counting_coordinators(figures(asked)) if asked else None


def coordinators_told(counts: Sequence[int], counting: int) -> list[str]:
    """How many local coordinators each district has, in words for the municipality: none where their sum would tell how
    few of them do not count toward the criterion, whose figure is published."""
    told = breakdown(counts)
    is_sum_told = told == [str(count) for count in counts]
    if is_sum_told and is_small(sum(counts) - counting):
        return [_("Not shown") if count else "0" for count in counts]
    return told
