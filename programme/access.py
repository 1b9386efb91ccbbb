"""Who may see what: fetching is authorising. What one may not see does not exist (404); what one may see but not
change is forbidden (403)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Self
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import add_never_cache_headers
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.moment import today
from bydelsmoedre.remembering import is_recalling, recall


class Role(models.TextChoices):
    """What a user is in one programme. Local coordinators are not here: they reach associations, not programmes."""

    SECRETARIAT = "secretariat", _("secretariat")
    FOUNDATION = "foundation", _("the Foundation")
    CASEWORKER = "caseworker", _("the municipality's contact")


EVERYBODY = (Role.SECRETARIAT, Role.FOUNDATION, Role.CASEWORKER)
STAFF = (Role.SECRETARIAT, Role.FOUNDATION)


def grants_of(user: Any) -> list[Any]:
    """The user's roles today with their programmes, by name; those that she holds for somebody who is away too."""
    return recall(("grants", user.pk, today()), lambda: _grants_of(user))


def _grants_of(user: Any) -> list[Any]:
    from programme.models import RoleGrant

    held = RoleGrant.objects.held_by(user).select_related("programme")
    return list(held.order_by("programme__name", "programme_id"))


def programmes_of(user: Any, roles: tuple[Role, ...]) -> Any:
    """The programmes in which `user` holds one of the roles, for use inside a query: their ids where her roles are
    recalled, so that PostgreSQL need not look them up in every query of a page; else as a query of its own."""
    from programme.models import RoleGrant

    if is_recalling():
        return [grant.programme_id for grant in grants_of(user) if grant.role in roles]
    return RoleGrant.objects.held_by(user).filter(role__in=roles).values("programme")


def kept_out(user: Any, path: str) -> models.Q:
    """Rows about persons or conversations, with their programme at `path`, where `user` is the municipality's contact:
    she meets none, whatever else she has been granted."""
    return models.Q(**{f"{path}__in": programmes_of(user, (Role.CASEWORKER,))})


class ReachQuerySet(models.QuerySet):
    """Rows that belong to a programme: seen by its readers, changed by its writers."""

    programme_path: ClassVar[str] = "programme"
    readers: ClassVar[tuple[Role, ...]] = EVERYBODY
    writers: ClassVar[tuple[Role, ...]] = (Role.SECRETARIAT,)

    def visible_to(self, user: Any) -> Self:
        """The rows that exist for `user`."""
        return self._within(user, self.readers)

    def changeable_by(self, user: Any) -> Self:
        """The rows that `user` may change."""
        return self._within(user, self.writers)

    def _within(self, user: Any, roles: tuple[Role, ...]) -> Self:
        if not user.is_active:
            return self.none()
        if user.is_superuser:
            return self.all()
        return self.filter(self.reach(user, roles))

    def reach(self, user: Any, roles: tuple[Role, ...]) -> models.Q:
        """The condition that a row meets to be within the user's reach; apps add their own ways in."""
        return models.Q(**{f"{self.programme_path}__in": programmes_of(user, roles)})


class PersonQuerySet(ReachQuerySet):
    """Rows about persons: never for the municipality."""

    readers = STAFF


def fetch(queryset: Any, user: Any, uuid: UUID, *, change: bool = False, **lookup: Any) -> Any:
    """The one row with that uuid that `user` may see (else 404), and if asked, may change (else 403)."""
    found = get_object_or_404(queryset.visible_to(user), uuid=uuid, **lookup)
    if change and not may_change(found, user):
        raise PermissionDenied
    return found


def may_change(row: Any, user: Any) -> bool:
    """May `user` change the row that she sees?"""
    rows = type(row)._default_manager
    question = ("may_change", rows.model._meta.label, row.pk, user.pk, today())
    return recall(question, lambda: rows.changeable_by(user).filter(pk=row.pk).exists())


def only_secretariat(user: Any, programme_id: int) -> None:
    """403 for who sees it but is not the programme's secretariat, such as the local coordinator."""
    from programme.models import Programme

    if not Programme.objects.changeable_by(user).filter(pk=programme_id).exists():
        raise PermissionDenied


@dataclass
class Standing:
    """Where a user stands in this request: the programme being looked at, and what she is in it."""

    user: Any
    chosen: int | None = None

    @cached_property
    def grants(self) -> list[Any]:
        return grants_of(self.user) if self.user.is_authenticated else []

    @cached_property
    def programmes(self) -> list[Any]:
        """The programmes within reach, by name."""
        from programme.models import Programme

        if self.user.is_authenticated and self.user.is_superuser:
            return list(Programme.objects.order_by("name"))
        return list(dict.fromkeys(grant.programme for grant in self.grants))

    @cached_property
    def programme(self) -> Any:
        """The programme chosen, else the first one within reach, else None."""
        wanted = [programme for programme in self.programmes if programme.pk == self.chosen]
        return next(iter(wanted + self.programmes), None)

    def within(self, programme: Any) -> "Standing":
        """Where she stands in the programme of a row that she looks at, which need not be the one chosen."""
        if self.user.is_superuser or self.programme == programme:
            return self
        there = Standing(self.user, programme.pk)
        there.grants = self.grants
        there.programme = programme if any(grant.programme == programme for grant in self.grants) else None
        return there

    def has(self, *roles: Role) -> bool:
        if self.user.is_authenticated and self.user.is_superuser:
            return True
        return any(grant.programme == self.programme and grant.role in roles for grant in self.grants)

    @cached_property
    def is_secretariat(self) -> bool:
        return self.has(Role.SECRETARIAT)

    @cached_property
    def is_foundation(self) -> bool:
        return self.has(Role.FOUNDATION)

    @cached_property
    def may_check(self) -> bool:
        """The Foundation, but not who is the secretariat too, herself or as its deputy: nobody checks her own."""
        return self.is_foundation and (self.user.is_superuser or not self.is_secretariat)

    @cached_property
    def followed(self) -> list[Any]:
        """The programmes in which she is the Foundation, by name: not only the one chosen."""
        if self.user.is_authenticated and self.user.is_superuser:
            return self.programmes
        return list(dict.fromkeys(grant.programme for grant in self.grants if grant.role == Role.FOUNDATION))

    @cached_property
    def is_caseworker(self) -> bool:
        return self.programme is not None and not self.has(*STAFF)

    @cached_property
    def is_local(self) -> bool:
        """A local coordinator: she reaches her own association and nothing else."""
        return self.user.is_authenticated and self.programme is None

    @cached_property
    def readable(self) -> list[int]:
        """Ids of the programmes that she reads: for use inside a query in SQL."""
        return [programme.pk for programme in self.programmes]

    @cached_property
    def persons(self) -> list[int]:
        """Ids of the programmes whose persons she may meet."""
        if self.user.is_authenticated and self.user.is_superuser:
            return self.readable
        return list({grant.programme_id for grant in self.grants if grant.role in STAFF})

    @cached_property
    def may_see_persons(self) -> bool:
        return self.has(*STAFF)


class StandingRequest(HttpRequest):
    """A request that has been through the middleware below."""

    standing: Standing


def programme_to_change(request: StandingRequest) -> Any:
    """The programme in view, if this user may add to it: else 403."""
    standing = request.standing
    if standing.programme is None or not standing.is_secretariat:
        raise PermissionDenied
    return standing.programme


class StandingMiddleware:
    """Gives each request its `standing`, looked up when first asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        found: Any = request
        found.standing = SimpleLazyObject(lambda: Standing(request.user, request.session.get("programme")))
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)  # after logging out, no page comes back from a browser's memory
        return response


def standing(request: HttpRequest) -> dict[str, Any]:
    """Template context: who is looking, and whether this is the demonstration."""
    from django.conf import settings

    found = getattr(request, "standing", None) or Standing(getattr(request, "user", None))
    return {"standing": found, "DEMO": settings.DEMO, "DEMO_TODAY": settings.DEMO_TODAY}
