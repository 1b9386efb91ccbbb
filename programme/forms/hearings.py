"""Forms about hearings: opened, corrected, what was answered in it, and what came of an answer."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.danish import kort_dato
from bydelsmoedre.fields import DanishDateField
from bydelsmoedre.moment import today
from bydelsmoedre.personal import refuse_cpr
from bydelsmoedre.sorting import danish_order
from programme.entry import FactForm
from programme.hearings import has_begun, why_no_hearing
from programme.models import DocumentVersion, Hearing, HearingComment, Organisation, Programme
from programme.seen import AboutFactForm
from programme.texts import headings


def organisations(programme: Programme | int) -> Any:
    """The programme's organisations, by name."""
    return Organisation.objects.filter(programme=programme).order_by(danish_order("name"))


class AskedField(forms.MultipleChoiceField):
    """Which of the programme's organisations are asked, by identity."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self) -> None:
        super().__init__(label=_("Who is asked"), required=False)

    def offer(self, programme: Programme | int) -> None:
        self.choices = [(str(uuid), name) for uuid, name in organisations(programme).values_list("uuid", "name")]

    def clean(self, value: Any) -> list[UUID]:
        return [UUID(one) for one in super().clean(value)]


NOBODY = _("Choose who is asked, or write it below.")


class HearingForm(FactForm):
    """A version is sent to hearing: from when, until when, and whom."""

    given = ("version",)

    asked = AskedField()

    class Meta(FactForm.Meta):
        model = Hearing
        fields = ["started_on", "ended_on", "asked", "others", "note"]

    field_order = ["started_on", "ended_on", "asked", "others", "evidence_text", "note"]

    def __init__(self, *args: Any, version: DocumentVersion, adopted: Iterable[dt.date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.version = version
        self.adopted = list(adopted)
        asked: Any = self.fields["asked"]
        asked.offer(version.document.programme_id)
        self.fields["started_on"] = DanishDateField(label=_("Sent to hearing on"), initial=today())
        self.fields["ended_on"] = DanishDateField(
            label=_("Answers are wanted by"),
            may_be_future=True,
            help_text=_("The last day of the hearing. The version can be adopted from the day after."),
        )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        version, given = self.instance.version, self.cleaned_data
        since, until = given.get("started_on"), given.get("ended_on")
        if since and version.dated_on and since < version.dated_on:
            told = {"day": kort_dato(version.dated_on)}
            self.add_error("started_on", _("The version is dated %(day)s: nobody was asked before.") % told)
        elif since and until and (why := why_no_hearing(version, since, until, self.adopted)):
            self.add_error("ended_on", why)
        if "asked" not in self.errors and "others" not in self.errors and not (given["asked"] or given["others"]):
            self.add_error("asked", NOBODY)
        return cleaned


class CorrectHearingForm(AboutFactForm):
    """The hearing has another last day, or others are asked. When it began stays; else it is retracted."""

    ended_on = DanishDateField(
        label=_("Answers are wanted by"),
        may_be_future=True,
        help_text=_("A later day where there is more time; an earlier one where all have answered."),
    )
    asked = AskedField()
    others = forms.CharField(
        label=_("Others who are asked"),
        required=False,
        max_length=200,
        validators=[refuse_cpr],
        help_text=_("Such as the local associations. Offices and associations, nobody's name."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Why is it changed? The reason is kept with the fact."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[refuse_cpr],
    )

    def __init__(self, *args: Any, fact: Hearing, adopted: Iterable[dt.date], **kwargs: Any) -> None:
        super().__init__(*args, fact=fact, **kwargs)
        self.adopted = list(adopted)
        asked: Any = self.fields["asked"]
        asked.offer(fact.version.document.programme_id)
        asked.initial = [str(one) for one in fact.asked]
        self.fields["ended_on"].initial, self.fields["others"].initial = fact.ended_on, fact.others

    def clean_ended_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["ended_on"]
        if day < self.fact.started_on:
            raise ValidationError(_("The end is before the start."))
        if why := why_no_hearing(self.fact.version, self.fact.started_on, day, self.adopted):
            raise ValidationError(why)
        others = Hearing.objects.current().filter(version=self.fact.version, started_on__gt=self.fact.started_on)
        if others.filter(started_on__lte=day).exists():
            raise ValidationError(_("The version is in another hearing on some of those days."))
        return day

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        given = self.cleaned_data
        if "asked" not in self.errors and "others" not in self.errors and not (given["asked"] or given["others"]):
            self.add_error("asked", NOBODY)
        return cleaned


class CommentForm(FactForm):
    """An answer has come in a hearing."""

    given = ("version",)
    is_of_today = True

    heading = forms.ChoiceField(label=_("About the part"), required=False)

    class Meta(FactForm.Meta):
        model = HearingComment
        fields = ["organisation", "sender", "heading", "text", "happened_on"]
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}
        help_texts = {"text": _("What is answered, in short. Nobody's name.")}

    field_order = ["organisation", "sender", "heading", "text", "happened_on", "evidence_text"]

    def __init__(self, *args: Any, version: DocumentVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.version = version
        organisation: Any = self.fields["organisation"]
        organisation.queryset = organisations(version.document.programme_id)
        organisation.empty_label = _("Another, written below")
        heading: Any = self.fields["heading"]
        parts = [part[:200] for part in headings(version.text)]
        heading.choices = [("", _("The whole version")), *((part, part) for part in parts)]
        if not parts:
            del self.fields["heading"]
        self.fields["happened_on"].label = _("Received on")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        given = self.cleaned_data
        if given.get("organisation") and given.get("sender"):
            self.add_error("sender", _("Choose an organisation above, or write another here: not both."))
        on = given.get("happened_on")
        if on and not has_begun(self.instance.version, on):
            self.add_error("happened_on", _("No hearing of the version had begun on that day."))
        return cleaned


class AnsweredForm(AboutFactForm):
    """What came of an answer."""

    answer = forms.ChoiceField(label=_("What came of it"), choices=[("", _("Choose")), *HearingComment.Answer.choices])
    because = forms.CharField(
        label=_("In short"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[refuse_cpr],
        help_text=_("Where it is taken in: how. Where it is not: why not."),
    )
    answered_on = DanishDateField(label=_("Answered on"))

    def __init__(self, *args: Any, fact: HearingComment, **kwargs: Any) -> None:
        super().__init__(*args, fact=fact, **kwargs)
        self.fields["answer"].initial, self.fields["because"].initial = fact.answer, fact.because
        self.fields["answered_on"].initial = fact.answered_on or today()

    def clean_answered_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["answered_on"]
        if day < self.fact.happened_on:
            raise ValidationError(_("It was not received yet on that day."))
        return day

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        given = self.cleaned_data
        is_bare = not given.get("because") and "because" not in self.errors
        if given.get("answer") == HearingComment.Answer.NOT_TAKEN_IN and is_bare:
            self.add_error("because", _("Write why it is not taken in."))
        return cleaned
