"""What the volunteers' tables store about persons."""

from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.purposes import Purpose

INTEREST = _("Our legitimate interest in running the volunteer work (GDPR, art. 6(1)(f)).")


def _months(number: int) -> str:
    return ngettext("%(number)s month", "%(number)s months", number) % {"number": number}


def _kept_while() -> str:
    words = {"leavers": _months(settings.RETENTION_LEAVERS), "applicants": _months(settings.RETENTION_APPLICANTS)}
    return (
        gettext(
            "As long as you are with us and %(leavers)s after you left. If you are not accepted or withdraw: "
            "%(applicants)s."
        )
        % words
    )


def _until_erased() -> str:
    return gettext("The date stays, so that past figures do not change, but nobody can see any more whose it is.")


_WHILE = lazy(_kept_while, str)()
ANONYMOUS = lazy(lambda: f"{_kept_while()} {_until_erased()}", str)()

PURPOSES = [
    Purpose(
        "contact",
        _("Who you are and how we reach you"),
        _("So that we can call, write and find volunteers near those who need them."),
        INTEREST,
        _WHILE,
    ),
    Purpose(
        "recruitment",
        _("How you came to us"),
        _("So that nobody waits without an answer, and it can be counted how many come and stay."),
        INTEREST,
        ANONYMOUS,
    ),
    Purpose(
        "assessment",
        _("What we saw at the interview"),
        _(
            "The three things that recruitment looks at: language skills, resources and network. Only the secretariat "
            "sees it."
        ),
        INTEREST,
        ANONYMOUS,
    ),
    Purpose(
        "roles",
        _("What you do in the associations"),
        _("So that it is known who is a neighbourhood mother, who coordinates, and who sits on a board."),
        INTEREST,
        ANONYMOUS,
    ),
    Purpose(
        "languages",
        _("The languages that you work in"),
        _("So that a family can meet somebody who speaks its language. A working skill: we do not record origin."),
        INTEREST,
        ANONYMOUS,
    ),
    Purpose(
        "declarations",
        _("What you have signed and been told"),
        _(
            "That you have promised confidentiality, know of the duty to report, and whether a child-protection "
            "certificate is needed and has been assessed. Never what stands in it."
        ),
        _(
            "Our legal duties towards those whom you help (GDPR, art. 6(1)(c)); photos with your consent alone, which "
            "you can withdraw (art. 6(1)(a))."
        ),
        ANONYMOUS,
    ),
    Purpose(
        "gatherings",
        _("The meetings that you came to"),
        _("So that an association can see that it meets. Of who did not come nothing is stored."),
        INTEREST,
        ANONYMOUS,
    ),
    Purpose(
        "calls",
        _("That we have called you"),
        _("So that nobody waits for a call that never comes, or is called twice. Never what was said."),
        INTEREST,
        ANONYMOUS,
    ),
    Purpose(
        "messages",
        _("What we have written to you"),
        _(
            "So that nothing is sent twice, and we respect that you want no e-mails. Your address is not stored with a "
            "message, and what was written to you alone is erased with you."
        ),
        INTEREST,
        ANONYMOUS,
    ),
    Purpose(
        "same",
        _("That you stand here once"),
        _("Where you were recorded twice: that the two are one, or that two who look alike are not."),
        INTEREST,
        ANONYMOUS,
    ),
    Purpose(
        "link",
        _("Your own link to record conversations"),
        _("So that you can record conversations without a login. No conversation says whose link it came by."),
        INTEREST,
        _("It works until it is closed or your role ends. That you had one stays, but nobody can see whose it was."),
    ),
    Purpose(
        "lists",
        _("Lists that were imported"),
        _("So that many can be recorded at once, and mistakes in the list be mended."),
        INTEREST,
        _("A day at most. That a list was imported, by whom, and how many stood in it, stays."),
    ),
]

STORED = {
    "login": {"volunteers.Volunteer": "user"},
    "contact": {"volunteers.Volunteer": "uuid programme name email phone housing_area postcode erased_at search_text"},
    "recruitment": {
        "volunteers.Candidacy": "uuid volunteer",
        "volunteers.StageEvent": "candidacy stage happened_on period",
        "volunteers.Transition": "uuid volunteer project",
        "volunteers.TransitionAnswer": "transition answer happened_on period",
    },
    "assessment": {"volunteers.Assessment": "candidacy aspect level happened_on period"},
    "roles": {"volunteers.Membership": "volunteer association role term_ends_on started_on ended_on period"},
    "languages": {"volunteers.LanguageSkill": "volunteer language level happened_on period"},
    "declarations": {"volunteers.Declaration": "volunteer kind version started_on ended_on period"},
    "gatherings": {"volunteers.Presence": "volunteer gathering happened_on period"},
    "calls": {"volunteers.Call": "volunteer outcome call_again_on happened_on period"},
    "messages": {
        "volunteers.MessageText": "message to language subject body",
        "volunteers.Delivery": "uuid message volunteer language subject",
        "volunteers.DeliveryStep": "delivery step reason happened_on period",
        "volunteers.MailChoice": "volunteer wish happened_on period",
    },
    "done": {"volunteers.Message": "sent_by sent_at"},
    "same": {
        "volunteers.SamePerson": "duplicate kept happened_on period",
        "volunteers.DifferentPersons": "uuid first second",
    },
    "link": {"volunteers.ConversationLink": "uuid volunteer association made_at closed_at"},
    "lists": {"volunteers.Import": "uploaded_by uploaded_at content"},
}

NOTHING = {
    "volunteers.Message": "uuid programme last_day",
    # anonymous: choices and numbers, no notes (a constraint)
    "volunteers.Conversation": "association contact topics next_step language women children minutes with_municipality",
    "volunteers.Gathering": "uuid association kind planned_on starts_at place is_cancelled",
    "volunteers.GatheringHeld": "gathering",
    "volunteers.Import": "uuid programme began_at finished_at rows done persons roles languages rejected",
}
