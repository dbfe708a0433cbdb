"""The WSGI entrance that the web server loads: the page cache, and the site behind it."""

from __future__ import annotations

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from articles.front import keeping
from newsroom import reading
from newsroom.pagecache.reads import Reads
from newsroom.pagecache.setup import in_front_of, stamp

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

keeping.register(stamp)
site = get_wsgi_application()
reads = Reads()
application = in_front_of(site, count=reads.note) if settings.PAGE_CACHE else site
reading.begin(reads)
