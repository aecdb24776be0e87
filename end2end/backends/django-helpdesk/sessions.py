"""Who is signed in by what, and how all of it is taken from them and given back."""

import data


def give_tokens() -> dict:
    """A token for each person, the same at every start."""
    from rest_framework.authtoken.models import Token

    tokens = {name: f"{name}-0123456789abcdef" for name in data.STAFF}
    restore(tokens)
    assert Token.objects.count() == len(tokens)
    return tokens


def expire() -> None:
    """Tokens, sessions and passwords stop being good, as when somebody signs everybody out."""
    from django.contrib.auth.models import User
    from django.contrib.sessions.models import Session
    from rest_framework.authtoken.models import Token

    Token.objects.all().delete()
    Session.objects.all().delete()
    for user in User.objects.filter(username__in=data.STAFF):
        user.set_unusable_password()
        user.save()


def restore(tokens: dict) -> None:
    """The same tokens and passwords are good again. Sessions of the sign-in page have to be begun anew."""
    from django.contrib.auth.models import User
    from rest_framework.authtoken.models import Token

    for name, key in tokens.items():
        user = User.objects.get(username=name)
        user.set_password(data.PASSWORD)
        user.save()
        Token.objects.get_or_create(user=user, defaults={"key": key})
