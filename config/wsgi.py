import os

from django.core.wsgi import get_wsgi_application

from accounts import collector

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()
collector.set_aside()
