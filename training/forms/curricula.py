"""Forms of what is taught: a training, a draft of its version, its adoption, and which other training is recognised."""

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.entry import EntryForm
from bydelsmoedre.fields import DanishDateField
from bydelsmoedre.stale import StaleFormMixin
from programme.entry import FactForm
from programme.models import Programme
from training.forms.drafts import AboutDraftForm
from training.forms.modules import ModulesField, titles
from training.models import Cover, Curriculum, CurriculumDraft, CurriculumVersion
from training.syllabus import planned_otherwise, said_by, why_not_from


class CurriculumForm(EntryForm):
    """A new training."""

    given = ("programme",)

    class Meta:
        model = Curriculum
        fields = ["name", "kind"]

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.programme = programme
        self.fields["kind"].help_text = _("Decides what a certificate of it counts as. It cannot be changed later.")


class DraftForm(StaleFormMixin, EntryForm):
    """What a version is going to say: its modules in a row each, and what completes the training."""

    given = ("curriculum",)

    modules = ModulesField(label=_("Modules"))

    class Meta:
        model = CurriculumDraft
        fields = [
            "label", "modules", "required_modules", "required_hours", "requires_contract", "requires_evaluation",
            "valid_months", "counts_hours",
        ]  # fmt: skip

    def __init__(self, *args: Any, curriculum: Curriculum, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.curriculum = curriculum
        self.fields["label"].help_text = _("A short name, such as 2012.")
        self.fields["required_hours"].localize = True
        self.fields["required_hours"].widget = forms.TextInput(attrs={"inputmode": "decimal"})
        self.fields["required_hours"].widget.is_localized = True

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        modules, required = self.cleaned_data.get("modules"), self.cleaned_data.get("required_modules")
        if modules and required:
            self._compare_modules(modules, required)
        if modules and (wanted := self.cleaned_data.get("required_hours")):
            there_are = sum((Decimal(str(module["hours"] or 0)) for module in modules), Decimal())
            if wanted > there_are:
                self.add_error("required_hours", gettext("The modules do not have so many hours together."))
        return cleaned

    def _compare_modules(self, modules: list[dict[str, Any]], required: int) -> None:
        compulsory = sum(module["compulsory"] for module in modules)
        if required > len(modules):
            there_are = ngettext("There is only %(count)s module.", "There are only %(count)s modules.", len(modules))
            self.add_error("required_modules", there_are % {"count": len(modules)})
        elif required < compulsory:
            too_few = gettext("%(count)s modules are compulsory, so that many at least are required.")
            self.add_error("required_modules", too_few % {"count": compulsory})

    def _words(self, name: str, value: str) -> str:
        if name != "modules":
            return super()._words(name, value)
        typed = self.fields["modules"].widget.value_from_datadict(self.data, self.files, self.add_prefix("modules"))
        return titles(value or typed)


class AdoptForm(AboutDraftForm, FactForm):
    """From when a draft holds as the training's version, and who decided it."""

    class Meta(FactForm.Meta):
        model = CurriculumVersion
        fields = ["started_on", "note"]

    field_order = ["started_on", "evidence_text", "note"]

    def __init__(self, *args: Any, draft: CurriculumDraft, **kwargs: Any) -> None:
        super().__init__(*args, draft=draft, **kwargs)
        self.instance.curriculum = draft.curriculum
        for name, value in said_by(draft).items():
            setattr(self.instance, name, value)
        self.fields["started_on"] = DanishDateField(
            label=_("Holds from"),
            may_be_future=True,
            help_text=_("Courses that begin on that day or later are taught by it. Those that have begun keep theirs."),
        )
        self.fields["evidence_text"].help_text = _("Who adopted it and where it stands, such as “Minutes, 12.05.2011”.")

    def _get_validation_exclusions(self) -> set[str]:
        """That the version before it ends first is seen to when it is adopted."""
        return super()._get_validation_exclusions() | {"period"}

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        day = self.cleaned_data.get("started_on")
        if day and (why := why_not_from(self.draft.curriculum, day)):
            self.add_error("started_on", why)
        return cleaned

    def version(self, *, by: Any) -> CurriculumVersion:
        """The version with its evidence, not saved yet."""
        self.instance.evidence = self._evidence(by=by, programme=self.draft.curriculum.programme)
        return self.instance

    def tell(self, version: CurriculumVersion) -> None:
        """Say which courses were planned otherwise."""
        if planned := planned_otherwise(version):
            said = gettext("Planned by another version: %(courses)s. Look their days through.")
            self.notice = said % {"courses": ", ".join(course.name for course in planned)}


class CoverForm(FactForm):
    """Another training is recognised in the place of this one."""

    given: ClassVar[tuple[str, ...]] = ("curriculum",)

    class Meta(FactForm.Meta):
        model = Cover
        fields = ["by", "started_on", "note"]

    field_order = ["by", "started_on", "evidence_text", "note"]

    def __init__(self, *args: Any, curriculum: Curriculum, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.curriculum = curriculum
        by: Any = self.fields["by"]
        others = Curriculum.objects.filter(programme=curriculum.programme_id).exclude(pk=curriculum.pk)
        by.queryset = others.order_by("name")
        by.label = _("Recognised training")
        by.empty_label = _("Choose a training")
        self.fields["started_on"].label = _("Recognised from")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self.require_evidence(_("Write who decided it and where it stands, or choose the file."))
        return cleaned
