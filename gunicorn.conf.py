"""How the site is served, on a desk and in a container alike; gunicorn reads this file by its name."""

import os

bind = f"{os.environ.get('TRADEWATCH_ADDRESS', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"

# Two processes, so that a slow export in one does not hold up everybody. WEB_CONCURRENCY says otherwise.
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 4

# A worker gives a sign of life through a file: on a disk that syncs, the sign may come too late.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108

# A door for remote control that nobody here uses.
control_socket_disable = True
