"""The data: sixty tickets in every state, each with what was said about it, the same at every start but for the
times, which are counted back from now.

Written with the product's own forms where it matters, so that titles and changes are those that it writes.
"""

import json
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

STORIES = json.loads((Path(__file__).resolve().parents[1] / "common" / "stories.json").read_text())
PASSWORD = STORIES["password"]
STAFF = [person["username"] for person in [*STORIES["agents"], STORIES["admin"]]]
COUNT = 60
#: What the product calls 1 to 5, in the order in which they are given to tickets: of ten, four are open.
STATUSES = [1, 4, 1, 2, 3, 1, 4, 2, 5, 1]
#: Which of the tickets cannot be closed, counted from 0; it is open and nobody's.
BLOCKED = 15


def fill() -> dict:
    """Fills the empty database; answers the ids that whoever uses it needs to know."""
    people = _people()
    queues = _queues()
    _fields()
    tickets = [_ticket(number, queues, people) for number in range(COUNT)]
    blocked = _block(tickets)
    of_status = {str(status): [t.pk for t in tickets if t.status == status] for status in range(1, 6)}
    return {
        "tickets": len(tickets),
        "of_status": of_status,
        "blocked": blocked.pk,
        "queues": [{"id": queue.pk, "slug": queue.slug, "title": queue.title} for queue in queues],
        "users": [{"id": user.pk, "username": user.username, "name": user.get_full_name()} for user in people.values()],
        "reasons": STORIES["reasons"],
        "tags": STORIES["tags"],
    }


def _people() -> dict:
    from django.contrib.auth.models import User

    users = {}
    for person in [*STORIES["agents"], STORIES["admin"]]:
        first, _, last = person["name"].partition(" ")
        users[person["username"]] = User.objects.create_user(
            person["username"], person["email"], PASSWORD, first_name=first, last_name=last,
            is_staff=True, is_superuser=person is STORIES["admin"])
    return users


def _queues() -> list:
    from helpdesk.models import Queue

    return [Queue.objects.create(title=team, slug=team.lower(), allow_public_submission=True)
            for team in STORIES["teams"]]


def _fields() -> None:
    """Tags and the reason of closing, which the product has no place for, as custom fields."""
    from helpdesk.models import CustomField

    CustomField.objects.create(name="tags", label="Tags", data_type="varchar", max_length=200, ordering=1,
                               help_text="Separated by commas", staff_only=True)
    CustomField.objects.create(name="close_reason", label="Close reason", data_type="list", ordering=2,
                               list_values="\n".join(STORIES["reasons"]), staff_only=True)


def _ticket(number: int, queues: list, people: dict):
    from helpdesk.forms import TicketForm
    from helpdesk.models import Ticket

    story = STORIES["stories"][number % len(STORIES["stories"])]
    customer = STORIES["customers"][number % len(STORIES["customers"])]
    agent = STORIES["agents"][number % 4]["username"] if number % 4 < 3 else None
    queue = queues[number % len(queues)]
    form = TicketForm(queue_choices=[(queue.pk, queue.title)], data={
        "queue": queue.pk, "title": f"{story['subject']} #{number + 1}", "submitter_email": customer["email"],
        "body": story["turns"][0][1], "priority": 1 + number % 5,
        "assigned_to": people[agent].pk if agent else ""})
    assert form.is_valid(), form.errors
    ticket = form.save(user=people["admin"])
    opened = timezone.now() - timedelta(minutes=number * number * 11 + 40)
    _say(ticket, story["turns"][1:], customer, people[agent or "beto"], opened)
    _end(ticket, STATUSES[number % len(STATUSES)], number, people[agent or "beto"], opened)
    tags = ",".join(story["tags"])
    ticket.save_custom_field_values({"custom_tags": tags} if tags else {})
    _move_back(ticket, opened)
    return Ticket.objects.get(pk=ticket.pk)


def _say(ticket, turns: list, customer: dict, agent, opened) -> None:
    """What was said after the first message. The customer's part has come by e-mail, which the product records with
    a message id and without a user."""
    from helpdesk.models import FollowUp

    for step, (who, text) in enumerate(turns, start=1):
        by_mail = who == "c"
        FollowUp.objects.create(
            ticket=ticket, date=opened + timedelta(minutes=7 * step), public=who != "n", comment=text,
            title=f"E-Mail Received from {customer['email']}" if by_mail else "Comment",
            user=None if by_mail else agent,
            message_id=f"<{ticket.pk}.{step}@mail.test>" if by_mail else None)


def write(ticket_id: str, text: str) -> None:
    """The customer answers by e-mail, as the product takes it in."""
    from helpdesk.models import FollowUp, Ticket

    ticket = Ticket.objects.get(pk=ticket_id)
    again = ticket.status == Ticket.CLOSED_STATUS
    came = f"E-Mail Received from {ticket.submitter_email}"
    if again:
        ticket.status = Ticket.REOPENED_STATUS
        ticket.save()
    FollowUp.objects.create(
        ticket=ticket, date=timezone.now(), public=True, comment=text, message_id=f"<{ticket.pk}.{text}@mail.test>",
        title=f"Ticket Re-Opened by {came}" if again else came,
        new_status=Ticket.REOPENED_STATUS if again else None)


def _end(ticket, status: int, number: int, agent, opened) -> None:
    """Brings the ticket into its state by the product's own way of updating one."""
    from helpdesk.update_ticket import update_ticket

    way = {1: [], 2: [4, 2], 3: [3], 4: [4], 5: [5]}[status]
    for step, next_status in enumerate(way, start=1):
        reason = STORIES["reasons"][number % len(STORIES["reasons"])]
        said = "" if next_status == 2 else f"Cierre: {reason.lower()}."
        followup = update_ticket(agent, ticket, title="", comment=said, public=False, new_status=next_status)
        followup.date = opened + timedelta(minutes=35 + step)
        followup.save()
        if next_status != 2:
            ticket.save_custom_field_values({"custom_close_reason": reason})


def _move_back(ticket, opened) -> None:
    """The first follow-up and the ticket itself are as old as the story says."""
    from helpdesk.models import FollowUp, Ticket

    first = ticket.followup_set.order_by("pk").first()
    FollowUp.objects.filter(pk=first.pk).update(date=opened)
    Ticket.objects.filter(pk=ticket.pk).update(created=opened)


def _block(tickets: list):
    """An open ticket with a task to do; `closing.py` keeps it open."""
    from helpdesk.models import Checklist, ChecklistTask

    ticket = tickets[BLOCKED]
    checklist = Checklist.objects.create(ticket=ticket, name="Antes de cerrar")
    ChecklistTask.objects.create(checklist=checklist, description="Confirmar el reembolso", position=1)
    return ticket
