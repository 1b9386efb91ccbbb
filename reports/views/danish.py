"""Pages that speak Danish to everybody, as the paper does that they are about; nothing about them is kept elsewhere."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponseBase
from django.utils import translation


def in_danish(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The view in Danish; search engines leave it alone."""

    @wraps(view)
    def answered(*args: Any, **kwargs: Any) -> HttpResponseBase:
        with translation.override("da"):
            answer = view(*args, **kwargs)
        answer["Content-Language"] = "da"
        answer["X-Robots-Tag"] = "noindex, nofollow"
        return answer

    return answered
