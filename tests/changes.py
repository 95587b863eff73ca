"""What whoever runs a stack does to it later, as infra/README.md says it, done to a deployed one: its seal is rotated,
staff sign in at their organisation's provider, its table is restored.

    tests/changes.py DIR      the sample cases; the stack and the cloud are named by the environment
"""

import json
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

TESTS = Path(__file__).parent
INFRA = TESTS.parent / "infra"
BUILT = INFRA / ".aws-sam/build/template.yaml"
sys.path.append(str(INFRA))

import boto3
import letter
import pages
import samples
from between import told
from browser import Browser, within

# To the desk, the address that MiniStack gives an API is neither TLS nor this machine's, and no place for staff to be sent
# back to. So it has a domain, for which the walker of its pages stands.
DESK = "https://desk.mfa.example"
# An account that is made, and who its person is to the provider.
NAME, SUBJECT = "vera", "248-vera"
# Approved before the seal is rotated.
SEALED = "14-same-file-twice"
STEPS_MAX = 3


def deploy(**changed):
    """Deploys what is built with these parameters changed; the stack's outputs."""
    parameters = [f"{name}={value}" for name, value in changed.items()]
    template = as_of(changed["KeysAsOf"]) if "KeysAsOf" in changed else BUILT
    command = ["sam", "deploy", "--config-file", INFRA / "samconfig.toml", "--no-resolve-s3", "--s3-bucket", "code"]
    command += ["--stack-name", samples.STACK, "--region", boto3.session.Session().region_name]
    command += ["--template-file", template, "--parameter-overrides", *parameters]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return samples.outputs()


def as_of(when):
    """The template with this value in the parameter's place.

    By its documentation, AWS asks for a secret anew where any property of a resource changes. MiniStack does so where the
    text of the template does, whatever parameters make of it.
    """
    text = BUILT.read_text()
    changed = BUILT.with_name("changed.yaml")
    changed.write_text(text.replace("Ref: KeysAsOf", f"Fn::Sub: '{when}'"))
    assert changed.read_text() != text, "nothing depends on the parameter"
    return changed


@contextmanager
def organisation():
    """A certified provider on this machine, at which everyone is who they say they are."""
    command = ["node", TESTS / "journeys/provider.mjs", DESK]
    with tempfile.TemporaryFile("w+") as heard:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=heard, text=True)
        try:
            yield json.loads(process.stdout.readline())
        except Exception:
            heard.seek(0)
            sys.stderr.write(heard.read())
            raise
        finally:
            process.stdin.close()
            process.wait()


def kept_secret(resource):
    """The name of a secret of the stack."""
    of = boto3.client("cloudformation").describe_stack_resource(StackName=samples.STACK, LogicalResourceId=resource)
    return of["StackResourceDetail"]["PhysicalResourceId"]


def sealed_anew():
    """Puts another secret in the seal's place."""
    secrets = boto3.client("secretsmanager")
    another = secrets.get_random_password(PasswordLength=64, ExcludePunctuation=True)["RandomPassword"]
    secrets.put_secret_value(SecretId=kept_secret("SealKey"), SecretString=another)


def genuine(names, code):
    """Whether the portal finds a paper's code genuine, and its page."""
    portal = pages.browser(names, "PortalUrl")
    page = portal.get("/genuine")
    answer = portal.send(page.form("/genuine"), {"code": code}, page)
    assert answer.status in (200, 422), answer.status
    return answer.status == 200, answer.text


def seal(names, reference, code, before):
    """Another seal signs, and papers of the one before stay genuine, by what `EarlierSeals` says and nothing else."""
    found, text = genuine(names, code)
    assert found and reference in text, text
    assert len(letter.public_keys(names) - {before}) == 1, "no other seal"
    with told(names["PortalFunction"], {"TIRKEU_EARLIER_SEALS": ""}):
        found, text = genuine(names, code)
        assert not found and reference not in text, text
    return f"the paper of {reference} stays genuine, and is not where its seal is not named"


def proves_to_be(subject, address):
    """Shows the provider who they are, and lets the desk know it; where it sends the browser back to."""
    provider = Browser(address)
    page = provider.get(within(address))
    for _ in range(STEPS_MAX):
        if page.status != 200:
            return page.headers["location"]
        [form] = page.forms
        shown = {"login": subject, "password": "whatever"} if "login" in form.fields else {}
        page = provider.send(form, form.fields | shown, page)
    raise AssertionError(f"the provider asks again and again: {page.path}")


def comes_back(desk, organisation, subject):
    """From a page that strangers do not see to the provider; where that sends them back to."""
    door = desk.get("/keys")
    [link] = [href for href, _ in door.links if href.startswith("/login/oidc?")]
    sent_off = desk.get(link)
    address = sent_off.headers.get("location", "")
    assert address.startswith(organisation["issuer"] + "/"), (sent_off.status, sent_off.text)
    return proves_to_be(subject, address)


def sign_in(names, organisation, desk, password):
    """Whoever has no account is told so, and who they are; with one they are in, and their password leads nowhere."""
    stranger = pages.browser(names, "DeskUrl")
    nobody = stranger.get(within(comes_back(stranger, organisation, SUBJECT)))
    assert nobody.status == 403 and SUBJECT in nobody.text, nobody.text
    assert stranger.get("/").path.startswith("/login")
    assert pages.log_in(stranger, NAME, password).status == 200, "a password counts beside the provider"
    wanted = {"name": NAME, "role": "officer", "oidc_subject": SUBJECT, "anew": True}
    made = pages.called(names["DeskFunction"], {"account": wanted})
    assert made == {"kept": True, "password": None}, made
    for before in (desk, stranger):
        assert before.get("/").path.startswith("/login"), "sessions of the password go on"
    assert pages.log_in(stranger, NAME, password).status == 403
    vera = pages.browser(names, "DeskUrl")
    back = comes_back(vera, organisation, SUBJECT)
    assert back.startswith(names["SignedInUrl"] + "?"), back
    let_in = vera.get(within(back))
    assert (let_in.status, let_in.headers.get("refresh")) == (200, "0; url=/keys"), let_in.text
    keys = vera.get("/keys")
    assert (keys.status, keys.path) == (200, "/keys") and NAME in keys.text, keys.path
    assert vera.get(within(back)).status == 403, "an answer counts twice"
    return vera


def restore(names):
    """As it was until now, in another table, which takes the place of the stack's own."""
    dynamo, table = boto3.client("dynamodb"), f"{names['TableName']}-restored"
    dynamo.restore_table_to_point_in_time(
        SourceTableName=names["TableName"], TargetTableName=table, UseLatestRestorableTime=True
    )
    dynamo.get_waiter("table_exists").wait(TableName=table)
    # What a table that is restored has not, on AWS either.
    recovered = {"PointInTimeRecoveryEnabled": True}
    dynamo.update_continuous_backups(TableName=table, PointInTimeRecoverySpecification=recovered)
    dropped = {"Enabled": True, "AttributeName": "gone_at"}
    dynamo.update_time_to_live(TableName=table, TimeToLiveSpecification=dropped)
    keys_alone = {"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"}
    described = dynamo.update_table(TableName=table, StreamSpecification=keys_alone)["TableDescription"]
    return deploy(RestoredTable=table, RestoredStream=described["LatestStreamLabel"])


def goes_on(names, before, desk, reference, folder):
    """Cases and sessions are there; what comes now is kept in the restored table alone, and told of by its stream."""
    assert names["TableName"] != before["TableName"]
    shown = desk.get(f"/cases/{reference}")
    assert shown.status == 200 and reference in shown.text, shown.status
    _, applied = pages.apply(names, folder)
    pages.mailed(names, applied, "private_link")
    assert desk.get(f"/cases/{applied}").status == 200
    assert not samples.Records(before).notices(applied)
    return f"{reference} is there, {applied} handed in and told"


def step(name, done):
    print(f"{name:<32}{done}", flush=True)


def main():
    directory, started = Path(sys.argv[1]), time.monotonic()
    names = samples.outputs()
    # The API itself: what stands before it, on AWS, is the domain's.
    api = {"DeskUrl": names["DeskUrl"]}
    desk, password = pages.browser(names, "DeskUrl"), pages.account(names, NAME, "officer")
    assert pages.log_in(desk, NAME, password).status == 200
    [before] = letter.public_keys(names)
    reference, pdf, _ = letter.letter(names, desk, SEALED)
    code = letter.code_on(pdf)
    sealed_anew()
    with organisation() as provider:
        secret = boto3.client("secretsmanager").create_secret(Name="desk-oidc", SecretString=provider["secret"])
        names = deploy(
            KeysAsOf="2",
            EarlierSeals=before,
            DeskAddress=DESK,
            OidcIssuer=provider["issuer"],
            OidcClient=provider["client"],
            OidcSecret=secret["Name"],
        ) | api
        step("changes: another seal", seal(names, reference, code, before))
        vera = sign_in(names, provider, desk, password)
        step("changes: a provider", f"{NAME} signs in there; a stranger, an old answer and the old password do not")
    restored = restore(names) | api
    step("changes: a restored table", goes_on(restored, names, vera, reference, directory / "01-clean-permanent"))
    print(f"changes: everything as it should; {time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
