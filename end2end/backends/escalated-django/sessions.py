"""Bearer tokens: given at the start and by signing in, taken away together, and given back."""

import hashlib
from datetime import timedelta

import data
from django.utils import timezone


def token_of(username: str) -> str:
    """The same at every start."""
    return f"{username}-0123456789abcdef"


def give_tokens() -> None:
    from django.contrib.auth.models import User

    for name in data.STAFF:
        _keep(User.objects.get(username=name), token_of(name))


def sign_in(fields: dict):
    """What the product calls when somebody signs in; nothing means that they are refused."""
    from django.contrib.auth.models import User
    from escalated.models import ApiToken

    user = User.objects.filter(email=fields.get("email", ""), username__in=data.STAFF).first()
    if not user or not user.check_password(fields.get("password", "")):
        return None
    token = ApiToken.create_token(user, "sign-in")["plain_text_token"]
    return {"token": token, "user": {"id": user.pk, "name": user.get_full_name(), "email": user.email}}


def expire() -> None:
    """All tokens run out."""
    from escalated.models import ApiToken

    ApiToken.objects.get_queryset().update(expires_at=timezone.now() - timedelta(minutes=1))


def restore() -> None:
    """All tokens are good again."""
    from escalated.models import ApiToken

    ApiToken.objects.get_queryset().update(expires_at=None)


def _keep(user, plain_text: str) -> None:
    """A token that is known beforehand; the product makes up random ones and keeps their hashes."""
    from django.contrib.contenttypes.models import ContentType
    from escalated.models import ApiToken

    ApiToken.objects.create(
        tokenable_content_type=ContentType.objects.get_for_model(user), tokenable_object_id=user.pk, name="start",
        token=hashlib.sha256(plain_text.encode()).hexdigest(), abilities=["*"])
