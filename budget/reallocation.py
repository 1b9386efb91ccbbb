"""When is money moved between lines? The one definition.

A reallocation is in force from the day on which the last of those who must say yes has done so: every funder that had
granted money to the budget when it was asked for. A no keeps it from coming into force; so does nobody having granted.
"""

#: Common table expression `reallocated(id, budget_id, from_line_id, to_line_id, amount, in_force_on)`: every
#: reallocation, with the day on which it came into force as of the Moment, or null.
#: Parameters: `on`, `known_at`, `programme`.
REALLOCATED_SQL = """
reallocated as (
  select r.id, r.uuid, r.budget_id, r.from_line_id, r.to_line_id, r.amount, r.asked_on,
    case when count(f.funder_id) > 0 and count(f.funder_id) = count(d.id) filter (where d.outcome = 'approved')
      then max(d.happened_on) end as in_force_on,
    count(f.funder_id) as asked, count(d.id) filter (where d.outcome = 'approved') as approved,
    count(d.id) filter (where d.outcome = 'refused') as refused
  from budget_reallocation r
  join budget_budget b on b.id = r.budget_id and b.programme_id = %(programme)s
  left join lateral (
    select distinct g.funder_id from budget_fundingfact g
    where g.budget_id = r.budget_id and g.stage = 'granted' and g.happened_on <= r.asked_on
      and g.known @> %(known_at)s::timestamptz
  ) f on true
  left join budget_reallocationdecision d on d.reallocation_id = r.id and d.funder_id = f.funder_id
    and d.period @> %(on)s::date and d.known @> %(known_at)s::timestamptz
  where r.asked_on <= %(on)s::date
  group by r.id
)"""
