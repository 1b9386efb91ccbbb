"""Danish alphabetical order: … x y z æ ø å, with "aa" as å and no regard to case.

The order is a key in plain bytes computed by an immutable SQL function, not a collation of the operating system:
an upgrade of the C library can never break an index built on it.
"""

from django.db.models import F, Func, TextField
from django.db.models.expressions import Combinable
from django.db.models.functions import Collate

_FOLDED = str.maketrans("ÆæÄäØøÖöÅåÉéÈèÜüÁáÓóÍí", "{{{{||||}}eeeeyyaaooii")
_LOWER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


def danish_key(value: str) -> str:
    """The sort key of `value`, as the database computes it."""
    return value.translate(_LOWER).translate(_FOLDED).replace("aa", "}")


class DanishKey(Func):
    """`danish_key(value)` in SQL."""

    function = "danish_key"
    arity = 1
    output_field = TextField()


def danish_order(field: str | Combinable) -> Collate:
    """To order by: `queryset.order_by(danish_order("name"))`."""
    return Collate(DanishKey(F(field) if isinstance(field, str) else field), "C")
