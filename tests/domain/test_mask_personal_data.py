"""Personal data are masked in every language; questions about the papers and the law stay as they are."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.mask_personal_data import mask_personal_data, without_marks

IN_TWELVE_LANGUAGES = {
    "de": (
        ("Ich heiße Anna Müller und suche Hilfe", "Ich heiße ‹name› und suche Hilfe"),
        ("mein name ist ali yilmaz, geb. 12.03.1985", "mein name ist ‹name›, geb. ‹date›"),
        ("Frau Schneider vom Jobcenter hat mich beleidigt", "Frau ‹name› vom Jobcenter hat mich beleidigt"),
        ("wohne Lange Straße 12a in Halle", "wohne ‹address› in Halle"),
        ("Aktenzeichen 123 C 456/21, was nun?", "Aktenzeichen ‹file-number›, was nun?"),
        ("wer hilft? LG Sabine", "wer hilft? LG ‹name›"),
    ),
    "en": (
        ("My name is Fatima Al-Sayed, call me at 0176 12345678", "My name is ‹name›, call me at ‹phone›"),
        ("Mrs. Smith said no, born 3 April 1985", "Mrs. ‹name› said no, born ‹date›"),
        ("I live at 12 Baker Street in Halle", "I live at ‹address› in Halle"),
    ),
    "ar": (
        ("اسمي أحمد محمد وأريد المساعدة", "اسمي ‹name› وأريد المساعدة"),
        ("رقم هاتفي ٠١٧٦ ١٢٣٤٥٦٧٨", "رقم هاتفي ‹phone›"),
        ("تاريخ الميلاد ١٢/٠٣/١٩٨٥", "تاريخ الميلاد ‹date›"),
    ),
    "tr": (
        ("Merhaba, benim adım Ayşe Yılmaz, yardım lazım", "Merhaba, benim adım ‹name›, yardım lazım"),
        ("Mehmet Bey bana kötü davrandı", "‹name› Bey bana kötü davrandı"),
        ("12.03.1985 doğumluyum", "‹date› doğumluyum"),
    ),
    "uk": (
        ("Мене звати Оксана Коваленко, хто допоможе?", "Мене звати ‹name›, хто допоможе?"),
        ("пан Мюллер відмовив", "пан ‹name› відмовив"),
        ("народилася 05.06.1990, тел. +380 67 123 45 67", "народилася ‹date›, тел. ‹phone›"),
    ),
    "ru": (
        ("меня зовут Иван Петров, куда идти", "меня зовут ‹name›, куда идти"),
        ("Дата рождения: 01.02.1980", "Дата рождения: ‹date›"),
        ("живу на ул. Гёте 5", "живу на ‹address›"),
    ),
    "fa": (
        ("سلام، اسم من علی رضایی است", "سلام، اسم من ‹name› است"),
        ("شماره من ۰۱۵۲ ۳۴۵۶۷۸۹۰", "شماره من ‹phone›"),
        ("متولد ۱۹۸۵/۰۳/۱۲ هستم", "متولد ‹date› هستم"),
    ),
    "fr": (
        ("je m'appelle Marie Dupont et je cherche", "je m'appelle ‹name› et je cherche"),
        ("Mme Bernard m'a insultée, née le 3 mai 1990", "Mme ‹name› m'a insultée, née le ‹date›"),
        ("j'habite 12 rue de la Paix", "j'habite ‹address›"),
    ),
    "pl": (
        ("Nazywam się Jan Kowalski, kto pomoże", "Nazywam się ‹name›, kto pomoże"),
        ("pani Nowak odmówiła, ur. 3.5.1977", "pani ‹name› odmówiła, ur. ‹date›"),
    ),
    "ro": (
        ("mă numesc Ion Popescu și vreau ajutor", "mă numesc ‹name› și vreau ajutor"),
        ("doamna Ionescu m-a refuzat, născut la 12.03.1985", "doamna ‹name› m-a refuzat, născut la ‹date›"),
    ),
    "vi": (
        ("tên tôi là Nguyễn Văn An, tôi cần giúp", "tên tôi là ‹name›, tôi cần giúp"),
        ("ông Trần mắng tôi, sinh ngày 12/03/1985", "ông ‹name› mắng tôi, sinh ngày ‹date›"),
    ),
    "es": (
        ("me llamo José García y busco ayuda", "me llamo ‹name› y busco ayuda"),
        ("la señora López me gritó, nací el 3 de mayo de 1990", "la señora ‹name› me gritó, nací el ‹date›"),
        ("vivo en la calle Mayor 5", "vivo en la ‹address›"),
    ),
}
EVERYWHERE = (
    ("schreib an anna.mueller+x@web.de bitte", "schreib an ‹email› bitte"),
    ("anna (at) web.de", "‹email›"),
    ("siehe https://www.facebook.com/anna.mueller?x=1", "siehe https://www.facebook.com/‹link›"),
    ("t.me/annamueller oder @anna_m", "t.me/‹link› oder ‹handle›"),
    ("IBAN DE89 3704 0044 0532 0130 00 ok", "IBAN ‹iban› ok"),
    ("de89370400440532013000", "‹iban›"),
    ("Code K7Q2-9XRA-44TT-0ABC", "Code ‹code›"),
    ("Fall K7Q2-9XRA", "Fall ‹code›"),
    ("+49 (345) 123-4567 rufen", "‹phone› rufen"),
    ("0049345/1234567", "‹phone›"),
    ("Ich (0345 1234567) frage", "Ich ‹phone› frage"),
    ("Rufen Sie an: 0176/23456789 oder 0345/2214050", "Rufen Sie an: ‹phone› oder ‹phone›"),
    ("позвоните мне 8 (903) 123-45-67", "позвоните мне ‹phone›"),
    ("tel. 501 234 567", "tel. ‹phone›"),
    ("Steuer-ID 12 345 678 901", "Steuer-ID ‹file-number›"),
    ("born on March 5th, 1990", "born on ‹date›"),
    ("Ich bin Fatma Yıldız und brauche Hilfe", "Ich bin ‹name› und brauche Hilfe"),
    ("hier ist Mohammed Al-Hassan", "hier ist ‹name›"),
    ("I am Sarah Johnson and I was fired", "I am ‹name› and I was fired"),
    ("Я Іван Шевченко, допоможіть", "Я ‹name›, допоможіть"),
    ("Jestem Piotr Kowalski", "Jestem ‹name›"),
    ("Tôi tên là Nguyễn Văn An", "Tôi tên là ‹name›"),
    ("Mein Mann heißt Ibrahim Diallo", "Mein Mann heißt ‹name›"),
    ("my name is Grace   Mensah", "my name is ‹name›"),
    ("Meine Kundennummer: 843A012345", "Meine Kundennummer: ‹file-number›"),
    ("1234567890", "‹number›"),
)
UNTOUCHED = (
    "Was steht in 20-V-33-0003 und V1332/21, Beschluss 2017/1900 und 1.11120.01?",
    "Gilt § 15 Abs. 4 AGG oder §§ 19, 20, 21 AGG auch für Behörden?",
    "110 oder 112 oder 116 016, und 0800 546 546 5 zum Reden",
    "60.000 Euro im Jahr 2020, 1 154 532 € für 2022/2023",
    "Vom 01.01.2021 bis 31.12.2025?",
    "Was wurde am 18. Dezember 2017 beschlossen?",
    "Frauen und Männer: wer hilft einer Frau mit Kopftuch in Halle?",
    "Mein Name ist falsch geschrieben",
    "Dienstleistungszentrum Demokratie und Integration in Halle (Saale), Amt 33",
    "Am Montag 12 Uhr, am Freitag 13 Uhr",
    "شماره ۱۱۲ و ۲۴۰۹۵۰ یورو در سال ۲۰۲۰",
    "Ich bin Student aus Halle, I am Syrian, je suis Français et soy de Siria",
    "Vorlage 2023/01234 und 1 500 000 Menschen",
    "Herr der Lage? Frau und Beruf",
    "Testanfrage nasıl yapılır Alman ismiyle",
    "bot adımı kaydediyor mu",
)


@pytest.mark.parametrize(("text", "masked"), [pair for pairs in IN_TWELVE_LANGUAGES.values() for pair in pairs])
def test_who_somebody_is_is_masked_in_their_language(text: str, masked: str) -> None:
    assert mask_personal_data(text) == masked


def test_every_language_is_looked_at() -> None:
    assert len(IN_TWELVE_LANGUAGES) == 12


@pytest.mark.parametrize(("text", "masked"), EVERYWHERE)
def test_what_looks_the_same_everywhere_is_masked(text: str, masked: str) -> None:
    assert mask_personal_data(text) == masked


@pytest.mark.parametrize("text", UNTOUCHED)
def test_what_everybody_may_know_stays(text: str) -> None:
    assert mask_personal_data(text) == text


@pytest.mark.parametrize("text", [pair[0] for pairs in (*IN_TWELVE_LANGUAGES.values(), EVERYWHERE) for pair in pairs])
def test_masking_again_changes_nothing(text: str) -> None:
    once = mask_personal_data(text)
    assert mask_personal_data(once) == once


def test_a_phrasing_is_learned_without_the_marks() -> None:
    assert without_marks("Ich heiße ‹name›, wer hilft mir ‹phone› ?") == "Ich heiße, wer hilft mir?"


@given(st.text(max_size=300))
def test_any_text_can_be_masked(text: str) -> None:
    mask_personal_data(text)


@pytest.mark.parametrize(
    "piece", ["0 ", "a ", "ich heiße ", "@", "geb. ", "1.", "calle a ", "x.", "http://", "DE12 ", "Tel: 1-", "a-", "ул. а ", "\n", "\u00a0"]
)
def test_a_long_text_is_masked_quickly(piece: str) -> None:
    text = (piece * 4000)[:4000]
    start = time.perf_counter()
    mask_personal_data(text)
    assert time.perf_counter() - start < 0.5
