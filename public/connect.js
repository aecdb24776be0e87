// The page's side of a connector: starts its engine in a Web Worker and gives the app a `fetch` that asks it.
//
// Loaded only where a connector is configured. Tokens live in a connection's memory and nowhere else. An engine that
// gives no sign of life for too long is ended: an expression of the connector file does not come to its end. Calls
// that waited for it fail as a lost connection does, and the next one starts a new engine.

/** Milliseconds between two questions whether the engine lives. */
const PING_MS = 2_000;
/** Questions in a row without an answer after which it is ended. Not a time: hidden pages sleep, and ask less often. */
const PATIENCE = 5;
/** What is stored begins so, before the connector's address. */
const STORED = "bandeja.connector:";

/** Why there is no engine. */
class NoEngine extends TypeError {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/**
 * A connection to what a connector file describes: `fetch` for the calls of the contract, and `end` for its end.
 *
 * @param {object} how
 * @param {string | (() => Worker)} how.worker address of the worker's module, or what starts it
 * @param {string | object} how.connector address of the connector file, or what stands in it
 * @param {Record<string, string>} [how.settings] values of its settings
 * @param {string} [how.base] what stands before the contract's paths in the calls of the app; also keeps apart what is
 *   stored
 * @param {(name: string) => Promise<string | null>} [how.secret] gives a secret when the engine starts without it or
 *   the foreign API refused it
 * @param {Record<string, string>} [how.secrets] secrets to begin with
 * @param {number} [how.patience] questions without an answer after which the engine is ended
 */
export function connect(how) {
  return new Connection(how);
}

class Connection {
  #how;
  #name;
  #kept;
  #text;
  #secrets;
  #engine = null;
  #next = 1;
  #see = () => this.#engine?.see();
  /** What another tab's engine keeps is known here too, so that nothing is sent twice. */
  #hear = ({ key, newValue }) => {
    if (key?.startsWith(this.#kept)) this.#engine?.tell({ [key.slice(this.#kept.length)]: newValue });
  };

  constructor(how) {
    this.#how = { patience: PATIENCE, settings: {}, base: "", ...how };
    const isAddress = typeof how.connector === "string";
    this.#name = isAddress ? new URL(how.connector, location.href).pathname : "connector";
    this.#kept = `${STORED}${how.base ?? this.#name}:`;
    this.#text = isAddress ? null : Promise.resolve(JSON.stringify(how.connector));
    this.#secrets = { ...how.secrets };
    document.addEventListener("visibilitychange", this.#see);
    addEventListener("storage", this.#hear);
  }

  /** Whether the file lets users sign in by themselves. */
  async signsIn() {
    try {
      return Boolean(JSON.parse(await this.#file()).auth?.sign_in);
    } catch {
      // What is wrong with the file, the engine says.
      return false;
    }
  }

  /** Resolves once the engine runs the file; rejected with a `code` where it cannot. */
  async ready() {
    await this.#living().begun;
  }

  /** Whoever comes next is somebody else: what the engine knows of the one before is forgotten. */
  forget() {
    this.#secrets = {};
    this.#engine?.end(new TypeError("the user has changed"));
  }

  /** Removes what is kept of a user in this browser. */
  wipe(user) {
    this.forget();
    for (const key of Object.keys(stored(this.#kept))) {
      if (key.startsWith(`connector.${user}.`)) remember(this.#kept + key, null);
    }
  }

  /** Ends all of it. */
  end() {
    document.removeEventListener("visibilitychange", this.#see);
    removeEventListener("storage", this.#hear);
    this.forget();
  }

  fetch = async (request) => {
    const { pathname, search } = new URL(request.url);
    const call = {
      say: "call",
      id: this.#next++,
      method: request.method,
      url: pathname.slice(this.#above()) + search,
      headers: [...request.headers],
      body: (await request.text()) || null,
      cookies: document.cookie,
    };
    request.signal.throwIfAborted();
    return this.#living().ask(call, request.signal);
  };

  /** How long the part of a call's path is that stands before the contract's. */
  #above() {
    return this.#how.base ? new URL(this.#how.base).pathname.replace(/\/$/, "").length : 0;
  }

  #living() {
    if (!this.#engine?.lives) this.#engine = new Engine(this.#how, this.#keeping(), () => this.#start());
    return this.#engine;
  }

  async #file() {
    this.#text ??= read(this.#how.connector);
    try {
      return await this.#text;
    } catch (error) {
      // Asked for again by the next call.
      this.#text = null;
      throw error;
    }
  }

  async #start() {
    const text = await this.#file();
    const settings = { base_url: location.origin, ...this.#how.settings };
    return {
      say: "start",
      name: this.#name,
      text,
      settings,
      secrets: this.#secrets,
      storage: stored(this.#kept),
      renews: Boolean(this.#how.secret),
    };
  }

  /** What an engine wants kept: texts in the browser's storage, secrets in memory. */
  #keeping() {
    return {
      store: (key, value) => remember(this.#kept + key, value),
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
  /** Settled once it runs the file, or it is certain that it will not. */
  begun;
  #worker;
  #patience;
  #secret;
  #keeping;
  #waiting = new Map();
  #ready = promised();
  #running = promised();
  #unanswered = 0;
  #watch;

  constructor(how, keeping, start) {
    this.#patience = how.patience;
    this.#secret = how.secret;
    this.#keeping = keeping;
    this.begun = this.#begin(how.worker, start);
    this.begun.catch((error) => this.end(error));
  }

  async #begin(worker, start) {
    const blocked = (why) => new NoEngine("connector-blocked", `the connector's worker cannot be started: ${why}`);
    try {
      this.#worker = typeof worker === "function" ? worker() : new Worker(worker, { type: "module", name: "bandeja-connector" });
    } catch (error) {
      throw blocked(error.message);
    }
    this.#worker.onerror = (event) => this.end(blocked(event.message || "see worker-src of the page's policy"));
    this.#worker.onmessage = ({ data }) => {
      this.#unanswered = 0;
      if (data === "ready") this.#ready.resolve();
      else this.#hear(JSON.parse(data));
    };
    const [message] = await Promise.all([start(), this.#ready.promise]);
    this.#say(message);
    this.see();
    // It answers once it has taken the file.
    this.#say({ say: "ping" });
    await this.#running.promise;
    if (this.lives) this.#watch = setInterval(() => this.#look(), PING_MS);
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
    this.begun.then(() => this.#say(call)).catch(() => {});
    return answer.promise;
  }

  see() {
    this.#say({ say: "seen", visible: document.visibilityState !== "hidden" });
  }

  tell(texts) {
    // Before its start it reads what is stored anyway.
    this.begun.then(() => this.#say({ say: "stored", texts })).catch(() => {});
  }

  #say(message) {
    if (this.lives) this.#worker.postMessage(JSON.stringify(message));
  }

  #hear(message) {
    const waiter = this.#waiting.get(message.id);
    switch (message.say) {
      case "pong":
        this.#running.resolve();
        break;
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
        this.end(new NoEngine("connector-invalid", message.why));
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
    if (this.#unanswered > this.#patience) this.end(new NoEngine("connector-silent", "the connector's engine gave no sign of life"));
    else this.#say({ say: "ping" });
  }

  /** Ends the worker; `error` is why. What waits for it fails as `fetch` does without a way to the server. */
  end(error) {
    if (!this.lives) return;
    this.lives = false;
    clearInterval(this.#watch);
    this.#worker?.terminate();
    this.#ready.reject(error);
    this.#running.reject(error);
    if (error instanceof NoEngine) console.error(error.message);
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
  try {
    const response = await fetch(address, { credentials: "same-origin" });
    if (!response.ok) throw new TypeError(`status ${response.status}`);
    return await response.text();
  } catch (error) {
    throw new NoEngine("connector-unreachable", `the connector file ${address} cannot be read: ${error.message}`);
  }
}

/** Keeps a text in the browser, or removes it. */
function remember(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Full or forbidden: it is kept as long as the engine lives.
  }
}

/** What is kept under names that begin so. */
function stored(prefix) {
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
  // Whoever waits hears of a failure; nobody has to.
  made.promise.catch(() => {});
  return made;
}
