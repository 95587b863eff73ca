#!/usr/bin/env python3
"""Whether the time of an answer tells if an application exists: papers are sent for an application
that is not there, for another's, and for one's own that has ended, in turn; the ranks of the times
are compared (Kruskal-Wallis).
    tests/times_alike.py [REQUESTS]    10000 of them without a number; needs target/release/tirkeu
"""
import http.client
import math
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TIRKEU = os.path.join(os.environ.get("CARGO_TARGET_DIR", os.path.join(ROOT, "target")), "release/tirkeu")
TARGETS = ("none", "another's", "ended")
SENDERS = 16
# The 1 % point of chi squared with two degrees of freedom: above it, the times differ.
CRITICAL = 9.21


class Browser:
    """Keeps its cookie, follows nothing."""

    def __init__(self, port):
        self.port, self.cookie = port, ""

    def ask(self, method, path, body=None, kind="application/x-www-form-urlencoded"):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": self.cookie, "Content-Type": kind}
        began = time.perf_counter()
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode(errors="replace")
        took = time.perf_counter() - began
        connection.close()
        return answer, text, took

    def form(self, path, **fields):
        return self.ask("POST", path, urllib.parse.urlencode(fields))

    def send(self, path, content=b"passport"):
        head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
        return self.ask("POST", path, head + content + b"\r\n--x--\r\n", "multipart/form-data; boundary=x")

    def begin(self):
        questions = {"whom": "self", "stay": "temporary", "mission": "DEU-BER", "consent": "2026-11-01"}
        _, page, _ = self.ask("GET", "/apply?" + urllib.parse.urlencode(questions))
        seed = re.search(r'name="seed" value="([^"]+)"', page)[1]
        answer, _, _ = self.form("/apply", **questions, seed=seed)
        self.cookie = answer.headers["Set-Cookie"].split(";")[0]
        return answer.headers["Location"].removesuffix("/link")


def ended(browser):
    """An application that was handed in and withdrawn."""
    at = browser.begin()
    browser.form(at + "/identity", identity="passport")
    browser.send(at + "/papers/passport")
    fields = {"sex": "M", "birth_date": "01.01.1990", "iin": "900101300017", "document_kind": "passport",
              "document_issue_date": "02.03.2024", "document_expiry_date": "01.03.2034", "purpose_of_stay": "study",
              "stay_until": "16.07.2027"}
    for section in ("person", "document", "address", "stay", "more"):
        _, page, _ = browser.ask("GET", f"{at}/card/{section}")
        form = page.split('class="card"')[1]
        names = re.findall(r'<(?:input|select) id="[^"]+" name="([^"]+)"', form)
        optional = {"departure_date", "marital_status", "education"}
        browser.form(f"{at}/card/{section}", **{n: fields.get(n, "" if n in optional else "x") for n in names})
    for step in ("answers", "counter", "withdraw"):
        answer, text, _ = browser.form(f"{at}/{step}")
        assert answer.status == 303, (step, answer.status, text)
    _, page, _ = browser.ask("GET", at)
    assert "/withdraw" not in page, "it has not ended"
    return at


def measure(port, requests):
    mine, other, over = Browser(port), Browser(port), Browser(port)
    mine.begin()
    slot = "/papers/passport"
    asked = {"none": (mine, "/applications/0000-0000-0000" + slot), "another's": (mine, other.begin() + slot), "ended": (over, ended(over) + slot)}
    times, bodies, lock = {target: [] for target in TARGETS}, set(), threading.Lock()

    def sender(first):
        for number in range(first, requests, SENDERS):
            target = TARGETS[number % len(TARGETS)]
            browser, path = asked[target]
            answer, text, took = browser.send(path, b"paper %d" % number)
            with lock:
                times[target].append(took)
                bodies.add((answer.status, text))

    threads = [threading.Thread(target=sender, args=(first,)) for first in range(SENDERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times, bodies


def kruskal_wallis(times):
    ranked = sorted((took, target) for target, all_times in times.items() for took in all_times)
    count = len(ranked)
    sums = dict.fromkeys(times, 0)
    for rank, (_, target) in enumerate(ranked, 1):
        sums[target] += rank
    return 12 / (count * (count + 1)) * sum(sums[t] ** 2 / len(times[t]) for t in times) - 3 * (count + 1)


def main():
    requests = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory(prefix="tirkeu-times-") as folder:
        command = [TIRKEU, "serve", "--store", folder, "--port", "0", "--portal-port", "0"]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            line = next(line for line in server.stdout if line.startswith("the portal"))
            times, bodies = measure(int(re.search(r":(\d+)/", line)[1]), requests)
        finally:
            server.terminate()
            server.wait()
    for target, all_times in times.items():
        ordered = sorted(all_times)
        middle, late = ordered[len(ordered) // 2], ordered[math.floor(len(ordered) * 0.95)]
        print(f"{target:>10}: {len(ordered)} answers, median {1000 * middle:.2f} ms, 95 of 100 within {1000 * late:.2f} ms")
    statistic = kruskal_wallis(times)
    alike = statistic < CRITICAL and len(bodies) == 1
    print(f"times_alike: H = {statistic:.2f} ({'below' if statistic < CRITICAL else 'above'} {CRITICAL}), {len(bodies)} different answers: {'alike' if alike else 'TOLD APART'}")
    return 0 if alike else 1


if __name__ == "__main__":
    sys.exit(main())
