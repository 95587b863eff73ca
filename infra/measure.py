#!/usr/bin/env python3
"""Measures the functions as they are deployed: size, start, time, CPU and memory.

    infra/measure [--write]   builds, deploys to MiniStack, measures, prints; --write: into infra/MEASURED.md

Each function's zip is started here by a runtime of our own, which hands it one event after the
other as Lambda does, over the table and buckets of the deployed stack. So its processor time and its
memory are its own; the times of the stores are MiniStack's, on this machine.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import tempfile
import threading
import time
import uuid
import zipfile
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue

import boto3
import cost
import samples

HERE = Path(__file__).parent
BUILT = HERE / ".aws-sam/build"
STARTS = 5
TICKS = os.sysconf("SC_CLK_TCK")


class Runtime:
    """The runtime interface of Lambda, for one process of a function."""

    def __init__(self, function, variables, memory_mb):
        self.events, self.answers, self.ready = Queue(), Queue(), threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                outer.ready.set()
                request, event = outer.events.get()
                body = json.dumps(event).encode()
                self.send_response_only(200)
                deadline = int((time.time() + 180) * 1000)
                arn = f"arn:aws:lambda:eu-central-1:000000000000:function:{function}"
                for name, value in {
                    "lambda-runtime-aws-request-id": request,
                    "lambda-runtime-deadline-ms": str(deadline),
                    "lambda-runtime-invoked-function-arn": arn,
                    "content-length": str(len(body)),
                }.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                outer.answers.put((self.path.rpartition("/")[2], body))
                self.send_response_only(202)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

            def handle(self):
                try:
                    super().handle()
                except ConnectionError:
                    # The function was ended while it asked for the next event.
                    pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        root = BUILT / function
        self.log = tempfile.TemporaryFile("w+")
        started = time.monotonic()
        self.process = subprocess.Popen(
            [root / "bootstrap"],
            env={
                **variables,
                "PATH": os.environ["PATH"],
                "LAMBDA_TASK_ROOT": str(root.resolve()),
                "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{self.server.server_address[1]}",
                "AWS_LAMBDA_FUNCTION_NAME": function,
                "AWS_LAMBDA_FUNCTION_VERSION": "1",
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(memory_mb),
                "AWS_LAMBDA_LOG_GROUP_NAME": "none",
                "AWS_LAMBDA_LOG_STREAM_NAME": "none",
                "AWS_REGION": "eu-central-1",
                "AWS_ACCESS_KEY_ID": "test",
                "AWS_SECRET_ACCESS_KEY": "test",
            },
            stdout=self.log,
        )
        assert self.ready.wait(60), f"{function} does not start"
        # Several threads may be kept waiting at once: it took no less than its processor time.
        took = (time.monotonic() - started) * 1000
        self.init_ms = max(self.cpu_ms(), took - self.kept_waiting_ms())

    def cpu_ms(self):
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / TICKS

    def kept_waiting_ms(self):
        """How long its threads wanted a processor that others had."""
        stats = Path(f"/proc/{self.process.pid}/task").glob("*/schedstat")
        return sum(int(stat.read_text().split()[1]) for stat in stats) / 1e6

    def memory_mb(self):
        """The most it held so far."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024

    def call(self, event):
        """Its answer, milliseconds by the clock without those in which others had the processor, and
        milliseconds of the processor."""
        started, before, kept = time.monotonic(), self.cpu_ms(), self.kept_waiting_ms()
        self.events.put((str(uuid.uuid4()), event))
        how, body = self.answers.get(timeout=180)
        assert how == "response", body
        took, cpu = (time.monotonic() - started) * 1000, self.cpu_ms() - before
        return json.loads(body), max(cpu, took - (self.kept_waiting_ms() - kept)), cpu

    def lines(self):
        self.log.seek(0)
        return [json.loads(line) for line in self.log if line.startswith("{")]

    def end(self):
        self.process.kill()
        self.process.wait()
        self.server.shutdown()


def zipped_mb(function):
    with tempfile.TemporaryFile() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in (BUILT / function).rglob("*"):
                archive.write(path, path.relative_to(BUILT / function))
        return file.tell() / 2**20


def unpacked_mb(function):
    return sum(p.stat().st_size for p in (BUILT / function).rglob("*") if p.is_file()) / 2**20


class Measured:
    """The deployed stack whose functions are measured."""

    def __init__(self):
        self.names = samples.outputs()
        self.functions, self.s3 = boto3.client("lambda"), boto3.client("s3")
        self.events = boto3.client("events")

    def start(self, function):
        got = self.functions.get_function_configuration(FunctionName=self.names[f"{function}Function"])
        return Runtime(function, got["Environment"]["Variables"], got["MemorySize"])

    def put(self, folders):
        """The samples in the inbox, of which no message tells; their keys, manifests first."""
        rule = next(r["Name"] for r in self.events.list_rules()["Rules"] if "UploadCame" in r["Name"])
        self.events.disable_rule(Name=rule)
        keys = []
        for folder in folders:
            for file in sorted(folder.iterdir(), key=lambda f: f.suffix != ".json"):
                if file.name != "truth.json":
                    keys.append(f"measured/{folder.name}/{file.name}")
                    self.s3.put_object(Bucket=self.names["InboxBucket"], Key=keys[-1], Body=file.read_bytes())
        return keys

    def message(self, key):
        detail = {"bucket": {"name": self.names["InboxBucket"]}, "object": {"key": key}}
        body = {"source": "aws.s3", "detail-type": "Object Created", "detail": detail}
        return {"Records": [{"messageId": str(uuid.uuid4()), "body": json.dumps(body)}]}


def quantile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def starts(stack, function):
    times = []
    for _ in range(STARTS):
        runtime = stack.start(function)
        times.append(runtime.init_ms)
        runtime.end()
    return statistics.median(times)


def intake(stack, folders):
    """What reading the samples took, file by file."""
    keys = stack.put(folders)
    runtime = stack.start("Intake")
    calls = [(key, *runtime.call(stack.message(key))[1:]) for key in keys]
    read = [line for line in runtime.lines() if "ReadMs" in line]
    found = {
        "scans": [(ms, cpu) for key, ms, cpu in calls if not key.endswith(".json")],
        "first": next((ms, cpu) for key, ms, cpu in calls if not key.endswith(".json")),
        "files": len(read),
        "pages": sum(line["Pages"] for line in read),
        "documents": sum(line["Documents"] for line in read),
        "cpu_s": sum(cpu for _, _, cpu in calls) / 1000,
        "wall_s": sum(ms for _, ms, _ in calls) / 1000,
        "memory_mb": runtime.memory_mb(),
    }
    runtime.end()
    return found


def called(stack, function, event):
    runtime = stack.start(function)
    calls = [runtime.call(event)[1:] for _ in range(20)]
    memory = runtime.memory_mb()
    runtime.end()
    return calls[0][0], statistics.median(ms for ms, _ in calls[1:]), memory


def page(path):
    """The event of a page that is asked for, as an HTTP API words it."""
    http = {"method": "GET", "path": path, "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1", "userAgent": "measure"}
    context = {
        "accountId": "000000000000", "apiId": "measure", "domainName": "localhost", "domainPrefix": "localhost", "http": http,
        "requestId": "measure", "routeKey": "$default", "stage": "$default", "time": "01/Jan/2026:00:00:00 +0000", "timeEpoch": 0,
    }  # fmt: skip
    return {
        "version": "2.0", "routeKey": "$default", "rawPath": path, "rawQueryString": "",
        "headers": {"host": "localhost", "accept": "text/html"}, "requestContext": context, "isBase64Encoded": False,
    }  # fmt: skip


def report(stack, folders):
    read = intake(stack, folders)
    warm = [ms for ms, _ in read["scans"][1:]]
    rows = []
    asked = (("Intake", None), ("Notify", {"due": True}), ("Clock", {}), ("Desk", page("/login")), ("Portal", page("/")))
    for function, event in asked:
        init = starts(stack, function)
        if event is None:
            first, then, memory = read["first"][0], statistics.median(warm), read["memory_mb"]
        else:
            first, then, memory = called(stack, function, event)
        rows.append(
            f"| {function.lower()} | {zipped_mb(function):.1f} | {unpacked_mb(function):.0f} | {init:.0f} "
            f"| {init + first:.0f} | {then:.0f} | {memory:.0f} |"
        )
    documents = read["documents"]
    cpu_s, wait_s = read["cpu_s"] / documents, max(0, read["wall_s"] - read["cpu_s"]) / documents
    yield "# Measured"
    yield ""
    yield f"By `infra/measure --write` on {date.today()}, {os.cpu_count()} cores of {processor()}, load {os.getloadavg()[0]:.1f};"
    yield "times are by the clock, less those in which other processes had the processor. The stores are MiniStack's on the same"
    yield "machine, and busy with it: S3 and DynamoDB answer otherwise."
    yield ""
    yield "| function | zip MiB | unpacked MiB | init ms | cold: init and first event ms | warm: median event ms | most memory MiB |"
    yield "|---|---|---|---|---|---|---|"
    yield from rows
    yield ""
    yield f"`intake` read {read['files']} files of the samples with {read['pages']} pages and {documents} documents; an event is one file."
    yield f"Warm, a file took {statistics.median(warm):.0f} ms (median), {quantile(warm, 0.95):.0f} ms (95 of 100), of which the processor"
    yield f"{statistics.median(cpu for _, cpu in read['scans']):.0f} ms and {quantile([cpu for _, cpu in read['scans']], 0.95):.0f} ms. A document cost {cpu_s:.2f} s of CPU in all, manifests and"
    yield f"records included, and {wait_s:.2f} s of waiting. Starts are the median of {STARTS}, from files the machine had in memory."
    yield ""
    yield from cost.report(cpu_s, wait_s, read["memory_mb"])


def processor():
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("samples", type=Path)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    folders = sorted(f for f in asked.samples.iterdir() if (f / "truth.json").exists())
    text = "\n".join(report(Measured(), folders)) + "\n"
    print(text)
    if asked.write:
        (HERE / "MEASURED.md").write_text(text)


if __name__ == "__main__":
    main()
