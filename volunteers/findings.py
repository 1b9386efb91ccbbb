"""What needs attention about persons: candidates who wait, declarations that are missing, boards that lack somebody.

The board's findings go by the seats, and ask only associations that are founded on the day and of whose board at least
one seat is known: the founding step says how many were elected, not who, and where nobody has written down who they
are, no seat is missing. Whether enough were elected for the founding at all is another finding
(`associations.findings`, `board_too_small`): it is told of associations that lack it and so are not founded, never of
the same one.
"""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bydelsmoedre.addresses import url
from programme.findings import FindingKind, Whose
from volunteers.board import LAST_FULL_SQL, MINIMUM
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


def _of_boards(lacking: str, since: str, number: str = "null") -> str:
    """The founded associations whose known board is `lacking` something."""
    return f"""
select 'association', f.uuid, f.uuid, {since}, {number}::int
from founding f join board b on b.association_id = f.id
where f.on_date = %(on)s::date and f.founded_on <= %(on)s::date and {lacking}
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
        why=lambda number: _("Has not signed the declaration of confidentiality"),
        whose=Whose.LOCAL,
        mend=lambda uuid: url("volunteers:declaration", uuid),
        action=gettext_lazy("Record the declaration"),
        is_wide=True,
        is_shared=True,
    ),
]
