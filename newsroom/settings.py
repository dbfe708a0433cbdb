"""All settings; what differs between machines comes from the environment (docs/operate.md)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from newsroom.databases import databases
from newsroom.env import data_dir, env, hub_url, indexnow_key, picture_storages, required, search_url, site_url, whole
from newsroom.logs import logging_config

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = data_dir(BASE_DIR)

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = required("SECRET_KEY", debug=DEBUG, fallback="insecure-key-for-one-developers-machine-only")
ALLOWED_HOSTS = [host.strip() for host in required("ALLOWED_HOSTS", debug=DEBUG, fallback="*").split(",") if host.strip()]
SITE_URL = site_url(debug=DEBUG)
SITE_NAME = env.str("SITE_NAME", default="Tagblatt")
REDIS_URL = env.str("REDIS_URL", default="")
CDN_PURGE_URL = env.str("CDN_PURGE_URL", default="")
WEBSUB_HUB_URL = hub_url()
SEARCH_URL = search_url()
INDEXNOW_KEY = indexnow_key()
WIRE_KEEP_DAYS = whole("WIRE_KEEP_DAYS", default=90, most=3650)  # how long agencies' deliveries lie there byte for byte
WIRE_HOSTS = tuple(name.strip().lower() for name in env.str("WIRE_HOSTS", default="").split(",") if name.strip())
# From which likeness on two articles tell the same story: share of runs of eight words, and weight of common names, numbers, quotations.
STORY_COPY = env.float("STORY_COPY", default=0.45)
STORY_EVENT = env.float("STORY_EVENT", default=0.48)
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
PORT = whole("PORT", default=8000, most=65_535)
WORKERS = whole("WORKERS", default=2, most=256)
# The page cache: bytes in each web process's memory, bytes on disk, and which parameters of which paths change a page.
PAGE_CACHE = env.bool("PAGE_CACHE", default=True)
PAGE_CACHE_MEMORY = whole("PAGE_CACHE_MB", default=44, most=65_536) * 1024 * 1024
PAGE_CACHE_DISK = whole("PAGE_CACHE_DISK_MB", default=1024, most=1_048_576) * 1024 * 1024
PAGE_CACHE_PARAMETERS = (
    (r"(?i:/suche/?)\Z", ("q", "ressort", "form", "zeitraum", "sortierung", "thema", "autor", "quelle", "von", "bis", "vor", "blatt")),
    (r"/suche/(?:rss\.xml|atom\.xml|feed\.json)\Z", ("q", "ressort", "form", "zeitraum", "thema", "autor", "quelle", "von", "bis")),
    # Untidy spellings too: the redirect to the tidy one keeps the parameter.
    (r"(?i:/(?:thema|autor|quelle)/[^/]+/?)\Z", ("vor",)),
    (r"/(?i:archiv)/[0-9]{4}/[0-9]{2}/[0-9]{2}/?\Z", ("vor",)),
    (r"(?i:/(?!archiv/?\Z)[a-z0-9-]+/?)\Z", ("vor",)),
)
READS_DAYS = whole("READS_DAYS", default=60, most=3650)  # how long it is known how often an article was read in which hour
IS_HTTPS = SITE_URL.startswith("https://")

INSTALLED_APPS = [
    "newsroom.adminsite.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "taggit",
    "django_prose_editor",
    "articles",
    "newsroom",
]

# Readers' addresses pass only the first seven; the rest look at the path and step aside (newsroom/editors.py).
MIDDLEWARE = [
    "newsroom.headers.SecurityHeaders",
    "newsroom.headers.HeadRequests",
    "newsroom.encoding.Compression",
    "newsroom.staticfiles.StaticFiles",
    "newsroom.addresses.CleanAddresses",
    "newsroom.bodies.FewBodies",
    "newsroom.errors.DatabaseGuard",
    "newsroom.editors.SessionMiddleware",
    "newsroom.editors.CommonMiddleware",
    "newsroom.editors.CsrfViewMiddleware",
    "newsroom.editors.AuthenticationMiddleware",
    "newsroom.editors.MessageMiddleware",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
APPEND_SLASH = False

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
            ],
            "builtins": [
                "django.templatetags.i18n",
                *(f"articles.templatetags.{library}" for library in ("german", "media", "parts")),
            ],
        },
    }
]

DATABASES = databases(DATA_DIR)
DATABASE_ROUTERS: list[str] = []
DATABASE_REPLICA_AFTER = whole("DATABASE_REPLICA_AFTER", default=5, most=3600)  # seconds after a change
if "replica" in DATABASES:
    DATABASE_ROUTERS.append("newsroom.replica.Router")
    MIDDLEWARE.insert(MIDDLEWARE.index("newsroom.errors.DatabaseGuard") + 1, "newsroom.replica.Readers")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch")]
TIME_ZONE = "Europe/Berlin"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
STORAGES = {
    **picture_storages(),
    "staticfiles": {"BACKEND": "newsroom.staticfiles.BundledStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_MAX_AGE = 60
WHITENOISE_ALLOW_ALL_ORIGINS = False

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
LOGIN_URL = "admin:login"

SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/admin/"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_AGE = 60 * 60 * 14  # seconds: a long shift
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "newsroom.rescue.csrf_failure"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.str("TRUSTED_PROXIES", default="") else None

# A body of 5 MB is refused by the form with a sentence, not by the parser with a stack trace.
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640

TAGGIT_CASE_INSENSITIVE = True
LOGGING = logging_config(debug=DEBUG)
