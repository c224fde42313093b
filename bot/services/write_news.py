"""Write news about an entry, or about what ends soon at a programme, in a subscriber's language."""

from datetime import date

from bot.domain.bidi import isolate_latin
from bot.domain.knowledge import Entry, KnowledgeBase, Programme, Topic, in_language
from bot.domain.languages import Language, is_right_to_left
from bot.domain.messages import Button, Reply
from bot.domain.news import Announcement, find_subject
from bot.services.cite_source import cite_source
from bot.services.ports import Wording


def write_news(announcement: Announcement, language: Language, knowledge: KnowledgeBase, wording: Wording) -> Reply | None:
    """The message, with one button that ends it; None when what it is about is not published any more."""
    occasion, topic = announcement.occasion, announcement.topic
    match find_subject(occasion, knowledge):
        case Entry() as entry:
            text = _write_entry(entry, language, knowledge, wording)
            source = cite_source(entry, knowledge, language, wording)
        case Programme() as programme:
            text = _write_deadline(programme, occasion.day, language, wording)
            source = cite_source(programme, knowledge, language, wording)
        case _:
            return None
    text = f"{wording.say('news.about', language, topic=name_topic(topic, language, wording))}\n\n{text}"
    return Reply(
        text=isolate_latin(text) if is_right_to_left(language) else text,
        choices=(Button(label=wording.say_plain("news.stop", language), value=f"unsubscribe:{topic}"),),
        source=source,
    )


def name_topic(topic: Topic, language: Language, wording: Wording) -> str:
    """What a topic is called in the menu."""
    return wording.say_plain(f"menu.{topic.value}", language)


def _write_entry(entry: Entry, language: Language, knowledge: KnowledgeBase, wording: Wording) -> str:
    """Title and answer; where the answer is in another language, a sentence in theirs says so."""
    title, _ = in_language(entry.title, language)
    city = in_language(knowledge.municipalities[entry.municipality].name, language)[0] if entry.municipality else ""
    answer, written_in = in_language(entry.answers, language)
    parts = [f"**{title if city in title else f'{title} ({city})'}**"]
    parts += [] if written_in == language else [wording.say("answer.other-language", language)]
    return "\n\n".join([*parts, answer.strip()])


def _write_deadline(programme: Programme, day: date, language: Language, wording: Wording) -> str:
    """What ends or is due on a day."""
    lines = [wording.say("news.ends-soon", language, programme=programme.name)]
    for deadline in programme.deadlines:
        if deadline.date == day:
            what, _ = in_language(deadline.what, language)
            lines.append(wording.say("programme.deadline", language, what=what, date=day))
    for amount in programme.amounts:
        if amount.until == day:
            purpose, _ = in_language(amount.purpose, language)
            lines.append(wording.say("news.support-ends", language, purpose=purpose, date=day))
    return "\n\n".join(lines)
