"""Who is stuck on the way to neighbourhood mother: what is done about it, on the board and as findings."""

from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy

from bydelsmoedre.addresses import url
from programme.findings import FindingKind, Whose
from reports.figure_words import STUCK_WORDS
from reports.figures.recruiting import Stuck


@dataclass(frozen=True, slots=True)
class Mend:
    """What is done about it: in words, the page, and the column of the board that it leads to."""

    words: Any
    page: str
    leads_to: str = ""
    is_hers: bool = True  #: is the page about her?

    def url(self, uuid: UUID) -> str:
        return url(self.page, uuid) if self.is_hers else url(self.page)


FIND_A_COURSE = Mend(gettext_lazy("Find a course"), "training:list", is_hers=False)
DIPLOMA = Mend(gettext_lazy("Issue the diploma"), "training:certificate", "diploma")

#: What is done besides a step of the candidacy.
MENDS: dict[Stuck, tuple[Mend, ...]] = {
    Stuck.WAITING_LIST: (FIND_A_COURSE,),
    Stuck.SEAT: (FIND_A_COURSE,),
    Stuck.COURSE_OVER: (DIPLOMA, FIND_A_COURSE),
    Stuck.ROLE: (Mend(gettext_lazy("Record the role"), "volunteers:membership", "mother"),),
}
_SEE = Mend(gettext_lazy("See the volunteer"), "volunteers:detail")

_STUCK = """
select 'volunteer', v.uuid, null::uuid, p.stuck_on, null::int
from place p join volunteers_volunteer v on v.id = p.volunteer_id
where p.stuck_on is not null and p.waits_for = '{reason}'
"""
# Who has completed, and lacks the certificate only, is the finding `certificate_proposed`.
_NOT_PROPOSED = """
  and not exists (select from completion x where x.volunteer_id = p.volunteer_id and x.completed_on is not null)
"""


def _kind(reason: Stuck) -> FindingKind:
    mend = MENDS.get(reason, (_SEE,))[0]
    is_over = reason == Stuck.COURSE_OVER
    return FindingKind(
        f"stuck_{reason}",
        _STUCK.format(reason=reason) + (_NOT_PROPOSED if is_over else ""),
        why=partial(_why, reason),
        whose=Whose.SECRETARIAT,
        mend=mend.url,
        action=mend.words,
        is_wide=True,
        is_for_staff=True,
        needs=("completion", "place") if is_over else ("place",),
    )


def _why(reason: Stuck, number: int | None) -> str:
    return str(STUCK_WORDS[reason])


#: Facts of several apps say who is stuck, so these kinds are no app's. Who waits for an interview, or for an answer, is
#: the finding `candidate_waits` of `volunteers.findings`.
FINDINGS = [_kind(reason) for reason in Stuck if reason not in (Stuck.INTERVIEW, Stuck.ANSWER)]
