"""Settings: everything an installation may change comes from the environment (see docs/operation.md)."""

from __future__ import annotations

import secrets
from datetime import timedelta
from pathlib import Path

import environ

from bihuan.config.directory import directory_backends
from bihuan.config.doors import doors
from bihuan.config.following import SHORT_QUESTIONS, following
from bihuan.config.given import TALKATIVE, with_password

env = environ.Env()

HOME = Path(__file__).resolve().parents[2]
DATA = Path(env.str("BIHUAN_DATA", default="data")).resolve()
DATA.mkdir(parents=True, exist_ok=True)


def _secret_key() -> str:
    """A key of this installation's own, made on first use and kept beside the data, never in the code."""
    given = env.str("BIHUAN_SECRET_KEY", default="")
    if given:
        return given
    kept = DATA / "secret.key"
    if not kept.exists():
        fresh = kept.with_suffix(f".{secrets.token_hex(4)}")
        fresh.write_text(secrets.token_urlsafe(48))
        fresh.chmod(0o600)
        try:
            kept.hardlink_to(fresh)
        except FileExistsError:
            pass
        fresh.unlink()
    return kept.read_text().strip()


SECRET_KEY = _secret_key()
DEBUG = env.bool("BIHUAN_DEBUG", default=False)
DEMO = env.bool("BIHUAN_DEMO", default=(DATA / "demo").exists())
ALLOWED_HOSTS = env.list("BIHUAN_HOSTS", default=["127.0.0.1", "localhost", "[::1]", "testserver"])
CSRF_TRUSTED_ORIGINS = env.list("BIHUAN_ORIGINS", default=[])
BEHIND_HTTPS = env.bool("BIHUAN_HTTPS", default=False)

#: a new area is one more word here
AREAS = [f"bihuan.areas.{area}" for area in ("ledgers", "inspection", "onsite", "outcome", "joint")]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
    "bihuan.ui",
    "bihuan.paper",
    "bihuan.record",
    "bihuan.org",
    "bihuan.notify",
    "bihuan.documents",
    "bihuan.publication",
    "bihuan.problems",
    *AREAS,
    "bihuan.desk",
    "bihuan.config",
]

MIDDLEWARE = [
    "bihuan.config.logs.watch",
    "bihuan.ui.middleware.unseen",
    "django.middleware.security.SecurityMiddleware",
    "bihuan.ui.middleware.headers",
    "bihuan.ui.middleware.methods",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "bihuan.org.middleware.who_and_when",
    "bihuan.record.middleware.once",
    "bihuan.ui.middleware.refusals",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "bihuan.config.urls"
WSGI_APPLICATION = "bihuan.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["bihuan.ui.templatetags.once"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "bihuan.ui.context.frame",
            ],
        },
    }
]

_DEFAULT_DB = f"sqlite:///{DATA / 'bihuan.sqlite3'}"
DATABASES = {"default": with_password("DATABASE_URL", lambda: env.db("DATABASE_URL", default=_DEFAULT_DB))}
_db = DATABASES["default"]
if _db["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a writer queues at BEGIN instead of failing in the middle; WAL: readers never wait.
    # FULL: what was acknowledged is on the disk, also when the power fails (ADR 0018); reading costs nothing more.
    # Acknowledged is durable. Only tests, which lose nothing, say something else.
    _sync = env.str("BIHUAN_SQLITE_SYNCHRONOUS", default="FULL")
    _db["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": f"PRAGMA journal_mode=WAL;PRAGMA synchronous={_sync};PRAGMA mmap_size=134217728;"
        "PRAGMA cache_size=-32000;",
    }
else:
    _db["CONN_HEALTH_CHECKS"] = True
    _db.setdefault("OPTIONS", {}).setdefault("options", SHORT_QUESTIONS)
# Opening a database anew for every request costs SQLite the reading of its schema, PostgreSQL a process.
_db["CONN_MAX_AGE"] = env.int("BIHUAN_DB_KEEP_SECONDS", default=60)

_replica = env.str("DATABASE_REPLICA_URL", default="")
if _replica:
    DATABASES["replica"] = following(env.db_url_config(_replica), _db)
    DATABASE_ROUTERS = ["bihuan.record.replica.Router"]
#: A figure waits this many seconds for the replica to have what was acknowledged before it was asked for.
REPLICA_LAG_SECONDS = env.float("BIHUAN_REPLICA_LAG_SECONDS", default=2)

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # Shared by all processes: lock-outs and rate limits must count across them.
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
WHITENOISE_ALLOW_ALL_ORIGINS = False

#: Stored files live here, never below a served folder: every request for one is checked.
FILES_ROOT = DATA / "files"
#: Or in an S3-compatible store, for several machines: s3://bucket/prefix (see docs/operation.md).
FILES_S3 = env.str("BIHUAN_FILES_S3", default="")
S3_ENDPOINT = env.str("BIHUAN_S3_ENDPOINT", default="")
#: Keys that must not travel with the database or its backups: put them on another disk where there is one.
KEYS_ROOT = Path(env.str("BIHUAN_KEYS", default=str(DATA / "keys")))
FILE_LIMIT_MB = env.int("BIHUAN_FILE_LIMIT_MB", default=50)
#: A worker that is silent for longer loses its job to another.
JOB_LEASE_SECONDS = env.int("BIHUAN_JOB_LEASE_SECONDS", default=120)
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

AUTH_USER_MODEL = "org.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
#: Passwords of the group's directory (LDAP); off without an address. Needs requirements/ldap.in. See docs/operation.md.
LDAP_URL = env.str("BIHUAN_LDAP_URL", default="")
LDAP_STARTTLS = env.bool("BIHUAN_LDAP_STARTTLS", default=False)
LDAP_BIND_DN = env.str("BIHUAN_LDAP_BIND_DN", default="")
LDAP_BIND_PASSWORD = env.str("BIHUAN_LDAP_BIND_PASSWORD", default="")
LDAP_BASE = env.str("BIHUAN_LDAP_BASE", default="")
LDAP_FILTER = env.str("BIHUAN_LDAP_FILTER", default="(uid=%(user)s)")
LDAP_STAFF_NO = env.str("BIHUAN_LDAP_STAFF_NO", default="employeeNumber")
if LDAP_URL:
    AUTHENTICATION_BACKENDS += directory_backends(LDAP_URL, starttls=LDAP_STARTTLS)
LOGIN_URL = "/signin/"
#: Programs come in here, with an access token and without a session (see docs/api.md).
API_PREFIX = "/api/"
#: No token lives longer than this; who opens one says how long.
TOKEN_MOST_DAYS = env.int("BIHUAN_TOKEN_DAYS", default=365)
#: Wrong tokens from one place within five minutes, before it is not listened to any more.
TOKEN_MOST_GUESSES = env.int("BIHUAN_TOKEN_GUESSES", default=100)
CSRF_FAILURE_VIEW = "bihuan.ui.errors.csrf_failure"
PASSWORD_HASHERS = [f"django.contrib.auth.hashers.{name}PasswordHasher" for name in ("Argon2", "PBKDF2")]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "bihuan.org.passwords.LongEnough", "OPTIONS": {"least": 10}},
    {"NAME": "bihuan.org.passwords.MixedEnough", "OPTIONS": {"kinds": 3}},
    {"NAME": "bihuan.org.passwords.NotTheName"},
    {"NAME": "bihuan.org.passwords.NotTheLast"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
#: A new password differs from so many before it, the one in force among them.
PASSWORD_HISTORY = env.int("BIHUAN_PASSWORD_HISTORY", default=5)
# The doors for people without an account: how often somebody may knock, and how large a file may be.
vars().update(doors(env))
#: So many days a password serves; 0: until its owner changes it.
PASSWORD_DAYS = env.int("BIHUAN_PASSWORD_DAYS", default=0)
#: Roles whose people need a second step at the sign-in. In the demo group nobody does until somebody wants to see it.
SECOND_STEP_ROLES = env.list(
    "BIHUAN_SECOND_STEP", default=[] if DEMO else ["system_admin", "security_admin", "audit_admin"]
)
#: Keys that close stored secrets, newest first; without them they stand in a file (see record.strongbox).
STRONGBOX_KEYS = env.list("BIHUAN_STRONGBOX_KEYS", default=[])
#: Sign-in through the group's own provider (OpenID Connect); off without an issuer. See docs/operation.md.
OIDC_ISSUER = env.str("BIHUAN_OIDC_ISSUER", default="").rstrip("/")
OIDC_CLIENT_ID = env.str("BIHUAN_OIDC_CLIENT_ID", default="")
OIDC_CLIENT_SECRET = env.str("BIHUAN_OIDC_CLIENT_SECRET", default="")
OIDC_CLAIM = env.str("BIHUAN_OIDC_CLAIM", default="preferred_username")
OIDC_SCOPE = env.str("BIHUAN_OIDC_SCOPE", default="openid profile")
OIDC_LABEL = env.str("BIHUAN_OIDC_LABEL", default="统一身份认证")
SESSION_COOKIE_AGE = env.int("BIHUAN_SESSION_MINUTES", default=30) * 60
SESSION_ENGINE = "bihuan.org.sessions"
#: However busy somebody is, after so long they show again who they are; 0: never.
SESSION_MOST_SECONDS = env.int("BIHUAN_SESSION_HOURS", default=12) * 3600
#: So many sign-ins of one account may be open at once, the quietest one ends; 0: as many as there are.
SESSION_MOST_OPEN = env.int("BIHUAN_SESSION_PLACES", default=0)
# The term is renewed once a minute by org.middleware, so that reading a page does not write.
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_HTTPS else None
if BEHIND_HTTPS:
    # A browser takes cookies of these names over TLS only, and from this very host only.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
#: So long a browser comes back over TLS only. Not for the names below ours: they are not this house's to decide.
SECURE_HSTS_SECONDS = env.int("BIHUAN_HSTS_DAYS", default=365) * 24 * 3600 if BEHIND_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("BIHUAN_HSTS_SUBDOMAINS", default=False)
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
#: For houses where many share a computer: no page of anybody stays in a browser's cache.
NO_STORE = env.bool("BIHUAN_NO_STORE", default=False)
X_FRAME_OPTIONS = "DENY"

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_USERNAME_CALLABLE = "bihuan.org.web.signin.counted_name"
# It keeps the form of a wrong try until it succeeds: not what was typed into it, nor where it was to lead.
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code", "next", "csrfmiddlewaretoken"]
AXES_RESET_ON_SUCCESS = True
# Failing again while locked does not make the lock longer: nobody can hold a name locked for ever.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "bihuan.org.web.signin.locked_out"
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_DISABLE_ACCESS_LOG = True  # the record keeps visits, without addresses
AXES_CLIENT_IP_CALLABLE = "bihuan.org.web.signin.no_address"
AXES_VERBOSE = False

EMAIL_CONFIG = with_password("EMAIL_URL", lambda: env.email_url("EMAIL_URL", default="consolemail://"))
vars().update(EMAIL_CONFIG)
#: Without a mail server in the environment nothing is sent by mail; notices stay in the product.
MAIL_ON = bool(env.str("EMAIL_URL", default=""))
#: Where the digest of the record goes every evening: people who cannot reach this system.
DIGEST_TO = env.list("BIHUAN_DIGEST_TO", default=[])
DEFAULT_FROM_EMAIL = env.str("BIHUAN_MAIL_FROM", default="bihuan@localhost")
#: Where 企业微信, 钉钉 or 飞书 stand in the house itself: `wecom=https://…,feishu=https://…`. Otherwise the public ones.
ROBOT_HOSTS = env.dict("BIHUAN_ROBOT_HOSTS", default={})
PUBLIC_URL = env.str("BIHUAN_URL", default="http://127.0.0.1:8000")
#: Hosts, addresses or networks inside the house that events may be pushed to (erp.example.com, 10.0.0.0/8);
#: everything else must be a public address and https.
WEBHOOK_HOSTS = env.list("BIHUAN_WEBHOOK_HOSTS", default=[])
#: A receiver that has failed for so long is paused, and its owner is told; nothing is lost by it.
WEBHOOK_PATIENCE_DAYS = env.int("BIHUAN_WEBHOOK_PATIENCE_DAYS", default=3)

#: A worker that has not been seen for this long does not count as working.
SILENT_AFTER = timedelta(minutes=2)
#: Whoever brings this token may read /metrics; empty: there is no such page.
METRICS_TOKEN = env.str("BIHUAN_METRICS_TOKEN", default="")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "bihuan.config.logs.JsonLines"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["out"], "level": env.str("BIHUAN_LOG", default="WARNING")},
    "loggers": {
        "bihuan": {"level": env.str("BIHUAN_LOG", default="INFO")},
        # a line for every answer is for installations that collect them
        "bihuan.access": {"level": env.str("BIHUAN_ACCESS_LOG", default="WARNING")},
        **{name: {"level": "WARNING"} for name in TALKATIVE},
    },
}
# The proxy leads to https (docs/recipes): a health check in the house asks without (security.W008). The names below
# ours and the lists of the browsers (W005, W021) are the group's to decide, not this product's.
# X-Frame-Options comes from ui.middleware (W002).
# W006: a shared office address must not lock out its neighbours, so the count is per sign-in name.
SILENCED_SYSTEM_CHECKS = ["axes.W003", "axes.W006", *(f"security.W{n:03}" for n in (2, 5, 8, 21))]
