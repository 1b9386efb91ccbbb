"""Forms of the volunteers: contact data, a role, the end of a role."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from associations.models import Association, HousingArea
from bydelsmoedre.entry import EntryForm
from bydelsmoedre.fields import DanishDateField
from bydelsmoedre.languages import LANGUAGES
from bydelsmoedre.moment import today
from bydelsmoedre.sorting import danish_order
from bydelsmoedre.stale import StaleFormMixin, send_next_time
from programme.entry import FactForm
from programme.models import Programme
from programme.seen import EndFactForm
from volunteers.matching import Likeness, Why, resembling
from volunteers.merging import tell_apart
from volunteers.models import LanguageSkill, Membership, Volunteer
from volunteers.recruitment import begin_candidacy


class VolunteerForm(StaleFormMixin, EntryForm):
    """A volunteer's contact data: only what is needed to reach her."""

    given = ("programme",)

    class Meta:
        model = Volunteer
        fields = ["name", "email", "phone", "postcode", "housing_area"]

    #: What is said where the e-mail is that of somebody whom the reader may not see.
    not_from_here = _("We cannot save this e-mail from here. Call the secretariat.")

    def __init__(self, *args: Any, programme: Programme, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.instance.programme = programme
        self.fields["phone"].widget.input_type = "tel"
        area: Any = self.fields["housing_area"]
        area.queryset = HousingArea.objects.filter(programme=programme).order_by(danish_order("name"))
        area.empty_label = _("Not stated")

    def _post_clean(self) -> None:
        """That a person whom the reader may not see exists is not told."""
        super()._post_clean()
        if self.user is None or not self.has_error("email", "email"):
            return
        others = Volunteer.objects.visible_to(self.user).filter(programme=self.instance.programme)
        if not others.filter(email=self.instance.email).exists():
            del self.errors["email"]
            self.add_error("email", forms.ValidationError(self.not_from_here, code="elsewhere"))


class NewVolunteerForm(VolunteerForm):
    """A new volunteer, with her first role if she has one already. Where somebody like her is recorded, she is saved
    once it is said that she is another."""

    not_from_here = _("We cannot create the person from here. Call the secretariat.")

    #: Those who resemble her, of whom the reader may see.
    likely: Sequence[Likeness] = ()

    #: The identities of those who were shown: only of them it is said that she is another.
    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    is_another = forms.BooleanField(label=_("It is another person"), required=False)
    association = forms.ModelChoiceField(
        Association.objects.none(), label=_("Association"), required=False, empty_label=_("None yet")
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[("", _("None yet")), *(one for one in Membership.Role.choices if one[0] != Membership.Role.MOTHER)],
        required=False,
        help_text=_(
            "A new person has no diploma, so her role as a neighbourhood mother is recorded later, on her page."
        ),
    )
    started_on = DanishDateField(label=_("Role from"), required=False, may_be_future=True)
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=LANGUAGES,
        required=False,
        help_text=_("The languages that she can work in. The level can be recorded later."),
        widget=forms.CheckboxSelectMultiple,
    )
    interested_on = DanishDateField(
        label=_("Interested from"),
        required=False,
        help_text=_(
            "Fill in where she wishes to become a neighbourhood mother or a coordinator: her candidacy begins."
        ),
    )

    def __init__(self, *args: Any, user: Any, needs_association: bool, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.is_by_secretariat = not needs_association
        self.order_fields(["shown", "is_another"])
        if not self.is_bound:
            self._ask_nothing()
        chosen: Any = self.fields["association"]
        chosen.queryset = (
            Association.objects.changeable_by(user)
            .filter(programme=self.instance.programme)
            .order_by(danish_order("name"))
        )
        if needs_association:  # a local coordinator, who does not recruit
            del self.fields["interested_on"]
            for name in ("association", "role", "started_on"):
                self.fields[name].required = True
            chosen.empty_label = None
            role: Any = self.fields["role"]
            role.choices = [("", _("Choose a role")), *role.choices[1:]]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        names = ("association", "role", "started_on")
        given = [name for name in names if self.cleaned_data.get(name)]
        if given:
            for name in names:
                if name not in given and name not in self.errors:
                    self.add_error(name, _("A role needs association, role and date."))
        if len(given) == len(names):
            self._check_role({name: self.cleaned_data[name] for name in names})
        self._ask_whether_another()
        return cleaned

    def clean_shown(self) -> frozenset[str]:
        return frozenset(self.cleaned_data["shown"].split())

    def _ask_whether_another(self) -> None:
        persons = Volunteer.objects.visible_to(self.user).filter(programme=self.instance.programme)
        given = {name: self.cleaned_data.get(name) or "" for name in ("name", "email", "phone")}
        self.likely = resembling(persons.select_related("housing_area"), **given)
        if not self.likely:
            self._ask_nothing()
            return
        told = self.cleaned_data.get("shown", frozenset()) if self.cleaned_data.get("is_another") else frozenset()
        shown = [str(one.volunteer.uuid) for one in self.likely if one.why != Why.EMAIL]
        if not shown:  # an e-mail is one person's: that is refused anyhow
            self._ask_nothing()
        elif not told.issuperset(shown):
            send_next_time(self, "shown", " ".join(shown))
            send_next_time(self, "is_another", "")
            self.add_error("is_another", _("Tick it only if it is so: somebody like her is recorded already."))

    def _ask_nothing(self) -> None:
        del self.fields["shown"], self.fields["is_another"]

    def _check_role(self, role: dict[str, Any]) -> None:
        """Nobody becomes the second chair or treasurer, or something before work on the association began."""
        first = Membership(**role)
        try:
            first.clean()
        except forms.ValidationError as error:
            self.add_error(None, error)
            return
        asked = {*role, "ended_on", "period", "retracted_at"}
        nobody_yet = {field.name for field in Membership._meta.fields} - asked
        try:
            first.validate_constraints(exclude=nobody_yet)
        except forms.ValidationError as error:
            self.add_error("role", error.messages[0])

    def save_with_role(self, *, by: Any) -> Volunteer:
        """Save the person, and record her role, her languages and her candidacy in the same transaction. Of whom the
        secretariat has said that she is another is not suggested as her duplicate later."""
        volunteer = self.save()
        if self.is_by_secretariat:
            for one in self.likely:
                tell_apart(volunteer, one.volunteer)
        for language in self.cleaned_data["languages"]:
            LanguageSkill.record(by=by, volunteer=volunteer, language=language, happened_on=today())
        if interested_on := self.cleaned_data.get("interested_on"):
            begin_candidacy(volunteer, on=interested_on, by=by)
        if self.cleaned_data.get("role"):
            Membership.record(
                by=by,
                volunteer=volunteer,
                association=self.cleaned_data["association"],
                role=self.cleaned_data["role"],
                started_on=self.cleaned_data["started_on"],
            )
        return volunteer


class MembershipForm(FactForm):
    """A person holds a role in an association."""

    given = ("volunteer",)

    class Meta(FactForm.Meta):
        model = Membership
        fields = ["association", "role", "started_on", "ended_on", "term_ends_on", "note"]

    field_order = ["association", "role", "started_on", "ended_on", "term_ends_on", "evidence_text", "note"]

    def __init__(self, *args: Any, volunteer: Volunteer, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.volunteer = volunteer
        association: Any = self.fields["association"]
        association.queryset = (
            Association.objects.changeable_by(user)
            .filter(programme=volunteer.programme_id)
            .order_by(danish_order("name"))
        )
        association.empty_label = _("Choose an association")
        self.fields["ended_on"].help_text = _("Leave empty while she holds the role.")
        self.fields["term_ends_on"] = DanishDateField(
            label=_("Elected until"),
            required=False,
            may_be_future=True,
            help_text=_("Only for a seat on the board. The seat does not end by itself, but we remind you."),
        )
        self.order_fields(list(self.fields))


class EndMembershipForm(EndFactForm):
    """The last day of a role."""

    ended_on = DanishDateField(label=_("Last day"), may_be_future=True)
