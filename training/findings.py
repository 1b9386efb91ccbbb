"""What needs attention in the training: days without attendance, certificates to issue, mothers without a diploma."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bydelsmoedre.addresses import url
from programme.findings import FindingKind, Whose
from training.attendance import EXPECTED_SQL

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

_NO_DIPLOMA = """
select 'volunteer', v.uuid, a.uuid, min(m.started_on), null::int
from volunteers_membership m same(m)
join associations_association a on a.id = m.association_id and a.programme_id = %(programme)s
join volunteers_volunteer v on v.id = person(m)
where m.role = 'mother' and holds(m) and known(m)
  and not exists (
    select from training_certificate c same(c)
    join training_curriculum u on u.id = c.curriculum_id and u.kind = 'basic'
    where person(c) = person(m) and holds(c) and known(c)
  )
group by v.uuid, a.uuid
"""

FINDINGS = [
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
        why=lambda number: _("Is a mother without a diploma or recognised training"),
        whose=Whose.SECRETARIAT,
        mend=lambda uuid: url("volunteers:detail", uuid),
        action=gettext_lazy("See the volunteer"),
        is_wide=True,
        is_shared=True,
    ),
]
