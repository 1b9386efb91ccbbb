"""The personal address by which a mother records her conversations without a login."""

import uuid
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from associations.models import Association, Closing, associations_of
from bydelsmoedre.history import tracked
from bydelsmoedre.moment import Moment, today
from programme.access import PersonQuerySet, Role, kept_out
from volunteers.models.people import Membership, Volunteer

#: Who has conversations with families.
TALKING = (Membership.Role.MOTHER, Membership.Role.COORDINATOR)


class ConversationLinkQuerySet(PersonQuerySet):
    """Made and closed by the secretariat and by the association's own coordinator."""

    programme_path = "association__programme"

    def reach(self, user: Any, roles: tuple[Role, ...]) -> Q:
        own = Q(association__in=associations_of(user)) & ~kept_out(user, self.programme_path)
        return super().reach(user, roles) | own

    def open(self) -> Self:
        """Links that work today: not closed, and of somebody who still talks with families in an association."""
        now = Moment(today())
        roles = Membership.objects.at(now).filter(
            volunteer=OuterRef("volunteer"), association=OuterRef("association"), role__in=TALKING
        )
        closed = Closing.objects.current().filter(association=OuterRef("association"), happened_on__lt=today())
        return self.filter(Exists(roles), ~Exists(closed), closed_at=None, volunteer__erased_at=None)


@tracked()
class ConversationLink(models.Model):
    """A person's own address for recording conversations in one association. It opens nothing else, and no conversation
    says by which link it came: conversations stay anonymous, also for who had them."""

    #: What erasing empties: nothing stands here, but a link is about a person.
    personal = ()

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    volunteer = models.ForeignKey(
        Volunteer, models.PROTECT, related_name="conversation_links", verbose_name=_("volunteer")
    )
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("association"))
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)

    objects = ConversationLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link to conversations")
        verbose_name_plural = _("links to conversations")
        constraints = [
            models.UniqueConstraint(
                fields=["volunteer", "association"],
                condition=Q(closed_at=None),
                name="volunteers_one_open_link",
                violation_error_message=_("She has a link to the association already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer}, {self.association}"
