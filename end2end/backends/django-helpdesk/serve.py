"""django-helpdesk with a REST API that agents' tools use: token, Basic, or the cookie of its sign-in page.

The project is what its documentation asks for and two things besides, which are common in real installations: DRF's
own sign-in that answers a token, and one rule of the house (`closing.py`).
"""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "common"), str(HERE)]

from serving import serve  # noqa: E402 (found by the line above)

AUTHENTICATION = "rest_framework.authentication."

SETTINGS = {
    "ROOT_URLCONF": "addresses",
    "INSTALLED_APPS": [
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "django.contrib.staticfiles",
        "django.contrib.humanize",
        "django.contrib.sites",
        "rest_framework",
        "rest_framework.authtoken",
        "helpdesk",
    ],
    "MIDDLEWARE": [
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ],
    "TEMPLATES": [{
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": [
            "django.template.context_processors.request",
            "django.contrib.auth.context_processors.auth",
            "django.contrib.messages.context_processors.messages",
        ]},
    }],
    # The first one says what an answer to a stranger looks like: 401 with `WWW-Authenticate: Token`.
    "REST_FRAMEWORK": {"DEFAULT_AUTHENTICATION_CLASSES": [
        AUTHENTICATION + "TokenAuthentication",
        AUTHENTICATION + "BasicAuthentication",
        AUTHENTICATION + "SessionAuthentication",
    ]},
    "MEDIA_URL": "/media/",
    "SITE_ID": 1,
    "TIME_ZONE": "America/Mexico_City",
    "LOGIN_URL": "/login/",
    "LOGIN_REDIRECT_URL": "/tickets/",
    "HELPDESK_TEAMS_MODE_ENABLED": False,
    "HELPDESK_DEFAULT_SETTINGS": {},
}


def prepare(base_url: str):
    import closing
    import data
    import sessions

    closing.watch()
    told = data.fill()
    tokens = sessions.give_tokens()
    sign_in = {
        "header": {"name": "Authorization", "value": f"Token {tokens['ana']}"},
        "call": {"path": "/api-token-auth/", "fields": ["username", "password"], "answers": "token"},
        "page": f"{base_url}/login/",
        "people": [{"username": name, "password": data.PASSWORD, "token": token} for name, token in tokens.items()],
    }
    told = {"name": "django-helpdesk", "token": tokens["ana"], "sign_in": sign_in, "data": told}
    commands = {"expire": sessions.expire, "restore": lambda: sessions.restore(tokens), "customer": data.write}
    return told, commands


if __name__ == "__main__":
    serve(SETTINGS, prepare)
