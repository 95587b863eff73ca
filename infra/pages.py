"""Walks the pages of a deployed stack as a person without scripts does: an application at the portal
becomes a case, an officer logs in at the desk and sees it, a stack of paper is taken in, a sample case is
approved and its letter verified.

    infra/pages.py DIR      the sample cases; the stack and the cloud are named by the environment
"""

import json
import os
import re
import statistics
import sys
import time
from pathlib import Path

import boto3
import samples
from browser import Browser
from letter import letter

WAIT_S_MAX = 120
STEPS_MAX = 40
MISSION = "DEU-BER"
# A temporary registration: its letter goes by mail. A permanent one’s goes into the passport.
APPROVED = "02-clean-temporary"


def called(function, event):
    got = boto3.client("lambda").invoke(FunctionName=function, Payload=json.dumps(event))
    answer = json.loads(got["Payload"].read())
    assert "FunctionError" not in got, answer
    return answer


def account(names, name, role, missions=None):
    """Makes a person of the desk, of all missions where none are named; their password."""
    wanted = {"name": name, "role": role, "missions": missions}
    kept = called(names["DeskFunction"], {"account": wanted})
    assert kept["kept"], kept
    again = called(names["DeskFunction"], {"account": wanted})
    assert again == {"kept": False, "password": None}, again
    return kept["password"]


def browser(names, page):
    """A browser at the desk or the portal of the stack."""
    return Browser(names[page], os.environ["AWS_ENDPOINT_URL"])


def log_in(desk, name, password):
    """Where the password leads."""
    door = desk.get("/")
    assert door.path.startswith("/login"), door.path
    form = door.form("/login")
    return desk.send(form, {**form.fields, "name": name, "password": password}, door)


def at_the_desk(names, name, role, missions):
    """A browser whose person is logged in; one who does not know the password is not."""
    desk, password = browser(names, "DeskUrl"), account(names, name, role, missions)
    wrong = log_in(desk, name, "guessed")
    assert wrong.status == 403, wrong.status
    worklist = log_in(desk, name, password)
    assert (worklist.status, worklist.path) == (200, "/"), (worklist.status, worklist.path)
    return desk, worklist


def mailed(names, reference, kind):
    """Waits until the mail service has taken this message of an application."""
    records, until = samples.Records(names), time.monotonic() + WAIT_S_MAX
    while not any(n["kind"] == kind and end and end["end"] == "sent" for n, end in records.notices(reference)):
        assert time.monotonic() < until, records.notices(reference)
        time.sleep(0.5)


def day(text):
    parts = text.split("-")
    return ".".join(reversed(parts)) if len(parts) == 3 and parts[0].isdigit() else text


def filled(form, card, answers):
    """What a form gets: what it shows already, else what the card says."""
    fields = dict(form.fields)
    for name in {*form.fields, *form.choices}:
        if name in answers:
            fields[name] = answers[name]
        elif not fields.get(name) and isinstance(card.get(name), str):
            value = card[name]
            fields[name] = value if value in form.choices.get(name, []) else day(value)
    for name, value in form.buttons:
        if value != "refused":
            fields.setdefault(name, value)
    return fields


def onward(page):
    """Where the page's own button leads."""
    leads = [href for href, kinds in page.links if "button" in kinds and "quiet" not in kinds]
    return leads[-1] if leads else None


def main_form(page):
    forms = [f for f in page.forms if "language" not in f.action]
    return forms[0] if forms else None


def apply(names, folder):
    """From the portal's first page to the handing in; the reference."""
    portal = browser(names, "PortalUrl")
    card = json.loads((folder / "manifest.json").read_text())["card"]
    papers = {"passport": folder / "passport.jpg", "permit": folder / "permit.jpg"}
    answers = {"whom": "self", "stay": "permanent", "permit": "yes", "mission": MISSION, "identity": "passport"}
    page = portal.get("/")
    page, sent = portal.get("/apply"), set()
    for _ in range(STEPS_MAX):
        assert page.status == 200, (page.path, page.status, page.text[:2000])
        path = page.path.split("?")[0]
        slot, form = path.rsplit("/", 1)[-1], main_form(page)
        if path.endswith("/sign"):
            page = portal.get(path.replace("/sign", "/counter"))
        elif path.endswith("/counter"):
            page = portal.send(main_form(page), {}, page)
            reference = page.path.rsplit("/", 1)[-1]
            assert "/applications/" in page.path and "/slip" in page.text, page.path
            return portal, reference
        elif form and form.file and slot not in sent:
            sent.add(slot)
            page = portal.send_files(form, {}, [(papers[slot].name, papers[slot].read_bytes())], page)
            assert page.pictures or onward(page), (page.path, page.text[:2000])
        elif form and not form.file:
            before = page.path
            page = portal.send(form, filled(form, card, answers), page)
            assert page.path != before or page.status == 200, (before, page.status, page.text[:2000])
        else:
            page = portal.get(onward(page))
    raise AssertionError(f"the application leads nowhere: {page.path}")


def stack(names, desk, folder):
    """A stack of two files, brought in at the desk and read beside it; its page when it is done."""
    page = desk.get("/stacks")
    form = page.form("/stacks")
    fields = {"token": form.fields["token"], "mission": MISSION, "kind": "permanent"}
    files = [(f.name, f.read_bytes()) for f in sorted(folder.iterdir()) if f.suffix == ".jpg"]
    page = desk.send_files(form, fields, files, page)
    assert page.status == 200 and page.path.startswith("/stacks/"), (page.status, page.path)
    until = time.monotonic() + WAIT_S_MAX
    while called(names["IntakeFunction"], {"stacks": True})["left"]:
        assert time.monotonic() < until, "the stack is not done"
    page = desk.get(page.path)
    cases = {href for href, _ in page.links if href.startswith("/cases/")}
    assert cases, page.text[:3000]
    return len(files), cases


def main():
    names, folder = samples.outputs(), Path(sys.argv[1]) / "01-clean-permanent"
    approved = json.loads((Path(sys.argv[1]) / APPROVED / "manifest.json").read_text())
    desk, worklist = at_the_desk(names, "aida", "officer", [MISSION, approved["mission"]])
    rows = len({href for href, _ in worklist.links if href.startswith("/cases/")})
    print(f"{'desk: log-in':<32}a wrong password is turned away; {rows} cases on the worklist")
    portal, reference = apply(names, folder)
    print(f"{'portal: application':<32}{reference} handed in after {len(portal.took_ms)} requests")
    mailed(names, reference, "private_link")
    print(f"{'portal: its private link':<32}taken by the mail service")
    case = desk.get(f"/cases/{reference}")
    assert case.status == 200 and reference in case.text, case.status
    picture = re.search(r"/cases/[^\"]+/scans/[0-9a-f]{64}/pages/\d+", case.text)[0]
    shown = desk.get(picture)
    assert shown.headers["content-type"] == "image/jpeg" and shown.body[:2] == b"\xff\xd8", shown.headers
    status, _ = samples.Records(names).case(reference)
    print(f"{'desk: that case':<32}{status}; a page's picture of {len(shown.body) >> 10} KiB")
    hidden = browser(names, "PortalUrl").get(f"/applications/{reference}")
    assert hidden.status == 404, hidden.status
    assert called(names["PortalFunction"], {"hand_over": True}) == {"done": 0, "waiting": 0}
    files, cases = stack(names, desk, Path(sys.argv[1]) / "04-card-surname-misspelt")
    print(f"{'desk: a stack':<32}{files} files, every page read and filed; {len(cases)} cases")
    reference, pdf, attested = letter(names, desk, APPROVED)
    assert any(approved["mission"] in line for line in attested), attested
    print(f"{'desk: an approval':<32}{reference} is registered; its letter of {len(pdf) >> 10} KiB came by mail")
    print(f"{'tirkeu verify':<32}{'; '.join(attested)}")
    for name, walked in (("desk", desk), ("portal", portal)):
        median = statistics.median(walked.took_ms)
        print(f"{name + ': milliseconds a page':<32}{median:6.0f} (median), {max(walked.took_ms):.0f} at most")
    print("pages: everything as it should")


if __name__ == "__main__":
    main()
