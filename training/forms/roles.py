"""The form of a role: that of the volunteers, and what a neighbourhood mother must have learnt."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bydelsmoedre.personal import refuse_cpr
from programme.facts import Fact
from programme.models import Programme
from training.roles import let_her, may_be_mother
from volunteers.forms import MembershipForm
from volunteers.models import Membership


class RoleForm(MembershipForm):
    """A person holds a role in an association. A neighbourhood mother has a diploma, or the secretariat says why not.

    Save in the transaction in which it is validated: the exception and the role come together."""

    exception_reason = forms.CharField(
        label=gettext_lazy("Why without a diploma?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "Only where she becomes a neighbourhood mother without a diploma. That you decided it, and why, is kept "
            "and followed up. Nothing about a person's health, religion or origin."
        ),
        validators=[refuse_cpr],
    )

    field_order = [
        "association",
        "role",
        "started_on",
        "ended_on",
        "exception_reason",
        "term_ends_on",
        "evidence_text",
        "note",
    ]

    def __init__(self, *args: Any, may_make_exceptions: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_make_exceptions:
            del self.fields["exception_reason"]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        role, since = self.cleaned_data.get("role"), self.cleaned_data.get("started_on")
        if role is None or since is None:
            return cleaned
        reason = self.cleaned_data.get("exception_reason")
        self.needs_exception = role == Membership.Role.MOTHER and not may_be_mother(self.instance.volunteer, since)
        if not self.needs_exception:
            if reason:
                self.add_error("exception_reason", _("No exception is needed here. Delete the reason."))
        elif "exception_reason" not in self.fields:
            self.add_error("role", _("She has no diploma on that day. Only the secretariat can make an exception."))
        elif not reason and "exception_reason" not in self.errors:
            self.add_error("exception_reason", _("She has no diploma on that day. Write why she begins all the same."))
        return cleaned

    def record(self, *, by: Any, programme: Programme) -> Fact:
        """Record the role, and before it the exception that it needs."""
        if self.needs_exception:
            reason = self.cleaned_data["exception_reason"]
            let_her(self.instance.volunteer, since=self.instance.started_on, reason=reason, by=by)
        return super().record(by=by, programme=programme)
