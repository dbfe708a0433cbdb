"""Settings of the reference «Django's own cache middleware with Redis»: the same product behind it, else nothing changed."""

from __future__ import annotations

import os

from newsroom.settings import *  # noqa: F403
from newsroom.settings import MIDDLEWARE

UPDATE, FETCH = "django.middleware.cache.UpdateCacheMiddleware", "django.middleware.cache.FetchFromCacheMiddleware"

# Django's manual says: update first, fetch last. Both in front leave out all other middleware for a hit, which is faster.
MIDDLEWARE = [UPDATE, FETCH, *MIDDLEWARE] if os.environ.get("BENCH_CACHE_ORDER") == "front" else [UPDATE, *MIDDLEWARE, FETCH]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": os.environ["BENCH_REDIS_URL"]}}
CACHE_MIDDLEWARE_KEY_PREFIX = f"newsroom-bench-{os.getppid()}"
