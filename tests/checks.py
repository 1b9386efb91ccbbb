"""Checks in tests: what the Foundation has looked at, and what the municipality has asked for."""

import datetime as dt

from reports.models import EvidenceCheck, SpotCheck, SpotCheckResult
from tests import factories as make

D = dt.date


def check(programme, number, thing, on=D(2011, 10, 14), *, recorded=None, outcome="in_order"):
    """Recorded at noon of the day, if nothing else is said."""
    with make.clock(recorded or dt.datetime.combine(on, dt.time(12), dt.UTC)):
        return EvidenceCheck.record(
            by=None,
            criterion=programme.criteria.get(number=number),
            thing=thing.uuid,
            outcome=outcome,
            happened_on=on,
        )


def spot_check(report, number=1, count=1, by=None):
    """Of a criterion in a frozen report."""
    return SpotCheck.objects.create(
        frozen=report,
        criterion=report.programme.criteria.get(number=number),
        count=count,
        asked_by=by or make.user_with_role(report.programme, "caseworker"),
    )


def result(asked, thing, outcome="in_order", on=D(2011, 10, 14)):
    return SpotCheckResult.record(by=None, spot_check=asked, thing=thing, outcome=outcome, happened_on=on)
