"""escalated-django with its REST API alone (no pages), for bearer tokens.

The project is what its documentation asks for, and besides: a sign-in that answers a token, which the product leaves
to whoever installs it, and one rule of the house (`closing.py`).
"""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "common"), str(HERE)]

from serving import serve  # noqa: E402 (found by the line above)

PREFIX = "support/api/v1"

SETTINGS = {
    "ROOT_URLCONF": "addresses",
    "INSTALLED_APPS": ["django.contrib.auth", "django.contrib.contenttypes", "escalated"],
    # No CSRF middleware: nothing here is asked for by cookie, and the product's sign-in would be refused by it.
    "MIDDLEWARE": [
        "django.middleware.common.CommonMiddleware",
        "escalated.api_middleware.AuthenticateApiToken",
        "escalated.api_middleware.ApiRateLimit",
        "closing.Refusals",
    ],
    "ESCALATED": {
        "UI_ENABLED": False,
        "API_ENABLED": True,
        "API_PREFIX": PREFIX,
        "API_AUTHENTICATOR": "sessions.sign_in",
        "NOTIFICATION_CHANNELS": [],
        "PLUGINS_ENABLED": False,
    },
}


def prepare(base_url: str):
    import closing
    import data
    import sessions

    closing.watch()
    told = data.fill()
    sessions.give_tokens()
    sign_in = {
        "header": {"name": "Authorization", "value": f"Bearer {sessions.token_of('ana')}"},
        "call": {"path": f"/{PREFIX}/auth/login/", "fields": ["email", "password"], "answers": "data.token"},
        "people": [{"email": data.EMAILS[name], "password": data.PASSWORD, "token": sessions.token_of(name)}
                   for name in data.STAFF],
    }
    told = {"name": "escalated-django", "token": sessions.token_of("ana"), "sign_in": sign_in,
            "data": {"prefix": f"/{PREFIX}", **told}}
    return told, {"expire": sessions.expire, "restore": sessions.restore, "customer": data.write}


if __name__ == "__main__":
    serve(SETTINGS, prepare)
