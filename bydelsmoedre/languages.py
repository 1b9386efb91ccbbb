"""The languages commonly spoken around the programme, by their ISO 639 codes (domain.md, "Places")."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LANGUAGES = [
    ("ar", _("Arabic")),
    ("so", _("Somali")),
    ("tr", _("Turkish")),
    ("ur", _("Urdu")),
    ("fa", _("Persian")),
    ("prs", _("Dari")),
    ("ps", _("Pashto")),
    ("kmr", _("Kurmanji")),
    ("ckb", _("Sorani")),
    ("pa", _("Punjabi")),
    ("bs", _("Bosnian")),
    ("sq", _("Albanian")),
    ("ti", _("Tigrinya")),
    ("am", _("Amharic")),
    ("ta", _("Tamil")),
    ("rif", _("Tarifit")),
    ("vi", _("Vietnamese")),
    ("th", _("Thai")),
    ("pl", _("Polish")),
    ("fr", _("French")),
    ("en", pgettext_lazy("language", "English")),
    ("da", pgettext_lazy("language", "Danish")),
]
