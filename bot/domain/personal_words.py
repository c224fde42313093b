"""The words that personal data stand beside, in the languages we speak: introductions, titles, birth, file numbers, streets.

All are parts of regular expressions that ignore case; the languages in their order: de en ar tr uk ru fa fr pl ro vi es.
"""

from bot.domain.folding import fold

INTRODUCTIONS = (
    r"(?:mann|frau|sohn|tochter|kind|bruder|schwester|vater|mutter|freund(?:in)?|chef(?:in)?)\s+hei(?:ß|ss)t",
    r"(?:vermieter|nachbar|lehrer|kolleg)(?:e|in)?\s+hei(?:ß|ss)t",
    r"ich hei(?:ß|ss)e", r"mein(?:e)?\s+(?:vor|nach|familien)?name\s+(?:ist|lautet)", r"(?:vor|nach|familien)name\s*(?:ist\s|:)",
    r"name\s*:", r"my\s+(?:full\s+|first\s+|last\s+)?name(?:\s+is|['’]s)", r"i\s+am\s+called", r"(?:first|last|full)\s+name\s*:",
    r"surname\s*:", r"[اإ]سمي(?:\s+هو)?", r"الاسم\s*:", r"اسم\s+من", r"نام\s+من", r"نام\s*:", r"benim\s+ad[ıi]m", r"ad[ıi]m\s*:",
    r"ad[ıi]m\s+soyad[ıi]m", r"мене\s+зва(?:ти|ли)", r"мене\s+звуть", r"меня\s+зовут",
    r"(?:моє\s+ім['’ʼ]?я|моё\s+имя|мое\s+имя)\s*[—–:-]", r"mene\s+zvat[iy]", r"menya\s+zovut", r"esme\s+man", r"je\s+m['’]?\s?appelle",
    r"mon\s+(?:pré)?nom\s+(?:est|c['’]est)", r"(?:pré)?nom\s*:", r"nazywam\s+si[ęe]", r"mam\s+na\s+imi[ęe]",
    r"moje\s+(?:imi[ęe]|nazwisko)(?:\s+to)?", r"m[ăa]\s+numesc", r"numele\s+meu\s+(?:este|e)", r"t[êe]n\s+(?:c[ủu]a\s+)?t[ôo]i\s+l[àa]",
    r"t[ôo]i\s+t[êe]n(?:\s+l[àa])?",
    r"t[êe]n\s+(?:em|m[ìi]nh|anh|ch[ịi]|ch[áa]u)\s+l[àa]", r"h[ọo]\s+t[êe]n\s*:?", r"me\s+llamo",
    r"mi\s+(?:nombre|apellido)\s+(?:es|completo\s+es)",
    r"(?:nombre|apellidos?)\s*:",
)  # fmt: skip
"""What comes before somebody's own name, however it is written."""

BEGINNINGS = (r"ad[ıi]m", r"[İi]smim", r"soyad[ıi]m", r"اسمم", r"моє\s+ім['’ʼ]?я", r"мо[её]\s+имя", r"m[ăa]\s+cheam[ăa]")
"""The same, but only where a sentence begins: elsewhere they speak about the name ("because of my name")."""

PRESENTATIONS = (
    r"ich bin", r"hier (?:ist|spricht)", r"i am", r"i['’]m", r"this is", r"ben", r"я", r"je suis", r"ici", r"jestem", r"sunt",
    r"t[ôo]i l[àa]", r"soy", r"mi hij[oa]", r"мій син", r"моя дочка", r"мой сын", r"моя дочь", r"my (?:son|daughter|husband|wife)",
)  # fmt: skip
"""What comes before a name or before anything else: only two words with capital letters in a row are taken for one."""

TITLES = (
    r"her+n?\.?", r"hr\.", r"frau", r"fr\.", r"mr\.?", r"mrs\.?", r"ms\.?", r"dr\.?", r"prof\.?", r"monsieur", r"m\.", r"mme\.?",
    r"mlle\.?", r"madame", r"mademoiselle", r"pan(?:i|em?|u|a|ią)?", r"sr\.?", r"sra\.?", r"srta\.?", r"señor(?:a|ita)?", r"doñ?[na]a?",
    r"domnu(?:l|lui)", r"doamn(?:a|ei)", r"dl\.?", r"dna\.?", r"d-(?:l|na)", r"господин(?:а|у|ом)?", r"госпож(?:а|и|е|у|ой)",
    r"г-(?:н|на|жа|жи)", r"пан(?:а|у|ом|ові|ові)?", r"пан[іi]", r"ông", r"bà", r"anh", r"chị", r"cô", r"thầy",
)  # fmt: skip
"""What comes before a name that begins with a capital letter."""
TITLES_IN_ANY_CASE = (r"her+n", r"herr", r"hr\.", r"mr\.?", r"mrs\.?", r"mme", r"mlle", r"sra\.", r"sr\.", r"[آا]قای", r"السيدة?")
"""Those that hardly mean anything else, so that the name may be written in small letters (or in a script that has none)."""
TITLES_AFTER = (r"bey(?:e|in|den)?", r"han[ıi]m(?:a|[ıi]n|dan)?")

NO_NAMES = frozenset(
    fold("""
    und oder aber aus von vom mit ohne wegen der die das den dem des ein eine einer einem einen ist sind war hat habe bin wird werde im in
    an am
    auf bei für vor nach über unter seit durch gegen weil dass wenn nicht kein keine falsch anders richtig nur auch so zu zur zum als wie
    was wo wer warum mein meine dein ihr ihre ich du er sie es
    wir ausländisch deutsch fremd komisch schwer man mann benachteiligt diskriminiert bekommt
    and or but from with without because the a an is are was has have am in on at for not no wrong different only also so to as how what
    where
    who why my your his her their i you he she it we they foreign too very being getting spelled spelt misspelled changed written
    pronounced
    not sounds
    et ou mais de du des d le la les un une est suis ai avec sans pour pas sur dans en à au que qui quoi comment ça ce cela mal écrit je
    tu il
    elle on nous par
    y o pero el los las uno una es soy con sin para por no sí en a al que quién cómo qué así eso ya mal mi tu su yo él ella
    i lub albo ale z ze w we na do od jest są był nie tak jak co kto gdzie się to ten ta po dla bez o u przy rzuciła pomógł osunęła
    și si sau dar din cu fără pentru nu este sunt e am la pe în in ca ce cine cum unde un o transmis publicat folosit stocat se
    ve veya ama bir bu şu o için ile mı mi mu mü da de ki ne kim nasıl değil yok var hiç çok geçiyor başkasına adım yanlış yabancı
    yüzünden
    và hoặc nhưng của là ở tại có không bị được với cho từ gì ai thế nào tôi bạn đức việt anh
    і й та або але з із зі в у на до від це що як хто де не є був була по за для про мене моє
    и или но с со из в на до от это что как кто где не есть был была по за для про у меня мое моё
    و او یا از به با در که را است هست هستم بود این آن چه کی کجا برای من تو ما نیست شما مشاور محجبه رو به خاطر
    من في إلى الى عن مع هل ما لا أن ان هو هي هذا هذه الذي التي كان لأحد لاحد بيقولوا العربي ثبت وكل وصورتي غير ليس اجنبي أجنبي
""").split()
)
"""Words that follow an introduction or a title without being a name: "mein Name ist falsch geschrieben"."""

BIRTH = (
    r"geb(?:oren|urts\w*|\.)?", r"\*", r"born", r"birth(?:day|date)?", r"d\.?\s?o\.?\s?b\.?", r"ولدت?", r"مولود\w*", r"مواليد",
    r"الميلاد", r"ميلادي?", r"do[ğg]um\w*", r"do[ğg]dum", r"народ\w*", r"рожд\w*", r"родил\w*", r"д\.\s?[рн]\.?", r"г\.\s?р\.?", r"متولد",
    r"تولدم?", r"میلاد", r"née?", r"naissance", r"urodz\w*", r"ur\.", r"n[ăa]scut[ăa]?", r"na[șşs]ter\w*", r"sinh",
    r"nac(?:í|i|id[oa]|imiento)",
)  # fmt: skip

FILE_NUMBERS = (
    r"aktenzeichen", r"az\.?", r"gesch(?:ä|ae)ftszeichen", r"kundennummer", r"bg-?nummer", r"bedarfsgemeinschaft\w*", r"vorgangs?nummer",
    r"aktennummer", r"fallnummer", r"steuer-?id\w*", r"steuernummer", r"(?:sozial)?versicherungs?nummer", r"versichertennummer",
    r"pass(?:port)?-?nummer", r"reisepass", r"ausweis-?nummer", r"matrikelnummer",
    r"(?:file|case|reference|customer|passport|id)\s+(?:number|no\.?)", r"رقم\s+(?:ال)?(?:ملف|قضية|جواز|زبون|هوية)\w*",
    r"dosya\s+(?:no|numaras[ıi]|numaram)", r"pasaport\s+(?:no|numaram)", r"номер\s+(?:справи|дела|паспорта|клієнта|клиента)",
    r"справа\s+№", r"дело\s+№", r"شماره\s+(?:ی\s+)?(?:پرونده|پاسپورت|مشتری)", r"num[ée]ro\s+de\s+(?:dossier|client|passeport)",
    r"(?:numer|nr)\s+(?:sprawy|klienta|paszportu)", r"sygnatura", r"num[ăa]r(?:ul)?\s+(?:de\s+)?(?:dosar(?:ului)?|client|pa[șs]aport)",
    r"số\s+(?:hồ\s+sơ|hộ\s+chiếu|khách\s+hàng)", r"n[úu]mero\s+de\s+(?:expediente|cliente|pasaporte)",
)  # fmt: skip

PHONE_WORDS = (
    r"tel(?:efon\w*|\.|éfono|efonum|ephone)?", r"handy\w*", r"mobil\w*", r"phone", r"call\s+me(?:\s+(?:at|on))?", r"whats\s?app",
    r"nummer", r"number", r"هاتفي?", r"جوالي?", r"رقمي", r"تلفنم?", r"موبایلم?", r"شماره(?:\s+ام|م)?", r"numaram", r"тел(?:\.|ефон\w*)?",
    r"номер", r"numéro", r"numer", r"num[ăa]r(?:ul)?", r"số(?:\s+điện\s+thoại)?", r"móvil", r"n[úu]mero",
)  # fmt: skip

GREETINGS_AT_THE_END = (
    r"(?:mit\s+)?(?:freundliche|liebe|viele|herzliche|beste)[nr]?\s+gr(?:ü|ue)(?:ß|ss)en?", r"gru(?:ß|ss)", r"(?:lg|mfg|vg)",
    r"(?:best|kind|warm)\s+regards", r"regards", r"yours\s+(?:sincerely|faithfully)", r"مع\s+(?:خالص\s+)?(?:التحية|الشكر)", r"تحياتي",
    r"saygılarımla", r"с\s+уважением", r"з\s+повагою", r"با\s+احترام", r"cordialement", r"(?:z\s+)?(?:poważaniem|pozdrawiam)",
    r"cu\s+stim[ăa]", r"trân\s+trọng", r"(?:un\s+)?saludos?(?:\s+cordiales)?", r"atentamente",
)  # fmt: skip

STREETS_AFTER_NAME = r"(?:straße|strasse|str\.?|weg|platz|allee|gasse|ring|damm|ufer|chaussee|steig|stieg|pfad|promenade|markt)"
"""German: the number follows."""
STREETS_BEFORE_NAME = (
    r"calle", r"avenida", r"avda\.?", r"paseo", r"ul\.", r"ulica", r"ulicy", r"ulicę", r"aleja", r"strada", r"str\.", r"bulevardul",
    r"calea", r"ул\.", r"улиц[аеы]", r"вул\.", r"вулиц[яі]", r"проспект",
)  # fmt: skip
"""The name comes between the word and the number."""
NO_STREETS = frozenset(
    fold("""
    montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz april mai juni juli august september oktober november
    dezember paragraph paragraf artikel absatz punkt thema tag ende anfang beispiel teil
""").split()
)
