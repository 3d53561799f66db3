"""Settings of the site. What differs between machines comes from the environment; docs/operations.md explains it."""

from __future__ import annotations

from datetime import timedelta
from logging import LogRecord

from csp.constants import NONE, SELF

from tradewatch.environment import (
    BASE_DIR,
    env_bool,
    env_database,
    env_folder,
    env_hosts,
    env_int,
    env_mail,
    env_secret,
    env_text,
)

DEBUG = env_bool("TRADEWATCH_DEBUG", False)
HTTPS = env_bool("TRADEWATCH_HTTPS", False)
PROXIES = env_int("TRADEWATCH_PROXIES", 0)
VAR_DIR = env_folder("TRADEWATCH_VAR", BASE_DIR / "var")
SECRET_KEY = env_secret("TRADEWATCH_SECRET_KEY", VAR_DIR / "secret_key")
# A probe on the machine itself asks by these names; nobody elsewhere can be sent to them.
ALLOWED_HOSTS = [*env_hosts("TRADEWATCH_HOSTS", "localhost"), "localhost", "127.0.0.1", "[::1]"]


# The application

INSTALLED_APPS = [
    "targets.apps.TargetsConfig",
    "tradewatch.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    # WhiteNoise serves static files under `runserver` too, so that development and production do not differ.
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "csp",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "simple_history",
    "django_htmx",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Compression beside a secret can give the secret away (BREACH). Public pages carry none; on the desk the one
    # secret is the CSRF token, which Django masks anew in each answer, and this middleware pads answers at random.
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Knows whether who is signed in gave a second factor.
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "targets.views.errors.explained_refusals",
    # Last, so that it sees the answer of the login view as it was made.
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "tradewatch.urls"
WSGI_APPLICATION = "tradewatch.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {
    "default": env_database(
        "DATABASE_URL",
        VAR_DIR / "db.sqlite3",
        # Opening a PostgreSQL connection costs more than a page; health checks replace those that broke meanwhile.
        keep_seconds=env_int("TRADEWATCH_CONN_MAX_AGE", 600),
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Addresses that are typed without a scheme become https. Django 6 makes this the only way and drops the setting.
FORMS_URLFIELD_ASSUME_HTTPS = True

MEDIA_ROOT = VAR_DIR / "uploads"

# Nobody publishes what they submitted or edited last themselves.
FOUR_EYES = env_bool("TRADEWATCH_FOUR_EYES", True)

# Bytes of a file that is uploaded for import; the command takes larger ones.
LARGEST_IMPORT = env_int("TRADEWATCH_IMPORT_MB", 100, least=1) * 1024**2

# Where readers report errors; the page "About" names it.
CONTACT = env_text("TRADEWATCH_CONTACT", "")

LOG_LEVEL = env_text("TRADEWATCH_LOG_LEVEL", "INFO", choices=("DEBUG", "INFO", "WARNING", "ERROR"))


def _without_trace(record: LogRecord) -> bool:
    record.exc_info = None
    return True


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    # A forged name is the sender's doing: one line says it, the way through our code adds nothing.
    "filters": {"without_trace": {"()": "django.utils.log.CallbackFilter", "callback": _without_trace}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        # Django's own handlers for this name write by mail or only while debugging; one line on the console is enough.
        "django": {"handlers": ["console"], "level": LOG_LEVEL, "propagate": False},
        "django.security.DisallowedHost": {"filters": ["without_trace"]},
        # Below this level every request repeats what the settings are.
        "axes": {"level": "WARNING"},
        # What it has to say of a damaged document is said to whoever uploaded it.
        "pypdf": {"level": "CRITICAL"},
        # Django leaves it to the server to drop the body of an answer to HEAD; gunicorn does, and warns each time.
        "gunicorn.http.wsgi": {"level": "ERROR"},
    },
}

# Letters: invitations, and links for choosing a new password.
globals().update(env_mail("TRADEWATCH_MAIL"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env_text("TRADEWATCH_MAIL_FROM", f"tradewatch@{ALLOWED_HOSTS[0]}")

# Known to all processes of this machine: how often an address asked for a letter.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
    # Charts as files, until the data change. A large one has 300 kB, so that they never take more than 600 MB.
    "charts": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "charts",
        "TIMEOUT": 24 * 60 * 60,
        "OPTIONS": {"MAX_ENTRIES": 2_000},
    },
}


# Languages and time

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ru", "Русский")]
FORMAT_MODULE_PATH = "tradewatch.formats"
LOCALE_PATHS = [BASE_DIR / "tradewatch" / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True


# Static files

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "tradewatch.finders.PlotlyFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Collected files carry a hash in their name, so browsers may keep them for ever. While debugging, WhiteNoise
    # reads the originals and nothing needs to be collected.
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# Half the work of collecting; it also shows at once where a page forgets to ask for a file by its hashed name.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True


# Signing in

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "admin:login"
# For how long an invitation and a link for choosing a new password can be followed; each of them once.
PASSWORD_RESET_TIMEOUT = int(timedelta(days=3).total_seconds())

# Everybody may have a second factor: a code of an app beside the password. Who must have one?
SECOND_FACTOR = env_text("TRADEWATCH_SECOND_FACTOR", "offered", choices=("offered", "editors", "everyone"))
OTP_TOTP_ISSUER = "Tradewatch"

# Ten wrong passwords for one name, or from one address, close the door to that name or address for an hour.
AXES_FAILURE_LIMIT = 10
AXES_LOCKOUT_PARAMETERS = ["username", "ip_address"]
AXES_COOLOFF_TIME = timedelta(hours=1)
# A stranger who goes on guessing must not keep the owner of the name out for ever.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
# Colleagues often share one address: somebody who signs in proves that it is not an attacker's.
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "admin/locked_out.html"
AXES_CLIENT_IP_CALLABLE = "tradewatch.proxies.client_address"
AXES_VERBOSE = False
# What was typed stays out of its notes.
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code"]
# The desk shows what it notes, and changes nothing of it.
AXES_ENABLE_ADMIN = False

SESSION_ENGINE = "tradewatch.sessions"
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True


# What browsers may do with our pages

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True

SECURE_SSL_REDIRECT = HTTPS
# Probes come over plain http from the machine itself and must get an answer, not a redirect.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env_int("TRADEWATCH_HSTS_SECONDS", 31_536_000) if HTTPS else 0
# Whether sites beneath this name speak https too, and whether browsers should be told for good, is for the owner
# of the name to say, not for one site under it.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
if PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
