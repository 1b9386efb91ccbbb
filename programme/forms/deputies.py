"""The form of a deputy for holidays."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from bydelsmoedre.entry import EntryForm
from bydelsmoedre.fields import DanishDateField
from bydelsmoedre.moment import today
from programme.access import STAFF
from programme.models import Deputy, RoleGrant


class DeputyForm(EntryForm):
    """Who on the programme's staff stands in, and from when to when."""

    given = ("grant",)

    deputy = forms.ModelChoiceField(
        label=_("Deputy"),
        queryset=User.objects.none(),
        help_text=_("Somebody in the secretariat or the Foundation who has a login."),
    )
    from_on = DanishDateField(label=_("From"), may_be_future=True)
    until_on = DanishDateField(label=_("To and including"), may_be_future=True)

    class Meta:
        model = Deputy
        fields = ["deputy", "from_on", "until_on"]

    def __init__(self, *args: Any, grant: RoleGrant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.grant = grant
        colleagues = User.objects.filter(role_grants__programme=grant.programme, role_grants__role__in=STAFF)
        deputy: Any = self.fields["deputy"]
        deputy.queryset = (
            colleagues.filter(is_active=True).exclude(pk=grant.user_id).distinct().order_by("name", "email")
        )
        deputy.empty_label = _("Choose")
        self.fields["from_on"].initial = today()

    def clean_until_on(self) -> Any:
        until_on = self.cleaned_data["until_on"]
        if until_on < today():
            raise forms.ValidationError(_("The day is past."), code="past")
        return until_on
