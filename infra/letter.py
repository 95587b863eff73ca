"""The letter that an approval at a deployed desk brings about: it comes by mail, and its code is checked by who has the
public key and nothing else."""

import base64
import json
import os
import subprocess
import tempfile
import time
from pathlib import Path

import boto3
import pypdfium2
import samples
import zxingcpp
from between import Between, through

ROOT = Path(__file__).parent.parent
TIRKEU = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release/tirkeu"
WAIT_S_MAX = 120
PIXELS_A_POINT = 3


def public_keys(names):
    """What the portal's log says of its seal."""
    pages = boto3.client("logs").get_paginator("filter_log_events").paginate(
        logGroupName=f"/aws/lambda/{names['PortalFunction']}", filterPattern="PublicSeal"
    )
    said = [json.loads(event["message"]) for page in pages for event in page["events"]]
    return {line["PublicSeal"] for line in said}


def case_of(records, folder):
    cases = {case for upload in records.uploads(f"samples/{folder}") for case in upload["end"].get("cases", [])}
    assert len(cases) == 1, cases
    return cases.pop()


def approve(desk, reference):
    """As an officer does who found nothing wrong."""
    case = desk.get(f"/cases/{reference}")
    form = case.form(f"/cases/{reference}/approve")
    return desk.send(form, form.fields, case)


def mailed(names, records, desk, reference):
    """What the mail service is given when a case is approved."""
    given = []

    def watch(request, body):
        if request.path.startswith("/v2/email"):
            given.append(json.loads(body))

    with through(names["NotifyFunction"], Between(watch)):
        shown = approve(desk, reference)
        assert shown.status == 200 and records.case(reference)[0] == "registered", shown.status
        until = time.monotonic() + WAIT_S_MAX
        while not any(n["kind"] == "registered" and end and end["end"] == "sent" for n, end in records.notices(reference)):
            assert time.monotonic() < until, records.notices(reference)
            time.sleep(0.5)
    [mail] = [mail for mail in given if mail["Content"]["Simple"]["Subject"]["Data"].startswith(reference)]
    assert sum(s == mail["Content"]["Simple"]["Subject"]["Data"] for s in samples.taken_by_mail()) == 1
    return mail


def verified(paper, keys, folder):
    """What the command says of a paper by these keys; nothing, where it is not genuine."""
    file = folder / "keys"
    file.write_text("\n".join(keys))
    command = [TIRKEU, "verify", paper, "--keys", file, "--lang", "en"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else None


def code_on(pdf):
    """What the code on the first page says to whoever scans it."""
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=PIXELS_A_POINT, grayscale=True)
    [code] = zxingcpp.read_barcodes(page.to_numpy())
    return code.text


def another_key(folder):
    """The public key of somebody else."""
    command = [TIRKEU, "keys", "--store", folder / "store"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()[1]


def letter(names, desk, sample):
    """Approves a sample case; the reference, the letter, and what its code attests."""
    records = samples.Records(names)
    reference = case_of(records, sample)
    mail = mailed(names, records, desk, reference)
    [paper] = mail["Content"]["Simple"]["Attachments"]
    assert paper["FileName"] == f"notification-{reference}.pdf", paper["FileName"]
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder) / paper["FileName"]
        pdf.write_bytes(base64.b64decode(paper["RawContent"]))
        said = verified(pdf, public_keys(names), Path(folder))
        assert said and reference in said, said
        assert verified(pdf, [another_key(Path(folder))], Path(folder)) is None, "another key attests nothing"
        return reference, pdf.read_bytes(), said.splitlines()
