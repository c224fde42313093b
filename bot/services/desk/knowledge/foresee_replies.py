"""What people would read after a foreseen decision, as far as it says something by itself."""

from dataclasses import replace

from bot.domain import decisions
from bot.domain.bidi import isolate_latin
from bot.domain.languages import is_right_to_left
from bot.domain.messages import Reply
from bot.services.carry_out import emergency_reply
from bot.services.desk.knowledge.foresee_answer import Foreseen
from bot.services.show_entry import show_entry
from bot.services.show_suggestions import admit_not_knowing, ask_municipality, show_suggestions, show_topic
from bot.services.turn import Turn


def foresee_replies(foreseen: Foreseen) -> tuple[Reply, ...]:
    """The replies; none for what begins something else, such as a report."""
    replies = _say(foreseen.decision, foreseen.turn)
    if is_right_to_left(foreseen.language):
        return tuple(replace(reply, text=isolate_latin(reply.text)) for reply in replies)
    return replies


def _say(decision: decisions.Decision, turn: Turn) -> tuple[Reply, ...]:
    match decision:
        case decisions.GiveAnswer():
            return show_entry(decision, turn).replies
        case decisions.Suggest():
            return show_suggestions(decision, turn).replies
        case decisions.AskMunicipality():
            return ask_municipality(decision, turn).replies
        case decisions.AdmitNotKnowing():
            return admit_not_knowing(decision, turn).replies
        case decisions.ShowTopic():
            return show_topic(decision.topic, turn).replies
        case decisions.SaySmalltalk():
            return (Reply(text=turn.say(f"smalltalk.{decision.intent}")),)
        case decisions.ShowEmergency():
            return (emergency_reply(turn),)
        case decisions.WarnFirst():
            return (emergency_reply(turn), *_say(decision.then, turn))
    return ()
