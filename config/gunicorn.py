"""Gunicorn's settings: loopback only unless BIND says otherwise; threads, since requests wait on the database."""

import os

bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_class = "gthread"
timeout = 60
graceful_timeout = 15
max_requests = 5000
max_requests_jitter = 500
control_socket_disable = True
