#!/usr/bin/env python3
"""What a thousand documents cost, by the function's memory.

    infra/cost.py CPU_S WAIT_S MEMORY_MB   of one document, as infra/measure finds them

Lambda gives a function of 1,769 MB one processor and less in proportion below; the reader uses one. So
below, the same processor time takes longer and costs the same, and only waiting gets cheaper; above,
one pays for a processor that nobody uses.
"""

import json
import sys
from pathlib import Path

PRICES = json.loads((Path(__file__).parent / "prices.json").read_text())
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


def seconds(cpu_s, wait_s, memory_mb):
    return cpu_s / min(1, memory_mb / MEMORY_OF_ONE_CPU_MB) + wait_s


def compute(cpu_s, wait_s, memory_mb):
    """Dollars of a thousand documents' computing."""
    gb_s = seconds(cpu_s, wait_s, memory_mb) * memory_mb / 1024
    return 1000 * gb_s * PRICES["lambda_gb_second"]


def requests():
    """Dollars of what a thousand documents ask of the other services."""
    return 1000 * sum(count * PRICES[name] for name, count in REQUESTS.items())


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
        took, price = seconds(cpu_s, wait_s, size), compute(cpu_s, wait_s, size)
        yield f"| {size} | {took:.2f} | {price:.3f} | {price + rest:.3f} | {said} |"
    textract = PRICES["textract"]
    yield ""
    yield f"All else (S3, DynamoDB, SQS, EventBridge, SES; storage left out) is {rest:.3f}. Textract's list price per 1,000 pages:"
    yield ", ".join(f"{name} {1000 * price:.2f}" for name, price in textract.items()) + "; it reads identity documents of the United States only."
    yield ""
    yield from scale(cpu_s, wait_s, sweet, rest)


def scale(cpu_s, wait_s, memory_mb, rest):
    """Ten million documents a year, on paper."""
    took = seconds(cpu_s, wait_s, memory_mb)
    year = PER_YEAR / 1000 * (compute(cpu_s, wait_s, memory_mb) + rest)
    mean = PER_YEAR / (365 * 86400)
    # All of them within eight hours of 250 working days, and four times that in the busiest minutes.
    busy = 4 * PER_YEAR / (250 * 8 * 3600)
    yield f"## {PER_YEAR:,} documents a year, on paper"
    yield ""
    yield f"{year:,.0f} dollars a year at {memory_mb} MB. On average {mean:.2f} documents a second; where all come in eight hours of 250 days"
    yield f"and the busiest minutes see four times as many, {busy:.1f} a second, which keeps {busy * took:.0f} readers busy. What breaks first, in order:"
    yield ""
    yield f"1. `MaximumConcurrency: 20` reads {20 / took:.0f} a second: above that the queue's age grows and its alarm sounds after an hour. Raise the number."
    yield "2. The clock and the supervisor's page look through every open case: bounded at 100,000 and 50,000 of them, and they say so."
    yield "3. SES sends 14 messages a second at first, and more when asked; what it does not take waits in the outbox."
    yield "4. `worklist_of_all` has one partition a status, `outbox_waiting` and `uploads_without_end` one in all: 1,000 writes a second each,"
    yield f"   {1000 / (busy * 3):.0f} times the busiest minutes (three writes a document). Spread them over missions before that."
    yield "5. One case, one scan, one person are partitions of their own and are never hot."


def main():
    print("\n".join(report(*(float(number) for number in sys.argv[1:4]))))


if __name__ == "__main__":
    main()
