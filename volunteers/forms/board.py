"""The form of an election to an association's board."""

from typing import Any

from django import forms
from django.db.models import Case, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from associations.models import Association
from bydelsmoedre.danish import dato, kort_dato
from bydelsmoedre.fields import DanishDateField, PlainSelect, refuse_cpr_in
from bydelsmoedre.moment import today
from bydelsmoedre.personal import refuse_cpr
from bydelsmoedre.sorting import danish_key, danish_order
from bydelsmoedre.stale import send_next_time
from programme.models import Evidence
from volunteers.board import Elected, elect, fingerprint, seats_until, sitting
from volunteers.models import Membership, Volunteer
from volunteers.models.people import SEATS

#: Of so many roles the holders can be chosen; those of the board and the coordinators come first.
MOST = 300

Role = Membership.Role


class ElectionForm(forms.Form):
    """Who was elected to the board on a day, and who goes on without it. Nobody's seat ends unless the form says so."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    happened_on = DanishDateField(label=gettext_lazy("Day of the meeting"), initial=today)
    kept = forms.MultipleChoiceField(
        label=gettext_lazy("On the board now: who goes on without being elected?"),
        required=False,
        help_text=gettext_lazy(
            "Whoever is neither ticked here nor elected below leaves the board on the day before the meeting. "
            "A new chair or treasurer takes the place of the old one."
        ),
        widget=forms.CheckboxSelectMultiple,
    )
    chair = forms.ChoiceField(label=gettext_lazy("Elected as chair"), required=False, widget=PlainSelect)
    treasurer = forms.ChoiceField(label=gettext_lazy("Elected as treasurer"), required=False, widget=PlainSelect)
    board_member = forms.MultipleChoiceField(
        label=gettext_lazy("Elected as members of the board"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    substitute = forms.MultipleChoiceField(
        label=gettext_lazy("Elected as substitutes"), required=False, widget=forms.CheckboxSelectMultiple
    )
    term_ends_on = DanishDateField(
        label=gettext_lazy("Elected until"),
        required=False,
        may_be_future=True,
        help_text=gettext_lazy("Optional. A plan: no seat ends by itself, but we remind you when the day has passed."),
    )
    evidence_text = forms.CharField(
        label=gettext_lazy("Evidence"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Where the proof lies, such as “Minutes, case no. 2011-123”."),
        validators=[refuse_cpr],
    )

    def __init__(self, *args: Any, association: Association, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.association = association
        self.seats = list(sitting(association).select_related("volunteer").order_by("started_on", "pk"))
        self.seats.sort(key=lambda seat: SEATS.index(seat.role))
        self.fields["seen"].initial = fingerprint(self.seats)
        self.persons = {str(one.uuid): one for one in _known_persons(association, user)}
        self._offer()

    def _offer(self) -> None:
        kept: Any = self.fields["kept"]
        kept.choices = [(str(seat.uuid), _described(seat)) for seat in self.seats]
        kept.initial = [str(seat.uuid) for seat in self.seats if not _is_over(seat)]
        if not self.seats:
            del self.fields["kept"]
        named = [(key, str(person)) for key, person in self.persons.items()]
        for role in SEATS:
            chosen: Any = self.fields[role]
            is_one = not isinstance(chosen, forms.MultipleChoiceField)
            chosen.choices = [("", _("Nobody is elected")), *named] if is_one else named

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.cleaned_data.get("seen") != fingerprint(self.seats):
            send_next_time(self, "seen", fingerprint(self.seats))
            raise forms.ValidationError(
                _("The board has been changed meanwhile. See who sits on it now, and save again."), code="stale"
            )
        refuse_cpr_in(self)
        self.elected = self._elected()
        self._check_days()
        if not self.errors and not self.elected and len(self._kept()) == len(self.seats):
            self.add_error("chair", _("Choose who was elected."))
        return cleaned

    def _elected(self) -> dict[Volunteer, str]:
        """Each elected person's seat; nobody has two."""
        elected: dict[Volunteer, str] = {}
        for role in SEATS:
            chosen = self.cleaned_data.get(role) or []
            for person in (self.persons[key] for key in ([chosen] if isinstance(chosen, str) else chosen)):
                if person in elected:
                    message = _("%(name)s is chosen as %(seat)s already: one seat for each.")
                    self.add_error(role, message % {"name": person, "seat": Role(elected[person]).label})
                else:
                    elected[person] = role
        return elected

    def _kept(self) -> list[Membership]:
        """The seats that go on: those ticked, but for one whose place somebody else has been elected to."""
        replaced = {role for role in self.elected.values() if role in (Role.CHAIR, Role.TREASURER)}
        ticked = self.cleaned_data.get("kept", [])
        return [
            seat
            for seat in self.seats
            if str(seat.uuid) in ticked and seat.volunteer not in self.elected and seat.role not in replaced
        ]

    def _check_days(self) -> None:
        """Elections are recorded in the order in which they were held, and a term ends after it begins."""
        on, term = self.cleaned_data.get("happened_on"), self.cleaned_data.get("term_ends_on")
        if on is None:
            return
        if term and term < on:
            self.add_error("term_ends_on", _("The term ends before it begins."))
        if self.association.opened_on and on < self.association.opened_on:
            message = _("Work on the association began on %(day)s. No role in it begins earlier.")
            self.add_error("happened_on", message % {"day": dato(self.association.opened_on)})
        shown = {seat.pk for seat in self.seats}
        later = [seat for seat in seats_until(self.association, on) if seat.started_on > on or seat.pk not in shown]
        if later:
            self.add_error(
                "happened_on",
                _("The board has changed after that day. Record the seats from then on each person’s own page."),
            )
            return
        kept = self._kept()
        for seat in self.seats:
            if seat.started_on == on and seat not in kept and self.elected.get(seat.volunteer) != seat.role:
                message = _("%(name)s began as %(seat)s on that day. Retract that seat first, or let it go on.")
                self.add_error("happened_on", message % {"name": seat.volunteer, "seat": seat.get_role_display()})

    def record(self, *, by: Any) -> Elected:
        """Record the election, with its evidence."""
        text = self.cleaned_data["evidence_text"]
        about = {"programme": self.association.programme, "description": text, "added_by": by}
        return elect(
            self.association,
            seats=self.seats,
            elected=self.elected,
            kept=self._kept(),
            on=self.cleaned_data["happened_on"],
            term_ends_on=self.cleaned_data["term_ends_on"],
            evidence=Evidence.objects.create(**about) if text else None,
            by=by,
        )


def _known_persons(association: Association, user: Any) -> list[Volunteer]:
    """Those who have a role in the association, by name; where they are many, its board and coordinators first."""
    near = When(role__in=[*SEATS, Role.COORDINATOR], then=0)
    roles = Membership.objects.visible_to(user).current().filter(association=association)
    nearest = (
        roles.exclude(ended_on__lt=today())
        .select_related("volunteer")
        .order_by(Case(near, default=1), danish_order("volunteer__name"), "pk")[:MOST]
    )
    return sorted({role.volunteer for role in nearest}, key=lambda one: (danish_key(one.name), one.pk))


def _described(seat: Membership) -> str:
    """A seat as the one who records an election knows it."""
    words = _("%(name)s, %(seat)s since %(day)s") % {
        "name": seat.volunteer,
        "seat": seat.get_role_display(),
        "day": kort_dato(seat.started_on),
    }
    if seat.term_ends_on:
        words += _(" (elected until %(day)s)") % {"day": kort_dato(seat.term_ends_on)}
    return words


def _is_over(seat: Membership) -> bool:
    """Has the seat's term run out?"""
    return seat.term_ends_on is not None and seat.term_ends_on < today()
