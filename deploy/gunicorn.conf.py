"""How gunicorn runs in a container; WEB_PROCESSES and WEB_THREADS fit it to the machine."""

import os

bind = os.environ.get("WEB_BIND", "0.0.0.0:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_PROCESSES", "3"))
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 60
graceful_timeout = 30
# A process that slowly grows is replaced; not all at the same time.
max_requests = 2000
max_requests_jitter = 200
worker_tmp_dir = "/dev/shm"
# Addresses may name persons' pages; the access log proper is in the database.
accesslog = None
