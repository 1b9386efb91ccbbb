"""Two at once: what one sends while another is at work, in a transaction of her own."""

import threading

from django.db import connection, connections
from django.test import Client


def post_apart(user, url, data, answers):
    """Send a form from a thread of its own, with a connection of its own."""
    try:
        client = Client()
        client.force_login(user)
        answers.append(client.post(url, data))
    finally:
        connections.close_all()


def while_waiting(user, url, data, other):
    """Send the form; when the database makes it wait for the other, the other commits."""
    answers = []
    sender = threading.Thread(target=post_apart, args=(user, url, data, answers))
    sender.start()
    wait_for_a_lock(sender)
    other.commit()
    sender.join(10)
    return answers[0]


class Other(threading.Thread):
    """Somebody else at work, in a thread and with a connection of her own; what she was refused with."""

    def __init__(self, act):
        super().__init__()
        self.act, self.refused = act, None

    def run(self):
        try:
            self.act()
        except Exception as error:
            self.refused = error
        finally:
            connections.close_all()


def wait_for_a_lock(sender):
    """Until the database makes the sender wait, or she has her answer."""
    waiting = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute("select pg_stat_clear_snapshot()")  # within a transaction, else, the first answer stands
            cursor.execute(waiting)
            if cursor.fetchone()[0] or not sender.is_alive():
                return
        sender.join(0.05)
