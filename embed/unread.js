// <bandeja-unread>: how many of the user's own conversations have something unread, for a page's menu.
//
// It follows an inbox on the same page, by its id in `for` or the first there is; it asks the server nothing and needs
// no program of its own.

const ground = new CSSStyleSheet();
ground.replaceSync(`
  :host { display: inline-block; min-width: 20px; padding: 0 6px; border-radius: 999px; box-sizing: border-box;
    background: var(--bandeja-accent, #0d5a72); color: var(--bandeja-on-accent, #fff);
    font: 600 12px/20px var(--bandeja-font, system-ui, sans-serif); text-align: center; }
  :host([hidden]), :host(:not([count])) { display: none; }
`);

const WORDS = { es: ["conversación sin leer", "conversaciones sin leer"], en: ["unread conversation", "unread conversations"] };

export class BandejaUnread extends HTMLElement {
  static observedAttributes = ["for", "locale"];

  #root = this.attachShadow({ mode: "open" });
  #hear = (event) => this.#isMine(event.target) && this.#show(event.detail.unread, event.target);
  #inbox;

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [ground];
  }

  connectedCallback() {
    this.ownerDocument.addEventListener("bandeja:unread-changed", this.#hear);
    this.#look();
  }

  disconnectedCallback() {
    this.ownerDocument.removeEventListener("bandeja:unread-changed", this.#hear);
    this.#inbox = undefined;
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#look();
  }

  /** The number that is shown. */
  get count() {
    return Number(this.getAttribute("count") ?? 0);
  }

  #look() {
    const id = this.getAttribute("for");
    const found = id ? this.ownerDocument.getElementById(id) : this.ownerDocument.querySelector("bandeja-inbox, bandeja-frame");
    this.#inbox = undefined;
    this.#show(found?.unread ?? 0, found ?? undefined);
  }

  #isMine(inbox) {
    const id = this.getAttribute("for");
    if (id) return inbox.id === id;
    return !this.#inbox?.isConnected || this.#inbox === inbox;
  }

  #show(count, inbox) {
    this.#inbox = inbox;
    this.toggleAttribute("count", count > 0);
    if (count > 0) this.setAttribute("count", String(count));
    const locale = this.getAttribute("locale") ?? inbox?.getAttribute("locale") ?? this.ownerDocument.documentElement.lang;
    const words = WORDS[(locale || navigator.language).slice(0, 2)] ?? WORDS.en;
    this.#root.textContent = count > 99 ? "99+" : String(count);
    this.setAttribute("role", "status");
    this.setAttribute("aria-label", `${count} ${words[count === 1 ? 0 : 1]}`);
  }
}
