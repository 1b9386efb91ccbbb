"""How far a participant is, in words."""

from collections.abc import Collection, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from training.completion import Completion


def in_words(completion: Completion, *, taught: Collection[int] | None = None) -> str:
    """“12 of 15 modules; lacks module 7”. Of a course under way, only what she lacks of what is `taught` so far."""
    done = _("%(attended)s of %(modules)s modules") % {
        "attended": len(completion.attended),
        "modules": len(completion.modules),
    }
    lacking = lacking_in_words(completion) if taught is None else _lacking_so_far(completion, taught)
    return f"{done}; {lacking}" if lacking else done


def lacking_in_words(completion: Completion) -> str:
    """What she lacks: the compulsory modules by number, the others by how many; "" where she has completed."""
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


def enumerated(numbers: Sequence[int]) -> str:
    """“1, 2 and 15”."""
    *first, last = map(str, numbers)
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last
