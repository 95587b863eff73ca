"""What a cloud does to messages, done to a deployed stack: doubled, out of order, poisoned, lost.

    tests/faults.py DIR       the stack and the cloud are named by the environment
"""

import json
import sys
import time
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "infra"))

import boto3
import samples

WAIT_S_MAX = 120


class Stack:
    """The deployed stack, as an uploader and a meddler see it."""

    def __init__(self):
        self.names = samples.outputs()
        self.records = samples.Records(self.names)
        self.s3, self.sqs = boto3.client("s3"), boto3.client("sqs")
        self.events, self.functions = boto3.client("events"), boto3.client("lambda")

    def put(self, key, body):
        self.s3.put_object(Bucket=self.names["InboxBucket"], Key=key, Body=body)

    def tell(self, key):
        detail = {"bucket": {"name": self.names["InboxBucket"]}, "object": {"key": key}}
        body = json.dumps({"source": "aws.s3", "detail-type": "Object Created", "detail": detail})
        self.sqs.send_message(QueueUrl=self.names["UploadsQueueUrl"], MessageBody=body)

    def ends(self, folder, count):
        """The ends of a folder's uploads, when all that many have one."""
        until = time.monotonic() + WAIT_S_MAX
        while time.monotonic() < until:
            uploads = self.records.uploads(folder)
            ends = {Path(u["object"]["key"]).name: u.get("end") for u in uploads}
            if len(uploads) == count and all(ends.values()):
                return ends
            time.sleep(0.5)
        raise AssertionError(f"{folder}: {len(uploads)} uploads of {count}, ends {ends}")

    def count(self, queue):
        wanted = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        got = self.sqs.get_queue_attributes(QueueUrl=self.names[queue], AttributeNames=wanted)
        return sum(int(n) for n in got["Attributes"].values())

    def settled(self):
        until = time.monotonic() + WAIT_S_MAX
        while self.count("UploadsQueueUrl"):
            assert time.monotonic() < until, "messages are left in the queue"
            time.sleep(0.5)

    def cases(self):
        """How many cases there are."""
        items = self.records.table.meta.client.get_paginator("scan").paginate(
            TableName=self.names["TableName"],
            FilterExpression="sk = :case",
            ExpressionAttributeValues={":case": "case"},
            ConsistentRead=True,
        )
        return sum(page["Count"] for page in items)

    def reconcile(self):
        got = self.functions.invoke(
            FunctionName=self.names["IntakeFunction"],
            Payload=json.dumps({"reconcile": {"grace_s": 0}}),
        )
        return json.loads(got["Payload"].read())


def files(folder):
    return sorted(f for f in folder.iterdir() if f.name != "truth.json")


def in_one_case(ends):
    cases = {case for end in ends.values() for case in end.get("cases", [])}
    assert len(cases) == 1, ends
    return cases.pop()


def doubled_and_out_of_order(stack, folder):
    """Each message comes three times, the last first."""
    before = stack.cases()
    for file in files(folder):
        stack.put(f"doubled/{file.name}", file.read_bytes())
    for file in reversed(files(folder) * 2):
        stack.tell(f"doubled/{file.name}")
    case = in_one_case(stack.ends("doubled", len(files(folder))))
    stack.settled()
    status, record = stack.records.case(case)
    truth = json.loads((folder / "truth.json").read_text())["outcome"]
    assert status == truth["status"], status
    scans = [filed["scan"] for filed in record["scans"]]
    assert len(scans) == len(set(scans)) == len(files(folder)) - 1
    assert stack.cases() == before + 1


def poison_among_ten(stack, folder):
    """Nine are done, the tenth is on record, no dead letter."""
    passport = next(f for f in files(folder) if f.suffix == ".jpg").read_bytes()
    stack.put("poison/manifest.json", (folder / "manifest.json").read_bytes())
    for number in range(8):
        stack.put(f"poison/{number}.jpg", passport + bytes([number]))
    stack.put("poison/9.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 40)
    ends = stack.ends("poison", 10)
    case = in_one_case(ends)
    _, record = stack.records.case(case)
    outcomes = sorted(filed["outcome"]["outcome"] for filed in record["scans"])
    assert outcomes == ["read"] * 8 + ["refused"], outcomes
    stack.put("poison-said/manifest.json", b"no manifest")
    refused = stack.ends("poison-said", 1)["manifest.json"]
    assert (refused["end"], refused["why"]) == ("refused", "not_usable"), refused
    stack.settled()
    assert stack.count("DeadLettersUrl") == 0


def dropped(stack, folder):
    """No message tells of them: the next run of the reconciler finds them."""
    rules = stack.events.list_rules()["Rules"]
    rule = next(r["Name"] for r in rules if "UploadCame" in r["Name"])
    stack.events.disable_rule(Name=rule)
    for file in files(folder):
        stack.put(f"dropped/{file.name}", file.read_bytes())
    stack.events.enable_rule(Name=rule)
    time.sleep(2)
    assert stack.records.uploads("dropped") == []
    found = stack.reconcile()
    assert found["Lost"] == len(files(folder)) and found["Failed"] == 0, found
    in_one_case(stack.ends("dropped", len(files(folder))))
    assert stack.reconcile()["Lost"] == 0


def orphaned(stack, folder):
    """A scan whose manifest never comes is a case of its own when enough was waited."""
    scan = next(f for f in files(folder) if f.suffix == ".jpg")
    stack.put("orphaned/scan.jpg", scan.read_bytes() + b"\0")
    time.sleep(1)
    stack.settled()
    assert stack.records.uploads("orphaned")[0].get("end") is None
    stack.reconcile()
    in_one_case(stack.ends("orphaned", 1))


def main():
    stack, folder = Stack(), Path(sys.argv[1]) / "01-clean-permanent"
    for fault in (doubled_and_out_of_order, poison_among_ten, dropped, orphaned):
        started = time.monotonic()
        fault(stack, folder)
        print(f"{fault.__name__:<32}{time.monotonic() - started:6.1f} s  as it should")
    assert stack.count("DeadLettersUrl") == 0


if __name__ == "__main__":
    main()
