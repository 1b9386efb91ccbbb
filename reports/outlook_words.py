"""An outlook in words for one reader: what is to come with its date, and whether the criterion is on track, and why.

The municipality is told how many coordinators are expected no more closely than the criterion's own figure tells it:
neither how many are on track in a course nor how many would come by it.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from associations.models import StepKind
from bydelsmoedre.addresses import url
from bydelsmoedre.danish import dato
from reports.figures.classification import Rule
from reports.figures.outlook import Coming, Outlook, Way
from reports.labels import Named, names_for


@dataclass(frozen=True, slots=True)
class ComingLine:
    """Something to come, in words."""

    on: dt.date
    name: str
    url: str
    text: str
    adds: str  #: "+1", or "" where that is not told


@dataclass(frozen=True, slots=True)
class OutlookTold:
    """An outlook for one reader."""

    outlook: Outlook
    lines: list[ComingLine]
    sentence: str
    is_counted: bool  #: are the numbers of persons told?


#: What each way is called among the names.
KINDS = {Way.FOUNDING: "association", Way.COURSE: "course"}
PAGES = {Way.FOUNDING: "associations:detail", Way.COURSE: "training:course"}


def told(outlook: Outlook, rule: str, request: Any) -> OutlookTold:
    """The outlook for whoever asks; one query for the names."""
    is_counted = rule != Rule.COORDINATORS_TRAINED or request.standing.may_see_persons
    wanted = [(KINDS[one.way], one.uuid) for one in outlook.coming if one.uuid]
    named = names_for(wanted, request)
    return OutlookTold(outlook, _lines(outlook.coming, named, is_counted), _sentence(outlook, is_counted), is_counted)


def _lines(coming: Iterable[Coming], named: Named, is_counted: bool) -> list[ComingLine]:
    return [
        ComingLine(
            one.on,
            named.get((KINDS[one.way], one.uuid), "") if one.uuid else "",
            url(PAGES[one.way], one.uuid) if one.uuid else "",
            _text(one, is_counted),
            _adds(one) if is_counted else "",
        )
        for one in coming
        if is_counted or one.uuid
    ]


def _adds(one: Coming) -> str:
    return f"−{one.count}" if one.way == Way.ENDS else f"+{one.count}"


def _text(one: Coming, is_counted: bool) -> str:
    if one.way == Way.FOUNDING:
        steps: dict[Any, Any] = dict(StepKind.choices)
        text = _("planned: %(step)s") % {"step": str(steps.get(one.step, one.step)).lower()}
        if not one.undated:
            return text
        others = ", ".join(str(steps.get(kind, kind)).lower() for kind in one.undated)
        return _("%(step)s; still without a date: %(others)s") % {"step": text, "others": others}
    if one.way == Way.COURSE:
        if not is_counted:
            return _("the course ends")
        ends = _("the course ends, %(count)d on track") % {"count": one.on_track}
        if not (roleless := one.on_track - one.count):
            return ends
        lack = _("%(count)d of them without a role in an association founded by then") % {"count": roleless}
        return f"{ends}, {lack}"
    if one.way == Way.RECORDED:
        return _("recorded already with that day")
    return _("ends, as it is recorded")


def _sentence(outlook: Outlook, is_counted: bool) -> str:
    """“On track …” or “At risk because …”: from what is recorded and planned, and nothing else."""
    values: dict[str, Any] = {
        "certain": outlook.certain,
        "expected": outlook.expected,
        "target": outlook.target,
        "missing": outlook.missing,
        "open": outlook.open,
        "day": dato(outlook.deadline),
    }
    if outlook.is_certain:
        on_track = _("On track: %(target)s are needed, and as many count. Nothing known ends that before %(day)s.")
        return on_track % values
    if outlook.is_on_track:
        if not is_counted:
            return _("On track, if what is planned is carried out by %(day)s.") % values
        by_plan = _("On track: %(expected)s of %(target)s are expected by %(day)s, %(certain)s of them certain.")
        return by_plan % values
    if not is_counted:
        return _("At risk because fewer than %(target)s are expected by %(day)s with what is planned.") % values
    at_risk = _("At risk because %(expected)s of %(target)s are expected by %(day)s: %(missing)s more are needed.")
    if not outlook.open:
        return at_risk % values
    undated = ngettext(
        "%(open)s is under way without a date before it.",
        "%(open)s are under way without a date before it.",
        outlook.open,
    )
    return f"{at_risk % values} {undated % values}"
