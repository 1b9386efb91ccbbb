"""What needs attention about persons: candidates who wait, declarations that are missing."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bydelsmoedre.addresses import url
from programme.findings import FindingKind, Whose
from volunteers.recruitment import HELD_SQL, WAITING_SQL

#: So many days may a candidate wait for an interview, or for an answer.
PATIENCE = 14

#: Has the candidate `w` of `WAITING_SQL` waited longer than that? Then she is a finding.
WAITS_LONG = f"w.since < %(on)s::date - {PATIENCE}"

_CANDIDATE = f"""
select 'volunteer', w.uuid, null::uuid, w.since + {PATIENCE}, (w.standing = 'interviewed')::int
from ({WAITING_SQL}) w where {WAITS_LONG}
"""

_DECLARATION = f"""
select 'volunteer', v.uuid, a.uuid, min(m.started_on), null::int
from volunteers_membership m
join associations_association a on a.id = m.association_id and a.programme_id = %(programme)s
join volunteers_volunteer v on v.id = m.volunteer_id
where m.role in {HELD_SQL} and holds(m) and known(m)
  and not exists (
    select from volunteers_declaration d where d.volunteer_id = m.volunteer_id and d.kind = 'confidentiality'
      and holds(d) and known(d)
  )
group by v.uuid, a.uuid
"""


def _waits(number: int | None) -> str:
    return _("Waits for an answer after the interview") if number else _("Waits for an interview")


FINDINGS = [
    FindingKind(
        "candidate_waits",
        _CANDIDATE,
        why=_waits,
        whose=Whose.SECRETARIAT,
        mend=lambda uuid: url("volunteers:detail", uuid),
        action=gettext_lazy("See the candidate"),
        is_wide=True,
    ),
    FindingKind(
        "declaration_missing",
        _DECLARATION,
        why=lambda number: _("Has not signed the declaration of confidentiality"),
        whose=Whose.LOCAL,
        mend=lambda uuid: url("volunteers:declaration", uuid),
        action=gettext_lazy("Record the declaration"),
        is_wide=True,
        is_shared=True,
    ),
]
