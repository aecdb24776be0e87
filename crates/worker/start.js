// The worker's first script: loads the program beside it, then says that it listens.

import init from "./bandeja-worker.js";

await init();
postMessage("ready");
