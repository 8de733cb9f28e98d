"""What gunicorn serves. With `--preload` its workers share what is read here."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import resolve

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "improvement.settings")
application = get_wsgi_application()
# Every view is read now, so that no first visitor waits for it.
resolve("/")
