// Names <bandeja-frame> on the page that imports this: the inbox in a frame, for pages that may not run WebAssembly.
import { defineFrame } from "./lib/elements.js";

defineFrame();

export { VERSION } from "./lib/elements.js";
