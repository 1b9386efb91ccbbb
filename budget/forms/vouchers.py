"""Forms of vouchers: entered, corrected, approved in one sitting, sent back."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from associations.models import Association
from budget.forms.funding import NO_FUNDERS
from budget.forms.ledger import line_field
from budget.forms.parts import PiecesField, as_typed, divided
from budget.models import BudgetLine, Posting, Voucher
from budget.periods import closed_months, why_not_on
from budget.receipts import said_of_same_receipt
from budget.vouchers import Part, together, why_not, write
from bydelsmoedre.danish import dato
from bydelsmoedre.fields import KronerField
from bydelsmoedre.money import ZERO
from bydelsmoedre.personal import refuse_cpr
from bydelsmoedre.sorting import danish_order
from bydelsmoedre.stale import StaleFormMixin
from programme.entry import FactForm, with_file
from programme.models import Organisation
from training.models import Course


class VoucherForm(StaleFormMixin, FactForm):
    """What is spent, as the voucher says it. A credit note is money that comes back, so its amount is below zero."""

    is_of_today = True

    amount = KronerField(
        label=_("Amount, kr."),
        help_text=_(
            "Such as 1.250,50, with VAT unless the VAT is paid back to us. A credit note has a minus before it."
        ),
    )
    is_credit_note = forms.BooleanField(label=_("It is a credit note: the money comes back"), required=False)
    funder = forms.ModelChoiceField(Organisation.objects.none(), label=_("Funder"), required=False)
    course = forms.ModelChoiceField(Course.objects.none(), label=_("Course"), required=False)
    association = forms.ModelChoiceField(Association.objects.none(), label=_("Association"), required=False)

    class Meta(FactForm.Meta):
        model: Any = Voucher
        fields = ["happened_on", "amount", "supplier", "reference", "text", "note"]

    field_order = [
        "line", "happened_on", "amount", "is_credit_note", "supplier", "reference", "text", "funder", "pieces",
        "course", "association", "evidence_text", "note", "opened_as",
    ]  # fmt: skip

    def __init__(self, *args: Any, lines: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programmes = lines.values("budget__programme")
        line = self.fields["line"] = line_field(lines, _("Budget line"))
        funder: Any = self.fields["funder"]
        ours = Organisation.objects.filter(programme__in=programmes).exclude(kind__in=NO_FUNDERS)
        funder.queryset, funder.empty_label = ours.order_by(danish_order("name")), _("Not said")
        funder.help_text = _("Only where one funder pays it alone; else it is divided by the grants.")
        pieces = self.fields["pieces"] = PiecesField(label=_("Parts"), line_field=line, funder_field=funder)
        line.widget.choices, funder.widget.choices = pieces.offer()
        course: Any = self.fields["course"]
        course.queryset = Course.objects.filter(curriculum__programme__in=programmes).order_by("-starts_on", "pk")
        course.empty_label = _("None")
        course.help_text = _("Where it was spent on a course: what each costs is counted from that.")
        association: Any = self.fields["association"]
        association.queryset = Association.objects.filter(programme__in=programmes).order_by(danish_order("name"))
        association.empty_label = _("Not said")
        self.fields["text"].help_text = _("What the money was spent on. No names of persons.")
        self.fields["reference"].help_text = _(
            "The number that stands on the invoice. Ours is given when it is booked."
        )
        self.order_fields(with_file(self.field_order))
        if self.instance.pk:
            self._fill_in()

    def _fill_in(self) -> None:
        """The parts of a draft as they stand."""
        self.initial = {**self.initial, **_as_typed(self.instance.shares.order_by("pk"))}
        self.initial["is_credit_note"] = self.instance.amount < 0
        if self.instance.evidence:
            self.fields["evidence_text"].help_text = gettext("Kept as it is unless another is given: %(evidence)s") % {
                "evidence": self.instance.evidence
            }

    def _snapshot(self, instance: Any) -> dict[str, str]:
        """The parts belong to what may have been changed meanwhile."""
        parts = instance.shares.select_related("line", "funder", "course", "association") if instance.pk else ()
        return super()._snapshot(instance) | {"pieces": "; ".join(one.in_words for one in parts)}

    def _get_validation_exclusions(self) -> set[str]:
        """The same invoice twice is told of beside the field, once it is known which budget it belongs to."""
        return super()._get_validation_exclusions() - ({"budget", "corrects"} if self.instance.budget_id else set())

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        amount, is_credit_note = self.cleaned_data.get("amount"), self.cleaned_data.get("is_credit_note")
        if amount is not None and amount < 0 and not is_credit_note:
            self.add_error(
                "amount", _("An amount below 0 kr. is a credit note. Tick that it is one, or remove the minus.")
            )
        if amount is not None and amount > 0 and is_credit_note:
            self.add_error("amount", _("A credit note has a minus before its amount."))
        line, day = self.cleaned_data.get("line"), self.cleaned_data.get("happened_on")
        if day and (why := self._why_not_on(line, day)):
            self.add_error("happened_on", why)
        if line:
            self.instance.budget = line.budget
        self.parts = self._parts() if not self.errors else []
        return cleaned

    def _why_not_on(self, line: BudgetLine | None, day: dt.date) -> str:
        return why_not_on(line.budget, day) if line else ""

    def _parts(self) -> list[Part]:
        """The voucher's own line with what is left to it, then the rows."""
        given = self.cleaned_data
        line, amount, pieces = given["line"], given["amount"], given["pieces"]
        if any(piece.line.budget_id != line.budget_id for piece in pieces):
            self.add_error("pieces", _("All parts belong to the budget of the same year."))
            return []
        try:
            amounts, rest = divided(amount, pieces)
        except forms.ValidationError as error:
            self.add_error("pieces", error)
            return []
        about = {"course": given["course"], "association": given["association"]}
        parts = [Part(line, rest, given["funder"], **about)] if rest else []
        each = zip(pieces, amounts, strict=True)
        return parts + [Part(piece.line, share, piece.funder, **about) for piece, share in each]

    def write(self, *, by: Any, programme: Any) -> Voucher:
        """Save the draft with its parts and its evidence."""
        filed = self._evidence(by=by, programme=programme)
        self.notice = f"{self.notice} {said_of_same_receipt(filed, by=by)}".strip()
        self.instance.evidence = filed or self.instance.evidence
        return write(self.instance, self.parts, by=by)


def _as_typed(parts: Iterable[Any]) -> dict[str, Any]:
    """The parts as the form asks for them: the first on the voucher's own line, the others as rows."""
    stored = list(parts)
    if not stored:
        return {}
    first = stored[0]
    about = {name: getattr(first, f"{name}_id") for name in ("line", "funder", "course", "association")}
    return about | {"pieces": [as_typed(one) for one in stored[1:]]}


class CorrectionForm(VoucherForm):
    """A voucher that is booked is taken back, and (unless only that is wanted) booked anew as it should have been."""

    only_back = forms.BooleanField(
        label=_("Only take it back; book nothing instead"),
        required=False,
        help_text=_("Else what stands below is booked instead of it, in the same step."),
    )

    field_order = ["note", "only_back", *(name for name in VoucherForm.field_order if name != "note")]

    def __init__(self, *args: Any, posting: Posting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.posting = posting
        self.instance.corrects = posting.uuid
        note = self.fields["note"]
        note.label, note.required = _("Reason"), True
        note.help_text = _("What was wrong? The reason stands on the reversal.")
        if not self.instance.pk:
            self._as_it_was()
        else:
            self.initial["only_back"] = not self.instance.shares.exists()

    def _as_it_was(self) -> None:
        parts = together(self.posting)
        amount = sum((one.amount for one in parts), ZERO)
        was = self.posting.booked_from
        told = {"supplier": self.posting.supplier, "text": self.posting.text, "amount": amount}
        told |= {"reference": was.reference if was else "", "is_credit_note": amount < 0}
        self.initial = {**told, **_as_typed(parts), **self.initial}

    def full_clean(self) -> None:
        """Where it is only taken back, what stands in the other fields is left out, and so is what they lack."""
        if self.is_bound and self.data.get(self.add_prefix("only_back")):
            kept = {"note", "only_back", "happened_on", "opened_as", "evidence_text", "evidence_file"}
            for name in [*self.fields]:
                if name not in kept:
                    self.fields[name].required = False
        super().full_clean()

    def clean(self) -> dict[str, Any] | None:
        if self.cleaned_data.get("only_back"):
            for name in ("line", "amount", "pieces", "is_credit_note", "reference"):
                self.errors.pop(name, None)
                self.cleaned_data.pop(name, None)
            self.cleaned_data |= {"amount": ZERO, "text": self.posting.text, "supplier": self.posting.supplier}
        cleaned = super().clean()
        self.instance.budget = self.posting.line.budget
        return cleaned

    def _why_not_on(self, line: BudgetLine | None, day: dt.date) -> str:
        if day < self.posting.happened_on:
            told = {"day": dato(self.posting.happened_on)}
            return gettext("The posting is of %(day)s; it cannot be reversed before.") % told
        return why_not_on(self.posting.line.budget, day)

    def _parts(self) -> list[Part]:
        if self.cleaned_data.get("only_back"):
            return []
        if self.cleaned_data["line"].budget_id != self.posting.line.budget_id:
            self.add_error("line", _("Choose a line of the same year's budget."))
            return []
        return super()._parts()


class ApproveForm(forms.Form):
    """Drafts that are approved in one sitting, each as it was shown."""

    chosen = forms.MultipleChoiceField(
        label=_("Vouchers"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick one voucher at least."),
            "invalid_choice": _("The list has changed meanwhile. Look at it again, and approve once more."),
        },
    )

    def __init__(self, *args: Any, vouchers: list[Voucher], by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.open = {token(one): one for one in vouchers}
        chosen: Any = self.fields["chosen"]
        chosen.choices = [(key, str(one)) for key, one in self.open.items()]

    def clean_chosen(self) -> list[Voucher]:
        wanted = [self.open[key] for key in self.cleaned_data["chosen"]]
        closed = closed_months(one.budget_id for one in wanted)
        if refused := [(one, why) for one in wanted if (why := why_not(one, self.by, closed))]:
            raise forms.ValidationError([f"{one.text}: {why}" for one, why in refused])
        return wanted


def token(voucher: Voucher) -> str:
    """A draft as it stands: another once it has been changed."""
    return f"{voucher.uuid}.{voucher.entered_at.timestamp():.6f}"


class SendBackForm(forms.Form):
    """What is to be mended."""

    reason = forms.CharField(
        label=_("What is to be mended?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[refuse_cpr],
    )
