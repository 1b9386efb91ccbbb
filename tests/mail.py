"""Mail servers for tests: one that refuses, one that breaks off, one that is slow, one that is away."""

import smtplib
import time
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend as Locmem


class Choosy(Locmem):
    """Refuses `afvist@…`, breaks off at `brudt@…`, and dies at `doed@…`."""

    def send_messages(self, messages):
        [address] = messages[0].to
        if address.startswith("afvist"):
            raise smtplib.SMTPRecipientsRefused({address: (550, b"No such user")})
        if address.startswith("brudt"):
            raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")
        if address.startswith("doed"):
            raise SystemExit("killed")
        return super().send_messages(messages)


class Away(Locmem):
    def open(self):
        raise ConnectionRefusedError


class Slow(BaseEmailBackend):
    """Takes its time, and writes down on the disk to whom it has sent: also what a killed process has sent."""

    def send_messages(self, messages):
        time.sleep(0.004)
        for one in messages:
            with (Path(settings.EMAIL_FILE_PATH) / "sendt").open("a") as file:
                file.write(f"{one.to[0]}\n")
        return len(messages)


def handed_over():
    """To whom `Slow` has sent."""
    place = Path(settings.EMAIL_FILE_PATH) / "sendt"
    return place.read_text().split() if place.exists() else []
