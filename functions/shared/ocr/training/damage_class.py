"""Named mixes of damage: how likely each kind is on a line of that class.

Training draws a class per line and so sees all of them; validation reports each one.
A damage that is not named has the odds of `ORDINARY`.
"""

ORDINARY = {
    # Print.
    "heavy_or_thin": 0.35,
    "worn": 0.12,
    "dots": 0.08,
    "rough": 0.3,
    "neighbours": 0.25,
    "faint": 0.12,
    "curve": 0.2,
    # Capture.
    "low": 0.12,
    "turn": 0.45,
    "perspective": 0.4,
    "light": 0.6,
    "shadow": 0.1,
    "glare": 0.08,
    "blur": 0.5,
    "motion": 0.1,
    "noise": 0.7,
    "moire": 0.05,
    "sharpen": 0.2,
    "tone": 0.4,
    "resample": 0.3,
    "jpeg": 0.65,
    "binary": 0.04,
    # The reader's own mistakes about where the line is.
    "astray": 0.14,
    # The page's own edge.
    "cropped": 0.03,
}

CLEAN = {damage: 0.0 for damage in ORDINARY} | {"noise": 0.5, "jpeg": 0.5}

CLASSES = {
    "clean": CLEAN,
    "scan": CLEAN | {"heavy_or_thin": 0.4, "rough": 0.4, "jpeg": 0.8, "turn": 0.3, "worn": 0.05, "blur": 0.3},
    "photo": ORDINARY,
    "low": ORDINARY | {"low": 1.0, "motion": 0.0, "blur": 0.2, "resample": 0.1},
    "motion": ORDINARY | {"motion": 1.0, "low": 0.0},
    "blur": ORDINARY | {"blur": 1.0, "low": 0.0},
    "glare": ORDINARY | {"glare": 1.0, "light": 1.0, "low": 0.05},
    "worn": ORDINARY | {"worn": 1.0, "rough": 0.8, "faint": 0.3},
    "screen": ORDINARY | {"moire": 0.7, "dots": 0.7, "low": 0.05},
    "messenger": ORDINARY | {"jpeg": 1.0, "resample": 1.0, "sharpen": 0.5},
    "binary": ORDINARY | {"binary": 1.0, "low": 0.05, "glare": 0.0},
    "astray": ORDINARY | {"astray": 1.0, "turn": 0.8, "perspective": 0.8, "curve": 0.6},
    "hard": {damage: min(1.0, 1.4 * odds) for damage, odds in ORDINARY.items()},
}
# How often training meets each class.
SHARES = {
    "clean": 1, "scan": 2, "photo": 4, "low": 5, "motion": 2, "blur": 2, "glare": 1, "worn": 2, "screen": 1,
    "messenger": 2, "binary": 1, "astray": 1, "hard": 3,
}  # fmt: skip


class Odds:
    """Says for one line whether it has a damage."""

    def __init__(self, chance, name):
        self.chance, self.odds = chance, CLASSES[name]

    def of(self, damage):
        return self.chance.random() < self.odds[damage]


def any_class(chance):
    """A class to train on."""
    shares = list(SHARES.values())
    draw = chance.random() * sum(shares)
    for name, share in SHARES.items():
        draw -= share
        if draw < 0:
            return name
    return "photo"
