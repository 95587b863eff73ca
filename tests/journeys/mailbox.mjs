// The folder that messages are put into where there is no mail server: one .eml a message.
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";

const WAIT_MS = 30_000;
const LOOK_MS = 250;

/** The first message that fits, once it has come. */
export async function arrives(folder, fits) {
  for (const began = Date.now(); Date.now() - began < WAIT_MS; ) {
    for (const name of await readdir(folder).catch(() => [])) {
      if (!name.endsWith(".eml")) continue;
      const message = read(await readFile(join(folder, name), "latin1"));
      if (fits(message)) return { name, ...message };
    }
    await new Promise((over) => { setTimeout(over, LOOK_MS); });
  }
  throw new Error(`no such message came into ${folder}`);
}

/** What a message says in plain text, and the papers that came with it (RFC 2045). */
function read(text) {
  const parts = leaves(text);
  const plain = parts.find(({ head }) => /^content-type: text\/plain/im.test(head));
  const papers = parts.filter(({ head }) => /^content-type: application\/pdf/im.test(head)).map(body);
  return { text: plain ? body(plain).toString("utf8") : "", papers };
}

function leaves(text) {
  const at = text.indexOf("\r\n\r\n");
  const [head, rest] = [text.slice(0, at).replace(/\r\n[ \t]+/g, " "), text.slice(at + 4)];
  const boundary = head.match(/^content-type: multipart\/.*boundary="?([^";\r\n]+)/im)?.[1];
  if (!boundary) return [{ head, rest }];
  return rest.split(`--${boundary}`).slice(1, -1).flatMap((part) => leaves(part.replace(/^\r\n/, "")));
}

function body({ head, rest }) {
  if (/^content-transfer-encoding: base64/im.test(head)) return Buffer.from(rest, "base64");
  if (!/^content-transfer-encoding: quoted-printable/im.test(head)) return Buffer.from(rest, "latin1");
  const whole = rest.replace(/=\r\n/g, "");
  return Buffer.from(whole.replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16))), "latin1");
}
