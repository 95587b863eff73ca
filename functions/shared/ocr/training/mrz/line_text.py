"""What stands on a line: the grammar of real zones, mixed with salad.

Grammar alone would teach the net what to expect (a digit after digits, fillers after
fillers) and it would then see what it expects; salad alone would leave it weak on the
filler runs that real lines are made of. Check digits are left to chance: they must
prove the reading, so the net must know nothing of them.
Never here: how a line looks.
"""

STATES = (
    "KAZ KAZ KAZ KGZ UZB TJK TKM RUS UKR BLR MDA ARM AZE GEO TUR CHN MNG IND PAK AFG IRN IRQ USA CAN MEX GBR GBD "
    "FRA D<< ITA ESP PRT NLD BEL LUX AUT CHE POL CZE SVK HUN ROU BGR GRC SRB HRV SVN BIH MKD MNE ALB EST LVA LTU "
    "FIN SWE NOR DNK ISL IRL JPN KOR PRK THA VNM IDN MYS PHL SGP AUS NZL EGY SAU ARE QAT KWT OMN JOR LBN SYR ISR "
    "ZAF NGA KEN ETH GHA MAR DZA TUN BRA ARG CHL PER COL VEN CUB ECU URY UTO EUE UNO XXA XXB XXX RKS BRB BGD LKA "
    "NPL MMR KHM LAO BOL PRY PAN CRI GTM HND DOM JAM ZWE ZMB UGA TZA SEN CMR CIV COD AGO MOZ MDG SDN LBY YEM"
).split()
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# Roughly how often letters stand in names of many tongues, so that rare ones stay in.
NAME_LETTERS = "AAAAAAAEEEEEIIIIIOOOOUUUNNNNRRRRLLLSSSTTTKKKMMMDDBBVVZZHHGGYYJJPPCCFFWXQ"
DIGITS = "0123456789"
# Taken for each other under blur; runs of them are what a line reader learns most from.
CONFUSED = (
    "MNWH ODUQ0 EF I1L B83 S5 Z27 G6C K< C< E< X< KX VY UV PR FP TY AR4 HKN CGO 9QG 1T I< L< 7T7Z 0O DO O0QD "
    "5S8B 2Z MW NM 69 38 6G8 1I7 14 A4 0D8 S< <C<K JI"
).split()


def pick(chance, characters, count):
    """`count` characters out of some."""
    return "".join(characters[i] for i in chance.integers(len(characters), size=count))


def name(chance):
    """Letters only: a name never holds a digit."""
    length = int(chance.integers(1, 14))
    return pick(chance, NAME_LETTERS if chance.random() < 0.7 else LETTERS, length)


def names(chance, length):
    """Surname, `<<`, given names with single fillers, padded or cut."""
    parts = [name(chance) for _ in range(chance.integers(1, 4))]
    text = "<".join(parts[:1]) + "<<" + "<".join(parts[1:])
    return text[:length].ljust(length, "<")


def date(chance):
    """YYMMDD; parts of a birth date may be unknown."""
    if chance.random() < 0.02:
        return pick(chance, DIGITS, 2) + "<<<<"
    return f"{chance.integers(100):02d}{chance.integers(1, 13):02d}{chance.integers(1, 32):02d}"


def number(chance, length):
    """A document number or optional data: digits, or letters and digits, padded."""
    used = length if chance.random() < 0.6 else int(chance.integers(0, length + 1))
    kind = chance.random()
    if kind < 0.4:
        text = pick(chance, DIGITS, used)
    elif kind < 0.7:
        text = (pick(chance, LETTERS, min(used, int(chance.integers(1, 4)))) + pick(chance, DIGITS, used))[:used]
    else:
        text = pick(chance, DIGITS + LETTERS, used)
    return text.ljust(length, "<")


def personal(chance):
    """Birth date, check digit, sex, expiry date, check digit: as on every format."""
    digit = lambda: pick(chance, DIGITS, 1)
    return date(chance) + digit() + pick(chance, "MF<", 1) + date(chance) + digit()


def grammar(chance):
    """One line of one of the formats, ICAO 9303-4 to -7."""
    state = lambda: STATES[chance.integers(len(STATES))]
    digit = lambda: pick(chance, DIGITS, 1)
    code = lambda first: pick(chance, first, 1) + (pick(chance, LETTERS, 1) if chance.random() < 0.4 else "<")
    long = 44 if chance.random() < 0.6 else 36
    kind = chance.integers(6)
    if kind == 0:
        return code("IAC") + state() + number(chance, 9) + digit() + number(chance, 15)
    if kind == 1:
        return personal(chance) + state() + number(chance, 11) + digit()
    if kind == 2:
        return names(chance, 30)
    if kind == 3:
        return code("PVPI") + state() + names(chance, long - 5)
    line = number(chance, 9) + digit() + state() + personal(chance)
    return line + number(chance, long - len(line))


def salad(chance, length):
    """Anything beside anything, weighted towards what is mistaken for each other."""
    text = ""
    while len(text) < length:
        kind, run = chance.random(), int(chance.integers(1, 9))
        if kind < 0.2:
            text += "<" * run
        elif kind < 0.4:
            text += pick(chance, LETTERS, run)
        elif kind < 0.55:
            text += pick(chance, DIGITS, run)
        elif kind < 0.7:
            text += pick(chance, LETTERS + DIGITS + "<", run)
        else:
            text += pick(chance, CONFUSED[chance.integers(len(CONFUSED))], run)
    return text[:length]


def line(chance):
    """A whole line, of the length of some format."""
    if chance.random() < 0.5:
        return grammar(chance)
    return salad(chance, (30, 36, 44)[chance.integers(3)])


WORDS = (
    "Date of birth|Место рождения|Туған күні|Passport No.|Signature of holder|Орган выдачи|Signature|Republic of "
    "Kazakhstan|Қазақстан Республикасы|Итого: 1 250,00|www.gov.kz|Фамилия / Surname|Authority|Domicile|"
    "Nationalité|Given names|жеке куәлік|выдан 01.02.2019|tel. +7 701 000|Invoice no. 4711/a|Санкт-Петербург"
).split("|")


def words(chance):
    """A piece of ordinary print."""
    return WORDS[chance.integers(len(WORDS))]
