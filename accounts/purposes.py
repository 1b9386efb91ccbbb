"""What logging in stores about persons, and what Django's own tables hold."""

from django.utils.translation import gettext_lazy as _

from bydelsmoedre.purposes import Purpose

PURPOSES = [
    Purpose(
        "login",
        _("Your login"),
        _("So that you can log in and see what is yours to see, and nobody else can as you."),
        _("Our legitimate interest in protecting the data (GDPR, art. 6(1)(f) and art. 32)."),
        _("As long as you work with us. When a volunteer is erased, her login is closed and emptied."),
    ),
    Purpose(
        "done",
        _("What you have recorded"),
        _("So that it can be seen who has recorded, corrected or retracted what, and mistakes can be mended."),
        _("Our duty to show that data are right and handled properly (GDPR, art. 5(2) and art. 6(1)(f))."),
        _("As long as what was recorded. Only the number of your login is kept with it."),
    ),
]

STORED = {
    "login": {
        "accounts.User": (
            "password last_login is_superuser uuid email name office is_active is_staff wants_digest created_at"
        ),
        "accounts.CalendarAddress": "uuid user made_at closed_at",
        "sessions.Session": "session_key session_data expire_date",
    },
}

NOTHING = {
    # not used: what somebody may do is a grant of the programme's
    "accounts.User_groups": "user group",
    "accounts.User_user_permissions": "user permission",
    "auth.Group": "name",
    "auth.Group_permissions": "group permission",
    # made by Django at migrate
    "auth.Permission": "name content_type codename",
    "contenttypes.ContentType": "app_label model",
    # not written: history is kept by triggers, with the context in each of its rows
    "admin.LogEntry": "action_time user content_type object_id object_repr action_flag change_message",
    "pghistory.Context": "id created_at updated_at metadata",
}
