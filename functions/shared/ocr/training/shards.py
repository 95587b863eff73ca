"""Strips in files of a thousand, made by one process while another trains on them.

Shard N of a seed is always the same, so a run can be killed and taken up again, and two
runs of one seed see the same strips. Nothing is ever a fixed set: each shard is used for
a while and deleted.
"""

import os
import time
from pathlib import Path

import cv2
import numpy as np

import strip
from ground import Stock

STRIPS = 1024


def path_of(folder, index):
    return Path(folder) / f"shard-{index:06d}.npz"


def made(seed, index):
    """The strips and labels of one shard."""
    chance = np.random.default_rng([seed, index])
    stock = Stock(chance)
    strips = np.empty((STRIPS, strip.HEIGHT, strip.WIDTH), np.uint8)
    labels = np.empty((STRIPS, strip.WIDTH // strip.STRIDE), np.uint8)
    for i in range(STRIPS):
        strips[i], labels[i] = strip.sample(chance, stock)
    return strips, labels


def write(folder, seed, index):
    """Makes a shard's file; it is whole from the moment it has its name."""
    strips, labels = made(seed, index)
    path = path_of(folder, index)
    part = path.with_suffix(".part.npz")
    np.savez(part, strips=strips, labels=labels)
    part.rename(path)


def read(folder, index):
    """A shard, waited for while it is being made."""
    path = path_of(folder, index)
    while not path.exists():
        time.sleep(0.2)
    with np.load(path) as shard:
        return shard["strips"], shard["labels"]


def make_for_ever(folder, seed, first, newest, ahead):
    """Makes shards from `first` on, up to `ahead` beyond the newest that was read; ends with its parent."""
    os.nice(5)
    cv2.setNumThreads(1)
    parent, index = os.getppid(), first
    while os.getppid() == parent:
        if index > newest.value + ahead:
            time.sleep(0.2)
        else:
            if not path_of(folder, index).exists():
                write(folder, seed, index)
            index += 1
