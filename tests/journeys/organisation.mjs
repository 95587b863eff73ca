// An organisation that knows its people: a certified OpenID provider on this machine. It is at `localhost` and the desk
// at 127.0.0.1, so that to a browser they are two sites.
import { createServer } from "node:http";
import { Provider } from "oidc-provider";

const CLIENT = "tirkeu-desk";
const SECRET = "a secret of this run: +%&";

export class Organisation {
  #server;
  #held = null;

  /** Listens, and refuses everyone until it knows the desk. */
  static async start() {
    const organisation = new Organisation();
    organisation.#server = createServer((_, answer) => answer.writeHead(503).end());
    await new Promise((listens) => organisation.#server.listen(0, "localhost", listens));
    organisation.issuer = `http://localhost:${organisation.#server.address().port}`;
    return organisation;
  }

  get client() {
    return CLIENT;
  }

  get secret() {
    return SECRET;
  }

  /** Lets the desk at this address ask who its people are. Whoever they say they are, they are. */
  knows(desk) {
    const client = { client_id: CLIENT, client_secret: SECRET, redirect_uris: [`${desk}/login/oidc/callback`] };
    const provider = new Provider(this.issuer, { clients: [client], pkce: { required: () => true }, cookies: { keys: ["of this run"] } });
    provider.on("server_error", (_, error) => console.error(error));
    this.#server.removeAllListeners("request");
    const answers = provider.callback();
    this.#server.on("request", (request, answer) => {
      const end = answer.end.bind(answer);
      answer.end = (...body) => {
        const to = answer.getHeader("location");
        if (!this.#held || !to?.startsWith(desk)) return end(...body);
        this.#held(to);
        this.#held = null;
        answer.removeHeader("location");
        answer.statusCode = 200;
        return end(...body);
      };
      return answers(request, answer);
    });
  }

  /** Sends the next browser nowhere; the address that it would have been sent to. */
  holdsBack() {
    return new Promise((told) => (this.#held = told));
  }

  /** It is there no longer. */
  async goesDown() {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }
}
