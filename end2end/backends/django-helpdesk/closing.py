"""A rule of the house: a ticket whose checklist has tasks to do is not ended.

The product has checklists and shows what is to do, but ends such a ticket all the same. Many installations add a
rule like this one, and it gives the tests what they need: one ticket of many that a bulk action cannot close,
whatever else is closed before it.
"""

from django.db.models.signals import pre_save
from rest_framework.exceptions import ValidationError

REFUSAL = "The checklist of this ticket is not done."


def watch() -> None:
    from helpdesk.models import Ticket

    pre_save.connect(_refuse_to_end_too_early, sender=Ticket, dispatch_uid="closing")


def _refuse_to_end_too_early(sender, instance, **_) -> None:
    from helpdesk.models import ChecklistTask

    ends = instance.pk and instance.status not in sender.OPEN_STATUSES
    if ends and ChecklistTask.objects.filter(checklist__ticket=instance, completion_date=None).exists():
        raise ValidationError({"new_status": [REFUSAL]})
