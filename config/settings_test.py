"""What differs under test."""

import os

from config.settings import *  # noqa: F403
from config.settings import CACHES, DATABASES, STORAGES

DATABASES["default"]["TEST"] = {"NAME": "test_" + os.environ.get("TEST_DB", "zhanggui")}
DATABASES["default"]["OPTIONS"]["options"] += " -c synchronous_commit=off"
CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS = {}
WHITENOISE_AUTOREFRESH = True
