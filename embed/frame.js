// <bandeja-frame>: the inbox behind a frame, for pages that may not run WebAssembly. To a page it is what
// <bandeja-inbox> is: the same attributes, properties, methods and events, passed on to the one in the frame.

import { beforeClose } from "./closing.js";
import { greet } from "./handshake.js";
import { Line } from "./line.js";
import { Source } from "./session.js";
import { FOLLOWED, apiBase, takeUp } from "./settings.js";
import { failure, wordsOf } from "./shape.js";

const ground = new CSSStyleSheet();
ground.replaceSync(`
  :host { display: block; height: 600px; min-width: 0; }
  :host([hidden]) { display: none; }
  iframe { display: block; width: 100%; height: 100%; border: 0; }
  .app { box-sizing: border-box; height: 100%; padding: 24px; overflow: auto; display: grid; place-content: center;
    background: var(--bandeja-canvas, #f5f3ef); color: var(--bandeja-text, #26231f); text-align: center;
    font: 15px/1.5 var(--bandeja-font, system-ui, sans-serif); }
  button { font: inherit; padding: 6px 14px; }
`);

export class BandejaFrame extends HTMLElement {
  static observedAttributes = ["api-base", ...FOLLOWED];

  #root = this.attachShadow({ mode: "open", delegatesFocus: true });
  #source = new Source();
  #frame;
  #line;
  #met = deferred();
  #unread = 0;
  #appearance;
  #context;

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [ground];
  }

  connectedCallback() {
    takeUp(this);
    this.#start();
  }

  disconnectedCallback() {
    this.#stop();
  }

  /** Moved by `moveBefore`, a frame goes on; moved in any other way, browsers load it anew. */
  connectedMoveCallback() {}

  attributeChangedCallback(name, before, value) {
    if (before === value || !this.#frame) return;
    if (name === "api-base") this.#start();
    else this.#line?.tell("set", name, value);
  }

  /** Gives a token for the user of this page, as a string or a promise of one. */
  get getToken() {
    return this.#source.give;
  }

  set getToken(give) {
    if (give === this.#source.give) return;
    this.#source.give = give;
    this.#line?.tell("forgetToken");
  }

  /** Colours and shape: the documented properties without their prefix. */
  get appearance() {
    return this.#appearance;
  }

  set appearance(appearance) {
    this.#appearance = appearance;
    this.#line?.tell("setAppearance", appearance ?? null);
  }

  /** What the page is about: `{ contact: { id, address, phone, email } }`. */
  get context() {
    return this.#context;
  }

  set context(context) {
    this.#context = context;
    this.#line?.tell("setContext", context ?? null);
  }

  /** How many of the user's own conversations have something unread. */
  get unread() {
    return this.#unread;
  }

  /** Opens a conversation. */
  async open(id) {
    await (await this.#met.promise).ask("open", String(id));
  }

  /** Narrows the list: a filter as the `filter` attribute takes it, or as an object. */
  async setFilter(filter) {
    await (await this.#met.promise).ask("setFilter", filter ?? null);
  }

  /** Asks again for everything; for a token too, where nobody is signed in. */
  async refresh() {
    await (await this.#met.promise).ask("refresh");
  }

  /** Ends the session here; drafts and unsent messages of the user are removed from this browser. */
  async logout() {
    await (await this.#met.promise).ask("logout");
  }

  async #start() {
    this.#stop();
    const frame = document.createElement("iframe");
    this.#frame = frame;
    try {
      const home = new URL(`${apiBase(this.getAttribute("api-base"))}/embed`);
      frame.title = "Bandeja";
      frame.src = home.href;
      frame.addEventListener("load", () => this.#greet(frame, home.origin));
      this.#root.replaceChildren(frame);
    } catch (error) {
      // Whoever wants to hear of a mistake listens once all scripts of the page have run.
      if (document.readyState === "loading") {
        await new Promise((read) => document.addEventListener("DOMContentLoaded", read, { once: true }));
      }
      this.#fail(frame, error);
    }
  }

  #stop() {
    this.#hangUp();
    this.#frame = undefined;
    this.#root.replaceChildren();
  }

  #hangUp() {
    if (!this.#line) return;
    this.#line.close();
    this.#line = undefined;
    this.#unread = 0;
    this.#met = deferred();
  }

  /** A page has come into the frame, the first or, as after a crash, another one. */
  async #greet(frame, origin) {
    this.#hangUp();
    try {
      const port = await greet(frame.contentWindow, origin);
      if (frame !== this.#frame) return port.close();
      this.#line = new Line(port, this.#offered());
      this.#line.tell("start", this.#settings());
      this.#met.resolve(this.#line);
    } catch (error) {
      this.#fail(frame, error);
    }
  }

  #settings() {
    const attributes = FOLLOWED.map((name) => [name, this.getAttribute(name)]).filter(([, value]) => value !== null);
    return { attributes, appearance: this.#appearance ?? null, context: this.#context ?? null };
  }

  /** What the frame may ask of this page. */
  #offered() {
    return {
      token: () => this.#source.token(),
      say: (name, detail) => {
        if (name === "unread-changed") this.#unread = detail.unread;
        this.#send(name, detail);
      },
      beforeClose: (detail) => beforeClose(detail, (asked) => this.#send("before-close", asked, true)),
    };
  }

  #send(name, detail, cancelable = false) {
    const event = new CustomEvent(`bandeja:${name}`, { detail, bubbles: true, composed: true, cancelable });
    return this.dispatchEvent(event);
  }

  #fail(frame, error) {
    if (frame !== this.#frame) return;
    const code = error.code ?? "failed";
    this.#root.replaceChildren(failure(this, wordsOf(this.getAttribute("locale")), code, () => this.#start()));
    this.#send("error", { code, message: String(error.message ?? error) });
  }
}

function deferred() {
  let resolve;
  const promise = new Promise((done) => (resolve = done));
  return { promise, resolve };
}
