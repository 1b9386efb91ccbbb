"""Forms about agreements: the agreement itself, a party, the term, a version of its text, an annex, a signature."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from bydelsmoedre.entry import EntryForm
from bydelsmoedre.moment import Moment, calendar_today
from programme.entry import FactForm
from programme.models import (
    Agreement,
    AgreementAnnex,
    AgreementParty,
    AgreementTerm,
    AgreementVersion,
    Document,
    Organisation,
    Programme,
    Signature,
    signed_version,
)


class AgreementForm(EntryForm):
    """An agreement that is to be made; who the parties are is recorded on its page."""

    given = ("programme",)

    class Meta:
        model = Agreement
        fields = ["title"]

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.programme = programme
        self.fields["title"].help_text = _("Such as “Partnership agreement on …”.")


class SignatureForm(FactForm):
    """A party has signed the agreement: the version that was the latest on that day."""

    given = ("agreement",)

    class Meta(FactForm.Meta):
        model = Signature
        fields = ["organisation", "happened_on", "note"]

    field_order = ["organisation", "happened_on", "evidence_text", "note"]

    def __init__(self, *args: Any, agreement: Agreement, part: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.agreement = agreement
        self.versions = list(agreement.versions.current().order_by("happened_on"))
        organisation: Any = self.fields["organisation"]
        organisation.queryset = Organisation.objects.filter(pk__in=agreement.parties.current().values("organisation"))
        organisation.empty_label = None
        organisation.error_messages["invalid_choice"] = _("Only a party to the agreement can sign it.")
        organisation.initial = self._next_to_sign(part)

    def _next_to_sign(self, part: str) -> Organisation | None:
        """Of the parties who have not signed the latest version: one of the kind that is asked for, or the first."""
        agreement, today = self.instance.agreement, calendar_today()
        signed = agreement.signatures.current()
        if len(self.versions) > 1:
            signed = signed.filter(happened_on__gte=self.versions[-1].happened_on)
        parties = agreement.parties.at(Moment(today)).exclude(organisation__in=signed.values("organisation"))
        missing = Organisation.objects.filter(pk__in=parties.values("organisation"))
        of_kind = missing.filter(kind=part).first() if part in Organisation.Kind.values else None
        return of_kind or missing.first()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        organisation, on = self.cleaned_data.get("organisation"), self.cleaned_data.get("happened_on")
        if organisation and on:
            self._refuse(organisation, on)
        return cleaned

    def _refuse(self, organisation: Organisation, on: dt.date) -> None:
        """An organisation that was no party that day, or has signed the version of that day already."""
        agreement = self.instance.agreement
        if not agreement.parties.current().filter(organisation=organisation, period__contains=on).exists():
            self.add_error("organisation", _("It was not a party to the agreement on that day."))
            return
        version = signed_version(self.versions, on)
        theirs = agreement.signatures.current().filter(organisation=organisation).values_list("happened_on", flat=True)
        if any(signed_version(self.versions, day) == version for day in theirs):
            self.add_error("organisation", _("The signature is recorded already."))


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
    """From when to when the agreement is meant to hold. The next one begins the day after the last."""

    given = ("agreement",)

    class Meta(FactForm.Meta):
        model = AgreementTerm
        fields = ["started_on", "ended_on", "note"]

    field_order = ["started_on", "ended_on", "evidence_text", "note"]

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.agreement = agreement
        last = agreement.terms.current().order_by("-started_on").first()
        if last and last.ended_on:
            self.fields["started_on"].initial = last.ended_on + dt.timedelta(1)


class AgreementVersionForm(FactForm):
    """A version of the agreement's text: what it is called, from which day it is the text, and where it lies."""

    given = ("agreement",)
    is_of_today = True

    class Meta(FactForm.Meta):
        model = AgreementVersion
        fields = ["label", "happened_on", "note"]

    field_order = ["label", "happened_on", "evidence_text", "note"]

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.agreement = agreement
        self.fields["label"].help_text = _("Such as 1.0 or “Addendum 1”.")
        self.fields["happened_on"].help_text = _("Signatures from this day on are on this version.")
        self.fields["evidence_text"].label = _("Where the text lies")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self.require_evidence(_("Say where the text lies, or choose the file."))
        return cleaned


class AnnexForm(FactForm):
    """A document of the programme is annexed to the agreement."""

    given = ("agreement",)
    is_of_today = True

    class Meta(FactForm.Meta):
        model = AgreementAnnex
        fields = ["document", "happened_on", "note"]

    field_order = ["document", "happened_on", "evidence_text", "note"]

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.agreement = agreement
        document: Any = self.fields["document"]
        document.queryset = Document.objects.filter(programme=agreement.programme_id)
        document.empty_label = _("Choose a document")
