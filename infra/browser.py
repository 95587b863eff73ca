"""A browser without scripts: follows links and redirects, keeps cookies, fills in forms."""

import http.client
import time
import uuid
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit

REDIRECTS_MAX = 5


class Form:
    """A form as a page shows it: its fields with what is in them."""

    def __init__(self, attributes):
        self.action = attributes.get("action", "")
        self.method = attributes.get("method", "get").lower()
        self.fields, self.choices, self.buttons, self.file = {}, {}, [], None

    def add(self, tag, a):
        name, kind = a.get("name"), a.get("type", "text")
        if name is None:
            return
        if tag == "button":
            self.buttons.append((name, a.get("value", "")))
        elif kind == "file":
            self.file = name
        elif kind in ("radio", "checkbox"):
            self.choices.setdefault(name, []).append(a.get("value", "on"))
            if "checked" in a:
                self.fields[name] = a.get("value", "on")
        else:
            self.fields[name] = a.get("value", "")


class Page(HTMLParser):
    """The answer to a request."""

    def __init__(self, path, status, headers, body):
        super().__init__(convert_charrefs=True)
        self.path, self.status, self.headers, self.body = path, status, headers, body
        self.forms, self.links, self.pictures, self.select = [], [], [], None
        self.text = ""
        if headers.get("content-type", "").startswith("text/html"):
            self.text = body.decode()
            self.feed(self.text)

    def handle_starttag(self, tag, attributes):
        a = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.forms.append(Form(a))
        elif tag == "a" and "href" in a:
            self.links.append((a["href"], a.get("class", "").split()))
        elif tag == "img" and "src" in a:
            self.pictures.append(a["src"])
        elif self.forms and tag in ("input", "button", "textarea"):
            self.forms[-1].add(tag, a)
        elif self.forms and tag == "select" and "name" in a:
            self.select = a["name"]
            self.forms[-1].fields.setdefault(self.select, "")
            self.forms[-1].choices[self.select] = []
        elif tag == "option" and self.select:
            self.forms[-1].choices[self.select].append(a.get("value", ""))
            if "selected" in a:
                self.forms[-1].fields[self.select] = a.get("value", "")

    def handle_endtag(self, tag):
        if tag == "select":
            self.select = None

    def form(self, action):
        """The form that goes there."""
        found = [form for form in self.forms if urlsplit(form.action).path == action]
        assert found, f"{self.path} ({self.status}) has no form for {action}: {[f.action for f in self.forms]}"
        return found[0]


def within(address):
    """An address without its site."""
    return urlsplit(address)._replace(scheme="", netloc="").geturl()


class Browser:
    """A browser at a site, which answers for itself or which `via`, a cloud on one's own machine, answers for.

    An API is named in the path there: by its host, `/login` would be another service's.
    """

    def __init__(self, site, via=None):
        self.site, self.via, self.cookies = urlsplit(site).netloc, urlsplit(via or site).netloc, {}
        self.before = f"/_aws/execute-api/{self.site.partition('.')[0]}/$default" if via else ""
        self.took_ms = []

    def request(self, method, path, body=None, headers=()):
        connection = http.client.HTTPConnection(self.via, timeout=60)
        sent = {"accept": "text/html", "accept-language": "en", **dict(headers)}
        fitting = [f"{n}={v}" for (n, under), v in self.cookies.items() if urlsplit(path).path.startswith(under)]
        if fitting:
            sent["cookie"] = "; ".join(fitting)
        started = time.monotonic()
        connection.request(method, self.before + path, body, sent)
        got = connection.getresponse()
        answer = got.read()
        self.took_ms.append((time.monotonic() - started) * 1000)
        for name, value in got.getheaders():
            if name.lower() == "set-cookie":
                self.keep(value)
        return Page(path, got.status, {n.lower(): v for n, v in got.getheaders()}, answer)

    def keep(self, cookie):
        first, *rest = [part.strip() for part in cookie.split(";")]
        under = next((part.split("=", 1)[1] for part in rest if part.lower().startswith("path=")), "/")
        name, _, value = first.partition("=")
        self.cookies[name, under] = value
        if not value:
            del self.cookies[name, under]

    def followed(self, page):
        """Where a page leads; that page itself, where it leads to another site."""
        for _ in range(REDIRECTS_MAX):
            to = urljoin(page.path, page.headers.get("location", ""))
            if page.status not in (302, 303) or urlsplit(to).netloc not in ("", self.site):
                return page
            page = self.request("GET", within(to))
        raise AssertionError(f"{page.path} leads round and round")

    def get(self, path):
        return self.followed(self.request("GET", path))

    def send(self, form, fields, page):
        """Sends a form with these fields; where it leads."""
        to, text = within(urljoin(page.path, form.action)), urlencode(fields)
        if form.method == "get":
            return self.get(f"{to}?{text}")
        kind = {"content-type": "application/x-www-form-urlencoded"}
        return self.followed(self.request("POST", to, text, kind))

    def send_files(self, form, fields, files, page):
        """Sends a form with these fields, then these files: pairs of name and bytes."""
        edge, parts = uuid.uuid4().hex, []
        for name, value in fields.items():
            parts.append(f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
        for name, content in files:
            head = f'--{edge}\r\nContent-Disposition: form-data; name="{form.file}"; filename="{name}"\r\n'
            parts.append(head.encode() + b"Content-Type: application/octet-stream\r\n\r\n" + content + b"\r\n")
        body = b"".join([*parts, f"--{edge}--\r\n".encode()])
        kind = {"content-type": f"multipart/form-data; boundary={edge}"}
        return self.followed(self.request("POST", urljoin(page.path, form.action), body, kind))
