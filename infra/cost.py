#!/usr/bin/env python3
"""What a thousand documents cost, by the function's memory.

    infra/cost.py CPU_S WAIT_S MEMORY_MB   of one document, as infra/measure finds them

Lambda gives a function of 1,769 MB one processor and less in proportion below; the reader uses one. So
below, the same processor time takes longer and costs the same, and only waiting gets cheaper; above,
one pays for a processor that nobody uses.
"""

import json
import math
import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
PRICES = json.loads((HERE / "prices.json").read_text())
TEMPLATE = (HERE / "template.yaml").read_text()
DEPLOYED_MB = int(re.search(r"^  Intake:\n.*?MemorySize: (\d+)", TEMPLATE, re.DOTALL | re.MULTILINE)[1])
CONCURRENCY = int(re.search(r"MaximumConcurrency: !If \[HasEndpoint, \d+, (\d+)\]", TEMPLATE)[1])
MEMORY_OF_ONE_CPU_MB = 1769
SIZES_MB = (512, 768, 1024, 1280, 1536, 1769, 2048, 3008)
# Of one document in a case of two and a half: its share of the case, its events and its notice.
REQUESTS = {
    "s3_put": 4,
    "s3_get": 2,
    "dynamodb_write": 14,
    "dynamodb_read": 12,
    "sqs": 3,
    "eventbridge_event": 1.6,
    "lambda_request": 2.2,
    "ses_message": 0.5,
}
PER_YEAR = 10_000_000
DOCUMENTS_A_CASE = 2.5
# Metrics of its own that the stack writes, by name and dimensions, with every kind of refusal and finding at once.
METRICS_MAX = 130
# The reconciler: days that the inbox keeps, seconds that a run compares for, how often it runs, what asking for a
# folder takes.
INBOX_DAYS, RUN_S, RUNS_AN_HOUR, FOLDER_S = 30, 110, 4, 0.010


def seconds(cpu_s, wait_s, memory_mb):
    return cpu_s / min(1, memory_mb / MEMORY_OF_ONE_CPU_MB) + wait_s


def compute(cpu_s, wait_s, memory_mb):
    """Dollars of a thousand documents' computing."""
    gb_s = seconds(cpu_s, wait_s, memory_mb) * memory_mb / 1024
    return 1000 * gb_s * PRICES["lambda_gb_second"]


def requests():
    """Dollars of what a thousand documents ask of the other services."""
    return 1000 * sum(count * PRICES[name] for name, count in REQUESTS.items())


def standing():
    """Dollars a month of what stands there, whether anything comes or not."""
    parts = {"CloudWatch::Alarm": "alarm", "CloudWatch::Dashboard": "dashboard", "KMS::Key": "kms_key", "SecretsManager::Secret": "secret"}
    there = sum(TEMPLATE.count(f"Type: AWS::{part}\n") * PRICES[f"{price}_month"] for part, price in parts.items())
    return there, METRICS_MAX * PRICES["metric_month"]


def report(cpu_s, wait_s, needs_mb):
    rest = requests()
    fits = [size for size in SIZES_MB if size >= needs_mb * 1.25]
    # The fastest of those that cost a twentieth more than the cheapest at most.
    cheapest = min(compute(cpu_s, wait_s, size) for size in fits)
    near = [size for size in fits if compute(cpu_s, wait_s, size) <= 1.05 * cheapest]
    sweet = min(near, key=lambda size: (round(seconds(cpu_s, wait_s, size), 3), size))
    yield "## Dollars per 1,000 documents"
    yield ""
    yield f"By `infra/cost.py {cpu_s:.2f} {wait_s:.2f} {needs_mb:.0f}`; prices of {PRICES['of']} ([`prices.json`](prices.json))."
    yield ""
    yield "| memory MB | seconds a document | computing $ | with all else $ | |"
    yield "|---|---|---|---|---|"
    for size in SIZES_MB:
        said = "too little: it holds more" if size not in fits else "the sweet spot" if size == sweet else ""
        said = ", ".join(filter(None, (said, "deployed" if size == DEPLOYED_MB else "")))
        took, price = seconds(cpu_s, wait_s, size), compute(cpu_s, wait_s, size)
        yield f"| {size} | {took:.2f} | {price:.3f} | {price + rest:.3f} | {said} |"
    textract = PRICES["textract"]
    there, metrics = standing()
    computing = compute(cpu_s, wait_s, DEPLOYED_MB)
    arm64 = 1 - PRICES["lambda_gb_second_arm64"] / PRICES["lambda_gb_second"]
    yield ""
    more = f": {computing - compute(cpu_s, wait_s, sweet):.4f} dollars more than at the sweet spot" if sweet != DEPLOYED_MB else ""
    yield f"Deployed is what reads at the speed of one whole processor{more}. On arm64 a second"
    yield f"costs {arm64:.0%} less, which is {arm64 * computing / (computing + rest):.0%} of the whole, where it reads as fast. Whatever comes, alarms, dashboard, key and secrets"
    yield f"cost {there:.2f} dollars a month, and metrics {metrics:.2f} where all {METRICS_MAX} of them were written."
    yield ""
    yield f"All else (S3, DynamoDB, SQS, EventBridge, SES; storage, logs, traces and pages left out) is {rest:.3f}. Textract's list price per 1,000 pages:"
    yield ", ".join(f"{name} {1000 * price:.2f}" for name, price in textract.items()) + "; it reads identity documents of the United States only."
    yield ""
    yield from scale(cpu_s, wait_s, DEPLOYED_MB, rest)


def scale(cpu_s, wait_s, memory_mb, rest):
    """Ten million documents a year, on paper."""
    took = seconds(cpu_s, wait_s, memory_mb)
    year = PER_YEAR / 1000 * (compute(cpu_s, wait_s, memory_mb) + rest)
    mean = PER_YEAR / (365 * 86400)
    # All of them within eight hours of 250 working days, and four times that in the busiest minutes.
    busy = 4 * PER_YEAR / (250 * 8 * 3600)
    folders = PER_YEAR / DOCUMENTS_A_CASE * INBOX_DAYS / 365
    runs = math.ceil(folders * FOLDER_S / RUN_S)
    yield f"## {PER_YEAR:,} documents a year, on paper"
    yield ""
    yield f"{year:,.0f} dollars a year at {memory_mb} MB. On average {mean:.2f} documents a second; where all come in eight hours of 250 days"
    yield f"and the busiest minutes see four times as many, {busy:.1f} a second, which keeps {busy * took:.0f} readers busy. What breaks first, in order:"
    yield ""
    yield f"1. The reconciler asks for each folder of the inbox's {INBOX_DAYS} days, {folders:,.0f} of them. At {1000 * FOLDER_S:.0f} ms each a run of {RUN_S} s reaches"
    yield f"   {RUN_S / FOLDER_S:,.0f} and the next one goes on there: an upload of which no message told is found by one of {runs} runs, within {runs / RUNS_AN_HOUR:.1f} hours"
    yield "   and not one. An alarm sounds when a day was not enough. Give `intake` more time, and messages six times as much to come again."
    yield f"2. `MaximumConcurrency: {CONCURRENCY}` reads {CONCURRENCY / took:.0f} a second: above that the queue's age grows and its alarm sounds after an hour. Raise the number."
    yield "3. The clock and the supervisor's page look through every open case: bounded at 100,000 and 50,000 of them, and they say so."
    yield "4. SES sends 14 messages a second at first, and more when asked; what it does not take waits in the outbox."
    yield "5. `worklist_of_all` has one partition a status, `outbox_waiting` and `uploads_without_end` one in all: 1,000 writes a second each,"
    yield f"   {1000 / (busy * 3):.0f} times the busiest minutes (three writes a document). Spread them over missions before that."
    yield "6. One case, one scan, one person are partitions of their own and are never hot."


def main():
    print("\n".join(report(*(float(number) for number in sys.argv[1:4]))))


if __name__ == "__main__":
    main()
