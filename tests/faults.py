"""What a cloud does to a stack, done to a deployed one: messages doubled, out of order, poisoned and
lost; functions killed and stopped in the midst of a file; a table that throttles; a mail service
whose answers are lost.

    tests/faults.py DIR [FAULT…]   the stack and the cloud are named by the environment
"""

import json
import os
import signal
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "infra"))

import boto3
import meddler
import samples
from between import through

WAIT_S_MAX = 300
# So long a function may take in these tests, and so long a message stays with who has it: what
# broke off comes again within the patience of a test, and before it is given up.
FUNCTION_S_MAX, VISIBLE_AGAIN_S = 85, 20


class Stack:
    """The deployed stack, as an uploader and a meddler see it."""

    def __init__(self):
        self.names = samples.outputs()
        self.records = samples.Records(self.names)
        self.s3, self.sqs = boto3.client("s3"), boto3.client("sqs")
        self.events, self.functions = boto3.client("events"), boto3.client("lambda")

    def hasten(self):
        function = self.names["IntakeFunction"]
        self.functions.update_function_configuration(FunctionName=function, Timeout=FUNCTION_S_MAX)
        again = {"VisibilityTimeout": str(VISIBLE_AGAIN_S)}
        self.sqs.set_queue_attributes(QueueUrl=self.names["UploadsQueueUrl"], Attributes=again)

    def through(self, function, between):
        """The function reaches the cloud through what stands between, for so long."""
        return through(self.names[function], between)

    def messages(self, case):
        return sum(subject.startswith(case) for subject in samples.taken_by_mail())

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
        return len(self.records.items("sk = :value", "case"))

    def reconcile(self):
        got = self.functions.invoke(
            FunctionName=self.names["IntakeFunction"],
            Payload=json.dumps({"reconcile": {"grace_s": 0}}),
        )
        return json.loads(got["Payload"].read())


def files(folder):
    return sorted(f for f in folder.iterdir() if f.name != "truth.json")


def never_seen(file, name):
    """The same picture as another file, which nobody has read yet: with a comment of this name."""
    content, comment = file.read_bytes(), name.encode()
    if file.suffix != ".jpg":
        return content
    return content[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + content[2:]


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


def whole(stack, name, folder):
    """A folder's files end in one case, as its ground truth says, each scan once."""
    case = in_one_case(stack.ends(name, len(files(folder))))
    status, record = stack.records.case(case)
    truth = json.loads((folder / "truth.json").read_text())["outcome"]
    assert status == truth["status"], status
    scans = [filed["scan"] for filed in record["scans"]]
    assert len(scans) == len(set(scans)), scans
    return case


def broken_off(stack, folder, name, how):
    """A function ends, or stands still, in the midst of a file: another one reads it."""
    before = stack.cases()
    for file in files(folder):
        stack.put(f"{name}/{file.name}", never_seen(file, name))
    until = time.monotonic() + WAIT_S_MAX
    while not any(u["attempts"] and not u.get("brings") for u in stack.records.uploads(name)):
        assert time.monotonic() < until, "nobody begins"
        time.sleep(0.02)
    held = meddler.workers("intake")
    assert held, "no process of the function is found"
    for process in held:
        os.kill(process, how)
    whole(stack, name, folder)
    assert stack.cases() == before + 1
    attempts = [upload["attempts"] for upload in stack.records.uploads(name)]
    assert max(attempts) > 1, attempts
    stack.settled()
    return f"attempts {attempts}"


def killed(stack, folder):
    return broken_off(stack, folder, "killed", signal.SIGKILL)


def out_of_time(stack, folder):
    return broken_off(stack, folder, "stopped", signal.SIGSTOP)


def throttled(stack, folder):
    """Every other request to the table is refused, and everything ends as it should."""
    between = meddler.throttles_every_other()
    before = stack.cases()
    with stack.through("IntakeFunction", between):
        for file in files(folder):
            stack.put(f"throttled/{file.name}", never_seen(file, "throttled"))
        whole(stack, "throttled", folder)
        stack.settled()
    assert stack.cases() == before + 1
    assert between.meddled > 10, between.meddled
    return f"{between.meddled} requests refused"


def answers_lost(stack, folder):
    """The one window: the mail service takes messages, and their sender never hears of it."""
    with stack.through("NotifyFunction", meddler.loses_answers_of_the_mail()) as _:
        for file in files(folder):
            stack.put(f"answers/{file.name}", file.read_bytes())
        case = whole(stack, "answers", folder)
        until = time.monotonic() + WAIT_S_MAX
        while not stack.messages(case):
            assert time.monotonic() < until, "no message is sent"
            time.sleep(0.2)
        time.sleep(2)
    taken = stack.messages(case)
    unsure = [notice for notice, end in stack.records.notices(case) if not end]
    assert unsure and taken == len(unsure), (taken, unsure)
    LOST.append((case, taken, time.monotonic()))
    return f"{taken} answers lost"


# Cases of which the mail service's answers were lost, how many, and when.
LOST = []


def woken_too_often(stack, _):
    """A notice that was sent is not sent again, however often the stream tells of it."""
    case, _, _ = LOST[0]
    keys = [{"pk": {"S": f"case#{case}"}, "sk": {"S": f"notice#{n['version']:020}"}} for n, _ in stack.records.notices(case)]
    records = [{"dynamodb": {"SequenceNumber": str(i), "Keys": k}} for i, k in enumerate(keys * 3)]
    before = stack.messages(case)
    got = stack.functions.invoke(
        FunctionName=stack.names["NotifyFunction"], Payload=json.dumps({"Records": records})
    )
    assert json.loads(got["Payload"].read()) == {"batchItemFailures": []}
    assert stack.messages(case) == before


def every_notice_ends(stack, _):
    """None is lost; those that arrive twice are exactly those whose answer was lost."""
    since = max(when for _, _, when in LOST)
    # The first wait after a try.
    time.sleep(max(0, 305 - (time.monotonic() - since)))
    due = stack.functions.invoke(
        FunctionName=stack.names["NotifyFunction"], Payload=json.dumps({"due": True})
    )
    assert "FunctionError" not in due, due["Payload"].read()
    ends = stack.records.all_notices()
    waiting = [notice for notice, end in ends if not end]
    assert waiting == [], waiting
    sent = Counter(notice["case"] for notice, end in ends if end["end"] == "sent")
    taken = Counter(subject.split(":")[0] for subject in samples.taken_by_mail())
    doubled = {case: taken[case] - sent[case] for case in taken if taken[case] != sent[case]}
    assert doubled == {case: count for case, count, _ in LOST}, doubled
    return f"{sum(sent.values())} notices sent, {sum(doubled.values())} of them twice"


FAULTS = (
    doubled_and_out_of_order,
    answers_lost,
    woken_too_often,
    poison_among_ten,
    dropped,
    orphaned,
    throttled,
    killed,
    out_of_time,
    every_notice_ends,
)


def main():
    stack, folder = Stack(), Path(sys.argv[1]) / "01-clean-permanent"
    stack.hasten()
    for fault in [f for f in FAULTS if f.__name__ in sys.argv[2:] or not sys.argv[2:]]:
        started = time.monotonic()
        found = fault(stack, folder) or "as it should"
        print(f"{fault.__name__:<32}{time.monotonic() - started:6.1f} s  {found}", flush=True)
    assert stack.count("DeadLettersUrl") == 0
    print("one record an upload, no case doubled, no dead letter")


if __name__ == "__main__":
    main()
