"""Puts the sample cases into a deployed inbox, compares each case with its ground truth, and looks
whether each applicant was told.

    infra/samples.py DIR      the stack and the cloud are named by the environment
"""

import hashlib
import json
import os
import sys
import time
import urllib.request
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import boto3

STACK = os.environ.get("TIRKEU_STACK", "tirkeu-local")
WAIT_S_MAX = 300
DATA = Path(__file__).parent.parent / "functions/shared/casework/data"
MISSIONS, CLOCK = DATA / "missions.json", DATA / "clock.json"


def outputs():
    stack = boto3.client("cloudformation").describe_stacks(StackName=STACK)["Stacks"][0]
    return {o["OutputKey"]: o["OutputValue"] for o in stack["Outputs"]}


class Records:
    """What the stack has written down."""

    def __init__(self, names):
        self.names = names
        self.table = boto3.resource("dynamodb").Table(names["TableName"])
        self.s3 = boto3.client("s3")

    def record(self, item):
        if "json" in item:
            return json.loads(item["json"])
        got = self.s3.get_object(Bucket=self.names["RecordsBucket"], Key=item["object"])
        return json.loads(got["Body"].read())

    def uploads(self, folder):
        which = json.dumps([self.names["InboxBucket"], folder, False], separators=(",", ":"))
        batch = "batch#" + hashlib.sha256(which.encode()).hexdigest()
        key = boto3.dynamodb.conditions.Key("pk").eq(batch)
        found = self.table.query(KeyConditionExpression=key, ConsistentRead=True)["Items"]
        return [self.record(item) for item in found]

    def case(self, reference):
        key = {"pk": f"case#{reference}", "sk": "case"}
        item = self.table.get_item(Key=key, ConsistentRead=True)["Item"]
        return item["work"], self.record(item)

    def notices(self, reference):
        """The notices of a case, oldest first, each with its end where it has one."""
        key = boto3.dynamodb.conditions.Key
        of_case = key("pk").eq(f"case#{reference}") & key("sk").begins_with("notice#")
        items = self.table.query(KeyConditionExpression=of_case, ConsistentRead=True)["Items"]
        return [(json.loads(i["json"]), json.loads(i.get("settled", "null"))) for i in items]

    def items(self, condition, value):
        """Every item of the table for which this holds."""
        pages = self.table.meta.client.get_paginator("scan").paginate(
            TableName=self.names["TableName"],
            FilterExpression=condition,
            ExpressionAttributeValues={":value": value},
            ConsistentRead=True,
        )
        return [item for page in pages for item in page["Items"]]

    def all_notices(self):
        """Every notice there is, with its end."""
        items = self.items("begins_with(sk, :value)", "notice#")
        return [(json.loads(i["json"]), json.loads(i.get("settled", "null"))) for i in items]


def taken_by_mail():
    """Subjects of the messages that MiniStack's mail service took, in their order."""
    with urllib.request.urlopen(os.environ["AWS_ENDPOINT_URL"] + "/_ministack/ses/messages") as got:
        accounts = json.loads(got.read())["messages"]
    return [message["Subject"] for messages in accounts.values() for message in messages]


def taken_by_phone():
    """The short texts that MiniStack's messaging service took: number, text, what it was told beside."""
    with urllib.request.urlopen(os.environ["AWS_ENDPOINT_URL"] + "/_ministack/sns/sms-messages") as got:
        numbers = json.loads(got.read())["sms_messages"]
    return [(number, one["Message"], one["MessageAttributes"]) for number, all_ in numbers.items() for one in all_]


def told(records, cases):
    """The notices of these cases once each has its end; how many were sent, and how many messages taken."""
    until = time.monotonic() + WAIT_S_MAX
    while True:
        notices = [one for case in cases for one in records.notices(case)]
        if all(end for _, end in notices) or time.monotonic() > until:
            break
        time.sleep(0.5)
    sent = [notice for notice, end in notices if end and end["end"] == "sent"]
    said = taken_by_mail() + [text for _, text, _ in taken_by_phone()]
    return notices, len(sent), sum(any(case in one for case in cases) for one in said)


def expected(outcome):
    found = set()
    for finding in outcome["findings"]:
        for field in finding.get("fields") or [None]:
            found.add((finding["rule"], finding["severity"], field))
    return found


def differences(status, case, truth, zones):
    outcome = truth["outcome"]
    if status != outcome["status"]:
        yield f"status {status} and not {outcome['status']}"
    zone = zones[case["manifest"]["mission"]]
    due = datetime.fromisoformat(case["due_at"].replace("Z", "+00:00")).astimezone(zone)
    if outcome.get("due") not in (None, str(due.date())):
        yield f"due {due.date()} and not {outcome['due']}"
    found = {(f["rule"], f["severity"], f.get("field")) for f in case["findings"]}
    for missing in expected(outcome) - found:
        yield f"not found: {missing}"
    for extra in found - expected(outcome):
        yield f"found: {extra}"


def put(names, folders):
    """Every file of every folder but the ground truth; scans before manifests in every other one."""
    s3 = boto3.client("s3")
    for number, folder in enumerate(folders):
        files = sorted(f for f in folder.iterdir() if f.name != "truth.json")
        files.sort(key=lambda f: (f.name == "manifest.json") == (number % 2 == 0))
        for file in files:
            key = f"samples/{folder.name}/{file.name}"
            s3.put_object(Bucket=names["InboxBucket"], Key=key, Body=file.read_bytes())
        yield folder, len(files)


def ended(records, counts, started):
    """Folders with the case of their uploads, as they get their ends."""
    left = dict(counts)
    while left and time.monotonic() - started < WAIT_S_MAX:
        for folder, count in list(left.items()):
            ends = [u.get("end") for u in records.uploads(f"samples/{folder.name}")]
            if len(ends) == count and all(ends):
                del left[folder]
                cases = {case for end in ends for case in end.get("cases", [])}
                yield folder, cases, time.monotonic() - started
        time.sleep(0.5)


def clock(names, cases):
    """What the clock says of terms and of keeping: no record ends while nobody has set when."""
    got = boto3.client("lambda").invoke(FunctionName=names["ClockFunction"], Payload="{}")
    said = json.loads(got["Payload"].read())
    set_ = {end for end, days in json.loads(CLOCK.read_text())["ended_cases_kept_days"].items() if days is not None}
    assert "FunctionError" not in got and said["open"] >= cases, said
    assert said["kept_long_enough"] == 0 and said["kept_without_end"] and not set_ & set(said["kept_without_end"]), said
    return f"{said['open']} open cases; kept without end: {', '.join(said['kept_without_end'])}"


def main():
    names = outputs()
    records = Records(names)
    missions = json.loads(MISSIONS.read_text())["missions"]
    zones = {m["code"]: ZoneInfo(m["time_zone"]) for m in missions}
    folders = sorted(f for f in Path(sys.argv[1]).iterdir() if (f / "truth.json").exists())
    started = time.monotonic()
    counts = list(put(names, folders))
    lines, right, references = {}, 0, []
    for folder, cases, seconds in ended(records, counts, started):
        truth = json.loads((folder / "truth.json").read_text())
        if len(cases) == 1:
            reference = next(iter(cases))
            references.append(reference)
            status, case = records.case(reference)
            wrong = list(differences(status, case, truth, zones))
        else:
            status, wrong = "-", [f"{len(cases)} cases"]
        right += not wrong
        lines[folder] = f"{status:<24}{seconds:6.1f} s  {'; '.join(wrong) or 'as it should'}"
    for folder in folders:
        print(f"{folder.name:<32}{lines.get(folder, 'has no end')}")
    sqs = boto3.client("sqs")
    dead = sqs.get_queue_attributes(
        QueueUrl=names["DeadLettersUrl"], AttributeNames=["ApproximateNumberOfMessages"]
    )["Attributes"]["ApproximateNumberOfMessages"]
    print(f"{'clock':<32}{clock(names, len(references))}")
    notices, sent, taken = told(records, references)
    ends = [(end or {"end": "waiting"}) for _, end in notices]
    for end in sorted({json.dumps(end.get("why", end["end"])) for end in ends}):
        count = sum(json.dumps(one.get("why", one["end"])) == end for one in ends)
        print(f"notices {json.loads(end)!s:<24}{count:6}")
    print(
        f"{right} of {len(folders)} sample cases ended as their ground truth says; {dead} dead letters; "
        f"{sent} notices sent, {taken} messages taken; {time.monotonic() - started:.0f} s"
    )
    whole = right == len(folders) and dead == "0"
    return 0 if whole and sent == taken and all(end for _, end in notices) else 1


if __name__ == "__main__":
    sys.exit(main())
