"""A ministry's system on loopback: takes the reports of a deployed stack, and turns away what that stack did not sign.

    infra/ministry.py DIR     DIR/port says where it listens, DIR/posts.jsonl what came and how it was answered;
                              while there is a file DIR/closed, nothing is taken
"""

import json
import sys
import threading
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import boto3
import samples
from standardwebhooks import Webhook, WebhookVerificationError

TAKEN, NOT_SIGNED, CLOSED = 204, 401, 503
SIGNED = ("webhook-id", "webhook-timestamp", "webhook-signature")


@cache
def key():
    """As whoever runs the stack gives it to the ministry."""
    secret = samples.outputs()["WebhookKeySecret"]
    return "whsec_" + boto3.client("secretsmanager").get_secret_value(SecretId=secret)["SecretString"]


def posts(folder):
    """What came so far, in its order."""
    came = folder / "posts.jsonl"
    return [json.loads(line) for line in came.read_text().splitlines()] if came.exists() else []


class Ministry(BaseHTTPRequestHandler):
    folder, lock = None, threading.Lock()

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
        headers = {name: self.headers.get(name, "") for name in SIGNED}
        with self.lock:
            status = self.answer(headers, body)
            with (self.folder / "posts.jsonl").open("a") as came:
                came.write(json.dumps({"status": status, "headers": headers, "body": body}) + "\n")
        self.send_response_only(status)
        self.send_header("content-length", "0")
        self.end_headers()

    def answer(self, headers, body):
        try:
            Webhook(key()).verify(body, headers)
        except WebhookVerificationError:
            return NOT_SIGNED
        return CLOSED if (self.folder / "closed").exists() else TAKEN

    def log_message(self, *_):
        pass


def main():
    Ministry.folder = Path(sys.argv[1])
    server = ThreadingHTTPServer(("127.0.0.1", 0), Ministry)
    server.daemon_threads = True
    (Ministry.folder / "port").write_text(str(server.server_address[1]))
    server.serve_forever()


if __name__ == "__main__":
    main()
