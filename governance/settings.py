"""Settings: everything that differs between councils comes from the environment.

CUSTODIAN_ENV=production turns every development default off: the process then refuses to start,
with one sentence for each setting that is missing.
"""

import shlex
from pathlib import Path
from typing import Any

import environ
from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from governance.core.postgres import local_urls

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var"))).resolve()
ENVIRONMENT = env.str("CUSTODIAN_ENV", default="development")
if ENVIRONMENT not in {"development", "production"}:
    raise ImproperlyConfigured(f"CUSTODIAN_ENV is {ENVIRONMENT}: it is either development or production.")
PRODUCTION = ENVIRONMENT == "production"
DEBUG = not PRODUCTION and env.bool("DEBUG", default=True)

if PRODUCTION and (
    missing := [
        name
        for name in ("DATABASE_URL", "SECRET_KEY", "ALLOWED_HOSTS", "BROKER_URL")
        if not env.str(name, default="").strip()
    ]
):
    raise ImproperlyConfigured(
        "\n".join(f"{name} is not set: production needs it (see docs/production.md)." for name in missing)
    )

SECRET_KEY = env.str("SECRET_KEY", default="development-only-" + "x" * 50)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000")

# Council

# The demonstration is of an invented council; a real one that has not said its name is not called that.
COUNCIL_NAME = env.str("COUNCIL_NAME", default="The council" if PRODUCTION else "Northmere City Council")
ACCENT_COLOUR = env.str("ACCENT_COLOUR", default="#0b5563")
PROTECTIVE_MARKING = env.str("PROTECTIVE_MARKING", default="OFFICIAL")
# A paper prints its security marking only where the council wants that; its publication status always.
PAPER_MARKINGS = env.bool("PAPER_MARKINGS", default=False)

# Rooms

INSTALLED_APPS = [
    "governance.core",
    "governance.history",
    "governance.figures",
    "governance.people",
    "governance.colours",
    "assets",
    "risks",
    "actions",
    "governance.committees",
    "governance.dashboards",
    "governance.exchange",
    "governance.reminders",
    "governance.demo",
    "simple_history",
    "django_filters",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "governance.core.privacy.NotStoredMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "governance.history.middleware.TrailMiddleware",
    "governance.core.refusals.RefusalMiddleware",
]

ROOT_URLCONF = "governance.urls"
WSGI_APPLICATION = "governance.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "governance.core.context.council",
            ],
            "builtins": ["governance.core.templatetags.core"],
        },
    }
]
FORM_RENDERER = "governance.core.forms.Renderer"

# Database: the application connects as a role that owns nothing; only `migrate` uses the owner.

_local = local_urls(VAR_DIR / "postgres")
DATABASE_URL = env.str("DATABASE_URL", default="")
LOCAL_POSTGRES = not DATABASE_URL
DATABASES: dict[str, Any] = {
    "default": env.db_url_config(DATABASE_URL or _local.application)
    | {"ATOMIC_REQUESTS": True, "CONN_HEALTH_CHECKS": True, "CONN_MAX_AGE": 60}
}
if owner_url := env.str("DATABASE_OWNER_URL", default="" if DATABASE_URL else _local.owner):
    DATABASES["owner"] = env.db_url_config(owner_url)

# People and sign-in

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "governance.people.rules.RuleBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "governance.people.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "governance.people.sign_in_forms.SignInForm",
    "reauthenticate": "governance.people.sign_in_forms.ReauthenticateForm",
    "change_password": "governance.people.sign_in_forms.ChangePasswordForm",
    "reset_password": "governance.people.sign_in_forms.AskForResetForm",
    "reset_password_from_key": "governance.people.sign_in_forms.SetPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
# Guesses are counted by governance.people.models.Guess (docs/decisions): allauth's count is off.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None}
# Django's own: allauth's writes each address into a table that would outlive a change of it.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
# How many reverse proxies stand in front: only their X-Forwarded-For is believed, and 0 believes none.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
MFA_ADAPTER = "governance.people.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "governance.people.sign_in_forms.CodeForm",
    "reauthenticate": "governance.people.sign_in_forms.ReauthenticateCodeForm",
    "activate_totp": "governance.people.sign_in_forms.ActivateForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses are entered by the administrator, not claimed
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Custodian"
MFA_TOTP_TOLERANCE = 1  # a code typed as its half minute ends still counts (RFC 6238, section 5.2)
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
SESSION_ENGINE = "governance.core.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# Codes already used and requests for links are remembered in the database, for all processes alike.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        # At Django's 300 a flood of strangers would push out what must be remembered.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Language and time

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True
FORMAT_MODULE_PATH = "governance.core.formats"

# Static files

STATIC_URL = "static/"
# In production `collectstatic` fills the folder; in development whitenoise serves what is built.
STATIC_ROOT = VAR_DIR / "static" if PRODUCTION else None
WHITENOISE_USE_FINDERS = not PRODUCTION
STATICFILES_DIRS = [BASE_DIR / "static" / "build"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# Security

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    "camera": [],
    "geolocation": [],
    "microphone": [],
    "payment": [],
    "usb": [],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "governance.core.views.stale_token"
SESSION_COOKIE_SAMESITE = "Lax"
if PRODUCTION:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
FILE_UPLOAD_HANDLERS = [
    "governance.core.uploads.UpToTheLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Mail

# Development prints mails. Production drops them until it is told where to: printed, a link that sets a
# password would let everybody in who reads the log.
if EMAIL_URL := env.str("EMAIL_URL", default="" if PRODUCTION else "consolemail://").strip():
    vars().update(env.email_url_config(EMAIL_URL))
else:
    EMAIL_BACKEND = "governance.core.mail.NotSent"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="custodian@localhost")

# The worker. The row is the truth and Celery only wakes (docs/decisions), so results are never kept.

BROKER_FOLDER = VAR_DIR / "broker"
CELERY_BROKER_URL = env.str("BROKER_URL", default="filesystem://")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat" / "schedule")
if CELERY_BROKER_URL.startswith("filesystem:"):
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
        "data_folder_in": str(BROKER_FOLDER / "messages"),
        "data_folder_out": str(BROKER_FOLDER / "messages"),
        "control_folder": str(BROKER_FOLDER / "control"),
        "polling_interval": 0.2,
    }
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 600}
RENDER_LEASE_SECONDS = env.int("RENDER_LEASE_SECONDS", default=300)
RENDER_SWEEP_SECONDS = env.int("RENDER_SWEEP_SECONDS", default=5)
# Published figures are compared with what is known now as often as this, and whenever a paper is issued.
RESTATEMENTS_SECONDS = env.int("RESTATEMENTS_SECONDS", default=900)
SEAL_SECONDS = env.int("SEAL_SECONDS", default=60)
# One digest mail a person a day; the same things are said again after so many days.
DIGEST_EVERY_DAYS = env.int("DIGEST_EVERY_DAYS", default=7)
DIGEST_LEASE_SECONDS = env.int("DIGEST_LEASE_SECONDS", default=120)
DIGEST_SWEEP_SECONDS = env.int("DIGEST_SWEEP_SECONDS", default=30)
# How long background papers stay open to inspection (Local Government Act 1972, section 100D).
BACKGROUND_PAPERS_YEARS = env.int("BACKGROUND_PAPERS_YEARS", default=4)
# The descriptions of exempt information: those for England are shipped.
_schedule_12a = BASE_DIR / "governance" / "committees" / "shipped" / "schedule_12a.toml"
SCHEDULE_12A = Path(env.str("SCHEDULE_12A", default=str(_schedule_12a)))
# Whether anybody may read, without signing in, what committees were given in public.
PUBLISHED_PAPERS = env.bool("PUBLISHED_PAPERS", default=True)
# Files that show what was done on actions: under no address of the web, and in the backup.
EVIDENCE_DIR = Path(env.str("EVIDENCE_DIR", default=str(VAR_DIR / "evidence"))).resolve()
EVIDENCE_PER_ACTION = env.int("EVIDENCE_PER_ACTION", default=100)
EVIDENCE_PER_DAY = env.int("EVIDENCE_PER_DAY", default=200)
# A program that is shown each such file before it is kept, with its options; empty for none.
EVIDENCE_SCANNER = shlex.split(env.str("EVIDENCE_SCANNER", default=""))
EVIDENCE_SCANNER_SECONDS = env.int("EVIDENCE_SCANNER_SECONDS", default=30)
# Files brought in are emptied so many days after the last thing that happened to their batch.
UPLOADS_KEPT_DAYS = env.int("UPLOADS_KEPT_DAYS", default=90)
for _limit, _least in {
    "EVIDENCE_PER_ACTION": "1 file or more may be added",
    "EVIDENCE_PER_DAY": "1 file or more may be added",
    "UPLOADS_KEPT_DAYS": "files are kept for 1 day or more",  # else each night would abandon every batch
    "EVIDENCE_SCANNER_SECONDS": "it is 1 second or more",  # else every file would be refused
    "RENDER_LEASE_SECONDS": "it is 1 second or more",  # else every claim would be over as it is made
    "DIGEST_LEASE_SECONDS": "it is 1 second or more",
    "RENDER_SWEEP_SECONDS": "it is 1 second or more",  # else beat would never rest
    "DIGEST_SWEEP_SECONDS": "it is 1 second or more",
    "RESTATEMENTS_SECONDS": "it is 1 second or more",
    "SEAL_SECONDS": "it is 1 second or more",
}.items():
    if vars()[_limit] < 1:
        raise ImproperlyConfigured(f"{_limit} is {vars()[_limit]}: {_least}.")
CELERY_BEAT_SCHEDULE: dict[str, Any] = {
    "sweep-renderings": {
        "task": "governance.committees.tasks.sweep_renderings",
        "schedule": RENDER_SWEEP_SECONDS,
        # Nobody does again what was asked while the worker was down: the next sweep finds it all.
        "options": {"expires": RENDER_SWEEP_SECONDS},
    },
    "find-restatements": {
        "task": "governance.committees.tasks.find_restatements",
        "schedule": RESTATEMENTS_SECONDS,
        "options": {"expires": RESTATEMENTS_SECONDS},
    },
    "verify-each-night": {
        "task": "governance.committees.tasks.verify_each_night",
        "schedule": crontab(minute="40", hour="2"),
        "options": {"expires": 3600},
    },
    "sweep-verifications": {
        "task": "governance.committees.tasks.sweep_verifications",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "seal-the-trail": {
        "task": "governance.history.tasks.seal_the_trail",
        "schedule": SEAL_SECONDS,
        "options": {"expires": SEAL_SECONDS},
    },
    # Each hour: what was planned is handed over early on its day; a day that was missed is caught up.
    "carry-out-hand-overs": {
        "task": "governance.dashboards.tasks.carry_out_hand_overs",
        "schedule": crontab(minute="10"),
        "options": {"expires": 3600},
    },
    # Each hour of the working day: a morning that was missed is caught up, and nobody gets a second mail.
    "compose-digests": {
        "task": "governance.reminders.tasks.compose_digests",
        "schedule": crontab(minute="5", hour="7-17"),
        "options": {"expires": 3600},
    },
    "empty-files": {
        "task": "governance.exchange.tasks.empty_files",
        "schedule": crontab(minute="20", hour="3"),
        "options": {"expires": 3600},
    },
    "delete-old-drafts": {
        "task": "governance.people.tasks.delete_old_drafts",
        "schedule": crontab(minute="30", hour="3"),
        "options": {"expires": 3600},
    },
    "sweep-digests": {
        "task": "governance.reminders.tasks.sweep_digests",
        "schedule": DIGEST_SWEEP_SECONDS,
        "options": {"expires": DIGEST_SWEEP_SECONDS},
    },
}
