"""Settings. Production is the default: nothing insecure is on unless DEBUG, DEMO or BM_LOCAL asks for it.

DEBUG=1     development: local database, plain passwords over http, debug pages.
DEMO=1      the demonstration: as production, but on loopback, with the local database and printed logins.
BM_LOCAL=1  tests, checks and bench: the local database, nothing else relaxed but the cookies.
"""

import secrets
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import environ
import pghistory
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
BUILD_DIR = BASE_DIR / "build"

env = environ.Env()
DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
IS_LOCAL = DEBUG or DEMO or env.bool("BM_LOCAL", default=False)

DEMO_TODAY = env("DEMO_TODAY", default=None)
if DEMO_TODAY is not None:
    if not IS_LOCAL:
        raise ImproperlyConfigured("DEMO_TODAY is for the demonstration only.")
    DEMO_TODAY = date.fromisoformat(DEMO_TODAY)

SECRET_KEY = env("SECRET_KEY", default=secrets.token_urlsafe(50)) if IS_LOCAL else env("SECRET_KEY")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"] if IS_LOCAL else env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# --- Database: one alias. The site logs in as the web role; the owner's login is for migrate and loading.

if env("DATABASE_URL", default="") or not IS_LOCAL:
    DATABASES = {"default": env.db_url("DATABASE_URL")}
    DATABASE_OWNER = env.db_url("DATABASE_OWNER_URL") if env("DATABASE_OWNER_URL", default="") else None
else:
    from bydelsmoedre import localdb

    try:
        _urls = localdb.ensure()
    except localdb.LocalDatabaseError as error:
        raise SystemExit(f"The local database: {error}") from error
    DATABASES = {"default": env.db_url_config(_urls.web)}
    DATABASE_OWNER = env.db_url_config(_urls.owner)

DATABASES["default"].setdefault("OPTIONS", {})
# Pages are many and short: compiling a query costs more than it gains, and a prepared one is planned once.
DATABASES["default"]["OPTIONS"].setdefault("options", "-c jit=off -c plan_cache_mode=force_generic_plan")
if env.bool("DB_POOL", default=False):
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 8, "timeout": 5}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# Rows of this model, written in transactions of their own (`alone_in`), change no answer (bydelsmoedre.remembering).
WRITTEN_ASIDE = "programme.Reading"
WEB_ROLE = env("DB_WEB_ROLE", default=DATABASES["default"].get("USER", ""))

# --- Applications: imports only point left along PROJECT_APPS.

PROJECT_APPS = [
    "bydelsmoedre",
    "accounts",
    "programme",
    "associations",
    "volunteers",
    "training",
    "budget",
    "reports",
]
INSTALLED_APPS = [
    *PROJECT_APPS,
    "bydelsmoedre.django_apps.ProgrammeAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "bydelsmoedre.django_apps.OurStaticFilesConfig",
    "django.forms",
    "pgtrigger",
    "pghistory",
    "crispy_forms",
    "crispy_bootstrap5",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "programme.access.StandingMiddleware",
    "programme.readings.ReadingMiddleware",
    "bydelsmoedre.remembering.RememberingMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "bydelsmoedre.urls"
WSGI_APPLICATION = "bydelsmoedre.wsgi.application"

CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "programme.access.standing",
]
# Pages are Jinja2; the administration and forms' fields are Django templates. No name stands in both folders.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {"environment": "bydelsmoedre.jinja.environment", "context_processors": CONTEXT_PROCESSORS[1:]},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "django_templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.i18n", *CONTEXT_PROCESSORS],
        },
    },
]
TEMPLATE_STRICT = IS_LOCAL and not DEMO  # an undefined name fails
FORM_RENDERER = "bydelsmoedre.jinja.FormRenderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

# --- Who is who

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "reports:dashboard"
LOGOUT_REDIRECT_URL = "accounts:login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# --- History: who did what, written by triggers; the context lies in each event row

PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_CONTEXT_ID_FIELD = pghistory.ContextUUIDField()
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")

# --- Language and place

LANGUAGE_CODE = "da"
LANGUAGES = [("da", _("Danish")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "sprog"
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Copenhagen"
USE_THOUSAND_SEPARATOR = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Static files: everything is served from here, nothing from elsewhere

# Bootstrap comes from its package, which is a folder without code.
BOOTSTRAP = next(iter(getattr(find_spec("bootstrap"), "submodule_search_locations", None) or []), "")

STATIC_URL = "static/"
STATIC_ROOT = BUILD_DIR / "static"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("bootstrap", BOOTSTRAP),
    BUILD_DIR / "assets",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or (IS_LOCAL and not DEMO)
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = IS_LOCAL and not DEMO
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# --- Doors and locks

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SESSION_ENGINE = "bydelsmoedre.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SAMESITE = "Lax"
if not IS_LOCAL:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# --- Law of today: the child-protection check, asked of who acts from that day on, and anew after so many months

CHILD_CHECK_FROM = date.fromisoformat(env("CHILD_CHECK_FROM", default="2012-01-01"))
CHILD_CHECK_MONTHS = env.int("CHILD_CHECK_MONTHS", default=24)

# --- Recruitment: so many days may somebody stand there before she is told of as stuck (reports/figures/recruiting.py)

STUCK_DAYS = {
    "interview": env.int("STUCK_INTERVIEW", default=14),  # interested, no interview held
    "answer": env.int("STUCK_ANSWER", default=14),  # interview held, no answer
    "waiting_list": env.int("STUCK_WAITING_LIST", default=60),  # accepted, on a waiting list
    "seat": env.int("STUCK_SEAT", default=60),  # accepted, no seat in a course
    "course_over": env.int("STUCK_COURSE_OVER", default=14),  # her course is over, no diploma
    "role": env.int("STUCK_ROLE", default=30),  # diploma, no role
    "pause": env.int("STUCK_PAUSE", default=90),  # takes a pause
}

# --- Supervision: a local coordinator who has been without it for so many months is told of

SUPERVISION_MONTHS = env.int("SUPERVISION_MONTHS", default=3)

# Evidence: private files, served only through the page of their fact.
MEDIA_ROOT = env("MEDIA_ROOT", default=str(BASE_DIR / "media"))
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# --- Messages by e-mail

# How mail is sent, such as smtp+tls://user:password@host:587. On a machine of one's own it is written to the console.
vars().update(env.email_url("EMAIL_URL", default="consolemail://" if IS_LOCAL else "smtp://localhost:25"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="bydelsmoedre@localhost")
# Where the site is found: for the links in e-mails, which are sent without a request.
SITE_URL = env("SITE_URL", default="http://localhost:8000" if IS_LOCAL else f"https://{ALLOWED_HOSTS[0].lstrip('.')}")

# --- Privacy: what is stored about persons (each app's purposes.py), in the order told; how long, in months

PURPOSES = (
    "contact",
    "recruitment",
    "assessment",
    "roles",
    "languages",
    "declarations",
    "training",
    "gatherings",
    "calls",
    "messages",
    "link",
    "same",
    "lists",
    "notes",
    "evidence",
    "evaluation",
    "login",
    "done",
    "read",
    "contacts",
    "papers",
    "accounts",
)
RETENTION_APPLICANTS = env.int("RETENTION_APPLICANTS", default=6)  # after a no, or after she withdrew
RETENTION_LEAVERS = env.int("RETENTION_LEAVERS", default=24)  # after she left
READINGS_SAMPLED = env.int("READINGS_SAMPLED", default=10)  # so many of a month's readings are checked

# --- Logs: no personal data, so no bodies and no query strings

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
