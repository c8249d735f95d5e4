"""What a request costs in Python calls: a figure that no other work on the machine moves.

``ZHANGGUI_DB=… python -m tests.bench.calls`` prints it for the pages of ``make bench``. Two kinds of call are not equally
dear, so this finds what grew; ``make bench`` says what it costs.
"""

import cProfile
import gc
import pstats

from django.test import RequestFactory

WARM = 4


def of(application, path, **headers):
    """Calls of one GET of ``path`` by a WSGI ``application`` that has answered it before."""
    for _time in range(WARM):
        _get(application, path, headers)
    profile = cProfile.Profile()
    gc.disable()
    try:
        profile.enable()
        _get(application, path, headers)
    finally:
        profile.disable()
        gc.enable()
    return pstats.Stats(profile).total_calls


def _get(application, path, headers):
    statuses = []
    answer = application(RequestFactory().get(path, **headers).environ, lambda status, *_more: statuses.append(status))
    b"".join(answer)
    if not statuses[0].startswith("200"):
        raise OSError(f"{path}: {statuses[0]}")


def main():
    from config.wsgi import application
    from tests.bench import pages

    cookie = pages.cookie()
    for name, path, signed_in in pages.pages():
        print(f"{name:20}{of(application, path, **({'HTTP_COOKIE': cookie} if signed_in else {})):8,}")


if __name__ == "__main__":
    from config import embedded

    with embedded.server():
        main()
