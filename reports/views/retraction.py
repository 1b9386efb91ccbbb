"""Retract a fact, with a reason: one page for every kind that is retracted from a page."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from associations.models import AreaListing, AssociationAdoption, Closing, FoundingStep, OwnRegime, ProspectOutcome
from budget.granted import why_grant_stays
from budget.models import (
    BankBalance,
    BudgetApproval,
    Commitment,
    ConditionMet,
    Explanation,
    ForecastMethod,
    FundingFact,
    GrantTerms,
    ReallocationDecision,
    YearEnd,
)
from budget.year_end import why_stays as why_year_stays
from bydelsmoedre.addresses import url
from bydelsmoedre.danish import beloeb, kroner
from bydelsmoedre.entry import enter
from programme.access import fetch
from programme.facts import Fact
from programme.hearings import why_hearing_stays
from programme.models import (
    ActionDone,
    Adoption,
    AgreementAnnex,
    AgreementParty,
    AgreementTerm,
    AgreementVersion,
    BodyMember,
    CriterionVersion,
    Decision,
    Hearing,
    HearingComment,
    Measurement,
    MeetingHeld,
    MilestoneReached,
    ObligationMet,
    Signature,
)
from programme.parties import why_party_stays, why_version_stays
from programme.rules import why_rule_stays
from programme.seen import AboutFactForm, reason_field
from reports.models import CommitteeDecision, EvidenceCheck, SpotCheckResult
from training.models import (
    Certificate,
    Cover,
    CurriculumVersion,
    Dispensation,
    EvaluationGiven,
    Participation,
    Supervised,
    Transfer,
)
from training.syllabus import why_not_retracted as why_syllabus_stays
from volunteers.models import (
    Assessment,
    Call,
    Conversation,
    Declaration,
    GatheringHeld,
    LanguageSkill,
    MailChoice,
    Membership,
    SamePerson,
    StageEvent,
    TransitionAnswer,
)

#: What can be retracted from a page, by the word in its address.
KINDS: dict[str, type[Fact]] = {
    "stiftelsestrin": FoundingStep,
    "lukning": Closing,
    "mulighed": ProspectOutcome,
    "eget-regi": OwnRegime,
    "omraadeliste": AreaListing,
    "vedtagelse": Adoption,
    "foreningsvedtagelse": AssociationAdoption,
    "hoering": Hearing,
    "hoeringssvar": HearingComment,
    "underskrift": Signature,
    "rolle": Membership,
    "bevis": Certificate,
    "dispensation": Dispensation,
    "sprog": LanguageSkill,
    "trin-i-rekruttering": StageEvent,
    "vurdering": Assessment,
    "samme-person": SamePerson,
    "erklaering": Declaration,
    "svar": TransitionAnswer,
    "samtale": Conversation,
    "opkald": Call,
    "e-mails": MailChoice,
    "deltagelse": Participation,
    "overflytning": Transfer,
    "evaluering": EvaluationGiven,
    "supervision": Supervised,
    "uddannelsesversion": CurriculumVersion,
    "anerkendelse": Cover,
    "disponering": Commitment,
    "finansiering": FundingFact,
    "omdisponeringssvar": ReallocationDecision,
    "vilkaar": GrantTerms,
    "betingelse-opfyldt": ConditionMet,
    "budgetgodkendelse": BudgetApproval,
    "bank": BankBalance,
    "forklaring": Explanation,
    "prognosemetode": ForecastMethod,
    "regel": CriterionVersion,
    "aarsafslutning": YearEnd,
    "part": AgreementParty,
    "periode": AgreementTerm,
    "aftaleversion": AgreementVersion,
    "aftalebilag": AgreementAnnex,
    "forpligtelse-opfyldt": ObligationMet,
    "organmedlem": BodyMember,
    "moede": MeetingHeld,
    "beslutning": Decision,
    "handling": ActionDone,
    "maaling": Measurement,
    "milepael": MilestoneReached,
    "foreningsmoede": GatheringHeld,
    "udvalgsbeslutning": CommitteeDecision,
    "dokumentationskontrol": EvidenceCheck,
    "stikproevesvar": SpotCheckResult,
}

#: The foreign keys that a fact's page needs, so that its words cost no further queries.
RELATED = {
    FoundingStep: ("association", "recorded_by"),
    Closing: ("association", "recorded_by"),
    ProspectOutcome: ("prospect__housing_area", "recorded_by"),
    OwnRegime: ("housing_area", "recorded_by"),
    AreaListing: ("housing_area", "recorded_by"),
    Adoption: ("version__document", "body", "recorded_by"),
    AssociationAdoption: ("association", "version__document", "recorded_by"),
    Hearing: ("version__document", "recorded_by"),
    HearingComment: ("version__document", "organisation", "recorded_by"),
    Signature: ("agreement", "organisation", "recorded_by"),
    Membership: ("volunteer", "association", "recorded_by"),
    Certificate: ("volunteer", "curriculum", "recorded_by"),
    Dispensation: ("volunteer", "recorded_by"),
    LanguageSkill: ("volunteer", "recorded_by"),
    StageEvent: ("candidacy__volunteer", "recorded_by"),
    Assessment: ("candidacy__volunteer", "recorded_by"),
    Declaration: ("volunteer", "recorded_by"),
    SamePerson: ("duplicate", "kept", "recorded_by"),
    TransitionAnswer: ("transition__volunteer", "recorded_by"),
    Conversation: ("association", "recorded_by"),
    Call: ("volunteer", "recorded_by"),
    MailChoice: ("volunteer", "recorded_by"),
    Participation: ("enrolment__volunteer", "enrolment__course", "recorded_by"),
    EvaluationGiven: ("enrolment__volunteer", "enrolment__course", "recorded_by"),
    Supervised: ("volunteer", "supervision", "recorded_by"),
    Transfer: ("enrolment__volunteer", "enrolment__course", "source__course", "recorded_by"),
    CurriculumVersion: ("curriculum", "recorded_by"),
    Cover: ("curriculum", "by", "recorded_by"),
    Commitment: ("line", "recorded_by"),
    FundingFact: ("funder", "budget__programme", "recorded_by"),
    ReallocationDecision: ("funder", "reallocation__from_line", "reallocation__to_line", "recorded_by"),
    GrantTerms: ("funder", "budget__programme", "recorded_by"),
    ConditionMet: ("condition__funder", "recorded_by"),
    BudgetApproval: ("body", "budget__programme", "recorded_by"),
    BankBalance: ("budget__programme", "recorded_by"),
    Explanation: ("line", "recorded_by"),
    ForecastMethod: ("line", "recorded_by"),
    CriterionVersion: ("criterion__programme", "recorded_by"),
    YearEnd: ("budget__programme", "funder", "recorded_by"),
    AgreementParty: ("agreement", "organisation", "recorded_by"),
    AgreementTerm: ("agreement", "recorded_by"),
    AgreementVersion: ("agreement", "recorded_by"),
    AgreementAnnex: ("agreement", "document", "recorded_by"),
    ObligationMet: ("obligation__agreement", "recorded_by"),
    BodyMember: ("body", "organisation", "recorded_by"),
    MeetingHeld: ("meeting", "recorded_by"),
    Decision: ("meeting", "recorded_by"),
    ActionDone: ("action_point__meeting", "recorded_by"),
    Measurement: ("indicator", "recorded_by"),
    MilestoneReached: ("milestone", "recorded_by"),
    GatheringHeld: ("gathering__association", "recorded_by"),
    CommitteeDecision: ("frozen__report",),  # nobody of the staff is named to the municipality
    EvidenceCheck: ("criterion", "recorded_by"),
    SpotCheckResult: ("spot_check__criterion", "recorded_by"),
}


#: Kinds that stand on the page of what they are about.
OF_THEIR_ANCHOR = (
    AgreementAnnex,
    AgreementParty,
    AgreementTerm,
    AgreementVersion,
    CommitteeDecision,
    Cover,
    CurriculumVersion,
    Decision,
    GatheringHeld,
    Hearing,
    HearingComment,
    Measurement,
    MeetingHeld,
    MilestoneReached,
    SamePerson,
    Signature,
    SpotCheckResult,
)
#: Kinds that stand on the budget's account.
OF_THE_ACCOUNT = (
    BankBalance,
    BudgetApproval,
    Commitment,
    ConditionMet,
    Explanation,
    FundingFact,
    GrantTerms,
    ReallocationDecision,
    YearEnd,
)

#: Choices that are told of a fact.
IN_WORDS = (
    "kind",
    "rule",
    "role",
    "stage",
    "outcome",
    "status",
    "aspect",
    "level",
    "answer",
    "language",
    "contact",
    "next_step",
    "wish",
    "method",
)


#: Facts that others rest on: asked of each kind and of who retracts, why it stands; "" where it can be retracted.
WHY_NOT: dict[type[Fact], Callable[[Any, Any], str]] = {
    CurriculumVersion: lambda fact, by: why_syllabus_stays(fact),
    CriterionVersion: lambda fact, by: why_rule_stays(fact),
    AgreementParty: lambda fact, by: why_party_stays(fact),
    AgreementVersion: lambda fact, by: why_version_stays(fact),
    FundingFact: lambda fact, by: why_grant_stays(fact),
    YearEnd: why_year_stays,
    Adoption: lambda fact, by: why_hearing_stays(fact),
    Hearing: lambda fact, by: why_hearing_stays(fact),
}


class RetractionForm(AboutFactForm):
    """Why the fact was wrong."""

    reason = reason_field()

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if (ask := WHY_NOT.get(type(self.fact))) and (why := ask(self.fact, self.by)):
            raise forms.ValidationError(why, code="needed")
        return cleaned


def retract(request: HttpRequest, kind: str, uuid: UUID) -> HttpResponse:
    """Show the fact, ask for the reason, retract it."""
    model = KINDS.get(kind)
    if model is None:
        raise Http404
    facts = model._default_manager.current().select_related(*RELATED[model])
    fact = fetch(facts, request.user, uuid, change=True)
    return enter(
        request,
        partial(RetractionForm, fact=fact, by=request.user),
        save=lambda form: fact.retract(by=request.user, reason=form.cleaned_data["reason"]),
        title=_("Retract: %(kind)s") % {"kind": model._meta.verbose_name},
        submit_label=_("Retract"),
        back_url=_page_of(fact),
        template="retract.html",
        danger=True,
        success=_("Retracted. It no longer counts; what we knew before can still be shown."),
        fact_lines=list(_lines(fact)),
    )


def _page_of(fact: Any) -> str:
    """Where one goes on: a page that is still there afterwards (a local coordinator sees no person without a role)."""
    if type(fact) in OF_THE_ACCOUNT:
        return url("budget:account")
    if isinstance(fact, ForecastMethod):
        return url("budget:forecast")
    if isinstance(fact, ProspectOutcome | OwnRegime):
        return url("associations:list")
    if isinstance(fact, AreaListing):
        return url("volunteers:residence")
    if isinstance(fact, EvaluationGiven | Participation | Transfer):
        return fact.enrolment.course.get_absolute_url()
    if isinstance(fact, Adoption):
        return fact.version.document.get_absolute_url()
    if isinstance(fact, CriterionVersion):
        return url("reports:criterion", fact.criterion.uuid)
    if isinstance(fact, EvidenceCheck):
        return url("reports:checks")
    if isinstance(fact, BodyMember):
        return url("programme:meetings")
    if isinstance(fact, ObligationMet):
        return fact.obligation.agreement.get_absolute_url()
    if isinstance(fact, ActionDone):
        return fact.action_point.meeting.get_absolute_url()
    if type(fact) in OF_THEIR_ANCHOR:
        return getattr(fact, type(fact).anchor).get_absolute_url()
    about = getattr(fact, "candidacy", None) or getattr(fact, "transition", None) or fact
    anchor = getattr(about, "association", None) or getattr(about, "volunteer", None)
    return anchor.get_absolute_url() if anchor else url("reports:dashboard")


def _lines(fact: Any) -> Any:
    """The fact in words: what it is about, its day, when it was recorded."""
    for field in dict.fromkeys(name.split("__")[0] for name in RELATED[type(fact)]):
        if value := getattr(fact, field):
            yield str(type(fact)._meta.get_field(field).verbose_name).capitalize(), str(value)
    for name in IN_WORDS:
        if (display := getattr(fact, f"get_{name}_display", None)) and display():
            yield str(type(fact)._meta.get_field(name).verbose_name).capitalize(), display()
    if isinstance(fact, Decision):
        yield str(_("Decision")), fact.text
    if isinstance(fact, HearingComment):
        yield str(_("Answer in the hearing")), fact.text
    if isinstance(fact, AgreementVersion):
        yield str(_("Version")), fact.label
    if isinstance(fact, BodyMember) and fact.office:
        yield str(_("Office")), fact.office
    if hasattr(fact, "amount"):
        yield str(_("Amount")), kroner(fact.amount)
    if isinstance(fact, Measurement):
        yield str(_("Measured")), f"{beloeb(fact.value)} {fact.indicator.unit}"
    for name in ("covers_from", "covers_to", "happened_on", "started_on", "ended_on"):
        if day := getattr(fact, name, None):
            yield str(type(fact)._meta.get_field(name).verbose_name).capitalize(), date_format(day, "j. F Y")
    yield str(_("Recorded at")), date_format(fact.recorded_at.astimezone(), "j. F Y")
