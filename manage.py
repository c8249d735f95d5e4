#!/usr/bin/env python
"""Run a management command, with the embedded database up for as long as it runs."""

import os
import sys

# These never open a database connection, so they need no server.
WITHOUT_DATABASE = {"bundle_css", "collectstatic", "compilemessages", "help", "makemessages", "startapp", "version"}


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    from config import embedded

    if len(sys.argv) > 1 and sys.argv[1] in WITHOUT_DATABASE:
        execute_from_command_line(sys.argv)
        return
    with embedded.server():
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
