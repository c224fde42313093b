"""Which decision a message calls for.

The rules, in their order:
1. The emergency numbers come first, at any point, even inside the report form (which then goes on), and wherever a text may be a cry
   for help; what it more likely means follows them.
2. A button or command does what it says; a stale or forged one leads back to the menu, harmlessly.
3. While a form waits for an answer, a text is that answer. While a human answers the chat, every other text is for them.
4. A receipt code opens its case. Then: the wish to report, to be heard by a human, and the other things one can do here.
5. A question is answered when the reading is sure and one entry fits the city; unsure: up to three suggestions;
   several cities: ask for the city; else say plainly that it is not known. A wrong answer costs more than none.
"""

from bot.domain.decide_choice import decide_choice, decide_command
from bot.domain.decide_text import decide_text
from bot.domain.decisions import Decision, ExplainUnsupported
from bot.domain.messages import Choice, Command, Content, Text, Unsupported
from bot.domain.situation import Situation


def decide(content: Content, situation: Situation) -> Decision:
    """The one decision for a message."""
    match content:
        case Unsupported(what=what):
            return ExplainUnsupported(what=what)
        case Choice(value=value):
            return decide_choice(value, situation)
        case Command(name=name, argument=argument):
            return decide_command(name, argument, situation)
        case Text(text=text):
            return decide_text(text, situation)
