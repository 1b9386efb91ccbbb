"""When a question is asked: days are Copenhagen's, knowledge is an instant."""

import dataclasses
import datetime as dt

import pytest

from bydelsmoedre.moment import ALWAYS, COPENHAGEN, Moment, calendar_today, end_of_day, today

D = dt.date


def test_today_is_the_demonstrations_fixed_day(settings):
    settings.DEMO_TODAY = D(2011, 11, 15)

    assert (today(), Moment().on, calendar_today() == D(2011, 11, 15)) == (D(2011, 11, 15), D(2011, 11, 15), False)


def test_today_is_the_calendars_in_copenhagen(settings):
    settings.DEMO_TODAY = None

    assert today() == calendar_today() == dt.datetime.now(COPENHAGEN).date()


@pytest.mark.parametrize(
    ("day", "following"),
    [
        (D(2011, 1, 10), dt.datetime(2011, 1, 10, 23, tzinfo=dt.UTC)),
        (D(2011, 7, 10), dt.datetime(2011, 7, 10, 22, tzinfo=dt.UTC)),
        (D(2011, 3, 26), dt.datetime(2011, 3, 26, 23, tzinfo=dt.UTC)),
        (D(2011, 3, 27), dt.datetime(2011, 3, 27, 22, tzinfo=dt.UTC)),  # 23 hours long
        (D(2011, 10, 29), dt.datetime(2011, 10, 29, 22, tzinfo=dt.UTC)),
        (D(2011, 10, 30), dt.datetime(2011, 10, 30, 23, tzinfo=dt.UTC)),  # 25 hours long
        (D(2011, 12, 31), dt.datetime(2011, 12, 31, 23, tzinfo=dt.UTC)),
    ],
    ids=str,
)
def test_end_of_day_is_the_last_microsecond_in_copenhagen(day, following):
    assert end_of_day(day) == following - dt.timedelta(microseconds=1)
    assert end_of_day(day).astimezone(COPENHAGEN).date() == day


def test_moment_is_known_now_unless_told_otherwise():
    assert Moment(D(2011, 12, 31)).is_known_now
    assert not Moment(D(2011, 12, 31), end_of_day(D(2011, 12, 31))).is_known_now


def test_moment_of_another_day_keeps_its_knowledge():
    moment = Moment(D(2011, 12, 31), end_of_day(D(2012, 1, 5)))

    assert moment.on_day(D(2011, 6, 30)) == Moment(D(2011, 6, 30), end_of_day(D(2012, 1, 5)))


def test_moment_takes_no_time_of_day():
    with pytest.raises(TypeError):
        Moment(dt.datetime(2011, 12, 31, 12))


def test_moment_takes_no_knowledge_without_a_time_zone():
    with pytest.raises(ValueError, match="time zone"):
        Moment(D(2011, 12, 31), dt.datetime(2011, 12, 31))


def test_moment_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Moment(D(2011, 12, 31)).on = D(2012, 1, 1)


def test_always_is_later_than_any_day_that_can_be_asked_about():
    assert end_of_day(D(9999, 12, 29)) < ALWAYS
