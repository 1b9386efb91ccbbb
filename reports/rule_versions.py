"""The versions of a criterion's rule as its page tells them: from when to when, accepted by the municipality or not."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from bydelsmoedre.addresses import url
from programme.models import CriterionVersion, SuccessCriterion
from programme.rules import NUMBERS
from reports.facts import FactLine, fact_line
from reports.moments import Asked


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One version in words. `accept_url` and what the fact offers are empty where this reader may not."""

    version: CriterionVersion
    setting: str  #: the rule, and its target or document
    is_in_force: bool
    fact: FactLine
    accept_url: str


def setting_in_words(rule: str, target: int | None, document_kind: str) -> str:
    """“Stiftede foreninger, mindst 3”."""
    version = CriterionVersion(rule=rule, document_kind=document_kind)
    words = str(version.get_rule_display())
    words = words[:1].upper() + words[1:]
    if rule in NUMBERS:
        return _("%(rule)s, at least %(target)s") % {"rule": words, "target": target}
    return f"{words}: {version.get_document_kind_display()}" if document_kind else words


def rule_lines(criterion: SuccessCriterion, asked: Asked, request: Any) -> list[RuleLine]:
    """The versions as known at the Moment, the latest first; one query."""
    known = CriterionVersion.objects.known(asked.moment.known_at).filter(criterion=criterion)
    found = list(known.select_related("evidence").order_by("started_on"))
    may_change = asked.is_present and request.standing.is_foundation
    lines = []
    for number, version in enumerate(found):
        text = setting_in_words(version.rule, version.target, version.document_kind)
        # of the first one there is no earlier one to take its place
        fact = fact_line(version, text, "regel", request, may_change=may_change and number > 0)
        accept_url = url("programme:rule_accepted", version.uuid) if may_change and version.is_current else ""
        lines.append(RuleLine(version, text, version.is_active(asked.moment.on), fact, accept_url))
    return lines[::-1]
