"""Show a funding programme: amounts, who may apply, conditions and deadlines, from data."""

from bot.domain.knowledge import Amount, in_language
from bot.domain.messages import Reply, Status
from bot.services.show_entry import cite
from bot.services.turn import Outcome, Turn, outcome


def show_programme(key: str, turn: Turn) -> Outcome:
    """The programme with every amount written the way the person's language writes numbers."""
    programme = turn.knowledge.programmes[key]
    lines = [f"**{programme.name}**", turn.say("programme.funder", funder=programme.funder)]
    lines += [f"- {_amount(amount, turn)}" for amount in programme.amounts]
    for name in ("who_may_apply", "conditions", "needed"):
        text, _ = in_language(getattr(programme, name), turn.language)
        lines += ["", turn.say(f"programme.{name.replace('_', '-')}", text=text)] if text else []
    for deadline in programme.deadlines:
        what, _ = in_language(deadline.what, turn.language)
        lines += ["", turn.say("programme.deadline", what=what, date=deadline.date)]
    return outcome(turn, Status.ANSWERED, Reply(text="\n".join(lines), source=cite(programme, turn)))


def _amount(amount: Amount, turn: Turn) -> str:
    purpose, _ = in_language(amount.purpose, turn.language)
    key = "programme.amount-per-year" if amount.per == "year" else "programme.amount"
    period = turn.say("programme.period", since=amount.since, until=amount.until) if amount.since and amount.until else ""
    return f"{turn.say(key, purpose=purpose, euros=amount.euros)} {period}".strip()
