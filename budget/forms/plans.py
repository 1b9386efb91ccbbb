"""Forms of a year's budget: begun from another's, and an amount written while it is proposed."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from budget.models import Budget
from bydelsmoedre.fields import KronerField
from bydelsmoedre.moment import today
from bydelsmoedre.personal import refuse_cpr


class YearForm(forms.Form):
    """Another year's budget, with the lines and amounts of one there is."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    price_level = forms.CharField(
        label=_("Price level"), max_length=20, help_text=_("A tag such as “2012 p/l”: nothing is converted.")
    )
    stated_total = KronerField(
        label=_("Total as it is stated, kr."),
        required=False,
        help_text=_("Only where a paper states another total. It is shown beside the sum, never computed with."),
    )

    def __init__(self, *args: Any, budget: Budget, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.budget = budget
        self.fields["year"].initial = budget.year + 1
        self.fields["price_level"].initial = f"{budget.year + 1} p/l"

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if Budget.objects.filter(programme=self.budget.programme_id, year=year).exists():
            raise forms.ValidationError(
                gettext("There is a budget of %(year)s already.") % {"year": year}, code="there"
            )
        if year > today().year + 10:
            raise forms.ValidationError(gettext("The year is too far ahead."), code="ahead")
        return year


class AmountForm(forms.Form):
    """What a line is given, while the budget is proposed."""

    amount = KronerField(label=_("Amount, kr."))
    reason = forms.CharField(label=_("Reason"), max_length=500, validators=[refuse_cpr])

    def clean_amount(self) -> Decimal:
        amount: Decimal = self.cleaned_data["amount"]
        if amount < 0:
            raise forms.ValidationError(gettext("A line is given nothing or more."), code="below")
        return amount
