"""A Django project as a back end of the tests: a data folder to throw away, a free port, one line that says where
it is, and commands on standard input. Knows nothing of what the project serves.

Commands, one a line: `expire` ends every session and token, `restore` lets the same tokens in again, and
`customer ID TEXT` is the customer of that ticket writing. Each is answered by one line of JSON when it is done. The
end of standard input, like SIGTERM, ends the server.
"""

import argparse
import hashlib
import json
import logging
import os
import shutil
import signal
import sys
import tempfile
import threading
from pathlib import Path

DATABASE = "data.sqlite3"


class _Short(logging.Formatter):
    """Failures of the product on one line: tests provoke some."""

    def formatException(self, ei):
        return f"  {ei[0].__name__}: {ei[1]}"


def serve(settings: dict, prepare) -> None:
    """Serves the project of these settings until told to end. `prepare` fills the empty database and answers what
    is told of it, and what to do on each command, which gets what stands behind it."""
    options = argparse.ArgumentParser()
    options.add_argument("--port", type=int, default=0, help="a free one unless given")
    port = options.parse_args().port
    folder = Path(tempfile.mkdtemp(prefix="bandeja-backend-"))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        _serve(settings, prepare, folder, port)
    except KeyboardInterrupt:
        pass
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _serve(settings: dict, prepare, folder: Path, port: int) -> None:
    import django
    from django.conf import settings as configured

    kept = _kept(settings)
    if kept.exists():
        shutil.copyfile(kept, folder / DATABASE)
    configured.configure(**_settings(settings, folder))
    django.setup()
    server = _server(port)
    base_url = f"http://127.0.0.1:{server.server_address[1]}"
    if not kept.exists():
        _migrate(kept, folder)
    from django.db import transaction

    with transaction.atomic():
        told, commands = prepare(base_url)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    _tell({**told, "base_url": base_url})
    _obey(commands)
    server.shutdown()


def _kept(settings: dict) -> Path:
    """Where the empty database is kept that these packages make with these settings. Making it is most of a start."""
    named = hashlib.sha256(repr(sorted(settings.items())).encode()).hexdigest()[:8]
    return Path(sys.prefix) / f"empty-{named}.sqlite3"


def _migrate(kept: Path, folder: Path) -> None:
    """Makes the empty database, and keeps a copy of it."""
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0, interactive=False)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(folder / "empty.sqlite3")])
    # Put in its place when whole: another one may start at this moment.
    beside = kept.with_suffix(f".{os.getpid()}")
    shutil.copyfile(folder / "empty.sqlite3", beside)
    beside.replace(kept)


def _settings(settings: dict, folder: Path) -> dict:
    return {
        "DEBUG": False,
        "SECRET_KEY": "for-tests-only",
        "ALLOWED_HOSTS": ["*"],
        "DATABASES": {"default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": folder / DATABASE,
            # A person and a bulk job write at the same time: they wait for each other instead of failing.
            # Nothing has to survive a power cut.
            "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE",
                        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF"},
            "ATOMIC_REQUESTS": True,
        }},
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
        "MEDIA_ROOT": str(folder / "media"),
        "STATIC_URL": "/static/",
        "USE_TZ": True,
        # Hashing passwords slowly, as one should, would take most of the time until the server is ready.
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
        "LOGGING": {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"short": {"()": _Short, "format": "%(message)s"}},
            "handlers": {"err": {"class": "logging.StreamHandler", "formatter": "short", "level": "ERROR"}},
            "root": {"handlers": ["err"]},
            "loggers": {"django.server": {"level": "CRITICAL"}},
        },
        **settings,
    }


def _server(port: int):
    from django.core.handlers.wsgi import WSGIHandler
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

    class Quiet(WSGIRequestHandler):
        def log_message(self, *_):
            pass

        def address_string(self):
            return self.client_address[0]

    server = ThreadedWSGIServer(("127.0.0.1", port), Quiet, ipv6=False)
    server.daemon_threads = True
    server.set_app(WSGIHandler())
    return server


def _tell(what: dict) -> None:
    print(json.dumps(what, ensure_ascii=False), flush=True)


def _obey(commands: dict) -> None:
    for line in sys.stdin:
        command, _, rest = line.strip().partition(" ")
        if command in commands:
            commands[command](*filter(None, rest.split(" ", 1)))
            _tell({"done": command})
        elif command:
            _tell({"unknown": command, "known": sorted(commands)})
