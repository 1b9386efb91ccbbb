"""Forms about agreements: a party, the term, a signature."""

from typing import Any

from bydelsmoedre.moment import Moment, calendar_today
from programme.entry import FactForm
from programme.models import Agreement, AgreementParty, AgreementTerm, Organisation, Signature


class SignatureForm(FactForm):
    """A party has signed the agreement."""

    given = ("agreement",)

    class Meta(FactForm.Meta):
        model = Signature
        fields = ["organisation", "happened_on", "note"]

    field_order = ["organisation", "happened_on", "evidence_text", "note"]

    def __init__(self, *args: Any, agreement: Agreement, part: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.agreement = agreement
        parties = agreement.parties.at(Moment(calendar_today())).values("organisation")
        organisation: Any = self.fields["organisation"]
        organisation.queryset = Organisation.objects.filter(pk__in=parties)
        organisation.empty_label = None
        signed = agreement.signatures.current().values("organisation")
        missing = organisation.queryset.exclude(pk__in=signed)
        organisation.initial = (
            missing.filter(kind=part).first() if part in Organisation.Kind.values else None
        ) or missing.first()


class PartyForm(FactForm):
    """An organisation must sign the agreement, from a day on."""

    given = ("agreement", "ended_on")
    is_of_today = True

    class Meta(FactForm.Meta):
        model = AgreementParty
        fields = ["organisation", "started_on", "note"]

    field_order = ["organisation", "started_on", "evidence_text", "note"]

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.agreement = agreement
        organisation: Any = self.fields["organisation"]
        organisation.queryset = Organisation.objects.filter(programme=agreement.programme_id)
        organisation.empty_label = None
        parties = agreement.parties.current().values("organisation")
        organisation.initial = organisation.queryset.exclude(pk__in=parties).first()


class TermForm(FactForm):
    """From when to when the agreement is meant to hold."""

    given = ("agreement",)

    class Meta(FactForm.Meta):
        model = AgreementTerm
        fields = ["started_on", "ended_on", "note"]

    field_order = ["started_on", "ended_on", "evidence_text", "note"]

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.agreement = agreement
