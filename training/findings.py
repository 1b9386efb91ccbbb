"""What needs attention in the training: days without attendance, certificates to issue, mothers without a diploma."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bydelsmoedre.addresses import url
from programme.findings import FindingKind, Whose
from training.attendance import EXPECTED_SQL
from training.roles import HAS_DIPLOMA_SQL
from training.welcome import FIRST_MODULE
from volunteers.declarations import required_sql
from volunteers.recruitment import HELD_SQL

_ATTENDANCE = f"""
select 'session', s.uuid, a.uuid, s.held_on, s.module::int
from training_session s
join training_course c on c.id = s.course_id
join training_curriculum u on u.id = c.curriculum_id and u.programme_id = %(programme)s
left join associations_association a on a.id = c.association_id
where s.held_on < %(on)s::date and not s.is_cancelled and exists ({EXPECTED_SQL}) and not exists (
    select from training_attendance t where t.session_id = s.id and known(t)
  )
"""

_PROPOSED = """
select 'volunteer', v.uuid, null::uuid, x.completed_on, null::int
from completion x join volunteers_volunteer v on v.id = x.volunteer_id
where x.completed_on is not null
"""

# The number says whether the secretariat has made an exception that holds.
_NO_DIPLOMA = f"""
select 'volunteer', v.uuid, a.uuid, min(m.started_on), bool_or(exists (
  select from training_dispensation d same(d) where person(d) = person(m) and holds(d) and known(d)
))::int
from volunteers_membership m same(m)
join associations_association a on a.id = m.association_id and a.programme_id = %(programme)s
join volunteers_volunteer v on v.id = person(m)
where m.role = 'mother' and holds(m) and known(m)
  and not {HAS_DIPLOMA_SQL}
group by v.uuid, a.uuid
"""


def _no_diploma(number: int | None) -> str:
    if number:
        return _("Is a mother by exception, without a diploma")
    return _("Is a mother without a diploma or recognised training")


# Who takes part in a course whose first module has been held, and holds no role (of whom it is told anyway), lacks a
# declaration. The number is how many such participants there are.
_WELCOME = f"""
select 'session', s.uuid, a.uuid, s.held_on, count(distinct v.id)::int
from training_session s
join training_course c on c.id = s.course_id and c.ends_on >= %(on)s::date
join training_curriculum u on u.id = c.curriculum_id and u.programme_id = %(programme)s
left join associations_association a on a.id = c.association_id
join training_enrolment e on e.course_id = c.id
  same(e)
join volunteers_volunteer v on v.id = person(e)
where s.module = {FIRST_MODULE} and s.held_on < %(on)s::date and not s.is_cancelled and not s.is_make_up
  and exists (
    select from training_participation p
    where p.enrolment_id = e.id and p.status = 'enrolled' and holds(p) and holds(p, s.held_on) and known(p)
  )
  and not exists (
    select from volunteers_membership m same(m)
    where person(m) = v.id and m.role in {HELD_SQL} and holds(m) and known(m)
  )
  and {required_sql("v.id")} > 0
group by s.uuid, a.uuid, s.held_on
"""


def _welcome(number: int | None) -> str:
    said = ngettext(
        "%(count)s participant lacks a declaration from the welcome sheet",
        "%(count)s participants lack a declaration from the welcome sheet",
        number or 0,
    )
    return said % {"count": number or 0}


FINDINGS = [
    FindingKind(
        "welcome_missing",
        _WELCOME,
        why=_welcome,
        whose=Whose.LOCAL,
        mend=lambda uuid: url("training:welcome", uuid),
        action=gettext_lazy("Open the welcome sheet"),
        is_wide=True,
    ),
    FindingKind(
        "attendance_missing",
        _ATTENDANCE,
        why=lambda number: _("Attendance is not recorded for module %(number)s") % {"number": number},
        whose=Whose.LOCAL,
        mend=lambda uuid: url("training:attendance", uuid),
        action=gettext_lazy("Record attendance"),
        is_wide=True,
    ),
    FindingKind(
        "certificate_proposed",
        _PROPOSED,
        why=lambda number: _("Has completed the training; the certificate is not issued"),
        whose=Whose.SECRETARIAT,
        mend=lambda uuid: url("training:certificate", uuid),
        action=gettext_lazy("Issue a certificate"),
        is_wide=True,
        needs=("completion",),
    ),
    FindingKind(
        "mother_without_diploma",
        _NO_DIPLOMA,
        why=_no_diploma,
        whose=Whose.SECRETARIAT,
        mend=lambda uuid: url("volunteers:detail", uuid),
        action=gettext_lazy("See the volunteer"),
        is_wide=True,
        is_shared=True,
    ),
]
