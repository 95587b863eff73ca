"""The classes of the net, in the order that `src/print/classes.rs` reads them.

Latin letters drawn like a Cyrillic one share its class: which script a word is in is
decided by its other letters, in the reader.
"""

CYRILLIC = "АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ"
LATIN = "DFGJLNQRSUVWYZ" + "bdfgjklmnqrstuvwz"
DIGITS = "0123456789"
SIGNS = ".,-/:()№\"'+ @_"

CHARACTERS = CYRILLIC + CYRILLIC.lower() + LATIN + DIGITS + SIGNS
BLANK = 0
CLASSES = 1 + len(CHARACTERS)
# A column of which nothing is known, so that it is not learned from.
UNKNOWN = 255

CLASS_OF = {character: 1 + i for i, character in enumerate(CHARACTERS)}
TWINS = str.maketrans("ABCEHIKMOPTXacehiopxy«»”“„’`–—|", "АВСЕНІКМОРТХасеһіорху\"\"\"\"\"''--І")


def class_of(character):
    """The class of a character; `None` where it has none."""
    return CLASS_OF.get(character.translate(TWINS))
