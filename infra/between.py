"""What stands between a function of a deployed stack and the cloud: it sees what the function asks for, and meddles."""

import http.client
import os
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import boto3

THROTTLED = b'{"__type": "com.amazonaws.dynamodb.v20120810#ThrottlingException", "message": "slow down"}'


class Between:
    """Passes everything on to the cloud, but what `meddle` answers or loses.

    meddle(request, body) says "throttle", "lose the answer" or nothing.
    """

    def __init__(self, meddle):
        self.meddled = 0
        cloud, lock, outer = urlsplit(os.environ["AWS_ENDPOINT_URL"]), threading.Lock(), self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def pass_on(self):
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                with lock:
                    does = meddle(self, body)
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


@contextmanager
def told(function, changed):
    """The function is told otherwise of these variables, for so long."""
    functions = boto3.client("lambda")
    of = functions.get_function_configuration(FunctionName=function)["Environment"]["Variables"]
    try:
        functions.update_function_configuration(FunctionName=function, Environment={"Variables": of | changed})
        yield
    finally:
        functions.update_function_configuration(FunctionName=function, Environment={"Variables": of})


@contextmanager
def through(function, between):
    """The function reaches the cloud through what stands between, for so long."""
    try:
        with told(function, {"AWS_ENDPOINT_URL": between.url()}):
            yield
    finally:
        between.close()
