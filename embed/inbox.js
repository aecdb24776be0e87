// <bandeja-inbox>: its attributes, properties, methods and events, and when the program runs behind it.
//
// Knows nothing of conversations: what an attribute or an event means is the program's to say. What it offers the
// program (`token`, `say`, `ask`) stands in `port`.

import { appearanceRule } from "./appearance.js";
import { beforeClose } from "./closing.js";
import { loadProgram, loadSheet } from "./program.js";
import { Session } from "./session.js";
import { FOLLOWED, ORIGINS, apiBase, takeUp } from "./settings.js";
import { failure, shape, wordsOf } from "./shape.js";

/** Where keys are text. */
const FIELD = "input:not([type='checkbox']), textarea, select, [contenteditable]";

/** All that stands in the element before the sheet has come. */
const ground = new CSSStyleSheet();
ground.replaceSync(":host { display: block; height: 600px; min-width: 0; } :host([hidden]) { display: none; }");

export class BandejaInbox extends HTMLElement {
  static observedAttributes = [...ORIGINS, ...FOLLOWED];

  #root = this.attachShadow({ mode: "open" });
  #look = new CSSStyleSheet();
  #session = new Session((error) => this.#fail(error, false));
  #place;
  #app;
  /** Rises with every start and stop: what belongs to one before is void. */
  #turn = 0;
  #leaving;
  #mounted = deferred();
  #unread = 0;
  #appearance;
  #context;
  #connector;
  #connectorSettings;
  /** To the engine of a connector, where there is one. */
  #connection;
  /** Who was signed in last. */
  #user;

  constructor() {
    super();
    this.#look.replaceSync(":host {}");
    this.#root.adoptedStyleSheets = [ground, this.#look];
    // What was typed here, or was a shortcut here, is no shortcut of the page.
    for (const name of ["keydown", "keypress", "keyup"]) {
      this.#root.addEventListener(name, (event) => {
        if (event.defaultPrevented || event.target.closest?.(FIELD)) event.stopPropagation();
      });
    }
  }

  connectedCallback() {
    clearTimeout(this.#leaving);
    takeUp(this);
    if (!this.#place) this.#start();
  }

  disconnectedCallback() {
    // Whoever moves an element takes it out and puts it in again at once; that is no end.
    clearTimeout(this.#leaving);
    this.#leaving = setTimeout(() => this.isConnected || this.#stop());
  }

  attributeChangedCallback(name, before, value) {
    if (before === value || !this.#place) return;
    if (ORIGINS.includes(name)) this.#restart();
    else this.#app?.set(name, value);
  }

  /** Gives a token for the user of this page, as a string or a promise of one. */
  get getToken() {
    return this.#session.source;
  }

  set getToken(source) {
    if (source === this.#session.source) return;
    this.#session.source = source;
    if (!this.#connection) return;
    this.#connection.forget();
    this.#app?.refresh();
  }

  /** Colours and shape: the documented properties without their prefix. */
  get appearance() {
    return this.#appearance;
  }

  set appearance(appearance) {
    this.#appearance = appearance;
    this.#look.replaceSync(":host {}");
    appearanceRule(this.#look.cssRules[0].style, appearance);
  }

  /** What the page is about: `{ contact: { id, address, phone, email } }`. */
  get context() {
    return this.#context;
  }

  set context(context) {
    this.#context = context;
    this.#app?.set("context", asText(context));
  }

  /** A connector file, by its address or as an object: then not a Bandeja server is at `api-base`, but what it describes. */
  get connector() {
    return this.#connector ?? this.getAttribute("connector");
  }

  set connector(connector) {
    if (connector === this.#connector) return;
    this.#connector = connector;
    if (this.#place) this.#restart();
  }

  /** Values of the settings that the file asks for; `base_url` is `api-base`. */
  get connectorSettings() {
    return this.#connectorSettings;
  }

  set connectorSettings(settings) {
    if (settings === this.#connectorSettings) return;
    this.#connectorSettings = settings;
    if (this.#place && this.connector) this.#restart();
  }

  /** How many of the user's own conversations have something unread. */
  get unread() {
    return this.#unread;
  }

  /** Opens a conversation. */
  async open(id) {
    (await this.#mounted.promise).open(String(id));
  }

  /** Narrows the list: a filter as the `filter` attribute takes it, or as an object. */
  async setFilter(filter) {
    const app = await this.#mounted.promise;
    const unread = app.setFilter(filterText(filter));
    if (unread.length > 0) throw new TypeError(`the filter cannot be read: ${unread.join(", ")}`);
  }

  /** Asks again for everything; for a token too, where nobody is signed in. */
  async refresh() {
    (await this.#mounted.promise).refresh();
  }

  /** Ends the session here; drafts and unsent messages of the user are removed from this browser. */
  async logout() {
    const app = await this.#mounted.promise;
    app.logout();
    this.#session.forget();
    this.#connection?.wipe(this.#user);
  }

  async #start() {
    const turn = ++this.#turn;
    const isVoid = () => turn !== this.#turn;
    const words = wordsOf(this.getAttribute("locale"));
    this.#place = document.createElement("div");
    this.#place.className = "bandeja";
    this.#root.append(this.#place);
    try {
      const coming = loadProgram();
      coming.catch(() => {});
      const sheet = await loadSheet();
      if (isVoid()) return;
      this.#root.adoptedStyleSheets = [ground, sheet, this.#look];
      this.#place.replaceChildren(shape(this, words));
      // Not before: whoever wants to hear of a mistake listens by now.
      const base = apiBase(this.getAttribute("api-base") ?? (this.connector && location.origin));
      const [{ Inbox }, site] = await Promise.all([coming, this.#connect(base, isVoid)]);
      if (isVoid()) return;
      this.#place.replaceChildren();
      this.#app = new Inbox(this.#place, site, this.#port(isVoid, base), this.#settings());
      this.#mounted.resolve(this.#app);
    } catch (error) {
      if (!isVoid()) this.#fail(error, true);
    }
  }

  /** Starts the engine of a connector, if there is one; gives what stands before the paths of calls. */
  async #connect(base, isVoid) {
    const connector = this.connector;
    if (!connector) return base;
    const { connectTo } = await import("./connection.js");
    if (isVoid()) return undefined;
    const { site, connection } = connectTo(connector, base, this.#connectorSettings, async (name) => {
      // Where the page gives no tokens and the file has a way to sign in, the reader does.
      if (!this.#session.source && (await connection.signsIn())) return null;
      return this.#session.secret(name);
    });
    this.#connection = connection;
    await connection.ready();
    return site;
  }

  #stop() {
    this.#end();
    this.#place?.remove();
    this.#place = undefined;
    this.#unread = 0;
    this.#session.forget();
  }

  /** Ends the program and what is behind it. */
  #end() {
    this.#turn += 1;
    this.#app?.free();
    this.#app = undefined;
    this.#connection?.end();
    this.#connection = undefined;
    this.#mounted = deferred();
  }

  #restart() {
    this.#stop();
    this.#start();
  }

  #settings() {
    const settings = FOLLOWED.map((name) => [name, this.getAttribute(name)]);
    return [...settings, ["context", asText(this.#context)]].filter(([, value]) => value !== null);
  }

  /** What the program may ask of this element; nothing once its turn is over. */
  #port(isVoid, base) {
    return {
      token: (refused) => this.#session.token(refused),
      givesTokens: () => !this.#connection || Boolean(this.#session.source),
      fetch: this.#connection?.fetch,
      say: (name, detail) => {
        if (isVoid()) return;
        const said = JSON.parse(detail);
        if (name === "error" && said.code === "unreachable") return void this.#whyUnreachable(said, isVoid, base);
        if (name === "unread-changed") this.#unread = said.unread;
        if (name === "ready") this.#user = said.user.id;
        this.#send(name, said);
      },
      ask: async (name, detail) => {
        if (isVoid()) return undefined;
        const answer = await beforeClose(JSON.parse(detail), (asked) => this.#send(name, asked, true));
        return JSON.stringify(answer);
      },
    };
  }

  #send(name, detail, cancelable = false) {
    const event = new CustomEvent(`bandeja:${name}`, { detail, bubbles: true, composed: true, cancelable });
    return this.dispatchEvent(event);
  }

  /** Browsers do not tell a page whether nobody answers or an answer is not for it. What is asked without reading does. */
  async #whyUnreachable(said, isVoid, base) {
    const look = () => fetch(`${base}/bandeja.js`, { method: "HEAD", mode: "no-cors", cache: "no-store" });
    const isElsewhere = !this.#connection && new URL(base).origin !== location.origin;
    const isThere = isElsewhere && (await look().then(() => true, () => false));
    if (isVoid()) return;
    if (!isThere) return void this.#send("error", said);
    // It will not mend itself, as a server does that is away for a while.
    this.#end();
    const message = `the server at ${base} does not let pages of ${location.origin} ask it`;
    this.#fail(Object.assign(new TypeError(message), { code: "origin" }), true);
  }

  /** Says what went wrong, and shows it where there is nothing else to show. */
  #fail(error, shown) {
    const code = error.code ?? "failed";
    this.#send("error", { code, message: String(error.message ?? error) });
    if (!shown) return;
    this.#place?.replaceChildren(failure(this, wordsOf(this.getAttribute("locale")), code, () => this.#restart()));
  }
}

function deferred() {
  let resolve;
  const promise = new Promise((done) => (resolve = done));
  return { promise, resolve };
}

function asText(value) {
  return value === undefined || value === null ? null : JSON.stringify(value);
}

function filterText(filter) {
  if (typeof filter === "string" || filter === undefined || filter === null) return filter ?? "";
  const pairs = Object.entries(filter).flatMap(([name, value]) => [value].flat().map((one) => [name, String(one)]));
  return new URLSearchParams(pairs).toString();
}
