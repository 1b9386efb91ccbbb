"""What needs attention in the associations: steps that are overdue, boards too small, prospects that wait."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bydelsmoedre.addresses import url
from programme.findings import FindingKind, Whose

#: Is the step of the plan `p` still to be taken?
NOT_TAKEN = """not exists (
    select from associations_foundingstep s where s.association_id = p.association_id and s.kind = p.kind
      and s.happened_on <= %(on)s::date and known(s)
  )"""

#: Is the association `a` not dissolved?
EXISTS = """not exists (
    select from associations_closing c where c.association_id = a.id and c.happened_on < %(on)s::date and known(c)
  )"""

_STEP_OVERDUE = f"""
select 'association', a.uuid, a.uuid, min(p.planned_on), count(*)::int
from associations_stepplan p
join associations_association a on a.id = p.association_id and a.programme_id = %(programme)s
where p.planned_on < %(on)s::date and {NOT_TAKEN} and {EXISTS}
group by a.uuid
"""

_BOARD_TOO_SMALL = """
select 'association', f.uuid, f.uuid, (
    select max(s.happened_on) from associations_foundingstep s
    where s.association_id = f.id and s.kind = 'board'
      and s.happened_on <= %(on)s::date and known(s)
  ), null::int
from founding f where f.on_date = %(on)s::date and 'board_size' = any(f.lacks) and f.closed_on is null
"""

#: Is the prospect `p` still one?
IS_OPEN = """not exists (
    select from associations_prospectoutcome o where o.prospect_id = p.id and o.happened_on <= %(on)s::date and known(o)
  )"""

_PROSPECT = f"""
select 'prospect', p.uuid, null::uuid, p.next_step_on, null::int
from associations_prospect p
where p.programme_id = %(programme)s and p.next_step_on < %(on)s::date and {IS_OPEN}
"""

FINDINGS = [
    FindingKind(
        "board_too_small",
        _BOARD_TOO_SMALL,
        why=lambda number: _("The board has fewer than five members: an extraordinary general meeting is needed"),
        whose=Whose.LOCAL,
        mend=lambda uuid: url("associations:step", uuid, "board"),
        action=gettext_lazy("Record a new election"),
        is_public=True,
        needs=("founding",),
    ),
    FindingKind(
        "step_overdue",
        _STEP_OVERDUE,
        why=lambda number: _("A planned founding step is overdue"),
        whose=Whose.LOCAL,
        mend=lambda uuid: url("associations:detail", uuid),
        action=gettext_lazy("See the founding steps"),
        is_public=True,
    ),
    FindingKind(
        "prospect_waits",
        _PROSPECT,
        why=lambda number: _("The next step with the prospect is overdue"),
        whose=Whose.SECRETARIAT,
        mend=lambda uuid: url("associations:prospect", uuid),
        action=gettext_lazy("Note the next step"),
        is_public=True,
    ),
]
