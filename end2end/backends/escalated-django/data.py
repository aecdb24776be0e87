"""The data: sixty tickets in every state, each with what was said about it, the same at every start but for the
times, which are counted back from now.

Written with the product's own service where it matters, so that the activities are those that it writes.
"""

import json
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

STORIES = json.loads((Path(__file__).resolve().parents[1] / "common" / "stories.json").read_text())
PASSWORD = STORIES["password"]
EMAILS = {person["username"]: person["email"] for person in [*STORIES["agents"], STORIES["admin"]]}
STAFF = list(EMAILS)
COUNT = 60
#: Of ten tickets, six are open in one way or another.
STATUSES = ["open", "closed", "in_progress", "waiting_on_customer", "resolved", "open", "closed", "reopened",
            "waiting_on_agent", "escalated"]
#: Which of the tickets cannot be closed, counted from 0; it is open and nobody's.
HELD = 15
COLOURS = ["#b91c1c", "#1d4ed8", "#047857", "#b45309", "#6d28d9"]
PRIORITIES = ["urgent", "high", "medium", "low"]
CHANNELS = ["email", "web", "chat"]


def fill() -> dict:
    """Fills the empty database; answers the ids that whoever uses it needs to know."""
    people = _people()
    departments = _departments(people)
    tags = _tags()
    tickets = [_ticket(number, departments, tags, people) for number in range(COUNT)]
    of_status = {status: [t.reference for t in tickets if t.status == status] for status in dict.fromkeys(STATUSES)}
    return {
        "tickets": len(tickets),
        "of_status": of_status,
        "blocked": tickets[HELD].reference,
        "departments": [{"id": department.pk, "name": department.name} for department in departments],
        "agents": [{"id": user.pk, "username": user.username, "name": user.get_full_name()}
                   for user in people.values()],
        "tags": [{"id": tag.pk, "name": tag.name} for tag in tags],
        "reasons": STORIES["reasons"],
    }


def _people() -> dict:
    from django.contrib.auth.models import User

    users = {}
    for person in [*STORIES["agents"], STORIES["admin"]]:
        first, _, last = person["name"].partition(" ")
        users[person["username"]] = User.objects.create_user(
            person["username"], person["email"], PASSWORD, first_name=first, last_name=last,
            is_staff=person is STORIES["admin"], is_superuser=person is STORIES["admin"])
    return users


def _departments(people: dict) -> list:
    from escalated.models import Department

    departments = [Department.objects.create(name=team, slug=team.lower(), is_active=True)
                   for team in STORIES["teams"]]
    for department in departments:
        department.agents.set(user for name, user in people.items() if name != "admin")
    return departments


def _tags() -> list:
    from escalated.models import Tag

    return [Tag.objects.create(name=name, slug=f"tag-{number}", color=colour)
            for number, (name, colour) in enumerate(zip(STORIES["tags"], COLOURS), start=1)]


def _ticket(number: int, departments: list, tags: list, people: dict):
    from escalated.models import Ticket

    story = STORIES["stories"][number % len(STORIES["stories"])]
    customer = STORIES["customers"][number % len(STORIES["customers"])]
    agent = people[STORIES["agents"][number % 4]["username"]] if number % 4 < 3 else None
    ticket = Ticket.objects.create(
        # The product makes up random ones; tests want to know them.
        reference=f"ESC-{number + 1:05}",
        guest_name=customer["name"], guest_email=customer["email"],
        subject=f"{story['subject']} #{number + 1}", description=story["turns"][0][1],
        department=departments[number % len(departments)], priority=PRIORITIES[number % len(PRIORITIES)],
        channel=CHANNELS[number % len(CHANNELS)], metadata={"legal_hold": True} if number == HELD else None)
    ticket.tags.set(tag for tag in tags if tag.name in story["tags"])
    opened = timezone.now() - timedelta(minutes=number * number * 11 + 40)
    _move(ticket, STATUSES[number % len(STATUSES)], agent, people)
    _say(ticket, story["turns"][1:], agent or people["beto"], opened)
    _move_back(ticket, opened, len(story["turns"]))
    return Ticket.objects.get(pk=ticket.pk)


def _move(ticket, status: str, agent, people: dict) -> None:
    """Brings the ticket to its owner and into its state by the product's own service."""
    from escalated.services.ticket_service import TicketService

    service = TicketService()
    if agent:
        service.assign(ticket, people["admin"], agent)
    for step in ["closed", "reopened"] if status == "reopened" else [status]:
        service.change_status(ticket, agent or people["beto"], step)


def _say(ticket, turns: list, agent, opened) -> None:
    """What was said after the first message. A customer without an account, as here, is an author of nothing."""
    from escalated.models import Reply

    for step, (who, text) in enumerate(turns, start=1):
        reply = Reply.objects.create(
            ticket=ticket, author=None if who == "c" else agent, body=text, is_internal_note=who == "n",
            type=Reply.Type.NOTE if who == "n" else Reply.Type.REPLY)
        Reply.objects.filter(pk=reply.pk).update(created_at=opened + timedelta(minutes=7 * step))


def write(reference: str, text: str) -> None:
    """The customer writes as a guest, by the product's own service."""
    from escalated.models import Ticket
    from escalated.services.ticket_service import TicketService

    TicketService().reply(Ticket.objects.get(reference=reference), None, {"body": text})


def _move_back(ticket, opened, turns: int) -> None:
    """What the product has dated now is as old as the story says."""
    from escalated.models import Ticket, TicketActivity

    last = opened + timedelta(minutes=7 * (turns - 1))
    TicketActivity.objects.filter(ticket=ticket).update(created_at=opened + timedelta(minutes=2))
    dates = {name: last for name in ("resolved_at", "closed_at") if getattr(ticket, name)}
    Ticket.objects.filter(pk=ticket.pk).update(created_at=opened, updated_at=last, **dates)
