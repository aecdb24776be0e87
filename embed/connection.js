// What is behind an element with a connector: an engine of its own, in a worker, that speaks with a foreign API.

import { connect } from "./connect.js";

/** The engine, one file, and its program. */
const ENGINE = new URL("./bandeja-worker.js", import.meta.url);
const PROGRAM = new URL("./bandeja-worker_bg.wasm", import.meta.url);

let policy;
let blob;

/**
 * Connects an element.
 * @param {string | object} connector address of the connector file, or what stands in it
 * @param {string} base where the foreign API is
 * @param {Record<string, string> | undefined} more its settings besides
 * @param {(name: string) => Promise<string | null>} secret gives a secret
 */
export function connectTo(connector, base, more, secret) {
  const file = typeof connector === "string" ? new URL(connector, document.baseURI).href : connector;
  const name = typeof file === "string" ? file : (file.name ?? "connector");
  const settings = { base_url: base, ...more };
  // No address that anybody is asked at: by it the browser keeps apart what belongs to different back ends.
  const site = `${base}/-/${encodeURIComponent(more ? JSON.stringify([name, settings]) : name)}`;
  return { site, connection: connect({ worker: startWorker, connector: file, settings, base: site, secret }) };
}

function startWorker() {
  const options = { type: "module", name: "bandeja-connector" };
  const address = `${ENGINE.href}#${encodeURIComponent(PROGRAM.href)}`;
  if (ENGINE.origin === location.origin) return new Worker(trusted(address), options);
  // Browsers start workers of the page's own origin alone. A blob is of it, and may import from elsewhere: not in the
  // way that would be asked of worker-src, but in the one that is asked of script-src. A failure is to be heard outside.
  const start = `import(${JSON.stringify(address)}).catch((error) => setTimeout(() => { throw error; }));`;
  blob ??= URL.createObjectURL(new Blob([start], { type: "text/javascript" }));
  return new Worker(trusted(blob), options);
}

/** The address, for pages that ask for Trusted Types. */
function trusted(address) {
  if (!globalThis.trustedTypes) return address;
  policy ??= trustedTypes.createPolicy("bandeja", { createScriptURL: (url) => url });
  return policy.createScriptURL(address);
}
