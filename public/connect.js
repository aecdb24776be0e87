// The page's side of a connector: starts its engine in a Web Worker and gives the app a `fetch` that asks it.
//
// Loaded only where a connector is configured. Tokens live in this module's memory and nowhere else. An engine that
// gives no sign of life for too long is ended: an expression of the connector file does not come to its end. Calls
// that waited for it fail as a lost connection does, and the next one starts a new engine.

/** Milliseconds between two questions whether the engine lives. */
const PING_MS = 2_000;
/** Questions in a row without an answer after which it is ended. Not a time: hidden pages sleep, and ask less often. */
const PATIENCE = 5;
/** What is stored begins so, before the connector's address. */
const STORED = "bandeja.connector:";

/**
 * A `fetch` for the calls of the contract.
 *
 * @param {object} how
 * @param {string} how.worker address of the worker's module
 * @param {string | object} how.connector address of the connector file, or what stands in it
 * @param {Record<string, string>} [how.settings] values of its settings
 * @param {(name: string) => Promise<string | null>} [how.secret] gives a secret when the engine starts without it or
 *   the foreign API refused it
 * @param {Record<string, string>} [how.secrets] secrets to begin with
 * @param {number} [how.patience] questions without an answer after which the engine is ended
 * @returns {(request: Request) => Promise<Response>}
 */
export function connect(how) {
  return new Connector(how).fetch;
}

class Connector {
  #how;
  #name;
  #text;
  #secrets;
  #engine = null;
  #next = 1;

  constructor(how) {
    this.#how = { patience: PATIENCE, settings: {}, ...how };
    const isAddress = typeof how.connector === "string";
    this.#name = isAddress ? new URL(how.connector, location.href).pathname : "connector";
    this.#text = isAddress ? null : Promise.resolve(JSON.stringify(how.connector));
    this.#secrets = { ...how.secrets };
    document.addEventListener("visibilitychange", () => this.#engine?.see());
    // What another tab's engine keeps is known here too, so that nothing is sent twice.
    addEventListener("storage", ({ key, newValue }) => {
      const own = `${STORED}${this.#name}:`;
      if (key?.startsWith(own)) this.#engine?.tell({ [key.slice(own.length)]: newValue });
    });
  }

  fetch = async (request) => {
    const url = new URL(request.url);
    const call = {
      say: "call",
      id: this.#next++,
      method: request.method,
      url: url.pathname + url.search,
      headers: [...request.headers],
      body: (await request.text()) || null,
      cookies: document.cookie,
    };
    request.signal.throwIfAborted();
    return (await this.#living()).ask(call, request.signal);
  };

  async #living() {
    if (!this.#engine?.lives) this.#engine = new Engine(this.#how, this.#keeping(), () => this.#start());
    return this.#engine;
  }

  async #start() {
    this.#text ??= read(this.#how.connector);
    let text;
    try {
      text = await this.#text;
    } catch (error) {
      // Asked for again by the next call.
      this.#text = null;
      throw error;
    }
    const settings = { base_url: location.origin, ...this.#how.settings };
    return {
      say: "start",
      name: this.#name,
      text,
      settings,
      secrets: this.#secrets,
      storage: stored(this.#name),
      renews: Boolean(this.#how.secret),
    };
  }

  /** What an engine wants kept: texts in the browser's storage, secrets in memory. */
  #keeping() {
    return {
      store: (key, value) => {
        const name = `${STORED}${this.#name}:${key}`;
        try {
          if (value === null) localStorage.removeItem(name);
          else localStorage.setItem(name, value);
        } catch {
          // Full or forbidden: it is kept as long as the engine lives.
        }
      },
      keep: (name, value) => {
        if (value === null) delete this.#secrets[name];
        else this.#secrets[name] = value;
      },
    };
  }
}

/** One worker, from its start until it is ended. */
class Engine {
  lives = true;
  #worker;
  #patience;
  #secret;
  #keeping;
  #waiting = new Map();
  #begun;
  #unanswered = 0;
  #watch;

  constructor(how, keeping, start) {
    this.#patience = how.patience;
    this.#secret = how.secret;
    this.#keeping = keeping;
    this.#worker = new Worker(how.worker, { type: "module", name: "bandeja-connector" });
    this.#worker.onerror = (event) => this.#end(event.message || "the worker cannot be loaded");
    const ready = new Promise((resolve) => {
      this.#worker.onmessage = ({ data }) => {
        this.#unanswered = 0;
        if (data === "ready") resolve();
        else this.#hear(JSON.parse(data));
      };
    });
    this.#begun = Promise.all([start(), ready]).then(([message]) => {
      this.#say(message);
      this.see();
      this.#watch = setInterval(() => this.#look(), PING_MS);
    });
    this.#begun.catch((error) => this.#end(error));
  }

  async ask(call, signal) {
    const answer = promised();
    const waiter = { answer, signal, body: null };
    this.#waiting.set(call.id, waiter);
    waiter.abort = () => {
      if (!this.#waiting.delete(call.id)) return;
      // What changes something is not broken off half-way.
      if (call.method === "GET") this.#say({ say: "cancel", id: call.id });
      answer.reject(signal.reason);
      waiter.body?.error(signal.reason);
    };
    signal.addEventListener("abort", waiter.abort, { once: true });
    this.#begun.then(() => this.#say(call)).catch(() => {});
    return answer.promise;
  }

  see() {
    this.#say({ say: "seen", visible: document.visibilityState !== "hidden" });
  }

  tell(texts) {
    // Before its start it reads what is stored anyway.
    this.#begun.then(() => this.#say({ say: "stored", texts })).catch(() => {});
  }

  #say(message) {
    if (this.lives) this.#worker.postMessage(JSON.stringify(message));
  }

  #hear(message) {
    const waiter = this.#waiting.get(message.id);
    switch (message.say) {
      case "head":
        waiter?.answer.resolve(response(message, waiter));
        break;
      case "part":
        waiter?.body?.enqueue(new TextEncoder().encode(message.text));
        break;
      case "end":
        this.#waiting.delete(message.id);
        waiter?.signal.removeEventListener("abort", waiter.abort);
        waiter?.body?.close();
        break;
      case "store":
        this.#keeping.store(message.key, message.value);
        break;
      case "keep":
        this.#keeping.keep(message.name, message.value);
        break;
      case "renew":
        this.#renew(message);
        break;
      case "failed":
        console.error(message.why);
        this.#end("the connector file cannot be run");
        break;
    }
  }

  async #renew({ ask, name }) {
    let value = null;
    try {
      value = (await this.#secret?.(name)) ?? null;
    } catch (error) {
      console.error(error);
    }
    if (value !== null) this.#keeping.keep(name, value);
    this.#say({ say: "renewed", ask, value });
  }

  #look() {
    this.#unanswered += 1;
    if (this.#unanswered > this.#patience) this.#end("the connector's engine gave no sign of life");
    else this.#say({ say: "ping" });
  }

  #end(why) {
    if (!this.lives) return;
    this.lives = false;
    clearInterval(this.#watch);
    this.#worker.terminate();
    console.error(why);
    // As `fetch` fails without a way to the server.
    const error = new TypeError(String(why));
    for (const { answer, signal, abort, body } of this.#waiting.values()) {
      signal.removeEventListener("abort", abort);
      answer.reject(error);
      body?.error(error);
    }
    this.#waiting.clear();
  }
}

/** The head of an answer as `fetch` gives it; its body comes bit by bit. */
function response({ status, headers }, waiter) {
  const isEmpty = status === 204 || status === 304;
  const body = isEmpty
    ? null
    : new ReadableStream({
        start(controller) {
          waiter.body = controller;
        },
        cancel: () => waiter.abort(),
      });
  return new Response(body, { status, headers });
}

async function read(address) {
  const response = await fetch(address, { credentials: "same-origin" });
  if (!response.ok) throw new TypeError(`the connector file cannot be read: ${response.status}`);
  return response.text();
}

/** What was kept for that connector. */
function stored(name) {
  const prefix = `${STORED}${name}:`;
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(prefix));
    return Object.fromEntries(keys.map((key) => [key.slice(prefix.length), localStorage.getItem(key)]));
  } catch {
    return {};
  }
}

/** A promise with its two ends. */
function promised() {
  const made = {};
  made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
  return made;
}
