// A weak link to one server: a proxy whose connections can be cut while something goes up.
import { connect, createServer } from "node:net";

export class WeakLink {
  cuts = 0;
  #server;
  #after = Infinity;

  /** Listens on a port of its own, before the server at this address. */
  static async before(address) {
    const { hostname, port } = new URL(address);
    const link = new WeakLink();
    link.#server = createServer((near) => link.#carry(near, connect(Number(port), hostname)));
    await new Promise((listens) => { link.#server.listen(0, "127.0.0.1", listens); });
    return link;
  }

  get address() {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  /** The next connection that has carried so many bytes up is cut. */
  cutAfter(bytes) {
    this.#after = bytes;
  }

  #carry(near, far) {
    let carried = 0;
    const end = () => { near.destroy(); far.destroy(); };
    near.on("data", (bytes) => {
      carried += bytes.length;
      if (carried > this.#after) {
        this.#after = Infinity;
        this.cuts += 1;
        near.resetAndDestroy();
        far.destroy();
        return;
      }
      far.write(bytes);
    });
    far.on("data", (bytes) => near.write(bytes));
    for (const side of [near, far]) side.on("error", end).on("close", end);
  }

  end() {
    this.#server.close();
  }
}
