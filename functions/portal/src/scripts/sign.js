// Has the request signed by the program on the signer's machine, and sends what it made.
import { NCALayerClient } from "/ncalayer-client.js";

const form = document.querySelector("#signing");
const state = form.querySelector("[data-state]");
const say = (key) => { state.textContent = form.dataset[key]; };
form.hidden = false;

async function signed() {
  // Its other interface, over HTTP, is left alone: the page may reach this one address only.
  const client = new NCALayerClient("wss://127.0.0.1:13579", false);
  try {
    await client.connect();
  } catch {
    say("absent");
    return null;
  }
  try {
    const parameters = NCALayerClient.basicsCMSParamsDetachedNoTSP;
    const signer = NCALayerClient.basicsSignerSignPerson;
    const made = await client.basicsSignCMS(NCALayerClient.basicsStorageAll, form.dataset.content, parameters, signer, form.dataset.language);
    return Array.isArray(made) ? made[0] : made;
  } catch {
    say("cancelled");
    return null;
  }
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  say("asks");
  const message = await signed();
  button.disabled = false;
  if (!message) return;
  // It may come as PEM.
  form.elements.signature.value = message.replace(/-----[^-]+-----/g, "").replace(/\s+/g, "");
  say("sends");
  form.submit();
});
