"""What needs attention in the finances: overspent lines, instalments that are late, conditions that are not met,
reallocations that wait."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budget.rest import RESTS_SQL
from bydelsmoedre.addresses import url
from programme.findings import FindingKind, Whose

#: So many days may a reallocation wait for an answer.
PATIENCE = 14

_OVERSPENT = f"""
select 'line', x.uuid, null::uuid, null::date, null::int from ({RESTS_SQL}) x where x.rest < 0
"""

#: The instalments that are not paid in full: `(id, funder_id, due_on)`. Payments cover them in the order in which they
#: fall due, as in `budget.instalments`.
UNPAID_SQL = """
select x.id, x.funder_id, x.due_on
from (
  select i.id, i.budget_id, i.funder_id, i.due_on,
    sum(i.amount) over (partition by i.budget_id, i.funder_id order by i.due_on) as expected
  from budget_instalment i join budget_budget b on b.id = i.budget_id and b.programme_id = %(programme)s
) x
where x.expected > (
  select coalesce(sum(f.amount), 0) from budget_fundingfact f
  where f.budget_id = x.budget_id and f.funder_id = x.funder_id and f.stage = 'paid'
    and f.happened_on <= %(on)s::date and known(f)
)
"""

#: Is the condition `c` not met by the day?
UNMET = """not exists (
  select from budget_conditionmet m where m.condition_id = c.id and m.happened_on <= %(on)s::date and known(m)
)"""

# What we hold back ourselves is not for the funder to pay.
_INSTALMENT = f"""
select 'organisation', o.uuid, null::uuid, min(x.due_on), null::int
from ({UNPAID_SQL}) x
join programme_organisation o on o.id = x.funder_id
where x.due_on < %(on)s::date and not exists (
  select from budget_grantcondition c where c.instalment_id = x.id and {UNMET}
)
group by o.uuid
"""

#: The conditions that are not met: `(uuid, due_on)`, each with the day by which it must be, which may be null: its own,
#: or that of the instalment that it holds back, whichever is the earlier.
UNMET_SQL = f"""
select c.uuid, least(c.due_on, u.due_on) as due_on
from budget_grantcondition c
join budget_budget b on b.id = c.budget_id and b.programme_id = %(programme)s
left join ({UNPAID_SQL}) u on u.id = c.instalment_id
where {UNMET}
"""

_CONDITION = f"""
select 'condition', x.uuid, null::uuid, x.due_on, null::int from ({UNMET_SQL}) x where x.due_on < %(on)s::date
"""

#: Does the reallocation `r` of `REALLOCATED_SQL` wait for an answer? Not where nobody had granted, so that nobody can.
WAITS = "r.in_force_on is null and r.refused = 0 and r.asked > 0"
#: Has it waited longer than that? Then it is a finding.
WAITS_LONG = f"r.asked_on < %(on)s::date - {PATIENCE}"

_REALLOCATION = f"""
select 'reallocation', r.uuid, null::uuid, r.asked_on + {PATIENCE}, null::int
from reallocated r where {WAITS} and {WAITS_LONG}
"""

#: Drafts and outlays have no past: as they stand now, of those that had been entered by then.
_VOUCHER = f"""
select 'voucher', v.uuid, null::uuid, (v.entered_at at time zone 'Europe/Copenhagen')::date + {PATIENCE}, null::int
from budget_voucher v join budget_budget b on b.id = v.budget_id and b.programme_id = %(programme)s
where v.number is null and v.returned_reason = ''
  and (v.entered_at at time zone 'Europe/Copenhagen')::date < %(on)s::date - {PATIENCE}
"""

_OUTLAY = f"""
select 'outlay', o.uuid, null::uuid, (o.asked_at at time zone 'Europe/Copenhagen')::date + {PATIENCE}, null::int
from budget_outlay o
join associations_association a on a.id = o.association_id and a.programme_id = %(programme)s
left join budget_voucher v on v.id = o.voucher_id
where o.paid_on is null and o.refused_reason = '' and (v.id is null or v.number is not null)
  and (o.asked_at at time zone 'Europe/Copenhagen')::date < %(on)s::date - {PATIENCE}
"""

FINDINGS = [
    FindingKind(
        "voucher_waits",
        _VOUCHER,
        why=lambda number: _("A voucher waits for approval"),
        whose=Whose.FOUNDATION,
        mend=lambda uuid: url("budget:voucher", uuid),
        action=gettext_lazy("See the voucher"),
        is_for_staff=True,
    ),
    FindingKind(
        "outlay_waits",
        _OUTLAY,
        why=lambda number: _("A volunteer waits for her money"),
        whose=Whose.SECRETARIAT,
        mend=lambda uuid: url("budget:outlay", uuid),
        action=gettext_lazy("See the outlay"),
        is_for_staff=True,
    ),
    FindingKind(
        "line_overspent",
        _OVERSPENT,
        why=lambda number: _("More is spent and committed than the line holds"),
        whose=Whose.SECRETARIAT,
        mend=lambda uuid: url("budget:account"),
        action=gettext_lazy("See the account"),
        is_public=True,
        needs=("reallocated",),
    ),
    FindingKind(
        "instalment_late",
        _INSTALMENT,
        why=lambda number: _("An instalment is late"),
        whose=Whose.SECRETARIAT,
        mend=lambda uuid: url("budget:account"),
        action=gettext_lazy("See the account"),
        is_public=True,
    ),
    FindingKind(
        "condition_unmet",
        _CONDITION,
        why=lambda number: _("A condition of a grant is not met: do what it asks for, and mark it as met"),
        whose=Whose.SECRETARIAT,
        mend=lambda uuid: url("budget:condition_met", uuid),
        action=gettext_lazy("Mark as met"),
        is_public=True,
    ),
    FindingKind(
        "reallocation_waits",
        _REALLOCATION,
        why=lambda number: _("A reallocation waits for the funders' answer"),
        whose=Whose.FOUNDATION,
        mend=lambda uuid: url("budget:reallocation_decision", uuid),
        action=gettext_lazy("Record the decision"),
        is_public=True,
        needs=("reallocated",),
    ),
]
