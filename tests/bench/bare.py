"""The bare page: Django's usual middleware, five queries, 24 cards. What a list page cannot cost less than."""

import itertools
import os
from pathlib import Path

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection, models
from django.shortcuts import render
from django.urls import path

ROWS, CATEGORIES = 10_000, 100
# As Django's own start of a project has them.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

if not settings.configured:
    settings.configure(
        SECRET_KEY="bench-only-" + "x" * 50,
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF="tests.bench.bare",
        LANGUAGE_CODE="zh-hans",
        LANGUAGES=[("zh-hans", "zh"), ("en", "en")],
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
        ],
        MIDDLEWARE=MIDDLEWARE,
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": os.environ.get("ZHANGGUI_DB", "bench"),
                "USER": "postgres",
                "HOST": os.environ["BENCH_SOCKET"],
                "CONN_MAX_AGE": None,
            }
        },
        TEMPLATES=TEMPLATES,
        LOGGING_CONFIG=None,
    )
    django.setup()


class Bare(models.Model):
    title = models.CharField(max_length=200)
    brand = models.CharField(max_length=50)
    category_id = models.IntegerField(db_index=True)
    price = models.BigIntegerField()
    stock = models.IntegerField()
    sales = models.IntegerField()
    image = models.CharField(max_length=100)

    class Meta:
        app_label = "bench"
        db_table = "bench_bare"

    def __str__(self):
        return self.title


def fill():
    """Make the table with its rows, once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS bench_bare (id bigint PRIMARY KEY, title varchar(200), brand varchar(50), "
            "category_id int, price bigint, stock int, sales int, image varchar(100))"
        )
        cursor.execute(
            "INSERT INTO bench_bare SELECT i, '法式复古真丝碎花连衣裙女夏季新款 ' || i, '织里', i %% %s, 39900, i %% 7, "
            "(i * 7919) %% 5000, 'products/' || i FROM generate_series(1, %s) i ON CONFLICT DO NOTHING",
            [CATEGORIES, ROWS],
        )
        cursor.execute("CREATE INDEX IF NOT EXISTS bench_bare_category ON bench_bare (category_id)")
        cursor.execute("ANALYZE bench_bare")


_turn = itertools.count(1)


def list24(request):
    category = next(_turn) % CATEGORIES
    rows = Bare.objects.filter(category_id=category)
    return render(
        request,
        "list.html",
        {
            "rows": list(rows.order_by("-sales")[:24]),
            "count": rows.count(),
            "top": list(Bare.objects.filter(category_id=(category + 1) % CATEGORIES).order_by("-sales")[:6]),
            "new": list(Bare.objects.filter(category_id=(category + 2) % CATEGORIES).order_by("-id")[:6]),
            "one": Bare.objects.get(pk=category + 1),
            "nav": range(60),
        },
    )


urlpatterns = [path("list24", list24)]
application = get_wsgi_application()
