"""How far a participant is, in words."""

from collections.abc import Collection, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bydelsmoedre.danish import tal
from training.completion import Completion
from training.models.curricula import Syllabus


def in_words(completion: Completion, *, taught: Collection[int] | None = None) -> str:
    """“12 of 15 modules; lacks module 7”. Of a course under way, only what she lacks of what is `taught` so far."""
    done = _("%(attended)s of %(modules)s modules") % {
        "attended": len(completion.attended),
        "modules": len(completion.modules),
    }
    if taught is not None:
        return "; ".join(filter(None, [done, _lacking_so_far(completion, taught)]))
    return "; ".join(filter(None, [done, lacking_in_words(completion)]))


def lacking_in_words(completion: Completion) -> str:
    """What she lacks: the compulsory modules by number, the others by how many, hours and the welcome sheet where they
    are asked about; "" where she has completed."""
    lacking = [_lacking_modules(completion)]
    if hours := completion.lacks_hours:
        lacking.append(
            ngettext("lacks %(hours)s hour", "lacks %(hours)s hours", 1 if hours <= 1 else 2) % {"hours": tal(hours)}
        )
    if completion.lacks_contract:
        lacking.append(_("lacks the declarations of the welcome sheet"))
    if completion.lacks_evaluation:
        lacking.append(_("has not evaluated the course"))
    return "; ".join(filter(None, lacking))


def _lacking_modules(completion: Completion) -> str:
    more = completion.lacks - len(completion.missing)
    if not completion.missing:
        return ngettext("lacks %(count)s module", "lacks %(count)s modules", more) % {"count": more} if more else ""
    lacking = _named(completion.missing)
    if not more:
        return lacking
    return _("%(lacking)s and %(count)s more") % {"lacking": lacking, "count": more}


def _lacking_so_far(completion: Completion, taught: Collection[int]) -> str:
    """The compulsory modules that have been taught without her."""
    missed = [number for number in completion.missing if number in taught]
    return _named(missed) if missed else ""


def _named(numbers: Sequence[int]) -> str:
    lacking = ngettext("lacks module %(numbers)s", "lacks modules %(numbers)s", len(numbers))
    return lacking % {"numbers": enumerated(numbers)}


def enumerated(numbers: Sequence[object]) -> str:
    """“1, 2 and 15”."""
    *first, last = map(str, numbers)
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last


def requirement_in_words(syllabus: Syllabus | None) -> str:
    """“12 of 15 modules are required, modules 1 and 15 among them, and 24 hours”; "" where there is no version."""
    if syllabus is None:
        return ""
    compulsory = syllabus.compulsory
    told = {"required": syllabus.required_modules, "all": len(syllabus.modules)}
    said = [_("%(required)s of %(all)s modules are required") % told]
    if compulsory and len(compulsory) < len(syllabus.modules):
        named = _("%(required)s of %(all)s modules are required, modules %(numbers)s among them")
        said = [named % (told | {"numbers": enumerated(compulsory)})]
    if syllabus.required_hours:
        said.append(_("%(hours)s hours of attendance") % {"hours": tal(syllabus.required_hours)})
    if syllabus.requires_contract:
        said.append(_("the declarations of the welcome sheet"))
    if syllabus.requires_evaluation:
        said.append(_("the evaluation"))
    return enumerated(said)
