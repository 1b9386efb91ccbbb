"""What needs attention in the training: days without attendance, certificates to issue
or to renew, mothers without a diploma, coordinators without supervision."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bydelsmoedre.addresses import url
from programme.findings import FindingKind, Whose
from training.attendance import EXPECTED_SQL
from training.roles import HAS_DIPLOMA_SQL
from training.welcome import FIRST_MODULE
from volunteers.declarations import required_sql
from volunteers.merging import with_duplicates
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

# Each completed course is rewarded once: who lets a certificate run out is not proposed it again.
_PROPOSED = """
select 'volunteer', v.uuid, null::uuid, x.completed_on, null::int
from completion x join volunteers_volunteer v on v.id = x.volunteer_id
where x.completed_on is not null and not exists (
    select from training_certificate t same(t)
    where person(t) = v.id and t.curriculum_id = x.curriculum_id and known(t)
      and t.started_on between x.completed_on and %(on)s::date
  )
"""

#: So many days before the last one a renewal is asked for.
WARNED_AHEAD = 60

# Of those who hold a role, while nothing renews it. A mother whose diploma has run out is told of above. The number is
# how many days are left.
_EXPIRES = f"""
select 'volunteer', v.uuid, null::uuid, t.ended_on - {WARNED_AHEAD}, t.ended_on - %(on)s::date
from training_certificate t same(t)
join training_curriculum u on u.id = t.curriculum_id and u.programme_id = %(programme)s
join volunteers_volunteer v on v.id = person(t)
where known(t) and t.ended_on - {WARNED_AHEAD} <= %(on)s::date and t.started_on <= %(on)s::date
  and (t.ended_on >= %(on)s::date or u.kind <> 'basic')
  and not exists (
    select from training_certificate r same(r)
    where person(r) = person(t) and r.curriculum_id = t.curriculum_id and known(r)
      and (r.ended_on is null or r.ended_on > t.ended_on)
  )
  and exists (
    select from volunteers_membership m same(m) where person(m) = person(t) and holds(m) and known(m)
  )
"""


def _expires(number: int | None) -> str:
    left = number or 0
    if left < 0:
        return _("The diploma or course certificate has expired")
    if left == 0:
        return _("The diploma or course certificate expires today")
    said = ngettext(
        "The diploma or course certificate expires in %(count)s day",
        "The diploma or course certificate expires in %(count)s days",
        left,
    )
    return said % {"count": left}


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


# From the later of the last supervision and the day on which she became a coordinator.
_UNSUPERVISED = f"""
select 'volunteer', x.uuid, x.place, x.since, {int(settings.SUPERVISION_MONTHS)}
from (
  select v.uuid, min(a.uuid::text)::uuid as place,
    (greatest(min(m.started_on), (
      select max(d.happened_on) from training_supervised d
      where d.volunteer_id = any({with_duplicates("array[v.id]")}) and d.happened_on <= %(on)s::date and known(d)
    )) + make_interval(months => {int(settings.SUPERVISION_MONTHS)}))::date as since
  from volunteers_membership m same(m)
  join volunteers_volunteer v on v.id = person(m) and v.programme_id = %(programme)s and v.erased_at is null
  join associations_association a on a.id = m.association_id
  where m.role = 'coordinator' and holds(m) and known(m) and hers(m.volunteer_id)
  group by v.id, v.uuid
) x
where x.since <= %(on)s::date
"""


def _unsupervised(number: int | None) -> str:
    said = ngettext("Without supervision for %(count)s month", "Without supervision for %(count)s months", number or 0)
    return said % {"count": number or 0}


FINDINGS = [
    FindingKind(
        "unsupervised",
        _UNSUPERVISED,
        why=_unsupervised,
        whose=Whose.SECRETARIAT,
        mend=lambda uuid: url("training:supervisions"),
        action=gettext_lazy("Plan supervision"),
        is_wide=True,
    ),
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
        why=lambda number: _("Has completed the training; the diploma or course certificate is not issued"),
        whose=Whose.SECRETARIAT,
        mend=lambda uuid: url("training:certificate", uuid),
        action=gettext_lazy("Issue it"),
        is_wide=True,
        needs=("completion",),
    ),
    FindingKind(
        "certificate_expires",
        _EXPIRES,
        why=_expires,
        whose=Whose.SECRETARIAT,
        mend=lambda uuid: url("training:certificate", uuid),
        action=gettext_lazy("Issue a new one"),
        is_wide=True,
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
