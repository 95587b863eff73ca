"""Reads pictures with another reader: `peer.py passporteye|tesseract|page FILE…`, one JSON line a file.

`lines` are the zone's lines as that reader gives them (every line that could be one), or with
`page` all the text that tesseract finds in Kazakh and Russian; `cpu_ms` is the CPU time of this process and its children, decoding included.
"""

import json
import os
import re
import resource
import subprocess
import sys

os.environ["OMP_THREAD_LIMIT"] = "1"
LINE = re.compile(r"[A-Z0-9<]{28,46}")


def cpu_ms():
    own = resource.getrusage(resource.RUSAGE_SELF)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime)


def like_lines(text):
    squeezed = (line.replace(" ", "") for line in text.splitlines())
    return [line for line in squeezed if LINE.fullmatch(line)]


def tesseract(path, language, segmentation):
    command = ["tesseract", path, "-", "-l", language, "--psm", segmentation]
    return subprocess.run(command, capture_output=True, text=True, timeout=120).stdout


def with_tesseract(path):
    return like_lines(tesseract(path, "eng", "6"))


def whole_page(path):
    return tesseract(path, "kaz+rus", "3").splitlines()


def with_passporteye(path):
    from passporteye import read_mrz
    from passporteye.mrz.text import MRZOCRCleaner

    zone = read_mrz(path)
    if zone is None:
        return []
    return like_lines("\n".join(MRZOCRCleaner.apply(zone.aux["raw_text"])))


def main():
    readers = {"tesseract": with_tesseract, "passporteye": with_passporteye, "page": whole_page}
    read = readers[sys.argv[1]]
    for path in sys.argv[2:]:
        start = cpu_ms()
        try:
            lines = read(path)
        except Exception as error:  # A peer that fails on a file has read nothing there.
            print(f"{path}: {error!r}", file=sys.stderr)
            lines = []
        print(json.dumps({"lines": lines, "cpu_ms": cpu_ms() - start}), flush=True)


main()
