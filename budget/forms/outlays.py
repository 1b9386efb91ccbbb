"""Forms of outlays: sent from a phone, taken over as a voucher, refused, paid back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from associations.models import Association
from budget.forms.vouchers import VoucherForm
from budget.models import Outlay, Voucher
from budget.outlays import take_over
from budget.receipts import said_of_same_receipt
from bydelsmoedre.fields import DanishDateField, KronerField
from bydelsmoedre.moment import today
from bydelsmoedre.personal import refuse_cpr
from programme.entry import OnceForm


class OutlayForm(OnceForm):
    """What a volunteer has paid, with a photo of the receipt. Sent twice, it is stored once."""

    given = ("association", "asked_by")

    amount = KronerField(label=_("Amount, kr."), help_text=_("As it stands on the receipt, with VAT. Such as 149,95."))
    spent_on = DanishDateField(label=_("Paid on"))

    class Meta(OnceForm.Meta):
        model: Any = Outlay
        fields = ["amount", "spent_on", "purpose"]

    field_order = ["amount", "spent_on", "purpose", "evidence_file", "evidence_text", "uuid"]

    def __init__(self, *args: Any, association: Association, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.association, self.instance.asked_by = association, by
        self.fields["spent_on"].initial = today
        self.fields["purpose"].help_text = _(
            "Such as “Coffee and fruit, meeting 12.05.” No names, account numbers or CPR numbers."
        )
        self.fields["evidence_file"].label = _("Photo of the receipt")
        self.fields["evidence_file"].help_text = _("Take it with the phone, or choose a file. 20 MB at most.")
        self.fields["evidence_text"].label = _("Or where the receipt lies")
        self.fields["evidence_text"].help_text = _("Only where there is no photo.")
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not any(name in self.errors or self.cleaned_data.get(name) for name in ("evidence_file", "evidence_text")):
            self.add_error("evidence_file", _("Add a photo of the receipt."))
        return cleaned

    def record(self, *, by: Any, programme: Any) -> Any:
        """Store it with its receipt."""
        self.instance.evidence = filed = self._evidence(by=by, programme=programme)
        self.notice = f"{self.notice} {said_of_same_receipt(filed, by=by)}".strip()
        self.instance.save(force_insert=True)
        return self.instance


class TakeOverForm(VoucherForm):
    """An outlay becomes a voucher: what it says stands there already, the line is chosen."""

    def __init__(self, *args: Any, outlay: Outlay, **kwargs: Any) -> None:
        told = {"happened_on": outlay.spent_on, "amount": outlay.amount, "text": outlay.purpose}
        super().__init__(*args, initial=told, **kwargs)
        self.outlay = outlay
        del self.fields["association"]
        if self.instance.pk is None:
            self.instance.evidence = outlay.evidence

    def clean(self) -> dict[str, Any] | None:
        self.cleaned_data["association"] = self.outlay.association
        cleaned = super().clean()
        amount = self.cleaned_data.get("amount")
        if amount is not None and amount != self.outlay.amount:
            self.add_error("amount", _("Pay the outlay back as it was sent, or refuse it and say why."))
        return cleaned

    def write(self, *, by: Any, programme: Any) -> Voucher:
        is_new = self.instance.pk is None
        voucher = super().write(by=by, programme=programme)
        if is_new:
            take_over(self.outlay, voucher)
        return voucher


class RefuseForm(forms.Form):
    """Why an outlay is not paid back."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Whoever sent it reads this."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[refuse_cpr],
    )


class PayBackForm(forms.Form):
    """When she got her money."""

    paid_on = DanishDateField(label=_("Paid back on"))
