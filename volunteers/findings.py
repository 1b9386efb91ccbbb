"""What needs attention about persons: candidates who wait, declarations that are missing."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programme.findings import FindingKind, Whose

#: So many days may a candidate wait for an interview, or for an answer.
PATIENCE = 14

_CANDIDATE = f"""
select 'volunteer', v.uuid, null::uuid, x.happened_on + {PATIENCE}, (x.stage = 'interviewed')::int
from (
  select distinct on (s.candidacy_id) s.candidacy_id, s.stage, s.happened_on
  from volunteers_stageevent s
  where s.happened_on <= %(on)s::date and known(s)
  order by s.candidacy_id, s.happened_on desc, s.id desc
) x
join volunteers_candidacy c on c.id = x.candidacy_id
join volunteers_volunteer v on v.id = c.volunteer_id and v.programme_id = %(programme)s
where x.stage in ('applied', 'interviewed') and x.happened_on < %(on)s::date - {PATIENCE}
"""

_DECLARATION = """
select 'volunteer', v.uuid, min(a.uuid::text)::uuid, min(m.started_on), null::int
from volunteers_membership m
join associations_association a on a.id = m.association_id and a.programme_id = %(programme)s
join volunteers_volunteer v on v.id = m.volunteer_id
where m.role in ('mother', 'coordinator') and holds(m) and known(m)
  and not exists (
    select from volunteers_declaration d where d.volunteer_id = m.volunteer_id and d.kind = 'confidentiality'
      and holds(d) and known(d)
  )
group by v.uuid
"""


def _waits(number: int | None) -> str:
    return _("Waits for an answer after the interview") if number else _("Waits for an interview")


FINDINGS = [
    FindingKind(
        "candidate_waits",
        _CANDIDATE,
        why=_waits,
        whose=Whose.SECRETARIAT,
        mend=lambda uuid: reverse("volunteers:detail", args=[uuid]),
        action=gettext_lazy("See the candidate"),
        is_wide=True,
    ),
    FindingKind(
        "declaration_missing",
        _DECLARATION,
        why=lambda number: _("Has not signed the declaration of confidentiality"),
        whose=Whose.LOCAL,
        mend=lambda uuid: reverse("volunteers:declaration", args=[uuid]),
        action=gettext_lazy("Record the declaration"),
        is_wide=True,
    ),
]
