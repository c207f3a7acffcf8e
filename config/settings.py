"""One settings module, read from the environment. A bad value stops the start and names
its variable."""

import logging
import os
import secrets
import sys
from pathlib import Path
from typing import Any

import structlog
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from whitenoise.compress import Compressor

from config import commands, env, version, zones

zones.take_the_newest()
BASE_DIR = Path(__file__).resolve().parent.parent
TESTING = "pytest" in sys.modules
DEBUG = env.flag("DEBUG", False)
DEMO = env.flag("EVENHAND_DEMO", False)
RELEASE = version.release()
DATA_DIR = Path(env.text("EVENHAND_DATA", str(BASE_DIR / "var"))).expanduser().absolute()
BEHIND_TLS_PROXY = env.flag("BEHIND_TLS_PROXY", False)
_HAS_SERVER = bool(env.text("DATABASE_URL", ""))
_HAS_FOLDER = (DATA_DIR / "postgres" / "PG_VERSION").exists()
_NEEDS_NO_DATABASE = commands.needs_no_database(sys.argv, has_server=_HAS_SERVER, has_folder=_HAS_FOLDER)
WITHOUT_DATABASE = _NEEDS_NO_DATABASE and not (_HAS_SERVER or TESTING)
# Django's own server on loopback never speaks TLS, so that secure cookies and redirects
# would lead nowhere.
_SPEAKS_NO_TLS = commands.serves_plainly_on_loopback(sys.argv) and not BEHIND_TLS_PROXY
_DEVELOPS = DEBUG or _SPEAKS_NO_TLS


# --- secrets and hosts -------------------------------------------------------
def _secret_key(given: str) -> str:
    """The given key, or one kept in the data folder where nothing faces a network yet.

    A command that needs no database signs nothing that lasts, and gets a key that is
    thrown away. A web server or worker in production (neither DEBUG nor the demo)
    refuses a missing or weak key.
    """
    if given:
        if not (DEBUG or TESTING) and (len(given) < 32 or len(set(given)) < 8):
            raise ImproperlyConfigured("SECRET_KEY is too weak: use at least 32 random characters")
        return given
    if TESTING or DEBUG:
        return "a key for tests and development only, never for a server"
    if commands.is_manage(sys.argv) and _NEEDS_NO_DATABASE:
        return secrets.token_urlsafe(48)
    if commands.is_manage(sys.argv) and not env.text("DATABASE_URL", ""):
        return env.kept_key(DATA_DIR)
    raise ImproperlyConfigured("SECRET_KEY is missing: set it to at least 32 random characters")


SECRET_KEY = _secret_key(env.text("SECRET_KEY", ""))
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", ["127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS = env.origins("CSRF_TRUSTED_ORIGINS")
# Where people reach this installation: what mail links to.
_LOOPBACK = f"127.0.0.1:{env.whole('PORT', 8000, least=1)}"
_REACHED_AT = [*CSRF_TRUSTED_ORIGINS, f"http://{_LOOPBACK}"]
SITE_URL = env.text("SITE_URL", "") or _REACHED_AT[0]
SITE_URL = SITE_URL.rstrip("/")

# --- applications ------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "django_structlog",
    "pgtrigger",
    "pghistory",
    "audit",
    "accounts",
    "notices",
    "rubrics",
    "candidates",
    "scorecards",
    "debriefs",
    "packets",
    "files",
    "privacy",
    "operations",
    "workbench",
    "samples",
]
# Where the room `operations` finds PostgreSQL's own programs: a function that names their folder.
POSTGRES_PROGRAMS = "config.postgres.programs"
MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",  # first, so that every answer carries the policy, also a refused host's
    "operations.middleware.HealthMiddleware",  # a probe speaks plain HTTP and knows no host name
    "config.limits.RequestSizeMiddleware",
    "config.unusable.UnusableInputMiddleware",
    "config.overtaken.OvertakenMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.compression.PageCompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "accounts.middleware.FirstAccountMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "accounts.middleware.PersonMiddleware",
    "scorecards.middleware.GuestMiddleware",  # before the next one: to their one interview guests count as signed in
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.logs.PathOnlyMiddleware",
    "accounts.middleware.HistoryMiddleware",
    "accounts.middleware.PrivateResponseMiddleware",
    "django_ratelimit.middleware.RatelimitMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
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
                "accounts.context.navigation",
                "accounts.context.signing_in",
                "accounts.context.mail",
                "accounts.context.release",
                "accounts.context.guide",
            ],
            "builtins": [
                "accounts.templatetags.addresses",
                "accounts.templatetags.controls",
                "accounts.templatetags.page_header",
                "accounts.templatetags.pictures",
                "accounts.templatetags.pieces",
            ],  # for nearly every page
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False


# --- database ----------------------------------------------------------------
def _database_url() -> str:
    """DATABASE_URL, else the embedded server of EVENHAND_DATA, started if a command
    needs it."""
    given = env.text("DATABASE_URL", "")
    if given:
        return given
    if WITHOUT_DATABASE:
        return "postgresql://no-database-needed/evenhand"
    from config import embedded

    try:
        return embedded.database_url(DATA_DIR)
    except embedded.EmbeddedFailed as error:
        raise ImproperlyConfigured(str(error)) from error


_database = env.postgresql("DATABASE_URL", _database_url())
# Migrations may have a role of their own, which owns the tables; the role of
# DATABASE_URL then gets from them what web and worker need.
_OWNER = env.text("MIGRATE_DATABASE_URL", "")
if _OWNER and not _HAS_SERVER:
    raise ImproperlyConfigured("MIGRATE_DATABASE_URL needs DATABASE_URL, the address for web and worker")
RUNTIME_ROLE, RUNTIME_PASSWORD = "", ""
if _OWNER and commands.acts_as_owner(sys.argv):
    RUNTIME_ROLE, RUNTIME_PASSWORD = _database["USER"], _database["PASSWORD"]
    _database = env.postgresql("MIGRATE_DATABASE_URL", _OWNER)
DATABASES = {
    "default": {
        **_database,
        "ATOMIC_REQUESTS": True,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**_database.get("OPTIONS", {}), "application_name": f"evenhand-{os.getpid()}"},
    }
}
_SERVES_WEB = not TESTING and "gunicorn" in Path(sys.argv[0]).parts[-2:]
# What each connection begins with, before what its address asks for. The just-in-time
# compiler takes longer over our statements than it saves. The database's own guess of what
# a look into an index costs is of turning disks, so that it reads whole tables instead. The
# triggers' library catches an exception at each change where its setting is missing.
_options = DATABASES["default"]["OPTIONS"]
_session = ["-c jit=off", "-c random_page_cost=1.1", "-c pgtrigger.ignore={}", _options.get("options", "")]
_options.setdefault("connect_timeout", 2 if _SERVES_WEB else 10)
if _SERVES_WEB:
    # Each thread keeps its connection. A host that is gone without a word is noticed.
    DATABASES["default"] |= {"ENGINE": "config.database", "CONN_MAX_AGE": 600}
    for _name, _value in {"keepalives_idle": 2, "keepalives_interval": 1, "keepalives_count": 2}.items():
        _options.setdefault(_name, _value)
    _options.setdefault("tcp_user_timeout", 3000)
# No page may hold a connection for longer; the worker's and the commands' statements
# may take what they need.
if _seconds := env.whole("DATABASE_STATEMENT_SECONDS", 30 if _SERVES_WEB else 0):
    _session.append(f"-c statement_timeout={_seconds * 1000}")
_options["options"] = " ".join(filter(None, _session))
# Lists may be read on a replica (`accounts.replica`), which only the web server shows.
_REPLICA = env.text("DATABASE_REPLICA_URL", "")
if _REPLICA and not _HAS_SERVER:
    raise ImproperlyConfigured("DATABASE_REPLICA_URL needs DATABASE_URL, the address of the primary")
REPLICA_DATABASE = {}  # what differs from the primary; the status asks it from a command, too
if _REPLICA:
    _replica = env.postgresql("DATABASE_REPLICA_URL", _REPLICA)
    _asks = _options | _replica.get("OPTIONS", {}) | {"options": _options["options"]}
    REPLICA_DATABASE = _replica | {"OPTIONS": _asks}
if _REPLICA and _SERVES_WEB:
    _own_parts = {"ENGINE": "config.database", "ATOMIC_REQUESTS": False}
    DATABASES["replica"] = DATABASES["default"] | REPLICA_DATABASE | _own_parts
    DATABASE_ROUTERS = ["accounts.replica.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- people ------------------------------------------------------------------
SECURE_COOKIES = env.flag("SECURE_COOKIES", not (_DEVELOPS or DEMO or TESTING))
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.PeopleBackend"]
PASSWORD_HASHERS = [
    "accounts.hashers.FrugalArgon2Hasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in [
        ("UserAttributeSimilarityValidator", {"user_attributes": ("email", "name")}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    ]
] + [{"NAME": "accounts.published.PublishedPasswordValidator"}]
LOGIN_REDIRECT_URL = "home"
LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "accounts.adapter.ClosedAdapter"
SOCIALACCOUNT_ADAPTER = "accounts.adapter.ClosedSocialAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_FORMS = {
    "login": "accounts.adapter.SignInForm",
    "reset_password": "accounts.adapter.ResetForm",
    "reset_password_from_key": "accounts.adapter.NewPasswordForm",
    "change_password": "accounts.adapter.PasswordChangeForm",
}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PREVENT_ENUMERATION = True
# The address is what keeps a colleague from their own application, so it is the
# administrator's to give.
ACCOUNT_MAX_EMAIL_ADDRESSES = 1
# Behind a proxy the client's address is the proxy's to give; say how many proxies are
# trusted.
ALLAUTH_TRUSTED_PROXY_COUNT = env.whole("TRUSTED_PROXY_COUNT", 0)
# The package's own figures, stated here so that they stay when it changes its mind.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/300s/key",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
# Ours beside the package's: tries per address of the network at the links that are
# mailed out, and at the set-up page.
LINK_RATE_LIMITS = {"invitation": "30/m/ip", "guest": "30/m/ip", "setup": "20/m/ip", "calendar": "120/m/ip"}
GUEST_LINK_DAYS = env.whole("GUEST_LINK_DAYS", 3, least=1)
INVITATION_DAYS = env.whole("INVITATION_DAYS", 7, least=1)

# --- the company's identity provider ----------------------------------------
OIDC_ISSUER = env.issuer("OIDC_ISSUER")
OIDC_CLIENT_ID = env.text("OIDC_CLIENT_ID", "")
OIDC_CLIENT_SECRET = env.text("OIDC_CLIENT_SECRET", "")
OIDC_NAME = env.text("OIDC_NAME", "your company account")
OIDC_ONLY = env.flag("OIDC_ONLY", False)
if OIDC_ISSUER and not (OIDC_CLIENT_ID and OIDC_CLIENT_SECRET):
    raise ImproperlyConfigured("OIDC_ISSUER needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET")
if OIDC_ONLY and not OIDC_ISSUER:
    raise ImproperlyConfigured("OIDC_ONLY needs OIDC_ISSUER: no one could sign in")
_OIDC_APP = {
    "provider_id": "company",
    "name": OIDC_NAME,
    "client_id": OIDC_CLIENT_ID,
    "secret": OIDC_CLIENT_SECRET,
    "settings": {"server_url": OIDC_ISSUER},
}
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [_OIDC_APP] if OIDC_ISSUER else [],
    }
}
if OIDC_ISSUER or TESTING:  # where no provider is named, nobody reads the 6 MB of code that speak to one
    INSTALLED_APPS.append("allauth.socialaccount.providers.openid_connect")
# A form that is sent may not lead to another site (form-action in the content policy),
# so the way there is a link. What it starts is bound to the session, and only the
# provider can say who somebody is.
SOCIALACCOUNT_LOGIN_ON_GET = True

# --- second factors ----------------------------------------------------------
MFA_FORMS = {
    "add_webauthn": "accounts.adapter.AddKeyForm",
    "authenticate": "accounts.adapter.CodeForm",
    "reauthenticate": "accounts.adapter.CodeAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Evenhand"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
MFA_PASSKEY_LOGIN_ENABLED = not OIDC_ONLY
# A browser gives passkeys to https and to http://localhost only, so this opens nothing
# but a machine's own browser.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE_COOKIES
USERSESSIONS_ADAPTER = "accounts.adapter.AuditedSessions"
EMAIL_CONFIG = env.email("EMAIL_URL", "consolemail://")
vars().update(EMAIL_CONFIG)
# All mail goes into the outbox; a worker takes it from there to the server of EMAIL_URL.
SENDING_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"]
# Without EMAIL_URL mail is only written to the worker's log, and pages say so. What is
# kept in memory or dropped reaches nobody either.
REACHES_NOBODY = ("console.EmailBackend", "locmem.EmailBackend", "dummy.EmailBackend")
MAIL_IS_SET_UP = TESTING or not SENDING_BACKEND.endswith(REACHES_NOBODY)
EMAIL_BACKEND = "notices.backends.OutboxBackend"
MAIL_SECONDS = env.whole("MAIL_SECONDS", 10, least=1)
MAIL_KEPT_DAYS = env.whole("MAIL_KEPT_DAYS", 90, least=1)
# Whether webhooks may go to addresses of the own network, and over http.
WEBHOOKS_INSIDE = env.flag("WEBHOOKS_INSIDE", False)
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "evenhand@localhost")

# --- transport security ------------------------------------------------------
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = env.whole("SESSION_HOURS", 12, least=1) * 3600
SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", SECURE_COOKIES)
SECURE_HSTS_SECONDS = env.whole("SECURE_HSTS_SECONDS", 31536000 if SECURE_COOKIES else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_COOKIES
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if BEHIND_TLS_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

# --- files -------------------------------------------------------------------
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static", ("guide", BASE_DIR / "docs" / "screenshots")]
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(DATA_DIR / "static")))
WHITENOISE_AUTOREFRESH = _DEVELOPS or TESTING
WHITENOISE_USE_FINDERS = _DEVELOPS
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # every page names the hashed ones, and each costs time to compress
# Only packets use these fonts, from the source: compressing them was most of
# collectstatic's time.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [*Compressor.SKIP_COMPRESS_EXTENSIONS, "ttf"]
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(DATA_DIR / "files")))
STORAGE_BUCKET = env.text("STORAGE_BUCKET", "")
_files: dict[str, object] = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
if STORAGE_BUCKET:
    _S3_OPTIONS = {
        "bucket_name": STORAGE_BUCKET,
        "endpoint_url": env.optional("STORAGE_ENDPOINT_URL"),
        "region_name": env.optional("STORAGE_REGION"),
        "access_key": env.optional("STORAGE_ACCESS_KEY"),
        "secret_key": env.optional("STORAGE_SECRET_KEY"),
        "default_acl": None,
        "file_overwrite": False,
    }
    _patience = (3, 1) if _SERVES_WEB else (20, 3)  # seconds, and tries
    _files = env.s3_storage("STORAGE_BUCKET", _S3_OPTIONS, *_patience)
_static = "config.static_files.ModuleStorage"
if TESTING or _DEVELOPS:
    _static = "django.contrib.staticfiles.storage.StaticFilesStorage"
# The packets' rights below are not theirs: who collects them is often not who serves
# them.
_static_rights = {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755}
STORAGES = {
    "default": _files,
    "staticfiles": {"BACKEND": _static, "OPTIONS": _static_rights},
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 5
WEB_ADDRESS = env.reachable("BIND", _LOOPBACK)  # where `manage.py status` looks for the web server
METRICS_TOKEN = env.token("METRICS_TOKEN")
REQUEST_LIMIT = 12_000_000  # bytes; above both the document of an import and DATA_UPLOAD_MAX_MEMORY_SIZE
COSTLY_PER_MINUTE = env.whole("COSTLY_PER_MINUTE", 30, least=1)
RATELIMIT_ENABLE = not TESTING
RATELIMIT_VIEW = "accounts.views.rate_limited"

# --- background work ---------------------------------------------------------
CELERY_BROKER_URL = env.broker("CELERY_BROKER_URL", "filesystem://")
CELERY_TASK_IGNORE_RESULT = True
# What takes seconds has a queue of its own. A worker takes from both in turn, so that a
# mail behind a thousand packets waits for one of them; `-Q` makes one of either alone.
QUEUES = ("celery", "packets")  # the first is Celery's own, for all else, and the one of earlier versions
CELERY_TASK_QUEUES = {name: {"exchange": name, "routing_key": name} for name in QUEUES}
_to_packets = {"queue": "packets"}
CELERY_TASK_ROUTES = {
    "packets.build": _to_packets,
    "packets.build_batch_item": _to_packets,
    "packets.assemble_batch": _to_packets,
}
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = env.whole("PACKET_TIME_LIMIT", 300, least=1)
CELERY_TASK_TIME_LIMIT = CELERY_TASK_SOFT_TIME_LIMIT + 30
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 350_000  # in KB; looked at after each task
PACKET_MEMORY_MB = env.whole("PACKET_MEMORY_MB", 1500)  # held by config.celery while a task runs; 0: no limit
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
if CELERY_BROKER_URL.startswith("filesystem"):
    # Made by whoever sends or takes the first message.
    _queue = env.folder("EVENHAND_DATA", DATA_DIR, used=not _NEEDS_NO_DATABASE) / "broker"
    CELERY_BROKER_TRANSPORT = "config.broker:Transport"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_queue / "messages"),
        "data_folder_out": str(_queue / "messages"),
        "control_folder": str(_queue / "control"),
        "store_processed": False,
        "polling_interval": 0.1,  # seconds; a look at the folder costs a worker a thousandth of that
    }
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 3600,
        "socket_connect_timeout": 2,
        "socket_timeout": 2 if _SERVES_WEB else 10,
        # A web request waits for this when it sends a message: the packet's row
        # outlives a broker that is away.
        "max_retries": 1,
        "interval_start": 0,
        "interval_step": 0.2,
        "interval_max": 0.2,
    }
# Limits on attempts are counted in the cache, which all web processes have to share; the
# one that all code uses counts for itself where the shared one fails.
_own: dict[str, object] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
_shared: dict[str, object] = {
    "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
    "LOCATION": str(DATA_DIR / "cache"),
    "OPTIONS": {"MAX_ENTRIES": 5000},
}
if TESTING or _NEEDS_NO_DATABASE:  # one in files makes its folder as soon as it is looked at
    _shared = _own
elif CELERY_BROKER_URL.startswith(("redis://", "rediss://")):
    _shared = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": CELERY_BROKER_URL,
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    }
CACHES: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "config.cache.FallbackCache"},
    "shared": {**_shared, "KEY_PREFIX": "evenhand"},
    "local": _own,
}
PACKET_LEASE_SECONDS = env.whole("PACKET_LEASE_SECONDS", 30, least=1)
PACKET_EXPIRE_DAYS = env.whole("PACKET_EXPIRE_DAYS", 90)
RETENTION_ERASES = env.flag("RETENTION_ERASES", False)  # off: the nightly run only reports
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "sweep-packets": {"task": "packets.sweep", "schedule": min(10.0, PACKET_LEASE_SECONDS)},
    "tidy-files": {"task": "packets.tidy_files", "schedule": 3600.0},
    "tidy-candidate-files": {"task": "files.tidy", "schedule": 3600.0},
    "submit-locked-scorecards": {"task": "scorecards.submit_locked_when_due", "schedule": 60.0},
    "retention": {"task": "privacy.retention", "schedule": crontab(hour="3", minute="17")},
    "remind": {"task": "scorecards.remind", "schedule": 300.0},
    "send-mail": {"task": "notices.send_mail", "schedule": 60.0},
    "send-chat": {"task": "notices.send_chat", "schedule": 60.0},
    "tidy-mail": {"task": "notices.tidy_mail", "schedule": crontab(hour="2", minute="43")},
    "sample-database": {"task": "operations.sample_database", "schedule": 3600.0},
    "worker-heartbeat": {"task": "packets.worker_heartbeat", "schedule": 10.0},
}
CELERY_BEAT_SCHEDULER = "config.beat:OneBeat"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "celerybeat-schedule")
PACKET_PAPER = env.choice("PACKET_PAPER", "a4", ("a4", "letter"))
PACKET_ARCHIVAL = env.flag("PACKET_ARCHIVAL", False)

# --- language, time, logs ----------------------------------------------------
LANGUAGE_CODE = "en"
USE_I18N = False  # every text is English, so that none need be looked up
# Pages read and show times in the company's zone; the database keeps moments, packets
# state UTC.
TIME_ZONE = env.zone("COMPANY_TIME_ZONE", "UTC")
USE_TZ = True
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
_QUIET = {"level": "WARNING"}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "config.logs.DiscreetFormatter",
            "foreign_pre_chain": [structlog.processors.TimeStamper(fmt="iso"), structlog.stdlib.add_log_level],
            "processor": structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    # The PDF engine and its tools report each of their steps at INFO.
    "loggers": {"weasyprint": _QUIET, "fontTools": _QUIET, "pikepdf": _QUIET},
    "root": {
        "handlers": ["console"],
        "level": env.choice("LOG_LEVEL", "WARNING" if TESTING else "INFO", LOG_LEVELS),
    },
}
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.filter_by_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.format_exc_info,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
# A request is told once, as it ends: who asked for what, and which answer it got. Each line
# takes longer than a query.
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
# A task carries its request's id. Starts and ends are for debugging only: beat's would
# fill the log.
DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_CELERY_DEFAULT_LOG_LEVEL = logging.DEBUG
SILENCED_SYSTEM_CHECKS: list[str] = []
