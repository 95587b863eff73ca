// What scripts add to the desk: single keys and the viewer. Every page works without them.
import { listen } from "./keys.js";
import { follow } from "./stacks.js";
import { view } from "./viewer.js";

listen(document);
for (const viewer of document.querySelectorAll("[data-viewer]")) view(viewer);
follow(document);
