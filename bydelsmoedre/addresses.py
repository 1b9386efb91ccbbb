"""The addresses of pages. A list asks for the same one in every row, so each is looked up once."""

from functools import lru_cache
from typing import Any
from uuid import UUID

from django.urls import get_script_prefix, get_urlconf, reverse


def url(name: str, *arguments: Any) -> str:
    """The address of a page: `url("associations:detail", association.uuid)`."""
    uuids = [one for one in arguments if isinstance(one, UUID)]
    places = iter(range(len(uuids)))
    asked = tuple(_place(next(places)) if isinstance(one, UUID) else one for one in arguments)
    address = _address(name, asked, get_urlconf(), get_script_prefix())
    for place, uuid in enumerate(uuids):
        address = address.replace(_place(place), str(uuid))
    return address


@lru_cache(maxsize=1000)
def _place(number: int) -> str:
    """Stands in an address until the row's own uuid is known; no row has it."""
    return str(UUID(int=number))


@lru_cache(maxsize=1000)
def _address(name: str, arguments: tuple[Any, ...], _urlconf: Any, _prefix: str) -> str:
    return reverse(name, args=arguments)


def is_uuid(text: str) -> bool:
    """Can it be an identity, as they stand in addresses and forms?"""
    try:
        UUID(text)
    except ValueError:
        return False
    return True
