"""What a line says: invented names, places, authorities, dates, numbers, addresses, salad.

Nothing here is a person's: names are built of syllables, so that the net learns letters
and not a list. Phrases are those that any form prints.
"""

import form_words

KAZAKH_BACK, KAZAKH_FRONT = "аоұы", "әеөүіи"
CONSONANTS = "бвгғджзйкқлмнңпрстфхһцчшщ"
RUSSIAN_VOWELS = "аеиоуыэюяё"
RARE = "ӘҒҚҢӨҰҮҺІЁЪЩЦЭФәғқңөұүһіёъщцэфЬьЫыШшПпГгТт"
ENDINGS = ("ов", "ова", "ев", "ева", "ин", "ина", "ұлы", "қызы", "ович", "овна", "евич", "евна", "бек", "гүл", "бай", "ский", "ская")
PHRASES = (
    "ҚАЗАҚСТАН РЕСПУБЛИКАСЫ", "РЕСПУБЛИКА КАЗАХСТАН", "ЖЕКЕ КУӘЛІК", "УДОСТОВЕРЕНИЕ ЛИЧНОСТИ", "ТЕГІ", "ФАМИЛИЯ", "АТЫ",
    "ИМЯ", "ӘКЕСІНІҢ АТЫ", "ОТЧЕСТВО", "ТУҒАН КҮНІ", "ДАТА РОЖДЕНИЯ", "ЖСН", "ИИН", "ТУҒАН ЖЕРІ", "МЕСТО РОЖДЕНИЯ", "ҰЛТЫ",
    "НАЦИОНАЛЬНОСТЬ", "АЗАМАТТЫҒЫ", "ГРАЖДАНСТВО", "БЕРГЕН ОРГАН", "БЕРГЕН МЕКЕМЕ", "ОРГАН ВЫДАЧИ", "БЕРІЛГЕН КҮНІ",
    "ҚОЛДАНЫЛУ МЕРЗІМІ", "ДАТА ВЫДАЧИ", "СРОК ДЕЙСТВИЯ", "ЖЫНЫСЫ", "ПОЛ", "ҚОЛЫ", "ПОДПИСЬ", "ЕР", "ӘЙЕЛ", "МУЖ", "ЖЕН",
    "МВД РК", "ҚР ІІМ", "МИНИСТЕРСТВО ВНУТРЕННИХ ДЕЛ РК", "ҚР ІШКІ ІСТЕР МИНИСТРЛІГІ", "МЮ РК", "ҚР ӘМ", "УМС ДП", "УВМ",
    "Департамент полиции", "Полиция департаменті", "Управление миграционной службы", "Көші-қон қызметі басқармасы",
    "Рұқсат", "Разрешение на выезд", "постоянное место жительства", "тұрақты тұруға", "Тіркеу карточкасы", "Учётная карточка",
    "Семейное положение", "Отбасылық жағдайы", "Образование", "Білімі", "Профессия", "Мамандығы", "Адрес", "Мекенжайы",
    "Телефон", "Электронная почта", "Цель пребывания", "Болу мақсаты", "обл.", "область", "облысы", "г.", "қ.", "қаласы",
    "ауданы", "район", "ауылы", "село", "ул.", "көш.", "үй", "дом", "кв.", "пәт.", "пр.", "даңғ.", "ҚАЗАҚ", "КАЗАХ", "РУССКИЙ",
    "выдано гражданину", "гражданке", "на выезд в", "дата рождения", "действительно до", "Германия", "Түркия", "КОРЕЯ", "США",
)  # fmt: skip
LATIN_WORDS = ("Strasse", "street", "avenue", "Berlin", "Ankara", "University", "mail", "Box", "Apt", "Sokak", "Cad", "Platz")


def one_of(chance, choices):
    return choices[int(chance.integers(len(choices)))]


def digits(chance, count):
    return "".join(str(digit) for digit in chance.integers(0, 10, count))


def syllables(chance):
    """An invented word; Kazakh ones keep the harmony of vowels, as real ones do."""
    kind = chance.random()
    vowels = KAZAKH_BACK if kind < 0.3 else KAZAKH_FRONT if kind < 0.55 else RUSSIAN_VOWELS if kind < 0.9 else KAZAKH_FRONT + RUSSIAN_VOWELS
    word = ""
    for _ in range(int(chance.integers(1, 5))):
        word += (one_of(chance, CONSONANTS) if chance.random() < 0.9 else "") + one_of(chance, vowels)
        word += one_of(chance, CONSONANTS + "ьъй") if chance.random() < 0.42 else ""
    return word + (one_of(chance, ENDINGS) if chance.random() < 0.3 else "")


def cased(chance, word):
    kind = chance.random()
    return word.upper() if kind < 0.56 else word[:1].upper() + word[1:].lower() if kind < 0.87 else word.lower() if kind < 0.95 else word


def date(chance):
    day = f"{chance.integers(1, 32):02d}.{chance.integers(1, 13):02d}.{chance.integers(1930, 2041)}"
    return day if chance.random() < 0.9 else day.replace(".", one_of(chance, "-/"))


def latin(chance):
    count = int(chance.integers(2, 10))
    letters = [one_of(chance, "AEIOUYaeiouy" if i % 2 else "BCDFGHJKLMNPQRSTVWXZbcdfghjklmnpqrstvwxz") for i in range(count)]
    word = "".join(letters)
    kind = chance.random()
    return word.upper() if kind < 0.6 else word.capitalize() if kind < 0.8 else word.lower()


def contact(chance):
    """A phone, an e-mail address, a street."""
    kind = int(chance.integers(4))
    if kind == 0:
        return f"+{chance.integers(1, 999)} {digits(chance, 3)} {digits(chance, 3)} {digits(chance, 2)} {digits(chance, 2)}"
    if kind == 1:
        return f"{latin(chance).lower()}{one_of(chance, ['', '.', '_', '-', '1'])}{latin(chance).lower()}@{latin(chance).lower()}.{one_of(chance, ['kz', 'com', 'de', 'ru', 'example'])}"
    if kind == 2:
        return f"{one_of(chance, LATIN_WORDS)} {chance.integers(1, 200)}{one_of(chance, ['', 'a', '/2', '-5'])}"
    return f"+7 ({digits(chance, 3)}) {digits(chance, 3)}-{digits(chance, 2)}-{digits(chance, 2)}"


def number(chance):
    sign = one_of(chance, ("", "№ ", "№", "N", "№ ", "ID "))
    return sign + digits(chance, int(one_of(chance, (5, 6, 7, 8, 9))))


def phrase(chance):
    return one_of(chance, PHRASES if chance.random() < 0.5 else form_words.all_words())


def salad(chance, covered):
    pool = covered + 2 * "0123456789" + 2 * RARE
    return "".join(one_of(chance, pool) for _ in range(int(chance.integers(2, 9))))


# What comes next on a line, and how often.
KINDS = (
    (0.30, lambda chance, covered: cased(chance, syllables(chance))),
    (0.16, lambda chance, covered: phrase(chance) if chance.random() < 0.5 else cased(chance, phrase(chance))),
    (0.12, lambda chance, covered: date(chance)),
    (0.09, lambda chance, covered: digits(chance, 12)),
    (0.07, lambda chance, covered: number(chance)),
    (0.07, lambda chance, covered: latin(chance)),
    (0.05, lambda chance, covered: contact(chance)),
    (0.03, lambda chance, covered: one_of(chance, ("-", "/", ",", "(", ")", "№", "г.", "с.", ":", '"', "+", "ІІ", "П", "I", "1"))),
    (0.13, salad),
)
BETWEEN = ((0.72, " "), (0.1, " / "), (0.04, "/"), (0.04, ": "), (0.05, "-"), (0.05, ", "))


def drawn(chance, choices):
    draw = chance.random() * sum(share for share, _ in choices)
    for share, choice in choices:
        draw -= share
        if draw < 0:
            return choice
    return choices[0][1]


def line(chance, covered, length):
    """A line of at least `length` characters, of those that the face has."""
    text = ""
    while len(text) < length:
        text += drawn(chance, KINDS)(chance, covered) + drawn(chance, BETWEEN)
    return "".join(character for character in text if character in covered)
