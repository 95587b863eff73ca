"""Typefaces as distances to their outlines, so that one face gives every stroke weight.

Held out of training for ever: every DejaVu and Noto face, which the invented specimens
of `samples/` are set in, so that accuracy on those is measured on faces the net has
never seen.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

from alphabet import class_of

# Height of a capital on the print canvas, pixels.
CAPITAL = 32
CELL_WIDTH, CELL_HEIGHT = 88, 72
# Where a glyph's own left edge (its pen) is in its cell.
PEN = 16
# Drawn so much larger before distances are measured.
FINE = 3

ROOT = Path("/usr/share/fonts")
# Debian package: files and how often each is drawn.
TRAINED = {
    "fonts-croscore": ("truetype/croscore/{Arimo,Tinos,Cousine}-{Regular,Bold}.ttf", 3),
    "fonts-freefont-ttf": ("truetype/freefont/Free{Sans,Serif,Mono}{,Bold}.ttf", 2),
    "fonts-inter": ("opentype/inter/Inter-{Light,Regular,Medium,Bold}.otf", 1),
    "fonts-play": ("opentype/play/Play-{Regular,Bold}.otf", 1),
    "fonts-sil-charis": ("truetype/charis/CharisSIL-{Regular,Bold}.ttf", 1),
    "fonts-sil-gentiumplus": ("truetype/gentiumplus/Gentium{Plus,BookPlus}-{Regular,Bold}.ttf", 1),
    "fonts-sil-andika": ("truetype/andika/Andika-{Regular,Bold}.ttf", 1),
    "fonts-cantarell": ("opentype/cantarell/Cantarell-{Light,Regular,Bold}.otf", 1),
    "fonts-jetbrains-mono": ("truetype/jetbrains-mono/JetBrainsMono-{Light,Regular,Bold}.ttf", 1),
    "fonts-firacode": ("truetype/firacode/FiraCode-{Light,Regular,Bold}.ttf", 1),
    "fonts-comfortaa": ("truetype/comfortaa/Comfortaa-{Regular,Bold}.ttf", 0.3),
    "fonts-linuxlibertine": ("opentype/linux-libertine/Lin{Libertine_R,Libertine_RB,Libertine_DR,Biolinum_R}.otf", 1),
    "fonts-cmu": ("truetype/cmu/cmun{rm,bx,ss,sx,tt,tb,orm,bl,bmr,ssdc}.ttf", 1.5),
    "fonts-oldstandard": ("truetype/fonts-oldstandard/OldStandard-{Regular,Bold}.ttf", 2),
    "fonts-ebgaramond": ("opentype/ebgaramond/EBGaramond12-Regular.otf", 0.7),
    "fonts-paratype": ("truetype/paratype/PT{C55,C75,F55,F75,M55,M75,N57,N77,S55,S75}F.ttf", 2),
    "fonts-open-sans": ("truetype/open-sans/OpenSans-{Light,Regular,Semibold,Bold,CondLight,CondBold}.ttf", 1.5),
    "fonts-roboto-unhinted": ("truetype/roboto/unhinted/RobotoTTF/Roboto-{Light,Regular,Medium,Bold}.ttf", 1.5),
    "fonts-roboto-unhinted ": ("truetype/roboto/unhinted/RobotoCondensed-{Light,Regular,Bold}.ttf", 1),
    "fonts-urw-base35": ("opentype/urw-base35/{NimbusSans,NimbusSansNarrow,NimbusRoman,NimbusMonoPS}-{Regular,Bold}.otf", 1),
    "fonts-urw-base35 ": ("opentype/urw-base35/{C059-Roman,C059-Bold,P052-Roman,URWBookman-Light,URWGothic-Book}.otf", 0.7),
    "slanted": ("truetype/croscore/{Arimo,Tinos}-Italic.ttf", 0.6),
    "slanted ": ("truetype/paratype/PT{S56,F56}F.ttf", 0.6),
}
HELD_OUT = (
    "truetype/dejavu/DejaVu{Sans,SansCondensed,Serif,SerifCondensed,SansMono}{,-Bold}.ttf",
    "truetype/noto/Noto{Sans,SansDisplay,Serif,SerifDisplay,SansMono}-{Regular,Bold}.ttf",
)


def files(pattern):
    """The files that a pattern with {a,b} names; all must be there."""
    start = pattern.find("{")
    if start < 0:
        path = ROOT / pattern
        if not path.exists():
            raise SystemExit(f"{path} is missing: packages.txt names the Debian packages")
        return [str(path)]
    end = pattern.index("}")
    return [
        name for choice in pattern[start + 1 : end].split(",")
        for name in files(pattern[:start] + choice + pattern[end + 1 :])
    ]  # fmt: skip


@dataclass(frozen=True)
class Face:
    """Every character of one face: its distance field and how far it moves the pen."""

    glyphs: dict
    advances: dict


def distances(mask):
    """Signed distance to the edge of a fine 0/255 mask, in canvas pixels and at canvas size."""
    ink = (mask > 127).astype(np.uint8)
    field = (cv2.distanceTransform(ink, cv2.DIST_L2, 5) - cv2.distanceTransform(1 - ink, cv2.DIST_L2, 5)) / FINE
    return cv2.resize(field, None, fx=1 / FINE, fy=1 / FINE, interpolation=cv2.INTER_AREA).clip(-8, 8).astype(np.float16)


def with_flat_three(glyphs, font, drawn):
    """The 3 with a flat top that many faces have: Ʒ in the box of the face's own 3."""
    box, flat = font.getbbox("3"), font.getbbox("Ʒ")
    if flat[2] - flat[0] < 3:
        return
    cell = np.array(drawn("Ʒ"))
    rows, columns = np.flatnonzero(cell.max(1)), np.flatnonzero(cell.max(0))
    own = np.array(drawn("3"))
    own_rows, own_columns = np.flatnonzero(own.max(1)), np.flatnonzero(own.max(0))
    piece = cell[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    size = (own_columns[-1] + 1 - own_columns[0], own_rows[-1] + 1 - own_rows[0])
    out = np.zeros_like(own)
    out[own_rows[0] : own_rows[-1] + 1, own_columns[0] : own_columns[-1] + 1] = cv2.resize(piece, size, interpolation=cv2.INTER_AREA)
    glyphs["flat 3"] = distances(out)


@lru_cache(maxsize=None)
def face(path):
    """The face in a font file, with the characters that it has."""
    covered = TTFont(path, lazy=True).getBestCmap()
    trial = ImageFont.truetype(path, 1000, layout_engine=ImageFont.Layout.BASIC)
    _, top, _, bottom = trial.getbbox("Н")
    font = ImageFont.truetype(path, round(1000 * CAPITAL * FINE / (bottom - top)), layout_engine=ImageFont.Layout.BASIC)
    _, top, _, bottom = font.getbbox("Н")
    above = CELL_HEIGHT * FINE / 2 - (top + bottom) / 2

    def drawn(character):
        cell = Image.new("L", (CELL_WIDTH * FINE, CELL_HEIGHT * FINE), 0)
        ImageDraw.Draw(cell).text((PEN * FINE, above), character, fill=255, font=font)
        return cell

    glyphs, advances = {}, {}
    for code in covered:
        character = chr(code)
        if class_of(character) is not None and code < 0x2200:
            glyphs[character] = distances(np.array(drawn(character)))
            advances[character] = font.getlength(character) / FINE
    if 0x1B7 in covered:
        with_flat_three(glyphs, font, drawn)
    return Face(glyphs, advances)


@lru_cache(maxsize=None)
def weighted():
    """Files to train on and their shares."""
    named = [(path, share) for pattern, share in TRAINED.values() for path in files(pattern)]
    shares = np.array([share for _, share in named])
    return [path for path, _ in named], np.cumsum(shares / shares.sum())


@lru_cache(maxsize=None)
def held_out():
    return [path for pattern in HELD_OUT for path in files(pattern)]


def any_face(chance, held):
    """A face for a line: one of those held out, or one to train on."""
    if held:
        return face(held_out()[chance.integers(len(held_out()))])
    paths, until = weighted()
    return face(paths[min(int(np.searchsorted(until, chance.random())), len(paths) - 1)])
