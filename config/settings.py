"""Settings of the shop: read from the environment alone; unsafe production settings refuse to start.

Every variable is listed with its meaning in docs/settings.md.
"""

import logging
import os
from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config import embedded, payment_channels
from config.logs import configure as configure_logs

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")


def flag(name, default):
    """A yes or no from the environment; anything else is an error, not a no."""
    text = env.str(name, "").strip().lower()
    if text in {"", "1", "true", "yes", "on"}:
        return True if text else default
    if text in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} is 'true' or 'false', not {text!r}.")


# --- what kind of place this is ------------------------------------------------------------------------------------
# "demo" is the newcomer's machine: everything embedded, keys that are no secret. "production" refuses all of that.
ENVIRONMENT = env.str("ZHANGGUI_ENV", "demo")
PRODUCTION = ENVIRONMENT == "production"
if ENVIRONMENT not in {"demo", "production"}:
    raise ImproperlyConfigured(f"ZHANGGUI_ENV is 'demo' or 'production', not {ENVIRONMENT!r}.")

DEBUG = flag("DEBUG", False)
DEMO_SECRET = "demo-only-not-a-secret-" + "0" * 40
SECRET_KEY = env.str("SECRET_KEY", DEMO_SECRET)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if PRODUCTION else ["*"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Links in e-mails and callbacks that leave the process need the address people use.
SITE_URL = env.str("SITE_URL", f"http://127.0.0.1:{env.int('PORT', 8000)}").rstrip("/")

# --- personal data at rest: accounts.encryption ----------------------------------------------------------------------
# "kid:base64key,kid2:base64key2": the first encrypts, all decrypt. The index key is for blind look-ups only.
PII_KEYS = env.str("PII_KEYS", "demo:" + "ZGVtby1vbmx5LW5vdC1hLXNlY3JldC0wMDAwMDAwMDA=")
PII_INDEX_KEY = env.str("PII_INDEX_KEY", "demo-only-not-a-secret")

# --- applications ----------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "config.back_office.BackOfficeConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_structlog",
    "pictures",
    "accounts",
    "catalog",
    "loyalty",
    "orders",
    "aftersales",
    "config",
]

MIDDLEWARE = [
    "config.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.request_log.RequestLog",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "accounts.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.entrance_pages.EntranceMiddleware",
    "accounts.strange_requests.StrangeRequestMiddleware",
    "accounts.privacy_headers.PrivatePagesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "accounts.form_rendering.ShopFormRenderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "catalog.templatetags.shop_tags"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "accounts.context_processors.shop",
                "catalog.context_processors.navigation",
                "orders.context_processors.cart",
            ],
        },
    }
]

# --- data ------------------------------------------------------------------------------------------------------------
DATABASES = {
    "default": env.db("DATABASE_URL", default=embedded.database_url(env.str("ZHANGGUI_DB", "zhanggui"))),
}
DATABASES["default"].update(
    ENGINE="accounts.postgresql",
    CONN_MAX_AGE=None,
    CONN_HEALTH_CHECKS=True,
    # A PgBouncer in transaction mode must be possible: no session state but plans, no server-side cursors.
    DISABLE_SERVER_SIDE_CURSORS=True,
)
DATABASES["default"].setdefault("OPTIONS", {})
DATABASES["default"]["OPTIONS"]["options"] = env.str(
    "DATABASE_OPTIONS", "-c statement_timeout=30s -c lock_timeout=5s -c idle_in_transaction_session_timeout=60s"
)
# Only ``planned_cursor`` prepares; None: not even that one (docs/decisions, on plans that are kept).
if env.bool("PREPARED_STATEMENTS", True):
    DATABASES["default"]["OPTIONS"]["prepare_threshold"] = 0

REDIS_URL = env.str("REDIS_URL", "")
if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            # A silent Redis must cost a moment, never the page.
            "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
        }
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30

# --- Celery: the bell, not the queue ---------------------------------------------------------------------------------
DATA_DIR = Path(env.str("DATA_DIR", str(BASE_DIR / ".data")))
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 900,
        "socket_connect_timeout": 1,
        "socket_timeout": 5,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
    }
else:
    CELERY_BROKER_URL = "filesystem://localhost//"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(DATA_DIR / "broker"),
        "data_folder_out": str(DATA_DIR / "broker"),
        "control_folder": str(DATA_DIR / "broker-control"),
        "polling_interval": 0.2,
    }
CELERY_TASK_IGNORE_RESULT = True
# Drawing pictures takes long and must not stand before a refund.
CELERY_TASK_ROUTES = {"catalog.tasks.draw_pictures": {"queue": "pictures"}}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")

# --- people ----------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "accounts.passwords.LengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/member/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.ShopAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"phone", "email"}
# The class that sends text messages; "" means none, and then nobody registers by phone or gets a code there.
SMS_BACKEND = env.str("SMS_BACKEND", "" if PRODUCTION else "accounts.channels.sms_console.ConsoleProvider")
# allauth wants one name to be required; accounts.forms.entrance makes it "e-mail or phone or both".
ACCOUNT_SIGNUP_FIELDS = ["email*", *(["phone"] if SMS_BACKEND else []), "password1*"]
ACCOUNT_FORMS = {
    "signup": "accounts.forms.entrance.SignupForm",
    "login": "accounts.forms.entrance.LoginForm",
    "request_login_code": "accounts.forms.entrance.RequestLoginCodeForm",
}
ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD = "website"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_PHONE_VERIFICATION_ENABLED = bool(SMS_BACKEND)
ACCOUNT_PHONE_VERIFICATION_TIMEOUT = 300
ACCOUNT_PHONE_VERIFICATION_MAX_ATTEMPTS = 3
ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 300
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
# Per e-mail address and per visitor; text messages have limits of their own in accounts.text_codes.
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "20/m/ip,1/30s/key,10/h/key",
    "verify_phone": "10/h/ip,10/h/key",
    "change_phone": "5/h/user",
}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)
MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
MFA_TOTP_ISSUER = "Zhanggui"

if env.str("EMAIL_URL", ""):
    vars().update(env.email_url("EMAIL_URL"))
else:
    # Without a mail server each mail is a file to look at.
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Zhanggui <no-reply@zhanggui.example>")
EMAIL_TIMEOUT = 10

# --- language and time -----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# --- files -----------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = env.str("MEDIA_ROOT", str(BASE_DIR / "media"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Proof that shoppers upload: no public address, served by views that ask who wants it.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": env.str("PRIVATE_ROOT", str(DATA_DIR / "private"))},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o644
# Offers that leave less of the list price than this ask for a second look before they are published.
PROMOTION_FLOOR_PERCENT = env.int("PROMOTION_FLOOR_PERCENT", 50)
LISTING_VIDEO_MOST_BYTES = env.int("LISTING_VIDEO_MOST_MB", 50) * 1024 * 1024
LISTING_VIDEO_MOST_SECONDS = env.int("LISTING_VIDEO_MOST_SECONDS", 60)
PICTURES = {
    # Three breakpoints as in the stylesheet; four columns keep the number of files small.
    "BREAKPOINTS": {"phone": 640, "tablet": 960, "desk": 1216},
    "GRID_COLUMNS": 4,
    "CONTAINER_WIDTH": 1216,
    "FILE_TYPES": ["AVIF", "WEBP"],
    "PIXEL_DENSITIES": [1, 2],
    "USE_PLACEHOLDERS": False,
    "PICTURE_CLASS": "catalog.picture_files.ShopPicture",
    "PROCESSOR": "catalog.pictures.leave_to_the_worker",
}
# Merchants' files name addresses of pictures; one inside the house is fetched only where that is wanted.
PICTURES_FROM_PRIVATE_ADDRESSES = flag("PICTURES_FROM_PRIVATE_ADDRESSES", False)

# --- safety ----------------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "accounts.views.errors.csrf_failure"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
HTTPS = flag("HTTPS", PRODUCTION)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
if HTTPS:
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = flag("SSL_REDIRECT", True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", 60 * 60 * 24 * 365)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = flag("HSTS_INCLUDE_SUBDOMAINS", True)
    SECURE_HSTS_PRELOAD = flag("HSTS_PRELOAD", True)

# --- payment channels and carriers: orders.gateways, orders.carriers ---------------------------------------------------
SANDBOX_CHANNELS = flag("SANDBOX_CHANNELS", not PRODUCTION)
SANDBOX_PAYMENT_KEY = env.str("SANDBOX_PAYMENT_KEY", "demo-only-sandbox-payment")
SANDBOX_CARRIER_SALT = env.str("SANDBOX_CARRIER_SALT", "demo-only-sandbox-carrier")
# The sandbox channel and carrier call back over HTTP like real ones; inside one machine that is this address.
CALLBACK_URL = env.str("CALLBACK_URL", SITE_URL).rstrip("/")
# Kuaidi100 follows parcels when it has a key; the address is another one in tests only.
KUAIDI100_KEY = env.str("KUAIDI100_KEY", "")
KUAIDI100_CUSTOMER = env.str("KUAIDI100_CUSTOMER", "")
KUAIDI100_SALT = env.str("KUAIDI100_SALT", "")
KUAIDI100_URL = env.str("KUAIDI100_URL", "https://poll.kuaidi100.com").rstrip("/")
# How fast the sandbox carrier moves a parcel, in seconds from one scan to the next.
SANDBOX_CARRIER_STEP_SECONDS = env.int("SANDBOX_CARRIER_STEP_SECONDS", 45)

# Real channels are off until their keys are here; a page may lead only to those that are on.
PAYMENT_CHANNELS = payment_channels.read(env)
CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] += payment_channels.form_targets(PAYMENT_CHANNELS)

# --- logs and errors -------------------------------------------------------------------------------------------------
# One line a request, when it is over; it has the id that binds all lines of the request.
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
LOGGING_CONFIG = None
configure_logs(json_lines=flag("JSON_LOGS", PRODUCTION), level=env.str("LOG_LEVEL", "INFO"))
SENTRY_DSN = env.str("SENTRY_DSN", "")
if SENTRY_DSN:
    import sentry_sdk

    sentry_sdk.init(dsn=SENTRY_DSN, environment=ENVIRONMENT, send_default_pii=False)

SILENCED_SYSTEM_CHECKS = []

if PRODUCTION:
    _unsafe = [
        ("SECRET_KEY", SECRET_KEY == DEMO_SECRET or len(SECRET_KEY) < 50, "a random text of at least 50 characters"),
        ("DEBUG", DEBUG, "off"),
        ("ALLOWED_HOSTS", not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS, "the host names of the shop"),
        ("PII_KEYS", PII_KEYS.startswith("demo:"), "kid:base64 of 32 random bytes"),
        ("PII_INDEX_KEY", PII_INDEX_KEY.startswith("demo"), "a random text of its own"),
        ("DATABASE_URL", embedded.wanted(), "the address of a PostgreSQL server"),
        ("SITE_URL", not SITE_URL.startswith("https://"), "the https address of the shop"),
        ("HTTPS", not HTTPS, "on"),
        ("SMS_BACKEND", "console" in SMS_BACKEND, "a provider's class, or empty"),
        ("KUAIDI100_SALT", bool(KUAIDI100_KEY) and len(KUAIDI100_SALT) < 16, "a random text of at least 16 characters"),
        ("SANDBOX_CHANNELS", SANDBOX_CHANNELS and not flag("ALLOW_SANDBOX", False), "off: nobody would pay"),
        *payment_channels.problems(PAYMENT_CHANNELS),
    ]
    _problems = [f"{name} must be {wanted}." for name, bad, wanted in _unsafe if bad]
    if _problems and os.environ.get("ZHANGGUI_BUILD") != "1":
        raise ImproperlyConfigured("Unsafe production settings:\n  " + "\n  ".join(_problems))
