"""The form by which another municipality's programme is begun."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from associations.models import FoundingChecklist
from bydelsmoedre.fields import DanishDateField
from bydelsmoedre.personal import refuse_cpr
from programme.access import Role
from programme.models import Programme
from programme.rules import NUMBERS, latest_of
from reports.beginning import Beginning, Login, OwnCriterion, begin

#: What the form says of the programme as it stands.
SAID = ("name", "municipality", "purpose", "starts_on", "deadline", "minimum_board", "districts")


class BeginningForm(forms.Form):
    """The new programme: its name and days, its own criteria, and who is to work in it."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200, help_text=gettext_lazy("Such as “Aarhus”."))
    municipality = forms.CharField(label=gettext_lazy("Municipality"), max_length=200)
    purpose = forms.CharField(
        label=gettext_lazy("Purpose"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    starts_on = DanishDateField(label=gettext_lazy("Starts on"), may_be_future=True)
    deadline = DanishDateField(label=gettext_lazy("Deadline"), may_be_future=True)
    minimum_board = forms.IntegerField(
        label=gettext_lazy("Smallest board"), min_value=1, max_value=15, help_text=gettext_lazy("Of an association.")
    )
    districts = forms.CharField(
        label=gettext_lazy("Districts"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("One on each line. Housing areas are added in the administration."),
    )
    secretariat_email = forms.EmailField(label=gettext_lazy("E-mail of the secretariat’s coordinator"))
    secretariat_name = forms.CharField(label=gettext_lazy("The coordinator’s name"), max_length=200)
    contact_email = forms.EmailField(label=gettext_lazy("E-mail of the municipality’s contact"), required=False)

    def __init__(self, *args: Any, model: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.model = model
        self.criteria = [(one, latest) for one in model.criteria.all() if (latest := latest_of(one))]
        for criterion, latest in self.criteria:
            self.fields[f"wording_{criterion.number}"] = forms.CharField(
                label=_("Criterion %(criterion)s") % {"criterion": criterion},
                required=False,
                initial=latest.wording,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text=_("In the new programme’s own words. Empty: the programme does not have it."),
            )
            if latest.rule in NUMBERS:
                self.fields[f"target_{criterion.number}"] = forms.IntegerField(
                    label=_("Target of criterion %(number)s") % {"number": criterion.number},
                    required=False,
                    min_value=1,
                    max_value=9999,
                    initial=latest.target,
                )
        checklist = FoundingChecklist.objects.current().filter(programme=model).order_by("-started_on").first()
        self.fields["minimum_board"].initial = checklist.minimum_board if checklist else 5

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        # PostgreSQL folds Æ, Ø and Å or not, as its locale is; there are few programmes.
        if name.casefold() in {one.casefold() for one in Programme.objects.values_list("name", flat=True)}:
            raise forms.ValidationError(_("There is a programme with that name already."))
        return name

    def _login(self, name: str) -> str:
        email = User.objects.normalize_email(self.cleaned_data[name])
        if email and User.objects.filter(email=email, is_active=False).exists():
            raise forms.ValidationError(_("That login is closed. Open it in the administration first."))
        return email

    def clean_secretariat_email(self) -> str:
        return self._login("secretariat_email")

    def clean_contact_email(self) -> str:
        return self._login("contact_email")

    def clean_districts(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["districts"].splitlines()]
        found = list(dict.fromkeys(line for line in lines if line))
        for line in found:
            refuse_cpr(line)
            if len(line) > 100:
                raise forms.ValidationError(_("“%(name)s …” is too long for a district.") % {"name": line[:40]})
        return found

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        given = self.cleaned_data
        starts_on, deadline = given.get("starts_on"), given.get("deadline")
        if starts_on and deadline and deadline < starts_on:
            self.add_error("deadline", _("The deadline is before the start."))
        if given.get("contact_email") and given.get("contact_email") == given.get("secretariat_email"):
            same = _("The municipality’s contact is somebody else than the secretariat.")
            self.add_error("contact_email", forms.ValidationError(same, code="invalid"))
        for criterion, latest in self.criteria:
            target = f"target_{criterion.number}"
            is_wanted = latest.rule in NUMBERS and given.get(f"wording_{criterion.number}")
            if is_wanted and not given.get(target) and target not in self.errors:
                self.add_error(target, _("Write how many are needed."))
        if not self.own_criteria() and not self.errors:
            self.add_error(None, _("A programme has one criterion at least."))
        return cleaned

    def own_criteria(self) -> list[OwnCriterion]:
        given = self.cleaned_data
        return [
            OwnCriterion(criterion, wording, given.get(f"target_{criterion.number}"))
            for criterion, _latest in self.criteria
            if (wording := given.get(f"wording_{criterion.number}"))
        ]

    def begin(self, *, by: Any) -> Programme:
        """Make the programme that the valid form describes."""
        given = self.cleaned_data
        logins = [Login(given["secretariat_email"], given["secretariat_name"], Role.SECRETARIAT)]
        if given["contact_email"]:
            logins.append(Login(given["contact_email"], "", Role.CASEWORKER))
        told = Beginning(
            model=self.model,
            criteria=self.own_criteria(),
            logins=logins,
            **{name: given[name] for name in SAID},
        )
        return begin(told, by=by)
