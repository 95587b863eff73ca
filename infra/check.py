#!/usr/bin/env python3
"""Holds the template to what it must keep to, before anything is deployed.

    infra/check.py        prints what is wrong; nothing, where all is right

The template as CloudFormation gets it is looked at: what SAM adds counts too, and a circle between
a bucket and a function shows only there.
"""

import json
import math
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samcli.yamlhelper import yaml_parse

HERE = Path(__file__).parent
# Where the names of the table's indexes are written down.
KEYS = "../functions/shared/aws/src/keys.rs"
# How long cases are kept that have ended.
CLOCK = "../functions/shared/casework/data/clock.json"
# What may be allowed on all but what is named, since what it is allowed on cannot be named: by action,
# what must be left out.
NAMELESS = {
    # An SMS goes to a telephone number, which is no ARN; all of this service that has one is left out.
    "sns:Publish": {"Fn::Sub": "arn:${AWS::Partition}:sns:*:*:*"},
}
# What SAM gives each function, by the names of AWS: to write its log and its traces.
GIVEN = {"AWSLambdaBasicExecutionRole", "AWSXrayWriteOnlyAccess"}
# Attempts that the library counts before an upload is refused on record.
ATTEMPTS_MAX = 3


def transformed():
    source = yaml_parse((HERE / "template.yaml").read_text())
    for resource in source["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = "s3://bucket/key"
    translator = Translator({}, Parser(), boto_session=None)
    return translator.translate(source, parameter_values={}, feature_toggle=None, passthrough_metadata=True)


def listed(value):
    return value if isinstance(value, list) else [value]


def either(value):
    """What stands under a condition, whichever way it goes."""
    for one in listed(value):
        yield from either(one["Fn::If"][1:]) if "Fn::If" in one else [one]


def policies(name, resource):
    """The statements that allow something, whoever they are attached to."""
    properties = resource.get("Properties", {})
    documents = [p["PolicyDocument"] for p in properties.get("Policies", [])]
    documents += [properties[k] for k in ("PolicyDocument",) if k in properties]
    for document in documents:
        for statement in either(document["Statement"]):
            if statement.get("Effect") == "Allow":
                yield name, statement


def wildcards(template):
    """A policy that allows every action of a service, or an action on everything there is."""
    for name, resource in template["Resources"].items():
        for name, statement in policies(name, resource):
            for action in listed(statement["Action"]):
                if "*" in action:
                    yield f"{name}: allows {action}"
                if "NotResource" in statement and statement["NotResource"] != NAMELESS.get(action):
                    yield f"{name}: allows {action} on everything but {statement['NotResource']}"
            for on in listed(statement.get("Resource", [])):
                if on == "*":
                    yield f"{name}: allows {statement['Action']} on everything"


def managed(template):
    """A policy of AWS's own names no resource: that of a function with a queue reads every queue of the account."""
    for name, resource in template["Resources"].items():
        for policy in resource.get("Properties", {}).get("ManagedPolicyArns", []):
            if policy.rpartition("/")[2] not in GIVEN:
                yield f"{name}: has {policy}, which allows it on everything"


def indexes(template):
    """Whoever queries an index is allowed to, which the table's own name does not say."""
    there = {i["IndexName"] for i in template["Resources"]["Table"]["Properties"]["GlobalSecondaryIndexes"]}
    named = set(re.findall(r"/index/(\w+)", json.dumps(template)))
    asked = set(re.findall(r'\("(\w+)", "\w+", "\w+"\)', (HERE / KEYS).read_text()))
    for index in sorted(asked - there):
        yield f"Table: {index} is asked in {KEYS}, and is not there"
    for index in sorted(asked & there - named):
        yield f"Table: nobody is allowed to ask {index}"
    for index in sorted(named - there):
        yield f"a policy names {index}, which is no index"


def heard(template):
    """An alarm on a metric that no function writes would be silent for ever."""
    sources = "".join(file.read_text() for file in (HERE.parent / "functions").rglob("*.rs"))
    for name, resource in template["Resources"].items():
        properties = resource.get("Properties", {})
        if resource["Type"] != "AWS::CloudWatch::Alarm" or properties["Namespace"] != "Tirkeu":
            continue
        words = [properties["MetricName"], *(d["Value"] for d in properties["Dimensions"])]
        for word in words:
            if f'"{word}"' not in sources:
                yield f"{name}: no function writes {word}"


def pace(template):
    """What broke off is over before it comes again, and is on record before it is given up."""
    resources = template["Resources"]
    function, queue = resources["Intake"]["Properties"], resources["Uploads"]["Properties"]
    if queue["VisibilityTimeout"] < 6 * function["Timeout"]:
        yield "Uploads: the visibility timeout is less than six times the function's timeout"
    if queue["RedrivePolicy"]["maxReceiveCount"] <= ATTEMPTS_MAX:
        yield "Uploads: messages are given up before their uploads are refused on record"


def lives(bucket):
    """The rules by which objects of a bucket end while nobody ends them: their prefix, days until the last copy is gone."""
    for rule in bucket["Properties"].get("LifecycleConfiguration", {}).get("Rules", []):
        if "ExpirationInDays" in rule:
            copies = rule.get("NoncurrentVersionExpiration", {}).get("NoncurrentDays", math.inf)
            yield rule.get("Prefix", ""), rule["ExpirationInDays"] + copies


def keeping(template):
    """How long a record is kept says the archive by the clock's data, and no rule of a bucket."""
    resources, days = template["Resources"], json.loads((HERE / CLOCK).read_text())["ended_cases_kept_days"]
    for name in ("Records", "Quarantine"):
        for prefix, _ in lives(resources[name]):
            if prefix != "pieces/":
                yield f"{name}: objects of '{prefix}' end by themselves, and only people destroy records"
    shortest = min((number for number in days.values() if number is not None), default=None)
    for _, copies in lives(resources["Inbox"]):
        if shortest is not None and copies > shortest:
            yield f"Inbox: copies stay for {copies} days, and {CLOCK} has cases kept for {shortest}"


def linted(template):
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(template, file)
        file.flush()
        # W3045 is asked of hand-written templates: SAM writes the old form of a property.
        done = subprocess.run(["cfn-lint", file.name], capture_output=True, text=True, check=False)
    if done.returncode:
        yield done.stdout + done.stderr


def main():
    template = json.loads(json.dumps(transformed(), default=str))
    checks = (wildcards, managed, indexes, heard, pace, keeping, linted)
    wrong = [what for check in checks for what in check(template)]
    print("\n".join(wrong), end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
