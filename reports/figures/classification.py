"""What counts for each rule of a success criterion, as SQL: one classification per rule, and nothing but these texts
decides it.

A classification gives every candidate with the codes of what she, he or it lacks; a row without lacks counts. Several
criteria are asked in one statement: what they share (associations and their founding, decisions on documents) is
computed once.
"""

from programme.models import CriterionVersion

Rule = CriterionVersion.Rule

# Each body's latest word on each version, and from them how far each document is.
DECISIONS_SQL = """
word as (
  select distinct on (m.on_date, a.version_id, a.body_id)
    m.on_date, a.version_id, a.body_id, a.outcome, a.happened_on, a.is_date_unknown
  from moment m
  join programme_adoption a on a.happened_on <= m.on_date and known(a)
  join programme_documentversion v on v.id = a.version_id
  join programme_document d on d.id = v.document_id and d.programme_id = %(programme)s
  order by m.on_date, a.version_id, a.body_id, a.happened_on desc, a.id desc
),
decision as (
  select m.on_date, d.id, d.uuid, d.kind,
    min(w.happened_on) filter (where w.outcome = 'adopted' and w.body_id = d.adopted_by_id) as adopted_on,
    min(w.happened_on) filter (where w.outcome = 'adopted' and w.body_id is distinct from d.adopted_by_id)
      as elsewhere_on,
    max(w.happened_on) filter (where w.outcome = 'rejected') as rejected_on,
    coalesce(bool_or(w.is_date_unknown) filter (where w.outcome = 'adopted'), false) as is_date_unknown
  from moment m
  join programme_document d on d.programme_id = %(programme)s
  left join programme_documentversion v on v.document_id = d.id
  left join word w on w.version_id = v.id and w.on_date = m.on_date
  group by 1, 2, 3, 4
)"""

# Each text ends in `candidate_N(on_date, kind, uuid, association, since, lacks, facts, is_date_unknown)` and in
# `change_N(day, change)`: on which days up to the latest asked the count went up or down, and by how many.
# N is the criterion's number.

# An association counts from when it is founded to its last day, and is close once its first step is taken.
_ASSOCIATIONS = """
candidate_{n} as (
  select on_date, 'association' as kind, uuid, null::uuid as association, founded_on as since, lacks,
    jsonb_strip_nulls(jsonb_build_object('founded', founded_on, 'running', running_on)) as facts,
    false as is_date_unknown
  from founding
  where closed_on is null and (founded_on is not null or taken > 0)
),
change_{n} as (
  select c.day, sum(c.change) as change from founding f
  cross join lateral (values (f.founded_on, 1), (f.closed_on + 1, -1)) as c(day, change)
  where f.founded_on is not null and c.day is not null and f.on_date = %(on)s::date group by 1
)"""

# A person counts who holds a valid coordinator certificate and a coordinator role in a founded association on the day.
_COORDINATORS = """
certified_{n} as (  -- a renewal without a gap goes on from the first
  select person(c) as volunteer_id, range_agg(c.period) as spans
  from training_certificate c same(c)
  join training_curriculum u on u.id = c.curriculum_id and u.kind = 'coordinator' and u.programme_id = %(programme)s
  where known(c)
  group by 1
),
held_{n} as (
  select person(r) as volunteer_id, r.association_id, r.started_on, r.ended_on, r.period
  from volunteers_membership r same(r) join associations_association a on a.id = r.association_id
  where r.role = 'coordinator' and a.programme_id = %(programme)s and known(r)
),
role_{n} as (
  select distinct on (f.on_date, r.volunteer_id)
    f.on_date, r.volunteer_id, f.uuid as association, f.founded_on, r.started_on
  from founding f join held_{n} r on r.association_id = f.id and holds(r, f.on_date)
  where f.closed_on is null
  order by f.on_date, r.volunteer_id, f.founded_on is null, greatest(f.founded_on, r.started_on), f.uuid
),
certificate_{n} as (
  select m.on_date, c.volunteer_id, lower(s.span) as since
  from moment m cross join certified_{n} c cross join lateral unnest(c.spans) as s(span) where s.span @> m.on_date
),
person_{n} as (
  select on_date, volunteer_id, c.since as certified_on, r.association, r.founded_on, r.started_on
  from certificate_{n} c full join role_{n} r using (on_date, volunteer_id)
),
candidate_{n} as (
  select p.on_date, 'volunteer' as kind, v.uuid, p.association,
    case when p.certified_on is not null and p.founded_on is not null
      then greatest(p.certified_on, p.started_on, p.founded_on) end as since,
    array_remove(array[
      case when p.certified_on is null then 'certificate' end,
      case when p.started_on is null then 'coordinator_role' end,
      case when p.started_on is not null and p.founded_on is null then 'founded_association' end
    ], null) as lacks,
    jsonb_strip_nulls(jsonb_build_object(
      'certified', p.certified_on, 'role', p.started_on, 'founded', p.founded_on)) as facts,
    false as is_date_unknown
  from person_{n} p join volunteers_volunteer v on v.id = p.volunteer_id
),
counting_{n} as (  -- when each person has counted, up to the day asked of
  select c.volunteer_id,
    c.spans * range_agg(r.period * daterange(f.founded_on, coalesce(f.closed_on, %(on)s::date), '[]')) as spans
  from certified_{n} c
  join held_{n} r on r.volunteer_id = c.volunteer_id
  join founding f on f.id = r.association_id and f.on_date = %(on)s::date and f.founded_on is not null
  group by c.volunteer_id, c.spans
),
change_{n} as (
  select day, sum(change) as change
  from counting_{n} cross join lateral unnest(spans) as s(span)
  cross join lateral (values (lower(span), 1), (upper(span), -1)) as c(day, change)
  where day <= %(on)s::date group by 1
)"""

# A document counts when the body that must adopt it has adopted a version of it.
_ADOPTED = """
candidate_{n} as (
  select x.on_date, 'document' as kind, x.uuid, null::uuid as association, x.adopted_on as since,
    array_remove(array[
      case when x.adopted_on is null and x.elsewhere_on is null then 'adoption' end,
      case when x.adopted_on is null and x.elsewhere_on is not null then 'adoption_by_right_body' end
    ], null) as lacks,
    jsonb_strip_nulls(jsonb_build_object(
      'adopted', x.adopted_on, 'adopted_elsewhere', x.elsewhere_on, 'rejected', x.rejected_on)) as facts,
    x.is_date_unknown
  from decision x where x.kind = %(document_kind_{n})s
),
change_{n} as (select null::date as day, 0 as change where false)"""

# An agreement counts when it is in force, signed by all parties, and an anchoring model has been adopted. It is in
# force from the day on which all parties had signed the same version of its text; a later version takes the place of
# that one when all have signed it, and does not move the day.
_PARTNERSHIP = """
anchoring_{n} as (
  select on_date, min(adopted_on) as adopted_on from decision where kind = %(document_kind_{n})s group by 1
),
text_{n} as (  -- which days' signatures are on which version; those from before the first are on the first
  select m.on_date, g.id, g.uuid, v.happened_on as since,
    case when row_number() over versions > 1 then v.happened_on end as signed_from,
    lead(v.happened_on) over versions as signed_until
  from moment m join programme_agreement g on g.programme_id = %(programme)s
  left join programme_agreementversion v on v.agreement_id = g.id and v.happened_on <= m.on_date and known(v)
  window versions as (partition by m.on_date, g.id order by v.happened_on)
),
party_{n} as (
  select x.on_date, x.id, x.since, p.organisation_id, o.kind, min(s.happened_on) as signed_on
  from text_{n} x
  join programme_agreementparty p on p.agreement_id = x.id and holds(p, x.on_date) and known(p)
  join programme_organisation o on o.id = p.organisation_id
  left join programme_signature s on s.agreement_id = p.agreement_id and s.organisation_id = p.organisation_id
    and s.happened_on <= x.on_date and known(s)
    and (x.signed_from is null or s.happened_on >= x.signed_from)
    and (x.signed_until is null or s.happened_on < x.signed_until)
  group by 1, 2, 3, 4, 5
),
version_{n} as (
  select x.on_date, x.id, x.uuid, x.since,
    count(p.id) as parties,
    coalesce(bool_or(p.kind = 'foundation'), false) as with_foundation,
    max(p.signed_on) as last_signed_on,
    coalesce(array_agg(distinct 'signature_' || p.kind)
      filter (where p.id is not null and p.signed_on is null), '{{}}') as unsigned
  from text_{n} x
  left join party_{n} p on p.on_date = x.on_date and p.id = x.id and p.since is not distinct from x.since
  group by 1, 2, 3, 4
),
signing_{n} as (  -- the first version that all have signed; where there is none, the latest and who has not
  select distinct on (on_date, id) * from version_{n}
  order by on_date, id, unsigned <> '{{}}', case when unsigned = '{{}}' then since end, since desc
),
term_{n} as (
  select m.on_date, t.agreement_id, count(*) as terms,
    max(t.started_on) filter (where holds(t, m.on_date)) as started_on
  from moment m join programme_agreementterm t on known(t)
  group by 1, 2
),
agreement_{n} as (
  select s.on_date, s.uuid, a.adopted_on,
    s.unsigned || array_remove(array[
      case when s.parties < 2 then 'parties' end,
      case when not s.with_foundation then 'party_foundation' end,
      case when t.terms > 0 and t.started_on is null then 'term' end
    ], null) as lacks_force,
    greatest(t.started_on, s.last_signed_on) as in_force_on
  from signing_{n} s
  left join term_{n} t on t.on_date = s.on_date and t.agreement_id = s.id
  left join anchoring_{n} a on a.on_date = s.on_date
),
candidate_{n} as (
  select on_date, 'agreement' as kind, uuid, null::uuid as association,
    case when lacks_force = '{{}}' and adopted_on is not null then greatest(in_force_on, adopted_on) end as since,
    lacks_force || case when adopted_on is null then array['anchoring_model'] else '{{}}'::text[] end as lacks,
    jsonb_strip_nulls(jsonb_build_object(
      'in_force', case when lacks_force = '{{}}' then in_force_on end, 'anchoring_model', adopted_on)) as facts,
    false as is_date_unknown
  from agreement_{n}
),
change_{n} as (select null::date as day, 0 as change where false)"""

CLASSIFICATIONS: dict[str, str] = {
    Rule.ASSOCIATIONS_FOUNDED: _ASSOCIATIONS,
    Rule.COORDINATORS_TRAINED: _COORDINATORS,
    Rule.DOCUMENT_ADOPTED: _ADOPTED,
    Rule.PARTNERSHIP_ANCHORED: _PARTNERSHIP,
}

#: The rules that rest on the founding of associations; the others rest on decisions about documents.
ON_FOUNDING = {Rule.ASSOCIATIONS_FOUNDED, Rule.COORDINATORS_TRAINED}
