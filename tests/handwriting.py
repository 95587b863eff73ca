"""Paper cards whose entries are written by hand or printed, and what the reader makes of them.

tests/handwriting.py WORK [--seed N] [--count N]
"""

import argparse
import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFilter, ImageFont

HANDS = ("bad-script", "caveat", "marck-script", "shantell-sans")
FONTS = Path("/usr/share/fonts/truetype")
PRINTED = (
    "dejavu/DejaVuSerif.ttf", "dejavu/DejaVuSans.ttf", "dejavu/DejaVuSansMono.ttf", "noto/NotoSans-Italic.ttf",
    "noto/NotoSerif-Italic.ttf", "noto/NotoSerifDisplay-Regular.ttf", "liberation/LiberationSerif-Italic.ttf",
)  # fmt: skip
LABELS, TITLE = FONTS / "dejavu/DejaVuSerif.ttf", FONTS / "dejavu/DejaVuSerif-Bold.ttf"

# A4 at 200 dpi; the columns of labels and entries, the first line and the next, and sizes, pixels.
SIZE, LEFT, COLUMN, TOP, STEP = (1654, 2339), 140, 790, 300, 62
LABEL_PX, HAND_PX, PRINT_PX = 25, 38, 27
# How far a letter stands off its line, pixels.
UNSTEADY = 2.0

# Letters that every face has: no Kazakh ones.
ROWS = (
    ("Тегі / Фамилия", "Воробьева"),
    ("Аты / Имя", "Ольга"),
    ("Әкесінің аты / Отчество", "Петровна"),
    ("Туған күні / Дата рождения", "07.09.1994"),
    ("ЖСН / ИИН", "940907400012"),
    ("Туған жері / Место рождения", "Павлодар"),
    ("Ұлты / Национальность", "русская"),
    ("Құжаттың нөмірі / Номер документа", "N94099506"),
    ("Құжатты берген орган / Орган выдачи документа", "МВД РК"),
    ("Құжаттың берілген күні / Дата выдачи документа", "28.08.2020"),
    ("Тұратын елі / Страна проживания", "Германия"),
    ("Қала / Город", "Берлин"),
    ("Телефон / Телефон", "+49 30 000 00 12"),
    ("Білімі / Образование", "высшее"),
    ("Болу мақсаты / Цель пребывания", "учеба"),
)


def opened(path, px):
    """A face, and the letters that it has."""
    return ImageFont.truetype(path, px), TTFont(path).getBestCmap()


def hand(work, name, px):
    """The faces of a hand: its letters come in several files."""
    files = sorted((work / "node_modules/@fontsource" / name / "files").glob(f"{name}-*-400-normal.woff"))
    faces = []
    for file in files:
        plain = work / f"{file.stem}.ttf"
        if not plain.exists():
            font = TTFont(file)
            font.flavor = None
            font.save(plain)
        faces.append(opened(plain, px))
    return faces


def written(draw, at, text, faces, chance, ink):
    """A text letter by letter, none quite on the line."""
    x, y = at
    for letter in text:
        face = next(face for face, letters in faces if ord(letter) in letters)
        draw.text((x, y + chance.uniform(-UNSTEADY, UNSTEADY)), letter, font=face, fill=ink, anchor="ls")
        x += face.getlength(letter)


def card(entry, chance):
    """A card as a scanner sees it; `entry` sets one of its entries."""
    page = Image.new("RGB", SIZE, (253, 253, 251))
    draw = ImageDraw.Draw(page)
    black = (20, 20, 20)
    title = ImageFont.truetype(TITLE, 36)
    draw.text((LEFT, 190), "ЕСЕПКЕ АЛУ КАРТОЧКАСЫ / УЧЕТНАЯ КАРТОЧКА", font=title, fill=black, anchor="ls")
    label = ImageFont.truetype(LABELS, LABEL_PX)
    for line, (name, text) in enumerate(ROWS):
        y = TOP + line * STEP
        draw.text((LEFT, y), f"{name}:", font=label, fill=black, anchor="ls")
        draw.line((COLUMN - 10, y + 9, SIZE[0] - 114, y + 9), fill=(140, 140, 140))
        entry(draw, (COLUMN + chance.uniform(0, 10), y), text)
    page = page.rotate(chance.uniform(-0.4, 0.4), fillcolor=(253, 253, 251), resample=Image.BICUBIC)
    return page.filter(ImageFilter.GaussianBlur(chance.uniform(0.2, 0.9)))


def cards(work, face, is_hand, seed, count):
    """Cards in a face, as files."""
    for number in range(count):
        chance = random.Random(f"{seed} {face} {number}")
        if is_hand:
            faces = hand(work, face, round(HAND_PX * chance.uniform(0.9, 1.1)))
            ink = chance.choice([(30, 40, 120), (40, 40, 44), (60, 20, 100)])
            def entry(draw, at, text):
                written(draw, at, text, faces, chance, ink)
        else:
            print_face = ImageFont.truetype(FONTS / face, PRINT_PX)
            def entry(draw, at, text):
                draw.text(at, text, font=print_face, fill=(30, 30, 30), anchor="ls")
        path = work / f"{Path(face).stem}-{number}.jpg"
        card(entry, chance).convert("L").save(path, quality=chance.randint(60, 90), dpi=(200, 200))
        yield path


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=4)
    asked = parser.parse_args()
    print("| entries | cards | told to be written by hand | values given | places told |\n|---|---|---|---|---|")
    mistaken = 0
    for face in HANDS + PRINTED:
        is_hand = face in HANDS
        paths = list(cards(asked.work, face, is_hand, asked.seed, asked.count))
        read = subprocess.run(["target/release/tirkeu", "read", *paths], capture_output=True, check=True, text=True)
        told = Counter()
        for answer in map(json.loads, read.stdout.splitlines()):
            for document in answer["documents"]:
                told["cards"] += "HANDWRITTEN" in document["quality"]["findings"]
                told["values"] += len(document["fields"])
                told["places"] += len(document.get("by_hand", {}))
        print(f"| {'by hand' if is_hand else 'printed'}: {Path(face).stem} | {len(paths)} | {told['cards']} | {told['values']} | {told['places']} |")
        mistaken += len(paths) - told["cards"] if is_hand else told["cards"]
    return f"{mistaken} cards are taken for the other sort" if mistaken else 0


if __name__ == "__main__":
    sys.exit(main())
