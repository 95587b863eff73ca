"""What meddles with a deployed stack: takes hold of the functions' processes, and stands between
them and the cloud."""

import http.client
import os
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

THROTTLED = b'{"__type": "com.amazonaws.dynamodb.v20120810#ThrottlingException", "message": "slow down"}'


def parents():
    """Every process that can be seen, with its parent."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            found[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            pass
    return found


def workers(function):
    """The processes of a function: those that the cloud of this stack started, and no others."""
    cloud, found, parent = int(os.environ["TIRKEU_CLOUD_PID"]), [], parents()
    for process in parent:
        ancestor = process
        while ancestor not in (0, cloud):
            ancestor = parent.get(ancestor, 0)
        if ancestor != cloud:
            continue
        try:
            words = Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if any(word.endswith(b"/" + function.encode()) for word in words):
            found.append(process)
    return found


class Between:
    """Passes everything on to the cloud, but what `meddle` answers or loses.

    meddle(headers, path) says "throttle", "lose the answer" or nothing.
    """

    def __init__(self, meddle):
        self.meddled = 0
        cloud, lock, outer = urlsplit(os.environ["AWS_ENDPOINT_URL"]), threading.Lock(), self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def pass_on(self):
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                with lock:
                    does = meddle(self.headers, self.path)
                    outer.meddled += bool(does)
                if does == "throttle":
                    return self.answer(400, {"content-type": "application/x-amz-json-1.0"}, THROTTLED)
                there = http.client.HTTPConnection(cloud.hostname, cloud.port, timeout=60)
                there.request(self.command, self.path, body, dict(self.headers))
                got = there.getresponse()
                answer = got.read()
                if does == "lose the answer":
                    self.close_connection = True
                    return None
                return self.answer(got.status, dict(got.getheaders()), answer)

            def answer(self, status, headers, body):
                self.send_response_only(status)
                for name, value in headers.items():
                    if name.lower() not in ("content-length", "transfer-encoding", "connection"):
                        self.send_header(name, value)
                # What HEAD answers has a length and no body.
                length = headers.get("Content-Length", headers.get("content-length")) if self.command == "HEAD" else None
                self.send_header("content-length", length or str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_PUT = do_POST = do_HEAD = do_DELETE = pass_on

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def url(self):
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def close(self):
        self.server.shutdown()


def throttles_every_other():
    """Of what is asked of the table, every other request is refused."""
    asked = 0

    def meddle(headers, _):
        nonlocal asked
        if not headers.get("x-amz-target", "").startswith("DynamoDB"):
            return None
        asked += 1
        return "throttle" if asked % 2 else None

    return Between(meddle)


def loses_answers_of_the_mail():
    """The mail service takes every message, and nobody hears of it."""
    return Between(lambda _, path: "lose the answer" if path.startswith("/v2/email") else None)
