"""What participants think of a course: answers that nobody can follow back, and, where a training asks for it, the fact
that somebody has evaluated, which says nothing of what she answered."""

import uuid

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bydelsmoedre.personal import refuse_cpr
from programme.access import PersonQuerySet
from programme.facts import DatedFact
from training.models.courses import Course
from training.models.enrolments import Enrolment, wordless


class AnswerQuerySet(PersonQuerySet):
    """Reached through the course."""

    programme_path = "course__curriculum__programme"


class EvaluationAnswer(models.Model):
    """One answer. No person, no time and no order: its key is made at random, and it has no history, so that who
    answered first, or when, cannot be read from it. Read only as a summary."""

    class Smiley(models.IntegerChoices):
        """From worst to best."""

        VERY_BAD = 1, pgettext_lazy("smiley", "very bad")
        BAD = 2, pgettext_lazy("smiley", "bad")
        MIDDLING = 3, pgettext_lazy("smiley", "so-so")
        GOOD = 4, pgettext_lazy("smiley", "good")
        VERY_GOOD = 5, pgettext_lazy("smiley", "very good")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(Course, models.PROTECT, related_name="evaluation", verbose_name=_("course"))
    content = models.PositiveSmallIntegerField(_("what was taught"), choices=Smiley)
    teaching = models.PositiveSmallIntegerField(_("how it was taught"), choices=Smiley)
    useful = models.PositiveSmallIntegerField(_("use for it"), choices=Smiley)
    safe = models.PositiveSmallIntegerField(_("feeling at ease"), choices=Smiley)
    language = models.PositiveSmallIntegerField(_("the language"), choices=Smiley)
    comment = models.TextField(_("comment"), blank=True, validators=[refuse_cpr, MaxLengthValidator(500)])

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer to an evaluation")
        verbose_name_plural = _("answers to evaluations")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(content__range=(1, 5), teaching__range=(1, 5), useful__range=(1, 5))
                & Q(safe__range=(1, 5), language__range=(1, 5)),
                name="training_answer_is_a_smiley",
            )
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class EvaluationGiven(DatedFact):
    """A participant has evaluated her course: asked about where the training's version says so. What she answered
    stands nowhere near it."""

    anchor = "enrolment"
    erasable = ()

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="evaluations", verbose_name=_("enrolment"))

    class Meta(DatedFact.Meta):
        verbose_name = _("evaluation given")
        verbose_name_plural = _("evaluations given")
        constraints = [
            *DatedFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=Q(retracted_at=None),
                name="training_evaluated_once",
                violation_error_message=_("She has evaluated already."),
            ),
            wordless("training_evaluated_wordless"),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment} {self.happened_on:%d.%m.%Y}"
