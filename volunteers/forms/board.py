"""The form of an election to an association's board."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Case, Count, Q, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from associations.models import Association
from bydelsmoedre.addresses import is_uuid
from bydelsmoedre.danish import dato, kort_dato
from bydelsmoedre.fields import DanishDateField, PlainSelect
from bydelsmoedre.moment import today
from bydelsmoedre.personal import refuse_cpr
from bydelsmoedre.sorting import DanishKey, danish_key, danish_order
from bydelsmoedre.stale import send_next_time
from programme.models import Evidence
from volunteers.board import Elected, elect, fingerprint, seats_until, sitting
from volunteers.models import Membership, Volunteer
from volunteers.models.people import SEATS

#: Of so many who have a role in the association all can be chosen; where they are more, the board, the coordinators
#: and those whom a search finds.
MOST = 100

#: So many seats and coordinators are reckoned with besides those whom a search finds.
LARGEST_BOARD = 100

#: The search's field, and the button that searches: it sends the form, which is shown again with what was chosen.
SEARCH, FIND = "soeg", "find"

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
        sent = args[0] if args else None
        if sent and FIND in sent:  # nothing is recorded: the form is shown again as it stands
            kwargs["initial"] = {name: _typed(sent, name, one) for name, one in self.base_fields.items()}
            args = ()
        super().__init__(*args, **kwargs)
        self.association = association
        self.search = (sent.get(SEARCH, "") if sent else "").replace("\x00", "")[:100]
        self.seats = list(sitting(association).select_related("volunteer").order_by("started_on", "pk"))
        self.seats.sort(key=lambda seat: SEATS.index(seat.role))
        self.fields["seen"].initial = fingerprint(self.seats)
        chosen = {key for role in SEATS for key in _listed(sent, role)}
        found = _Choice(association, user, self.search, chosen)
        self.persons = {str(one.uuid): one for one in found.persons}
        self.all, self.is_cut, self.are_too_many = found.all, found.is_cut, found.are_too_many
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


def _listed(sent: Any, name: str) -> list[str]:
    """What was chosen in a field, also where that may be several; what is no identity is left out."""
    return [value for value in (sent.getlist(name) if sent else []) if is_uuid(value)]


def _typed(sent: Any, name: str, field: forms.Field) -> Any:
    """What stands in a field of a form that is shown again."""
    return sent.getlist(name) if isinstance(field, forms.MultipleChoiceField) else sent.get(name)


class _Choice:
    """Who can be elected: those who have a role in the association; where they are many, its board and coordinators,
    those whose name holds the search, and those who are chosen already. Two queries."""

    def __init__(self, association: Association, user: Any, search: str, chosen: Iterable[str]) -> None:
        roles = Membership.objects.visible_to(user).current().filter(association=association)
        roles = roles.exclude(ended_on__lt=today())
        self.all = roles.aggregate(number=Count("volunteer", distinct=True))["number"]
        self.is_cut = self.all > MOST
        wanted = danish_key(search.strip())
        near = Q(role__in=[*SEATS, Role.COORDINATOR]) | Q(volunteer__uuid__in=list(chosen))
        if self.is_cut:
            named = Q(key__contains=wanted) if wanted else Q(pk=None)
            roles = roles.annotate(key=DanishKey("volunteer__name")).filter(near | named)
        first = Case(When(near, then=0), default=1)
        found = roles.select_related("volunteer").order_by(first, danish_order("volunteer__name"), "pk")
        held = list(found[: LARGEST_BOARD + MOST + 1])
        self.are_too_many = len(held) > LARGEST_BOARD + MOST
        persons = {role.volunteer for role in held}
        self.persons = sorted(persons, key=lambda one: (danish_key(one.name), one.pk))


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
