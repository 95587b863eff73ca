"""Tells the applicant of a deployed stack who gave a telephone number and no address.

    infra/carriers.py DIR      the sample cases; the stack and the cloud are named by the environment
"""

import json
import sys
import time
from pathlib import Path

import boto3
import samples

WAIT_S_MAX = 120
SAMPLE = "02-clean-temporary"


def put(names, folder, batch, changed):
    """A sample case as another batch, with another card."""
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["card"].update(changed)
    manifest["card"] = {name: value for name, value in manifest["card"].items() if value is not None}
    files = [(f.name, f.read_bytes()) for f in sorted(folder.iterdir()) if f.suffix != ".json"]
    s3 = boto3.client("s3")
    for name, body in [*files, ("manifest.json", json.dumps(manifest).encode())]:
        s3.put_object(Bucket=names["InboxBucket"], Key=f"{batch}/{name}", Body=body)
    return manifest, len(files) + 1


def case_of(records, batch, count):
    """The one case that the uploads of a batch became."""
    until = time.monotonic() + WAIT_S_MAX
    while True:
        ends = [upload.get("end") for upload in records.uploads(batch)]
        if len(ends) == count and all(ends):
            break
        assert time.monotonic() < until, ends
        time.sleep(0.5)
    cases = {case for end in ends for case in end.get("cases", [])}
    assert len(cases) == 1, ends
    return cases.pop()


def settled(records, case):
    """The notices of a case once each has its end."""
    until = time.monotonic() + WAIT_S_MAX
    while not (notices := records.notices(case)) or not all(end for _, end in notices):
        assert time.monotonic() < until, notices
        time.sleep(0.5)
    return notices


def by_phone(names, folder):
    """One text, to that number, and no mail."""
    records = samples.Records(names)
    manifest, count = put(names, folder, "by-phone", {"email": None})
    case = case_of(records, "by-phone", count)
    ends = [end["end"] for _, end in settled(records, case)]
    assert ends == ["sent"], ends
    texts = [one for one in samples.taken_by_phone() if case in one[1]]
    assert len(texts) == 1, texts
    (number, text, beside) = texts[0]
    assert number == manifest["card"]["phone"].replace(" ", ""), number
    assert text.endswith(f"{names['PortalUrl']}/return"), text
    said = {name.rpartition(".")[2]: value["StringValue"] for name, value in beside.items()}
    assert said == {"SMSType": "Transactional", "SenderID": "Tirkeu"}, said
    assert not any(case in subject for subject in samples.taken_by_mail())
    return case, text


def main():
    names, folder = samples.outputs(), Path(sys.argv[1]) / SAMPLE
    case, text = by_phone(names, folder)
    print(f"{'carriers: by telephone alone':<32}{case}: one SMS of {len(text)} letters, no mail")


if __name__ == "__main__":
    main()
