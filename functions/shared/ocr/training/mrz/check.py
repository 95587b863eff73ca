"""Checks what training rests on: `check.py` ends with an AssertionError or one line.

Labels lie on the ink they name, a shard is the same each time, what is exported reads as
what was trained, held-out faces stay out.
"""

import tempfile
from pathlib import Path

import numpy as np
import onnx

import camera_damage
import faces
import line_text
import print_damage
import shards
import strip
import validate
from alphabet import CHARACTERS, CLASSES
from damage_class import CLASSES as DAMAGES
from damage_class import ORDINARY, SHARES, Odds
from ground import Stock

# Their ink is the same to the left and to the right of their middle.
SYMMETRIC = "AHIMOTUVWXY0"


def labels_lie_on_their_ink():
    chance = np.random.default_rng(5)
    stock = Stock(chance)
    off = []
    for _ in range(40):
        odds = Odds(chance, "clean")
        pitch, capital = strip.look(chance, odds)
        line = print_damage.printed(chance, odds, stock, 1.15 * strip.WIDTH / pitch, held_out=False)
        page = camera_damage.photographed(chance, odds, stock, line)
        view = strip.to_print(chance, odds, line, pitch, capital, line.grey.shape)
        seen = camera_damage.sampled(page, page.from_print @ view, strip.WIDTH, strip.HEIGHT).astype(float)
        away = np.abs(seen - np.median(seen))
        away[away < 0.5 * away.max()] = 0
        to_strip = np.linalg.inv(view)
        for x, y, character in line.glyphs:
            u, _, w = to_strip @ (x, y, 1.0)
            u /= w
            left, right = round(u - 0.5 * pitch), round(u + 0.5 * pitch)
            if character in SYMMETRIC and left > 0 and right < strip.WIDTH:
                columns = away[:, left : right + 1].sum(0)
                if columns.sum() > 0:
                    off.append((columns * np.arange(left, right + 1)).sum() / columns.sum() - u)
    assert len(off) > 60 and abs(np.median(off)) < 0.5, (len(off), np.median(off))
    assert np.percentile(np.abs(off), 75) < 1.5, np.percentile(np.abs(off), 75)


def every_glyph_is_labelled_and_blank_stays_between():
    level = np.eye(3)
    for pitch in (12.0, 16.0, 22.0):
        glyphs = [(pitch * (2 + i), 12.0, CHARACTERS[i % len(CHARACTERS)]) for i in range(int(strip.WIDTH / pitch) - 4)]
        columns = strip.labels(glyphs, level, pitch)
        runs = [label for label, before in zip(columns[1:], columns) if label and not before]
        assert runs == [1 + i % len(CHARACTERS) for i in range(len(glyphs))], pitch


def a_shard_is_the_same_each_time():
    strips, count = [], shards.STRIPS
    shards.STRIPS = 6
    try:
        strips = [shards.made(7, 3)[0], shards.made(7, 3)[0], shards.made(7, 4)[0]]
    finally:
        shards.STRIPS = count
    assert (strips[0] == strips[1]).all() and (strips[0] != strips[2]).any()


def what_is_exported_reads_as_what_was_trained():
    import keras

    import export
    import model

    keras.utils.set_random_seed(3)
    net = model.net()
    strips = np.random.default_rng(3).standard_normal((4, 24, 96, 1)).astype(np.float32)
    for layer in net.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            gamma, beta, mean, variance = layer.get_weights()
            layer.set_weights([gamma * 1.3, beta + 0.1, mean - 0.2, variance * 0.7])
    values = {(layer.name, v.name): v.numpy() for layer in net.layers for v in layer.variables}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "net.onnx"
        onnx.save(export.onnx_model(export.folded(values)), path)
        session = validate.session(path)
        read = session.run(None, {"x": strips.transpose(0, 3, 1, 2)})[0]
        assert read.shape == (4, CLASSES, 1, 24)
        kept = np.array(net(strips, training=False)).transpose(0, 3, 1, 2)
        assert np.abs(read - kept).max() < 1e-3
        other = model.net()
        export.load(other, None, path, strips)
        again = np.array(other(strips, training=False)).transpose(0, 3, 1, 2)
        assert np.abs(read - again).max() < 1e-3


def held_out_faces_stay_out():
    chance = np.random.default_rng(1)
    held = [faces.face(path) for path in faces.HELD_OUT]
    for held_out in (False, True):
        drawn = [faces.any_face(chance, held_out) for _ in range(300)]
        assert all(any(face is other for other in held) == held_out for face in drawn)


def every_line_has_a_length_and_only_its_characters():
    chance = np.random.default_rng(2)
    for _ in range(500):
        line = line_text.line(chance)
        assert len(line) in (30, 36, 44) and set(line) <= set(CHARACTERS), line


def every_damage_is_named():
    assert set(SHARES) == set(DAMAGES)
    assert all(set(odds) == set(ORDINARY) for odds in DAMAGES.values())


if __name__ == "__main__":
    labels_lie_on_their_ink()
    every_glyph_is_labelled_and_blank_stays_between()
    a_shard_is_the_same_each_time()
    held_out_faces_stay_out()
    every_line_has_a_length_and_only_its_characters()
    every_damage_is_named()
    what_is_exported_reads_as_what_was_trained()
    print("check: all seven hold")
