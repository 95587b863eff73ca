// A stand-in for NCALayer: answers on its port as it does, and has the test office sign.
import { execFile, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer } from "node:https";
import { join } from "node:path";
import { promisify } from "node:util";
import { WebSocketServer } from "ws";

const run = promisify(execFile);
const PORT = 13579;

export class NcaLayer {
  /** Whose key it holds. */
  iin = "";
  #server;
  #samples;

  /** `folder` gets the certificate that it shows; `samples` is the program that signs. */
  static async start(folder, samples) {
    const layer = new NcaLayer();
    layer.#samples = samples;
    const [key, cert] = [join(folder, "ncalayer.key"), join(folder, "ncalayer.crt")];
    await run("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
      "-subj", "/CN=127.0.0.1", "-keyout", key, "-out", cert]);
    layer.#server = createServer({ key: await readFile(key), cert: await readFile(cert) });
    const sockets = new WebSocketServer({ server: layer.#server });
    sockets.on("connection", (socket) => {
      socket.send(JSON.stringify({ result: { version: "1.4" } }));
      socket.on("message", async (text) => socket.send(JSON.stringify(await layer.#answer(JSON.parse(text)))));
    });
    await new Promise((listens, failed) => { layer.#server.once("error", failed).listen(PORT, "127.0.0.1", listens); });
    return layer;
  }

  async #answer({ module, method, args }) {
    if (module !== "kz.gov.pki.knca.basics" || method !== "sign") return { status: false, code: "404", message: "no such module", details: "" };
    const message = await this.#signed(Buffer.from(args.data, "base64"));
    return { status: true, body: { result: [message.toString("base64")] } };
  }

  async #signed(content) {
    const child = spawn(this.#samples, ["sign", "--iin", this.iin, "--at", new Date().toISOString()], { stdio: ["pipe", "pipe", "ignore"] });
    child.stdin.end(content);
    const parts = [];
    for await (const part of child.stdout) parts.push(part);
    return Buffer.concat(parts);
  }

  end() {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
