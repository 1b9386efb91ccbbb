"""A year like 2011 many times over: the plan, and as much of everything as `scale` such years have, in one programme.

Written as INSERT … SELECT, so that a hundred thousand persons take a minute and not an hour. Numbers, not stories:
nothing here is meant to be read. `manage.py load_many` and `make bench` use it.
"""

from django.db import connection, transaction

from bydelsmoedre.owner import as_owner
from programme.models import Programme
from reports.loading import load_plan

#: At scale 1, about as at the end of 2011: associations, persons, courses, conversations, postings, meetings.
ASSOCIATIONS, PEOPLE, COURSES, CONVERSATIONS, POSTINGS, MEETINGS = 4, 1000, 5, 305, 1000, 5
COORDINATORS = 5  #: in each association
SESSIONS, PARTICIPANTS = 15, 16  #: in each course

#: Names as they are spelt, the first much more common than the last: thousands share one, as in a real list.
GIVEN = (
    "Mohamed Fatima Ahmed Aisha Muhammed Amina Fatma Hassan Ali Khadija Maryam Ibrahim Zahra Omar Layla Yusuf Hodan "
    "Anne Mette Hanne Kirsten Søren Åse Birgit Lise Samira Nadia Naima Huda Salma Şükran Gülşen Meryem Leila Mohammad "
    "Emine Hatice Ifrah Sahra Rania Iman Jytte Bodil Pia Dorte Tove Sevgi Nasrin Ayşe Danuta Agnieszka Thuy Linh"
)
FAMILY = (
    "Hassan Jensen Ali Nielsen Mohamed Ahmed Hansen Hussein Khan Pedersen Abdi Larsen Yilmaz Sørensen Møller Osman "
    "Jørgensen Kaya Demir Çelik Öztürk Aagaard Warsame Malik Iqbal Jama Nur Rahimi Karimi Ahmadi Haddad Khalil Nguyen "
    "Kowalska Popescu Hoxha Krasniqi Madsen Ærø Østergaard Ibrahim Said Salah Aziz Najjar Thomsen Olsen Farah Tran"
)

#: What every fact has; its time is the database's.
_FACT = "uuid, is_date_unknown, note, retraction_reason"
_OF_FACT = "gen_random_uuid(), false, '', ''"
_DAY = "date '2011-02-01' + (n %% 280)::int"


def _one_of(names: str, step: int) -> str:
    """SQL: one of the names for the row `n`; the first is about as common as the square root of their number."""
    drawn, count = f"((n * {step}) %% 10007 / 10007.0)", len(names.split())
    return f"(string_to_array('{names}', ' '))[1 + floor(power({drawn}, 2) * {count})::int]"


_STATEMENTS = [
    # Associations: every fourth lacks its last founding steps; every second of the others is in operation.
    """insert into associations_association (uuid, programme_id, name, housing_area_id, email, note, opened_on)
    select gen_random_uuid(), %(programme)s, 'Bydelsmødre ' || to_char(n, 'FM00000'),
      (select array_agg(id order by id) from associations_housingarea where programme_id = %(programme)s)[1 + n %% 12],
      '', '', date '2011-01-01' from generate_series(0, %(associations)s - 1) n""",
    f"""insert into associations_foundingstep
      ({_FACT}, association_id, kind, happened_on, board_members, cvr, meeting_elects_chair)
    select {_OF_FACT}, id, kind, {_DAY}, case when kind = 'board' then 5 end,
      case when kind = 'cvr' then '13748136' else '' end, false
    from (select id, row_number() over (order by id) - 1 as n from associations_association
      where programme_id = %(programme)s) a
    cross join unnest(array['notice','statutes','meeting','board','minutes','constitution','agreement','cvr','bank'])
      with ordinality as s(kind, place)
    where place <= case when n %% 4 = 3 then 4 when n %% 2 = 0 then 6 else 9 end""",
    # Persons, their roles and what they have learnt.
    f"""insert into volunteers_volunteer (uuid, programme_id, name, email, phone, housing_area_id)
    select gen_random_uuid(), %(programme)s, {_one_of(GIVEN, 7919)} || ' ' || {_one_of(FAMILY, 6421)},
      'f' || n || '@example.org',
      '20 ' || to_char(n, 'FM000000'),
      (select array_agg(id order by id) from associations_housingarea where programme_id = %(programme)s)[1 + n %% 12]
    from generate_series(0, %(people)s - 1) n""",
    """create temporary table many_person on commit drop as
    select id, row_number() over (order by id) - 1 as n from volunteers_volunteer where programme_id = %(programme)s""",
    """create temporary table many_association on commit drop as
    select id, row_number() over (order by id) - 1 as n from associations_association
    where programme_id = %(programme)s""",
    "analyze many_person, many_association",
    f"""insert into training_certificate ({_FACT}, volunteer_id, curriculum_id, started_on, basis)
    select {_OF_FACT}, p.id, u.id, date '2011-02-01' + (p.n %% 280)::int,
      case when p.n %% 10 = 0 and u.kind = 'basic' then 'merit' else 'course' end
    from many_person p
    join training_curriculum u on u.programme_id = %(programme)s
      and u.kind = case when p.n < %(associations)s * {COORDINATORS} then 'coordinator' else 'basic' end
    where p.n < %(people)s / 2 and p.n %% 6 <> 5""",
    f"""insert into training_dispensation ({_FACT}, volunteer_id, started_on)
    select gen_random_uuid(), false, 'Begynder før uddannelsen', '', p.id, date '2011-02-01' + (p.n %% 280)::int
    from many_person p
    where p.n < %(people)s / 2 and p.n >= %(associations)s * {COORDINATORS} and p.n %% 6 = 5""",
    f"""insert into volunteers_membership ({_FACT}, volunteer_id, association_id, role, started_on)
    select {_OF_FACT}, p.id, a.id,
      case when p.n < %(associations)s * {COORDINATORS} then 'coordinator' else 'mother' end,
      date '2011-02-01' + (p.n %% 280)::int
    from many_person p join many_association a on a.n = p.n %% %(associations)s where p.n < %(people)s / 2""",
    f"""insert into volunteers_languageskill ({_FACT}, volunteer_id, language, level, happened_on)
    select {_OF_FACT}, id, (array['ar','so','tr','ur','fa','da'])[1 + n %% 6], 'c1', {_DAY} from many_person""",
    f"""insert into volunteers_declaration ({_FACT}, volunteer_id, kind, version, started_on)
    select {_OF_FACT}, id, kind, '', {_DAY} from many_person
    cross join unnest(array['confidentiality','privacy_information','duty_to_report']) kind
    where n < %(people)s / 2 and n %% 500 <> 7""",
    # The formerly paid, and those who have applied.
    """insert into volunteers_transition (uuid, volunteer_id, project)
    select gen_random_uuid(), id, (array['akacieparken','noerrebro','sjaeloer','tingbjerg'])[1 + n %% 4]
    from many_person where n < 48 * %(scale)s""",
    f"""insert into volunteers_transitionanswer ({_FACT}, transition_id, answer, happened_on)
    select {_OF_FACT}, id, (array['continues','no','undecided'])[1 + n %% 3], {_DAY}
    from (select id, row_number() over (order by id) - 1 as n from volunteers_transition) t""",
    """insert into volunteers_candidacy (uuid, volunteer_id)
    select gen_random_uuid(), id from many_person where n >= %(people)s - 200 * %(scale)s""",
    # (The guard of their order locks each person: more than one transaction holds.)
    "alter table volunteers_stageevent disable trigger b_in_order",
    f"""insert into volunteers_stageevent ({_FACT}, candidacy_id, stage, happened_on)
    select {_OF_FACT}, id, stage, {_DAY} + place::int
    from (select id, row_number() over (order by id) - 1 as n from volunteers_candidacy) c
    cross join unnest(array['applied','interviewed','accepted']) with ordinality as s(stage, place)
    where place <= 1 + n %% 3 order by id, place""",
    "set constraints all immediate",
    "alter table volunteers_stageevent enable always trigger b_in_order",
    # Courses with their days, participants and attendance.
    f"""insert into training_curriculumversion
      ({_FACT}, curriculum_id, label, modules, required_modules, requires_contract, requires_evaluation, counts_hours,
       started_on)
    select {_OF_FACT}, id, '1', (
        select jsonb_agg(jsonb_build_object('number', n, 'title', 'Modul ' || n, 'kind', 'method', 'hours', 2,
          'compulsory', n in (1, {SESSIONS}))) from generate_series(1, {SESSIONS}) n
      ), {SESSIONS} - 3, false, false, false, date '2011-01-01'
    from training_curriculum where programme_id = %(programme)s""",
    """insert into training_course
      (uuid, curriculum_id, association_id, name, place, language, capacity, starts_on, ends_on)
    select gen_random_uuid(), u.id, (select id from many_association a where a.n = c.n %% %(associations)s),
      'Hold ' || to_char(c.n, 'FM00000'), '', 'da', 20, date '2011-02-01' + (c.n %% 180)::int,
      date '2011-02-01' + (c.n %% 180)::int + 98
    from generate_series(0, %(courses)s - 1) c(n)
    join training_curriculum u on u.programme_id = %(programme)s
      and u.kind = case when c.n %% 3 = 0 then 'coordinator' else 'basic' end""",
    f"""insert into training_session (uuid, course_id, module, held_on, is_make_up, is_cancelled)
    select gen_random_uuid(), id, module, starts_on + (module - 1) * 7, false, false
    from training_course cross join generate_series(1, {SESSIONS}) module""",
    f"""insert into training_enrolment (uuid, volunteer_id, course_id)
    select gen_random_uuid(), p.id, c.id
    from (select id, row_number() over (order by id) - 1 as n from training_course) c
    cross join generate_series(0, {PARTICIPANTS} - 1) seat
    join many_person p on p.n = (c.n * {PARTICIPANTS} + seat) %% %(people)s""",
    f"""insert into training_participation ({_FACT}, enrolment_id, status, end_reason, started_on)
    select {_OF_FACT}, e.id, 'enrolled', '', c.starts_on
    from training_enrolment e join training_course c on c.id = e.course_id""",
    f"""insert into training_attendance ({_FACT}, enrolment_id, session_id, mark, happened_on)
    select {_OF_FACT}, e.id, s.id, case when (e.id + s.id) %% 6 = 0 then 'excused' else 'present' end, s.held_on
    from training_enrolment e join training_session s on s.course_id = e.course_id
    where s.held_on <= date '2011-12-31' and s.module <> 9""",
    # What is done and decided.
    f"""insert into volunteers_conversation ({_FACT}, association_id, contact, topics, next_step, language, happened_on)
    select {_OF_FACT}, a.id, 'network', array['health'], 'none', '', {_DAY.replace("(n ", "(c.n ")}
    from generate_series(0, %(conversations)s - 1) c(n)
    join many_association a on a.n = c.n %% %(associations)s""",
    """insert into programme_meeting (uuid, programme_id, body_id, title, planned_on, place, agenda)
    select gen_random_uuid(), %(programme)s,
      (select min(id) from programme_organisation where programme_id = %(programme)s and kind = 'steering_group'),
      'Møde ' || n, date '2011-01-01' - 500 + n::int, '', '' from generate_series(1, %(meetings)s) n""",
    f"""insert into programme_meetingheld ({_FACT}, meeting_id, happened_on)
    select {_OF_FACT}, id, planned_on from programme_meeting where programme_id = %(programme)s""",
    # What is measured, by hand and by counting.
    """insert into programme_effectindicator (uuid, programme_id, name, unit, direction, is_cumulative, how_measured,
      measured_by, source, computed_figure, only_topic, grouping, is_proposed)
    select gen_random_uuid(), %(programme)s, 'Effektmål ' || n || coalesce(' ' || figure, ''), 'antal', 'up', true,
      'Optælling', 'Sekretariatet', case when figure is null then 'measured' else 'computed' end,
      coalesce(figure, ''), '', '', true
    from generate_series(1, 5) n
    cross join lateral (select null as figure union all select (array[
      'conversations', 'new_mothers', 'coordinators', 'associations_running', 'attended_hours'])[n]) f""",
    # More milestones than one plan has, each waiting for the one before it, half of them reached.
    """insert into programme_milestone
      (uuid, programme_id, key, place, title, owner_office, starts_on, due_on, dated_by, measure)
    select gen_random_uuid(), %(programme)s, '', 100 + n, 'Milepæl ' || n, 'Sekretariatet', date '2011-01-01' + n,
      date '2011-02-01' + n * 10, '', 'hand' from generate_series(1, 30) n""",
    """insert into programme_milestoneneeds (milestone_id, needed_id)
    select id, lag from (
      select id, lag(id) over (order by place) from programme_milestone
      where programme_id = %(programme)s and place > 100
    ) m where lag is not null""",
    f"""insert into programme_milestonereached ({_FACT}, milestone_id, happened_on)
    select {_OF_FACT}, id, due_on from programme_milestone
    where programme_id = %(programme)s and place > 100 and place %% 2 = 0""",
    """insert into programme_indicatortarget (uuid, indicator_id, started_on, ended_on, value)
    select gen_random_uuid(), id, date '2011-01-01', date '2011-12-31', 300 from programme_effectindicator
    where programme_id = %(programme)s""",
    f"""insert into programme_measurement ({_FACT}, indicator_id, covers_from, covers_to, value, happened_on)
    select {_OF_FACT}, i.id, date '2011-01-01' - n, date '2011-06-30' - n, n, date '2011-06-30'
    from programme_effectindicator i cross join generate_series(0, 11 + %(scale)s) n
    where i.programme_id = %(programme)s and i.source = 'measured'""",
    f"""insert into budget_posting ({_FACT}, line_id, amount, text, voucher, supplier, source, happened_on)
    select {_OF_FACT}, l.id, 1000, 'Udgift', to_char(n, 'FM000000'), '', 'Regnskab', {_DAY}
    from generate_series(0, %(postings)s - 1) n
    join budget_budgetline l on l.number = 1 + n %% 5
    join budget_budget b on b.id = l.budget_id and b.programme_id = %(programme)s""",
    # Two documents adopted, the agreement signed.
    """insert into programme_documentversion (uuid, document_id, label, text)
    select gen_random_uuid(), id, '1.0', '' from programme_document
    where programme_id = %(programme)s and kind in ('training_concept', 'values')""",
    f"""insert into programme_adoption ({_FACT}, version_id, body_id, outcome, happened_on)
    select {_OF_FACT}, v.id, d.adopted_by_id, 'adopted', date '2011-08-20'
    from programme_documentversion v join programme_document d on d.id = v.document_id
    where d.programme_id = %(programme)s""",
    f"""insert into programme_signature ({_FACT}, agreement_id, organisation_id, happened_on)
    select {_OF_FACT}, agreement_id, organisation_id, date '2011-02-11' from programme_agreementparty""",
]


def load_many(scale: int) -> Programme:
    """Load the plan and `scale` times a year's data, as the owner. Returns the programme."""
    programme = load_plan()
    values = {
        "programme": programme.pk,
        "scale": scale,
        "associations": ASSOCIATIONS * scale,
        "people": PEOPLE * scale,
        "courses": COURSES * scale,
        "conversations": CONVERSATIONS * scale,
        "postings": POSTINGS * scale,
        "meetings": MEETINGS * scale,
    }
    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        for statement in _STATEMENTS:
            cursor.execute(statement, values)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("vacuum analyze")
    return programme
