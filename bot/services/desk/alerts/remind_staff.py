"""Remind whoever is responsible of what is due soon or has become overdue, once per day that is due."""

from bot.domain.alerts import DUE_SOON, REMINDED_FOR, Alert, choose_recipients, find_reminders
from bot.services.ports import Ports


async def remind_staff(ports: Ports) -> int:
    """How many reminders were new. May run as often as one likes, and in several processes at once."""
    now = ports.now()
    today = now.date()
    async with ports.unit_of_work() as work:
        known = await work.alerts.reminders(today - REMINDED_FOR)
        cases, staff = await work.alerts.due_cases(today + DUE_SOON), await work.staff.all()
        reminders = [
            Alert(staff=member.id, kind=reminder.kind, case=case.number, at=now, due_on=reminder.due_on)
            for case in cases
            for reminder in find_reminders(case, today)
            for member in choose_recipients(reminder.kind, staff, municipality=case.municipality, assignee=case.assignee)
        ]
        new = [each for each in reminders if (each.staff, each.kind.value, each.case, each.due_on) not in known]
        if new:
            await work.alerts.add(new)
            await work.commit()
    return len(new)
