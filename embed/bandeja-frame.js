// What pages load that may not run WebAssembly: the inbox then stands in a frame. Found beside it, as with bandeja.js.
import { defineFrame } from "./elements.js";

defineFrame();
