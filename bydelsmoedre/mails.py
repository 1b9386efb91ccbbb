"""E-mails are handed to the mail server one by one, and each time it is said what came of it."""

import smtplib
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email


class Handed(StrEnum):
    """What came of one e-mail."""

    SENT = "sent"
    BAD_ADDRESS = "bad_address"  #: such an address or subject never reached the server
    REFUSED = "refused"
    UNCERTAIN = "uncertain"  #: broken off: it may have left us


def message_id(identity: UUID) -> str:
    """What an e-mail is known by among all others: its row's identity, and the site's name."""
    return f"<{identity}@{urlsplit(settings.SITE_URL).hostname}>"


def answers(server: Any) -> bool:
    """Does the server answer? Does nothing where it is open already."""
    try:
        server.open()
    except (smtplib.SMTPException, OSError):
        return False
    return True


def hand_over(mail: EmailMessage, server: Any) -> Handed:
    """Hand one e-mail to one person to the server; after a fault the connection is closed, for the next to open."""
    try:
        validate_email(mail.to[0])
        handed = server.send_messages([mail])
    except (ValidationError, ValueError):
        return Handed.BAD_ADDRESS
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException):
        server.close()
        return Handed.REFUSED
    except (smtplib.SMTPException, OSError):
        server.close()
        return Handed.UNCERTAIN
    return Handed.SENT if handed else Handed.REFUSED
