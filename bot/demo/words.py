"""What invented staff and invented people write beside the stories."""

from bot.domain.languages import Language

NOTES = (
    "Beispiel: Telefonat geführt. Die Person möchte, dass wir vermitteln, aber nicht namentlich genannt werden.",
    "Beispiel: Unterlagen angefordert. Rückmeldung bis Ende nächster Woche zugesagt.",
    "Beispiel: Rücksprache im Team. Frist nach dem AGG im Blick behalten.",
    "Beispiel: Dolmetschen für den Termin ist bestellt.",
)
ASSESSMENTS = (
    "Beispiel: Nach den vorliegenden Angaben liegt eine Benachteiligung nahe. Ein Gespräch mit der Gegenseite ist sinnvoll.",
    "Beispiel: Die Schilderung ist stimmig, Belege fehlen. Wir dokumentieren und begleiten.",
    "Beispiel: Rechtlich unklar. Eine Beratung durch eine Fachstelle wurde empfohlen.",
)
STEPS_TAKEN = "Beispiel: Verlauf und Ergebnis sind in der Akte vermerkt."
OUTCOMES = (
    ("resolved", "agreement"), ("resolved", "apology"), ("resolved", "decision-changed"), ("referred", "unknown"),
    ("no-contact", "unknown"), ("documentation-only", "no-change"),
)  # fmt: skip
"""Reasons to close, each with an outcome that goes with it."""
ANSWERS = {
    Language("de"): "Beispiel: Danke für die Nachricht. Donnerstag um 10 Uhr passt mir gut.",
    Language("en"): "Example: Thank you for your message. Thursday at 10 works for me.",
    Language("ar"): "مثال: شكرا على رسالتكم. يناسبني يوم الخميس الساعة العاشرة.",
    Language("uk"): "Приклад: Дякую за повідомлення. У четвер о 10 мені зручно.",
    Language("tr"): "Örnek: Mesajınız için teşekkürler. Perşembe saat 10 bana uyar.",
    Language("ru"): "Пример: Спасибо за сообщение. В четверг в 10 мне удобно.",
}
CHATS = (
    ("halle", "ar", ("مثال: مرحبا، هل يمكنني التحدث مع شخص؟", "مثال: لدي سؤال عن رسالة من المدرسة.")),
    ("halle", "de", ("Beispiel: Guten Tag, ich möchte etwas melden, aber nicht schreiben. Kann ich anrufen?",)),
    ("wiesbaden", "uk", ("Приклад: Добрий день! Мені потрібна допомога з листом від орендодавця.",)),
    ("dresden", "en", ("Example: Hello, can somebody tell me whether I can come to your office today?",)),
)
"""Chats with a human: city, language, and what the person writes first."""
CHAT_ANSWER = "Beispiel: Guten Tag, ich bin jetzt für Sie da. Worum geht es?"
