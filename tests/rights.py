"""Whether each function of a deployed stack asks for what its role allows, and nothing else: MiniStack would let it.

What the functions ask the cloud for while samples and pages are put through them is compared with their policies, as the
stack was deployed with them. What the services ask each other for (keys, streams, queues, logs) is not seen here.

    tests/rights.py DIR      the sample cases; the stack and the cloud are named by the environment
"""

import json
import subprocess
import sys
from contextlib import ExitStack
from fnmatch import fnmatchcase
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

INFRA = Path(__file__).parent.parent / "infra"
sys.path.append(str(INFRA))

import boto3
import samples
from between import Between, through

FUNCTIONS = ("Intake", "Notify", "Clock", "Desk", "Portal")
# Who walks through the stack meanwhile.
WALKERS = ("samples.py", "carriers.py", "pages.py")
# What each part of a transaction needs.
WRITES = {"Put": "PutItem", "Update": "UpdateItem", "Delete": "DeleteItem", "ConditionCheck": "ConditionCheckItem", "Get": "GetItem"}
OBJECTS = {"GET": "GetObject", "HEAD": "GetObject", "PUT": "PutObject", "DELETE": "DeleteObject"}


def of_table(operation, asked):
    """Requests to the table, by action and resource."""
    if operation.startswith("Transact"):
        for part in asked["TransactItems"]:
            for kind, one in part.items():
                yield from of_table(WRITES[kind], one)
        return
    index = f"/index/{asked['IndexName']}" if "IndexName" in asked else ""
    yield f"dynamodb:{operation}", f":table/{asked['TableName']}{index}"


def of_buckets(method, path, copied):
    address = urlsplit(path)
    bucket, _, key = unquote(address.path).lstrip("/").partition("/")
    if not key:
        yield "s3:ListBucket", f":{bucket}"
        return
    version = "Version" if "versionId" in parse_qs(address.query) else ""
    yield f"s3:{OBJECTS[method]}{version}", f":{bucket}/{key}"
    if copied:
        yield "s3:GetObject", f":{unquote(copied).lstrip('/')}"


def asked_for(request, body):
    """What a request needs, by action and the end of what it is asked of."""
    path, target = request.path, request.headers.get("x-amz-target", "")
    if target.startswith("DynamoDB"):
        yield from of_table(target.partition(".")[2], json.loads(body))
    elif path.startswith("/v2/email/"):
        mail = json.loads(body)
        yield "ses:SendEmail", f":identity/{mail['FromEmailAddress'].partition('@')[2]}"
        yield "ses:SendEmail", f":configuration-set/{mail['ConfigurationSetName']}"
    elif b"Action=Publish" in body:
        form = parse_qs(body.decode())
        yield "sns:Publish", form["PhoneNumber"][0]
    else:
        yield from of_buckets(request.command, path, request.headers.get("x-amz-copy-source"))


def statements(function):
    """What the role of a function allows, as it was deployed."""
    iam = boto3.client("iam")
    role = boto3.client("lambda").get_function_configuration(FunctionName=function)["Role"].rpartition("/")[2]
    for policy in iam.list_role_policies(RoleName=role)["PolicyNames"]:
        for statement in iam.get_role_policy(RoleName=role, PolicyName=policy)["PolicyDocument"]["Statement"]:
            assert statement["Effect"] == "Allow", statement
            yield statement


def listed(value):
    return value if isinstance(value, list) else [value]


def covers(statement, action, resource):
    """Whether a statement allows this. Of a resource, what comes after service, region and account is known."""
    if action not in listed(statement["Action"]):
        return False
    # A telephone number is no resource that has a name.
    if "NotResource" in statement:
        return ":" not in resource
    return any(fnmatchcase(resource, ":" + pattern.split(":", 5)[5]) for pattern in listed(statement["Resource"]))


def used(allowed, asked):
    """The actions of these statements that somebody asked for."""
    return {
        (statement.get("Sid"), action)
        for statement in allowed
        for action, resource in asked
        if covers(statement, action, resource)
    }


def main():
    stack, asked, denied = samples.outputs(), {function: set() for function in FUNCTIONS}, []
    with ExitStack() as recorded:
        for function in FUNCTIONS:
            heard = asked[function]

            def hear(request, body, heard=heard):
                heard.update(asked_for(request, body))

            recorded.enter_context(through(stack[f"{function}Function"], Between(hear)))
        for walker in WALKERS:
            subprocess.run([sys.executable, INFRA / walker, sys.argv[1]], check=True, stdout=subprocess.DEVNULL)
        for event in ({"reconcile": {"grace_s": 0}}, {"stacks": True}):
            boto3.client("lambda").invoke(FunctionName=stack["IntakeFunction"], Payload=json.dumps(event))
    for function, wanted in asked.items():
        allowed = list(statements(stack[f"{function}Function"]))
        denied += [(function, *one) for one in sorted(wanted) if not any(covers(s, *one) for s in allowed)]
        given = {(s.get("Sid"), action) for s in allowed for action in listed(s["Action"])}
        idle = sorted(f"{sid}: {action}" for sid, action in given - used(allowed, wanted))
        kinds = len({action for action, _ in wanted})
        print(f"{'rights: ' + function.lower():<32}{kinds} actions on {len(wanted)} things; not asked for: {', '.join(idle) or 'none'}")
    assert not denied, "\n".join(" ".join(one) for one in denied)
    print("rights: nobody asks for more than they are allowed")


if __name__ == "__main__":
    main()
