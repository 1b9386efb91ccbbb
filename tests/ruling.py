"""A criterion's rule that is worded anew, for the tests of rules."""

from django.db import connection

from programme.models import CriterionVersion, SuccessCriterion
from programme.rules import adopt, versions_of


def criterion_of(programme, number=1):
    return SuccessCriterion.objects.get(programme=programme, number=number)


def version(criterion, since, **said):
    """The criterion's first version said again from a day, with what is new; not recorded yet."""
    first = versions_of(criterion)[0]
    names = ("wording", "rule", "rule_text", "document_kind", "target", "deadline")
    values = {name: getattr(first, name) for name in names} | said
    return CriterionVersion(criterion=criterion, started_on=since, **values)


def changed(criterion, since, **said):
    return adopt(version(criterion, since, **said), by=None, reason="Ny regel")


def judged():
    """Let the database judge now what it judges at the end of a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate; set constraints all deferred")


def told(criterion):
    return [(one.started_on, one.ended_on, one.target) for one in versions_of(criterion)]
