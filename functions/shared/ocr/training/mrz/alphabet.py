"""The classes of the net, in the order that `src/mrz/posterior.rs` reads them.

Never here: which of them may stand where; that is the reader's business.
"""

CHARACTERS = "<0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
BLANK = 0
CLASSES = 1 + len(CHARACTERS)
# A column of which nothing is known, so that it is not learned from.
UNKNOWN = 255

CLASS_OF = {character: 1 + i for i, character in enumerate(CHARACTERS)}
