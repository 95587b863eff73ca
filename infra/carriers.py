"""Who is told by a deployed stack, and how: an applicant without an address by SMS, a ministry's system by signed
webhooks; and nobody again because another was not to be had.

    infra/carriers.py DIR     the sample cases; the stack, the cloud and the ministry's folder are named by the environment
"""

import http.client
import json
import os
import sys
import time
from collections import Counter
from pathlib import Path

import boto3
import ministry
import samples

WAIT_S_MAX = 120
SAMPLE = "02-clean-temporary"
FOLDER = Path(os.environ["TIRKEU_MINISTRY"])


def put(names, folder, batch, changed):
    """A sample case as another batch, with another card; how many files."""
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["card"] = {name: value for name, value in (manifest["card"] | changed).items() if value is not None}
    files = [(f.name, f.read_bytes()) for f in sorted(folder.iterdir()) if f.suffix != ".json"]
    s3 = boto3.client("s3")
    for name, body in [*files, ("manifest.json", json.dumps(manifest).encode())]:
        s3.put_object(Bucket=names["InboxBucket"], Key=f"{batch}/{name}", Body=body)
    return len(files) + 1


def waited_for(what, found):
    """What is found, once something is."""
    until = time.monotonic() + WAIT_S_MAX
    while not (got := found()):
        assert time.monotonic() < until, what
        time.sleep(0.2)
    return got


def case_of(records, batch, count):
    """The one case that the uploads of a batch became."""

    def ended():
        ends = [upload.get("end") for upload in records.uploads(batch)]
        return ends if len(ends) == count and all(ends) else None

    cases = {case for end in waited_for(f"{batch} ends", ended) for case in end.get("cases", [])}
    assert len(cases) == 1, cases
    return cases.pop()


def reports(case):
    """What came to the ministry's system of a case: identity and answer, in their order."""
    came = ((post["headers"]["webhook-id"], json.loads(post["body"]), post["status"]) for post in ministry.posts(FOLDER))
    return [(identity, status) for identity, body, status in came if body["data"]["case"] == case]


def texts(case):
    return [one for one in samples.taken_by_phone() if case in one[1]]


def come_due(names, records, case):
    """Lets the waits of a case's notices be over, and the schedule wake the function."""
    for notice, end in records.notices(case):
        if not end:
            records.table.update_item(
                Key={"pk": f"case#{case}", "sk": f"notice#{notice['version']:020}"},
                UpdateExpression="SET next_at = :then, queued_at = :then",
                ExpressionAttributeValues={":then": "2026-01-01T00:00:00Z"},
            )
    got = boto3.client("lambda").invoke(FunctionName=names["NotifyFunction"], Payload=json.dumps({"due": True}))
    assert "FunctionError" not in got, got["Payload"].read()


def by_telephone(names, records, folder):
    """The ministry's system takes nothing at first: one SMS, no mail, and the report tried again until it is taken."""
    closed = FOLDER / "closed"
    closed.touch()
    count = put(names, folder, "by-telephone", {"email": None})
    case = case_of(records, "by-telephone", count)
    waited_for("a report is turned away", lambda: reports(case))
    [(number, text, beside)] = waited_for("a text is taken", lambda: texts(case))
    time.sleep(1)
    [(_, end)] = records.notices(case)
    assert end is None, end
    come_due(names, records, case)
    [(_, end)] = records.notices(case)
    assert end is None and len(texts(case)) == 1, (end, texts(case))
    closed.unlink()
    come_due(names, records, case)
    [(notice, end)] = records.notices(case)
    assert end["end"] == "sent", end
    assert len(texts(case)) == 1, "nobody is told twice"
    identity = f"{case}-{notice['version']}"
    assert reports(case) == [(identity, ministry.CLOSED)] * 2 + [(identity, ministry.TAKEN)], reports(case)
    assert not any(case in subject for subject in samples.taken_by_mail())
    card = json.loads((folder / "manifest.json").read_text())["card"]
    assert number == card["phone"].replace(" ", ""), number
    assert text.endswith(f" {names['PortalUrl']}/return"), text
    said = {name.rpartition(".")[2]: value["StringValue"] for name, value in beside.items()}
    assert said == {"SMSType": "Transactional", "SenderID": "Tirkeu"}, said
    return len(text)


def every_report(records):
    """The ministry's system took a report of each notice that ended, once; a private link is none of its business."""
    taken = Counter(post["headers"]["webhook-id"] for post in ministry.posts(FOLDER) if post["status"] == ministry.TAKEN)
    told = {
        f"{notice['case']}-{notice['version']}"
        for notice, end in records.all_notices()
        if notice["kind"] != "private_link" and end and end["end"] != "overtaken"
    }
    assert told <= taken.keys() and set(taken.values()) == {1}, (told - taken.keys(), taken.most_common(3))
    return len(told)


def not_signed():
    """What was changed on the way is turned away."""
    post = next(post for post in ministry.posts(FOLDER) if post["status"] == ministry.TAKEN)
    body = post["body"].replace("DEU-BER", "DEU-FRA").replace("TUR-ANK", "TUR-IST")
    assert body != post["body"], body
    system = http.client.HTTPConnection("127.0.0.1", int((FOLDER / "port").read_text()), timeout=10)
    for sent, status in ((post["body"], ministry.TAKEN), (body, ministry.NOT_SIGNED)):
        system.request("POST", "/notices", sent, post["headers"])
        got = system.getresponse()
        got.read()
        assert got.status == status, (got.status, status)


def main():
    names, folder = samples.outputs(), Path(sys.argv[1]) / SAMPLE
    records = samples.Records(names)
    letters = by_telephone(names, records, folder)
    print(f"{'carriers: by telephone alone':<32}one text of {letters} letters, no mail, though the ministry had to be asked thrice")
    print(f"{'carriers: a ministry’s system':<32}{every_report(records)} notices reported, each once, each signed")
    not_signed()
    print(f"{'carriers: a changed report':<32}is turned away")


if __name__ == "__main__":
    main()
