"""The evaluation of a course: answered without a login, told as a summary from five answers on and once it is over,
followed back to nobody."""

import datetime as dt

import pytest
from django.db import Error, IntegrityError, connection, transaction
from django.urls import reverse

from bydelsmoedre.moment import Moment, today
from programme.models import Attempt
from tests import factories as make
from tests.doors import CPR, html_of, says
from tests.meanwhile import while_waiting
from tests.training import WEEK, attend, planned_course, publish, take_part
from training.completion import completions
from training.evaluating import OPEN_DAYS, QUESTIONS, NotOpen, answer, remove_comments, summary, token_of
from training.models import CurriculumVersion, EvaluationAnswer, EvaluationGiven
from training.views.evaluation import FROM_ONE

DAY = dt.timedelta(1)
pytestmark = pytest.mark.django_db
GOOD = dict.fromkeys(QUESTIONS, "4")


def course_that_ended(programme, days=0, seats=8, **values):
    """A course of three modules whose last one was held so many days ago."""
    basic = programme.curricula.get(kind="basic")
    if not basic.versions.exists():
        publish(basic)
    course = planned_course(basic, first=today() - days * DAY - 2 * WEEK, **values)
    for _ in range(seats):
        take_part(course, since=course.starts_on)
    return course


@pytest.fixture
def course(programme):
    return course_that_ended(programme)


def page(course):
    return reverse("training:evaluate", args=[token_of(course)])


def answered(course, *smileys, comment="", **values):
    """An answer each, with the same smiley throughout."""
    for smiley in smileys:
        answer(course, dict.fromkeys(QUESTIONS, smiley) | {"comment": comment} | values, on=today())


def over(course):
    return today() + (OPEN_DAYS + 1) * DAY


# --- Answered


def test_anybody_with_the_address_answers_by_five_smileys(client, course):
    sent = client.post(page(course), GOOD | {"comment": "Tak for kaffe"})

    (kept,) = EvaluationAnswer.objects.all()
    assert sent.url == f"{page(course)}?tak"
    assert (kept.course, kept.useful, kept.comment) == (course, 4, "Tak for kaffe")


def test_nothing_stored_tells_who_or_when_or_in_which_order():
    columns = {field.name for field in EvaluationAnswer._meta.get_fields()}

    assert columns == {"id", "course", *QUESTIONS, "comment"}
    with connection.cursor() as cursor:
        cursor.execute(
            "select data_type from information_schema.columns where table_name = %s and column_name = 'id'",
            [EvaluationAnswer._meta.db_table],
        )
        assert cursor.fetchone() == ("uuid",)
        cursor.execute(
            "select count(*) from information_schema.tables where table_name like %s",
            [f"{EvaluationAnswer._meta.db_table}event%"],
        )
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("question", list(QUESTIONS))
def test_question_without_a_smiley_is_told_beside_it_and_the_rest_is_kept(client, course, question):
    shown = client.post(page(course), GOOD | {question: "", "comment": "Gem mig"})

    assert shown.context["form"].errors == {question: [says("Choose a smiley.")]}
    assert "Gem mig" in html_of(shown)
    assert not EvaluationAnswer.objects.exists()


@pytest.mark.parametrize("value", ["0", "6", "9" * 30, "x", "nul\x00"])
def test_smiley_that_does_not_exist_is_refused(client, course, value):
    shown = client.post(page(course), GOOD | {"safe": value})

    assert list(shown.context["form"].errors) == ["safe"]


@pytest.mark.parametrize("comment", [f"Født {CPR}", "æ" * 501])
def test_comment_that_cannot_be_kept_is_told(client, course, comment):
    shown = client.post(page(course), GOOD | {"comment": comment})

    assert list(shown.context["form"].errors) == ["comment"]


@pytest.mark.parametrize(
    ("days", "is_open"),
    [(-1, False), (0, True), (OPEN_DAYS, True), (OPEN_DAYS + 1, False)],
    ids=["day-before", "last-module", "last-day", "day-after"],
)
def test_it_is_open_from_the_last_module_for_fourteen_days(client, programme, days, is_open):
    course = course_that_ended(programme, days)

    assert client.get(page(course)).context["is_open"] == is_open
    assert client.post(page(course), GOOD).status_code == (302 if is_open else 409)
    assert EvaluationAnswer.objects.exists() == is_open


def test_no_more_answers_than_seats(client, programme):
    course = course_that_ended(programme, seats=1)

    assert [client.post(page(course), GOOD).status_code for _ in range(2)] == [302, 409]


def test_address_that_was_made_up_opens_nothing(client, course):
    assert client.get(reverse("training:evaluate", args=["a" * 40])).status_code == 404


def test_hunting_from_one_address_is_stopped(client, course, programme):
    Attempt.objects.all().delete()
    for _ in range(FROM_ONE):
        client.post(page(course), {}, REMOTE_ADDR="203.0.113.9")

    assert client.post(page(course), GOOD, REMOTE_ADDR="203.0.113.9").status_code == 429
    assert client.post(page(course), GOOD, REMOTE_ADDR="203.0.113.10").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_not_take_one_seat_twice(elsewhere):
    programme = make.plan("København")
    course = course_that_ended(programme, seats=1)
    user = make.user_with_role(programme, "secretariat")
    with elsewhere.cursor() as cursor:
        cursor.execute("select from training_course where id = %s for update", [course.pk])
        cursor.execute(
            "insert into training_evaluationanswer (id, course_id, content, teaching, useful, safe, language, comment)"
            " values (gen_random_uuid(), %s, 4, 4, 4, 4, 4, '')",
            [course.pk],
        )
    assert while_waiting(user, page(course), GOOD, elsewhere).status_code == 409
    assert EvaluationAnswer.objects.count() == 1


# --- Told


def test_summary_is_told_once_nobody_can_answer_any_more(course):
    answered(course, 5, 5, 5, 5, 5, comment="Dejligt")

    during, after = (summary(course, on=day) for day in (today() + OPEN_DAYS * DAY, over(course)))

    assert (during.answers, during.is_told, during.questions, during.comments) == (5, False, [], [])
    assert (after.is_told, after.comments) == (True, ["Dejligt"] * 5)
    assert [one.cells for one in after.questions] == [["0", "0", "0", "0", "5"]] * 5


def test_four_answers_are_told_to_nobody(course):
    answered(course, 5, 5, 5, 5, comment="Hemmeligt")

    assert not summary(course, on=over(course)).is_told


def test_smiley_of_one_to_four_is_not_told_nor_what_gives_it_away(course):
    answered(course, 1, 5, 5, 5, 5, 5, 5)

    (cells, *_rest) = (one.cells for one in summary(course, on=over(course)).questions)

    assert "1" not in cells
    assert "6" not in cells


def test_page_shows_the_address_while_it_is_open_and_no_answer(secretary, course):
    answered(course, 1, comment="Hemmeligt")

    shown = html_of(secretary.get(reverse("training:evaluation", args=[course.uuid])))

    assert token_of(course) in shown
    assert "<svg" in shown
    assert "Hemmeligt" not in shown


def test_nobody_reads_single_answers_in_the_administration(client, programme, course):
    answered(course, 1)
    client.force_login(make.user_with_role(programme, "foundation"))

    assert client.get("/admin/training/evaluationanswer/").status_code == 404


# --- Asked for by the training


@pytest.fixture
def asking(programme):
    basic = programme.curricula.get(kind="basic")
    modules = [{"number": number, "title": "Emne", "kind": "method", "hours": 2} for number in (1, 2, 3)]
    CurriculumVersion.record(
        by=None,
        curriculum=basic,
        label="1",
        modules=modules,
        required_modules=1,
        requires_evaluation=True,
        started_on=dt.date(2011, 1, 1),
    )
    return course_that_ended(programme, seats=2)


def far(course):
    return completions(course.curriculum.programme_id, Moment(today()), courses=[course])


def test_nobody_completes_before_she_has_evaluated(secretary, asking):
    first, second = (one.participations.get() for one in asking.enrolments.order_by("pk"))
    attend(attend(first, 1), 2)
    attend(second, 1)

    before = far(asking)
    url = reverse("training:evaluation", args=[asking.uuid])
    secretary.post(url, {"ticked": [str(first.enrolment.volunteer.uuid)]})
    after = far(asking)

    assert [one.lacks_evaluation for one in before.values()] == [True, True]
    assert after[first.enrolment_id].completed_on == today()
    assert after[second.enrolment_id].completed_on is None


def test_everybody_is_recorded_once_however_often_it_is_sent(secretary, asking):
    url = reverse("training:evaluation", args=[asking.uuid])

    for _ in range(2):
        secretary.post(url, {"alle": "1"})

    assert EvaluationGiven.objects.count() == 2


# --- Never opened again


def edited(client, session, **typed):
    """The session's form as it stands, but for what is typed."""
    url = reverse("training:edit_session", args=[session.uuid])
    form = client.get(url).context["form"]
    opened = {name: form[name].value() for name in form.fields if name not in ("tells", "is_cancelled")}
    return client.post(url, {name: value for name, value in opened.items() if value} | typed)


def evaluated_course(programme, days):
    """One whose last module was held so many days ago, with five answers."""
    course = course_that_ended(programme, days)
    for _ in range(5):
        EvaluationAnswer.objects.create(course=course, comment="fint", **dict.fromkeys(QUESTIONS, 4))
    return course


def test_summary_that_was_told_is_never_added_to(secretary, programme):
    course = evaluated_course(programme, days=20)
    last = course.sessions.latest("held_on")
    seen = summary(course, on=today())

    refused = edited(secretary, last, held_on=f"{today() - 7 * DAY}")
    with pytest.raises(NotOpen):
        answered(course, 4, comment="Jeg følte mig utryg")

    assert list(refused.context["form"].errors) == ["held_on"]
    assert (seen.is_told, summary(course, on=today()).comments) == (True, seen.comments)


@pytest.mark.parametrize("typed", [{"is_make_up": ""}, {"is_make_up": "on"}], ids=["module-anew", "make-up"])
def test_evaluated_course_gets_no_later_last_day_but_a_make_up_session(secretary, programme, typed):
    course = evaluated_course(programme, days=20)
    cancelled = course.sessions.earliest("held_on")
    cancelled.is_cancelled = True
    cancelled.save()
    url = reverse("training:add_session", args=[course.uuid])

    answer = secretary.post(url, {"module": "1", "held_on": f"{today()}"} | typed)

    assert (answer.status_code == 302) == bool(typed["is_make_up"])


@pytest.mark.parametrize(
    ("days", "answers", "is_refused"),
    [(OPEN_DAYS + 1, True, True), (OPEN_DAYS, True, False), (OPEN_DAYS + 1, False, False)],
    ids=["over", "still-open", "nobody-answered"],
)
def test_last_day_stands_once_the_evaluation_is_over(secretary, programme, days, answers, is_refused):
    course = evaluated_course(programme, days)
    if not answers:
        course = course_that_ended(programme, days, name="Et andet")
    last = course.sessions.latest("held_on")

    answer = edited(secretary, last, held_on=f"{today() - DAY}")

    assert (answer.status_code == 200) == is_refused


@pytest.mark.parametrize(
    "change",
    [
        "update training_session set held_on = held_on + 10 where id = {last}",
        "update training_session set is_cancelled = true where id = {last}",
        "delete from training_session where id = {last}",
        "insert into training_session (uuid, course_id, module, held_on, is_make_up, is_cancelled)"
        " values (gen_random_uuid(), {course}, 9, current_date, false, false)",
    ],
    ids=["moved", "cancelled", "deleted", "added"],
)
def test_database_keeps_the_last_day_of_an_evaluated_course(programme, change):
    course = evaluated_course(programme, days=20)
    last = course.sessions.latest("held_on")

    with pytest.raises(IntegrityError, match="its last day stands"), transaction.atomic():
        connection.cursor().execute(change.format(last=last.pk, course=course.pk))


def test_other_days_of_an_evaluated_course_can_be_corrected(programme):
    course = evaluated_course(programme, days=20)
    first = course.sessions.earliest("held_on")

    course.sessions.filter(pk=first.pk).update(held_on=first.held_on + DAY)

    assert course.sessions.earliest("held_on").held_on == first.held_on + DAY


# --- A comment that somebody is written about in


@pytest.fixture
def commented(programme):
    course = evaluated_course(programme, days=20)
    one = EvaluationAnswer.objects.create(
        course=course, comment="Fatima taler for meget", **dict.fromkeys(QUESTIONS, 5)
    )
    return course, one


def comments_page(course):
    return reverse("training:evaluation_comments", args=[course.uuid])


def test_comment_that_names_somebody_is_removed_and_the_smileys_stay(secretary, commented):
    course, one = commented

    secretary.post(comments_page(course), {"ticked": [str(one.pk)]})

    one.refresh_from_db()
    assert (one.comment, one.safe) == ("", 5)
    assert summary(course, on=today()).comments == ["fint"] * 5


def test_comment_of_another_course_is_not_removed_from_here(secretary, programme, commented):
    _course, one = commented
    other = EvaluationAnswer.objects.create(
        course=course_that_ended(programme, name="Et andet"), comment="Godt", **dict.fromkeys(QUESTIONS, 5)
    )

    answer = secretary.post(comments_page(one.course), {"ticked": [str(other.pk)]})

    assert list(answer.context["form"].errors) == ["ticked"]
    assert (remove_comments(one.course, [str(other.pk)]), remove_comments(one.course, [str(one.pk)])) == (0, 1)


def test_comments_are_not_read_before_they_are_told(secretary, course):
    answered(course, 5, 5, 5, 5, 5, comment="Hemmeligt")

    answer = secretary.get(comments_page(course), follow=True)

    assert answer.redirect_chain == [(reverse("training:evaluation", args=[course.uuid]), 302)]
    assert "Hemmeligt" not in html_of(answer)


def test_nothing_else_of_an_answer_can_be_changed(commented):
    _course, one = commented

    for change in ({"comment": "Andet"}, {"safe": 1}):
        with pytest.raises(Error), transaction.atomic():
            EvaluationAnswer.objects.filter(pk=one.pk).update(**change)
    with pytest.raises(Error), transaction.atomic():
        one.delete()
