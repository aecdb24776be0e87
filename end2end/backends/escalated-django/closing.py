"""A rule of the house: a ticket with a legal hold is not ended.

The product lets every ticket be closed. A rule like this one, on the model and told as the product tells what it
refuses itself, gives the tests what they need: one ticket of many that a bulk action cannot close.
"""

from django.db.models.signals import pre_save
from django.http import JsonResponse

REFUSAL = "This ticket is under a legal hold."


class Held(Exception):
    """Somebody tried to end a ticket that has to stay open."""


def watch() -> None:
    from escalated.models import Ticket

    pre_save.connect(_refuse_to_end_what_is_held, sender=Ticket, dispatch_uid="closing")


def _refuse_to_end_what_is_held(sender, instance, **_) -> None:
    ends = instance.status in (sender.Status.RESOLVED, sender.Status.CLOSED)
    if ends and (instance.metadata or {}).get("legal_hold"):
        raise Held


class Refusals:
    """Tells a refusal in the shape of the product's own validation errors."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, _request, exception):
        if isinstance(exception, Held):
            return JsonResponse({"message": "Validation failed.", "errors": {"status": REFUSAL}}, status=422)
        return None
