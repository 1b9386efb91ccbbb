"""Checks in tests: what the Foundation has looked at, and what the municipality has asked for."""

import datetime as dt
from itertools import count as counted_from

from programme.models import Invitation, SuccessCriterion
from reports.inviting import invite, token_of
from reports.models import EvidenceCheck, SpotCheck, SpotCheckResult
from reports.models.checks import MOST_DRAWN
from reports.progress.drawing import drawn
from reports.views.spot_checks import counting_in
from tests import factories as make
from tests.reports import REPORT_MAKERS, frozen

#: What is retracted, by the word in its address.
CHECK_KINDS = ("dokumentationskontrol", "stikproevesvar")
_numbers = counted_from(900)
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


def checks_rows(programme, place, *, count=1):
    """Looks at the documentation, spot checks with results and without, invitations; `count` of what may be many."""
    looks = [_look(programme, place, D(2011, 6, 1) + dt.timedelta(number)) for number in range(count)]
    report = frozen(programme, to=D(2011, 9, 29))
    there = counting_in(report)
    waiting = spot_check(report, 1, min(there[1], MOST_DRAWN))
    told = spot_check(report, 2, min(there[2], MOST_DRAWN))
    results = [result(told, row.uuid) for row in drawn(told)]
    by = make.user_with_role(programme, "secretariat")
    invited = [
        invite(programme=programme, email=f"indbudt-{programme.pk}-{number}@example.org", office="Kontakt", by=by)
        for number in range(count)
    ]
    return {
        "counts": place,
        "dokumentationskontrol": looks[0],
        "stikproevesvar": results[0],
        "spot_check": waiting,
        "drawn": drawn(waiting)[0],
        "invitation": invited[0],
    }


def _look(programme, place, on):
    return EvidenceCheck.record(
        by=None, criterion=programme.criteria.get(number=1), thing=place.uuid, outcome="in_order", happened_on=on
    )


def checks_doors(rows):
    """Door → what its address is made of."""
    asked, invitation = rows["spot_check"], rows["invitation"]
    return {
        "reports:check": (rows["dokumentationskontrol"].criterion.uuid, rows["counts"].uuid),
        "reports:spot_check": (asked.uuid,),
        "reports:spot_result": (asked.uuid, rows["drawn"].uuid),
        "reports:ask_spot_check": (rows["report_sent"].uuid,),
        "reports:invite_again": (invitation.uuid,),
        "reports:withdraw_invitation": (invitation.uuid,),
        "reports:accept_invitation": (token_of(invitation),),
    }


CHECK_MAKERS = {
    "reports.EvidenceCheck": lambda p: EvidenceCheck.record(
        by=None,
        criterion=_criterion(p),
        thing=make.AssociationFactory(programme=p).uuid,
        outcome="in_order",
        happened_on=D(2011, 3, 1),
    ),
    "reports.SpotCheck": lambda p: _asked(p),
    "reports.SpotCheckResult": lambda p: result(_asked(p), make.AssociationFactory(programme=p).uuid, on=D(2011, 3, 1)),
    "programme.Invitation": lambda p: Invitation.objects.create(
        programme=p,
        email=f"indbudt-{next(_numbers)}@example.org",
        office="Kontakt",
        invited_by=make.UserFactory(),
    ),
}


def _criterion(programme):
    number = next(_numbers)
    return SuccessCriterion.objects.create(programme=programme, number=number, key=f"s{number}", name="Kriterium")


def _asked(programme):
    report = REPORT_MAKERS["reports.FrozenReport"](programme)
    return SpotCheck.objects.create(
        frozen=report, criterion=_criterion(programme), count=1, asked_by=make.user_with_role(programme, "caseworker")
    )
