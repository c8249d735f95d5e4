"""What machines ask: is the process alive, may it get traffic."""

from django.core.cache import cache
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse


class HealthMiddleware:
    """Answers ``/healthz`` and ``/readyz`` before anything else runs: no host check, no session, no log line."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path == "/healthz":
            return JsonResponse({"status": "ok"})
        if request.path == "/readyz":
            return ready()
        return self.get_response(request)


def ready():
    """200 when the database answers and is migrated, else 503. Redis is reported and not required."""
    report = {"database": _database(), "migrations": "unknown", "cache": _cache()}
    if report["database"] == "ok":
        report["migrations"] = _migrations()
    ok = report["database"] == report["migrations"] == "ok"
    return JsonResponse({"status": "ok" if ok else "not ready", **report}, status=200 if ok else 503)


def _database():
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except OperationalError:
        return "unreachable"
    return "ok"


def _migrations():
    executor = MigrationExecutor(connection)
    behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(behind)} to run" if behind else "ok"


def _cache():
    try:
        cache.set("readyz", 1, 5)
    except Exception as error:  # any client library may sit behind the cache; its failure is the answer here
        return f"unreachable ({type(error).__name__})"
    return "ok"
