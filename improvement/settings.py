"""Settings, from the environment alone. Without any, Waymark runs for this machine only, from `var/`.

`PUBLIC_URL` decides how strict everything is: an `https://` address switches on what a public server needs; plain
`http://` is accepted for this machine (127.0.0.1, localhost) and refused for any other name.
"""

import secrets
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError, validate

BASE_DIR = Path(__file__).resolve().parent.parent
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
KEY_LENGTH = 50

env = Env()


def refuse(sentence: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"Waymark cannot start: {sentence}")


def kept_secret_key(directory: Path) -> str:
    """The key of this installation when none is given: made once, kept where only its owner reads it."""
    path = directory / "secret-key"
    if not path.exists():
        directory.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(KEY_LENGTH))
    return path.read_text().strip()


try:
    VAR_DIR = env.path("VAR_DIR", BASE_DIR / "var")
    DEBUG = env.bool("DEBUG", False)
    PUBLIC_URL = env.str("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
    SECRET_KEY = env.str("SECRET_KEY", "") or kept_secret_key(VAR_DIR)
    DATABASES = {
        "default": env.dj_db_url(
            "DATABASE_URL",
            f"sqlite:///{VAR_DIR / 'waymark.sqlite3'}",
            conn_max_age=60,
            conn_health_checks=True,
        )
    }
    EMAIL = env.dj_email_url("EMAIL_URL", "file://")
    DEFAULT_FROM_EMAIL = env.str("FROM_EMAIL", "Waymark <no-reply@localhost>")
    SESSION_COOKIE_AGE = env.int("SESSION_HOURS", 12, validate=validate.Range(min=1, max=24)) * 3600
    REPORT_SECONDS = env.int("REPORT_SECONDS", 120, validate=validate.Range(min=5, max=3600))
    REPORT_MEMORY_MB = env.int("REPORT_MEMORY_MB", 1500, validate=validate.Range(min=256, max=64_000))
    EVIDENCE_LARGEST = env.int("EVIDENCE_MB", 10, validate=validate.Range(min=1, max=100)) * 1024 * 1024
    LOG_LEVEL = env.str("LOG_LEVEL", "INFO", validate=validate.OneOf(["DEBUG", "INFO", "WARNING", "ERROR"]))
except (EnvError, ValueError) as error:
    raise refuse(f"a setting in the environment does not make sense. {error}") from error

_address = urlsplit(PUBLIC_URL)
if _address.scheme not in ("http", "https") or not _address.hostname:
    raise refuse("PUBLIC_URL must be a whole address such as https://waymark.example.gov.uk")
HTTPS = _address.scheme == "https"
AT_HOME = _address.hostname in ("127.0.0.1", "localhost", "::1")
if not HTTPS and not AT_HOME:
    raise refuse(
        f"PUBLIC_URL for {_address.hostname} must begin with https://, or passwords would travel in clear"
    )
_weak_key = (
    len(SECRET_KEY) < KEY_LENGTH or len(set(SECRET_KEY)) < 5 or SECRET_KEY.startswith("django-insecure")
)
if _weak_key:
    _more = " DEBUG is on as well, which would show it to anyone." if DEBUG else ""
    raise refuse(
        f"SECRET_KEY is weak: give at least {KEY_LENGTH} random characters, or none to have one made.{_more}"
    )
if DEBUG and not AT_HOME:
    raise refuse(
        "DEBUG shows settings and data to visitors, so it works only while PUBLIC_URL is this machine's"
    )
_engine = DATABASES["default"]["ENGINE"].rsplit(".", 1)[-1]
if _engine not in ("sqlite3", "postgresql"):
    raise refuse("DATABASE_URL must begin with sqlite:/// or postgres://")
if _engine == "sqlite3":
    # Without WAL, IMMEDIATE and a timeout two writers at once lose an update or meet "database is locked".
    # Without recursive triggers INSERT OR REPLACE removes a row of an append-only table unasked.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
        "PRAGMA recursive_triggers=ON;",
    }

ALLOWED_HOSTS = list(LOOPBACK) if AT_HOME else [_address.hostname]
INSTALLED_APPS = [
    "reports",
    "boards",
    "recommendations",
    "improvement",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "csp",
    "django_filters",
    "django_htmx",
    "django_structlog",
    "django_tables2",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "improvement.middleware.SignInRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "improvement.middleware.private_pages",
    "improvement.middleware.plain_refusals",
]
ROOT_URLCONF = "improvement.urls"
WSGI_APPLICATION = "improvement.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
FORM_RENDERER = "improvement.forms.WaymarkRenderer"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

# Language and time: British dates, so that 01/02 is 1 February. Times are stored in UTC, shown in London.
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

# Who may come in.
AUTH_USER_MODEL = "improvement.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
PASSWORD_RESET_TIMEOUT = 3600
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "improvement.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False  # Many sign in on shared computers.
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "10/5m/key,60/5m/ip",
    "reset_password": "20/m/ip,5/h/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
}
# The limits count in a cache that every process shares.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "waymark_cache"}}

# What leaves the server.
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if env.bool("BEHIND_PROXY", False):
    # Only a proxy that overwrites this header may be trusted with it.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_FAILURE_VIEW = "improvement.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
# So much that a form can say what is too long, with everything that was typed still in it.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

# Files.
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": VAR_DIR / "files",
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# One file at a time, and what is past its limit is cut off while it comes in.
# The largest file of any form: each form says its own limit, and a plan may be larger than a piece of evidence.
UPLOAD_LARGEST = max(EVIDENCE_LARGEST, 20 * 1024 * 1024)
FILE_UPLOAD_HANDLERS = [
    "improvement.stored_files.NoMoreThanNeeded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FILES = 1
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# The ledger's head is also written here, outside the database, so that a shortened ledger is noticed.
LEDGER_HEAD_FILE = env.path("LEDGER_HEAD_FILE", VAR_DIR / "ledger-head")

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
# What a worker has done once an hour: jobs that do only what is due, however often they are asked.
EVERY_HOUR = ("boards.chasing.job.tick",)
# Who is told that a job was given up, with what the job was given: somebody may be waiting for it.
WHEN_GIVEN_UP = {
    "recommendations.intake.job.read_file": "recommendations.intake.job.reading_given_up",
    "recommendations.intake.job.load_file": "recommendations.intake.job.loading_given_up",
}

EMAIL_BACKEND = EMAIL["EMAIL_BACKEND"]
EMAIL_FILE_PATH = EMAIL["EMAIL_FILE_PATH"] or str(VAR_DIR / "mail")
EMAIL_HOST = EMAIL.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = EMAIL.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = EMAIL.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = EMAIL.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = EMAIL.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = EMAIL.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "improvement.logs.LineFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django.server": {"handlers": ["stderr"], "propagate": False},
        # It says each time that it looked for a job and found none.
        "django_tasks_db": {"level": "WARNING"},
    },
}
