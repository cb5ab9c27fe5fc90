"""The web application, for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

from governance.core.settled import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "governance.settings")

application = get_wsgi_application()
settle()
