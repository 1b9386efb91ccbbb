"""What needs attention about persons: candidates who wait, declarations that are missing, boards
that lack somebody or meet too seldom, monthly meetings that are not recorded.

The board's findings go by the seats, and ask only associations that are founded on the day and of whose board at least
one seat is known: the founding step says how many were elected, not who, and where nobody has written down who they
are, no seat is missing. Whether enough were elected for the founding at all is another finding
(`associations.findings`, `board_too_small`): it is told of associations that lack it and so are not founded, never of
the same one.
"""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from associations.findings import EXISTS
from bydelsmoedre.addresses import url
from programme.findings import FindingKind, Whose
from volunteers.board import LAST_FULL_SQL, MINIMUM
from volunteers.declarations import check_sql, in_words, required_sql
from volunteers.recruitment import HELD_SQL, WAITING_SQL
from volunteers.retention import RETENTION_SQL

#: So many days may a candidate wait for an interview, or for an answer.
PATIENCE = 14

#: Has the candidate `w` of `WAITING_SQL` waited longer than that? Then she is a finding.
WAITS_LONG = f"w.since < %(on)s::date - {PATIENCE}"

_CANDIDATE = f"""
select 'volunteer', w.uuid, null::uuid, w.since + {PATIENCE}, (w.standing = 'interviewed')::int
from ({WAITING_SQL}) w where {WAITS_LONG}
"""

_LACKING = f"{required_sql('v.id')} + {check_sql('v.id')}"

# The number is a `Lack`: what she lacks.
_DECLARATION = f"""
select 'volunteer', v.uuid, a.uuid, min(m.started_on), max({_LACKING})
from volunteers_membership m same(m)
join associations_association a on a.id = m.association_id and a.programme_id = %(programme)s
join volunteers_volunteer v on v.id = person(m)
where m.role in {HELD_SQL} and holds(m) and known(m)
group by v.uuid, a.uuid
having max({_LACKING}) > 0
"""


#: So many board meetings a year were agreed on (domain.md, "When is an association founded?").
BOARD_MEETINGS = 4

# Asked from the day on which a year has passed since the association was founded: before that, a share of four would be
# guesswork. Counted are the board meetings recorded as held within the twelve months up to and including the day; one
# held on 26 May counts to and including 25 May of the next year. Meetings that founded it (general meeting,
# constitution) are founding steps and count only where they are recorded as board meetings too. Since when: the day on
# which the fourth last fell out of the twelve months, or, where there were never four, the end of the first year.
_TOO_FEW = f"""
select 'association', f.uuid, f.uuid, greatest((f.founded_on + interval '1 year')::date, b.until), b.number
from founding f
cross join lateral (
  select ((array_agg(h.happened_on order by h.happened_on desc))[{BOARD_MEETINGS}] + interval '1 year')::date as until,
    (count(*) filter (where (h.happened_on + interval '1 year')::date > %(on)s::date))::int as number
  from volunteers_gatheringheld h join volunteers_gathering g on g.id = h.gathering_id
  where g.association_id = f.id and g.kind = 'board' and h.happened_on <= %(on)s::date and known(h)
) b
where f.on_date = %(on)s::date and (f.founded_on + interval '1 year')::date <= %(on)s::date
  and b.number < {BOARD_MEETINGS} and f.closed_on is null
"""

_MONTHLY_PASSED = f"""
select 'gathering', g.uuid, a.uuid, g.planned_on, null::int
from volunteers_gathering g
join associations_association a on a.id = g.association_id and a.programme_id = %(programme)s
where g.kind = 'monthly' and not g.is_cancelled and g.planned_on < %(on)s::date
  and not exists (
    select from volunteers_gatheringheld h where h.gathering_id = g.id
      and h.happened_on <= %(on)s::date and known(h)
  ) and {EXISTS}
"""


def _too_few(number: int | None) -> str:
    said = ngettext(
        "The board has met %(number)s time within a year; four times are agreed",
        "The board has met %(number)s times within a year; four times are agreed",
        number or 0,
    )
    return said % {"number": number or 0}


def _of_boards(lacking: str, since: str, number: str = "null") -> str:
    """The founded associations whose known board is `lacking` something."""
    return f"""
select 'association', f.uuid, f.uuid, {since}, {number}::int
from founding f join board b on b.association_id = f.id
where f.on_date = %(on)s::date and f.founded_on <= %(on)s::date and f.closed_on is null and {lacking}
"""


#: Without from the day after the last one left; if there never was one, from the founding.
_BOARD_FEW = _of_boards(f"b.members < {MINIMUM}", f"greatest({LAST_FULL_SQL} + 1, f.founded_on)")
_NO_CHAIR = _of_boards("b.chairs = 0", "greatest(b.last_chair_on + 1, f.founded_on)")
_NO_TREASURER = _of_boards("b.treasurers = 0", "greatest(b.last_treasurer_on + 1, f.founded_on)")
_TERM_OVER = _of_boards("b.terms_over > 0", "b.term_over_on", "b.terms_over")


def _waits(number: int | None) -> str:
    return _("Waits for an answer after the interview") if number else _("Waits for an interview")


def _term_over(number: int | None) -> str:
    return ngettext(
        "The term of %(count)s seat on the board has run out: an election is due",
        "The terms of %(count)s seats on the board have run out: an election is due",
        number or 0,
    ) % {"count": number}


def _board(code: str, sql: str, why: Callable[[int | None], str]) -> FindingKind:
    return FindingKind(
        code,
        sql,
        why=why,
        whose=Whose.LOCAL,
        mend=lambda uuid: url("volunteers:elect", uuid),
        action=gettext_lazy("Record an election"),
        needs=("board", "founding"),
    )


_DUE = f"""
select 'volunteer', r.uuid, null::uuid, r.due_on, null::int
from ({RETENTION_SQL}) r where r.due_on <= %(on)s::date
"""

FINDINGS = [
    _board("board_seats_few", _BOARD_FEW, lambda number: _("Fewer than five sit on the board: elect more")),
    _board("board_no_chair", _NO_CHAIR, lambda number: _("The board has no chair")),
    _board("board_no_treasurer", _NO_TREASURER, lambda number: _("The board has no treasurer")),
    _board("board_term_over", _TERM_OVER, _term_over),
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
        why=lambda number: in_words(number or 0),
        whose=Whose.LOCAL,
        mend=lambda uuid: url("volunteers:declaration", uuid),
        action=gettext_lazy("Record declarations"),
        is_wide=True,
        is_shared=True,
    ),
    FindingKind(
        "erasing_due",
        _DUE,
        why=lambda number: _("Has not been with us for so long that she is to be erased"),
        whose=Whose.SECRETARIAT,
        mend=lambda uuid: url("volunteers:retention"),
        action=gettext_lazy("See who is to be erased"),
        is_wide=True,
        is_for_staff=True,
    ),
    FindingKind(
        "monthly_meeting_passed",
        _MONTHLY_PASSED,
        why=lambda number: _("The monthly meeting's day has passed, and it is not recorded as held"),
        whose=Whose.LOCAL,
        mend=lambda uuid: url("volunteers:presence", uuid),
        action=gettext_lazy("Record who came"),
    ),
    FindingKind(
        "too_few_board_meetings",
        _TOO_FEW,
        why=_too_few,
        whose=Whose.SECRETARIAT,
        mend=lambda uuid: url("volunteers:gatherings", uuid),
        action=gettext_lazy("See the meetings"),
        is_for_staff=True,
        needs=("founding",),
    ),
]
