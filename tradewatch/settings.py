"""Settings of the site. What differs between machines comes from the environment; docs/operations.md explains it.

A name that is set to nonsense stops the start with a sentence that says what to write instead: a typing error
in an environment file must never quietly become a default.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from datetime import timedelta
from logging import LogRecord
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


# The environment


def env_text(name: str, default: str, *, choices: tuple[str, ...] = ()) -> str:
    """The text in ``name``, or ``default`` where it is unset or empty; one of ``choices`` where there are any."""
    value = os.environ.get(name, "").strip() or default
    if choices and value not in choices:
        raise ImproperlyConfigured(f"{name} is {value!r}. Use one of: {', '.join(choices)}.")
    return value


def env_bool(name: str, default: bool) -> bool:
    """True or False as ``name`` says it: 1/0, true/false, yes/no, on/off."""
    value = env_text(name, str(default)).lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}, which is neither yes nor no. Use 1 or 0.")


def env_int(name: str, default: int, *, least: int = 0) -> int:
    """The whole number in ``name``, not below ``least``."""
    value = env_text(name, str(default))
    try:
        number = int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {value!r}. Use a whole number, for instance {default}.") from None
    if number < least:
        raise ImproperlyConfigured(f"{name} is {number}. The least it can be is {least}.")
    return number


def env_list(name: str, default: str) -> list[str]:
    """The items of ``name``, which are separated by commas; blanks around them do not count."""
    return [item.strip() for item in env_text(name, default).split(",") if item.strip()]


def env_hosts(name: str, default: str) -> list[str]:
    """The host names in ``name``, without scheme, path or port."""
    hosts = env_list(name, default)
    for host in hosts:
        if "/" in host or (":" in host and not host.startswith("[")):
            raise ImproperlyConfigured(f"{name} holds {host!r}. Write the bare host name, as in trade.example.org.")
        if host == "*":
            raise ImproperlyConfigured(f"{name} holds '*', which lets anyone forge links. Name the hosts.")
    return hosts


def env_folder(name: str, default: Path) -> Path:
    """The folder in ``name``; a relative one counts from the project's own folder."""
    folder = BASE_DIR / env_text(name, str(default))
    if folder.exists() and not folder.is_dir():
        raise ImproperlyConfigured(f"{name} is {str(folder)!r}, which is a file. Name a folder.")
    return folder


def env_secret(name: str, file: Path) -> str:
    """The secret in ``name``, else the one kept in ``file``, which is made on first use and readable by its owner only.

    So no secret is ever shipped or shared by two sites, and a bare machine needs no set-up.
    """
    value = os.environ.get(name, "").strip()
    if value:
        if len(value) < 50 or len(set(value)) < 8:
            raise ImproperlyConfigured(
                f"{name} is too easy to guess. Use 50 random characters or more, for instance what "
                "`python -c 'import secrets; print(secrets.token_urlsafe(48))'` prints."
            )
        return value
    try:
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            # Several workers may start at once: each writes its own file whole, the first link wins, all read that one.
            handle, draft = tempfile.mkstemp(dir=file.parent)
            with os.fdopen(handle, "w", encoding="ascii") as stream:
                stream.write(secrets.token_urlsafe(48))
            try:
                os.link(draft, file)
            except FileExistsError:
                pass
            finally:
                os.unlink(draft)
        value = file.read_text(encoding="ascii").strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name} is not set and {str(file)!r} cannot be used instead ({error.strerror}). Set one of the two right."
        ) from error
    if len(value) < 50:
        raise ImproperlyConfigured(f"{str(file)!r} holds no secret of 50 characters. Delete it to have a new one made.")
    return value


def env_database(name: str, default: Path, *, keep_seconds: int) -> dict[str, Any]:
    """The database at the address in ``name``, PostgreSQL or SQLite; without one, SQLite in the file ``default``."""
    url = os.environ.get(name, "").strip() or f"sqlite:///{default}"
    scheme = url.partition("://")[0]
    if scheme not in {"postgresql", "postgres", "sqlite"}:
        # The address itself stays out of the message: it may hold a password.
        raise ImproperlyConfigured(
            f"{name} begins with {scheme[:20]!r}. Use postgresql://user:password@host:5432/name or sqlite:////folder/file."
        )
    try:
        database: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=keep_seconds, conn_health_checks=True))
    except ValueError:
        raise ImproperlyConfigured(
            f"{name} cannot be read as an address. Percent-encode special characters in the user name and the password."
        ) from None
    if not database["NAME"]:
        raise ImproperlyConfigured(f"{name} names no database. Add it: {scheme}://…/name.")
    if scheme == "sqlite":
        Path(database["NAME"]).parent.mkdir(parents=True, exist_ok=True)
        database["OPTIONS"] = {
            # Seconds a writer waits for another one before it gives up.
            "timeout": 20,
            # The write lock is taken as a transaction begins: upgrading a read lock fails at once, without waiting.
            "transaction_mode": "IMMEDIATE",
            # Readers go on while a writer writes. With WAL, NORMAL survives a killed process without a sync each time.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        }
    return database


def env_mail(name: str) -> dict[str, Any]:
    """Django's settings for the mail server at the address in ``name``; without one, letters are printed to the log."""
    url = os.environ.get(name, "").strip()
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    # The address itself stays out of the messages: it may hold a password.
    schemes = {"smtp": 587, "smtps": 465, "smtp+plain": 25}
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ImproperlyConfigured(
            f"{name} cannot be read as an address. Percent-encode special characters in the user name and the password."
        ) from None
    if parts.scheme not in schemes:
        raise ImproperlyConfigured(
            f"{name} begins with {url.partition('://')[0][:20]!r}. Use smtp://user:password@host:587 (STARTTLS), "
            "smtps://… (encrypted from the start) or smtp+plain://host:25 (not encrypted, for a relay on this machine)."
        )
    if not parts.hostname:
        raise ImproperlyConfigured(f"{name} names no mail server. Add it: {parts.scheme}://user:password@host.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or schemes[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }


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
