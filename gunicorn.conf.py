"""How the site is served, on a desk and in a container alike; gunicorn reads this file by its name."""

import os
import signal

address = os.environ.get("TRADEWATCH_ADDRESS") or "127.0.0.1"
port = os.environ.get("PORT") or "8000"
bind = f"{address}:{port}"

# Two processes, so that a slow export in one does not hold up everybody. WEB_CONCURRENCY says otherwise.
workers = int(os.environ.get("WEB_CONCURRENCY") or "2")
worker_class = "gthread"
threads = 4

# A worker gives a sign of life through a file: on a disk that syncs, the sign may come too late.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108

# A door for remote control that nobody here uses.
control_socket_disable = True

# Requests under way are finished, within less than the ten seconds that containers give.
graceful_timeout = 8


def post_worker_init(worker: object) -> None:
    """Nothing: Ctrl+C reaches every process of the terminal, and a worker takes the parent's word alone.

    Told twice at once, it would wait for its own lock until it is killed.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
