"""History by trigger: every model is exactly one of fact (its own history), tracked here, or exempt with a reason."""

from collections.abc import Callable
from typing import Any

import pghistory

#: Models without history, each with its reason. A test compares this with the models that exist.
EXEMPT = {
    "admin.LogEntry": "not written: the admin shows the triggers' history instead",
    "auth.Group": "not used: roles are grants in the programme",
    "auth.Permission": "not used: made by Django at migrate",
    "auth.Group_permissions": "not used",
    "accounts.User_groups": "not used",
    "accounts.User_user_permissions": "not used",
    "contenttypes.ContentType": "made by Django at migrate",
    "sessions.Session": "comes and goes with each login; holds nothing to account for",
    "pghistory.Context": "part of the history itself",
    "programme.Reading": "never changed: the log itself, only ever added",
    "reports.FrozenReport": "never changed: what was sent, only ever added",
    "reports.ReportStep": "never changed: only ever added",
    "reports.ShareOpening": "never changed: only ever added",
    "reports.SpotCheck": "never changed: only ever added",
    "programme.Attempt": "counted for a limit, and gone after a day; says nothing about anybody",
    "volunteers.Message": "never changed: the web role may only add it",
    "volunteers.MessageText": "never changed: the web role may only add it",
    "training.EvaluationAnswer": "anonymous: a history would tell in which order, and so who",
    "programme.Evidence": "never changed: the web role may only add it",
}


def tracked(*, exclude: tuple[str, ...] = ()) -> Callable[[Any], Any]:
    """Class decorator: each insert, update and delete leaves a row in the model's event table, whoever makes it."""
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        exclude=list(exclude) or None,
    )
