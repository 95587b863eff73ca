"""What meddles with a deployed stack: takes hold of the functions' processes, and stands between
them and the cloud."""

import os
from pathlib import Path

from between import Between


def parents():
    """Every process that can be seen, with its parent."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            found[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            pass
    return found


def workers(function):
    """The processes of a function: those that the cloud of this stack started, and no others."""
    cloud, found, parent = int(os.environ["TIRKEU_CLOUD_PID"]), [], parents()
    for process in parent:
        ancestor = process
        while ancestor not in (0, cloud):
            ancestor = parent.get(ancestor, 0)
        if ancestor != cloud:
            continue
        try:
            words = Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if any(word.endswith(b"/" + function.encode()) for word in words):
            found.append(process)
    return found


def throttles_every_other():
    """Of what is asked of the table, every other request is refused."""
    asked = 0

    def meddle(request, _):
        nonlocal asked
        if not request.headers.get("x-amz-target", "").startswith("DynamoDB"):
            return None
        asked += 1
        return "throttle" if asked % 2 else None

    return Between(meddle)


def loses_answers_of_the_mail():
    """The mail service takes every message, and nobody hears of it."""
    return Between(lambda request, _: "lose the answer" if request.path.startswith("/v2/email") else None)
