// What the elements have in common: what they follow, and where Bandeja is.

/** What the program follows while it runs. */
export const FOLLOWED = ["locale", "theme", "density", "view", "filter", "conversation-id", "layout", "readonly", "features"];
/** What a page may have set before an element was known. */
const PROPERTIES = ["getToken", "appearance", "context", "connector", "connectorSettings"];
/** What says where the conversations are: another value begins anew. */
export const ORIGINS = ["api-base", "connector"];

/** Where Bandeja is, unless the page says otherwise: where this file came from. */
const HOME = new URL("..", import.meta.url).href;

/** Takes up what a page has set on an element before there was anything behind it. */
export function takeUp(element) {
  for (const name of PROPERTIES) {
    if (!Object.hasOwn(element, name)) continue;
    const value = element[name];
    delete element[name];
    element[name] = value;
  }
}

/** The address of the server without a slash at its end. */
export function apiBase(written) {
  try {
    const address = new URL(written?.trim() || HOME, document.baseURI);
    if (address.protocol !== "https:" && address.protocol !== "http:") throw new TypeError("neither https nor http");
    return (address.origin + address.pathname).replace(/\/+$/, "");
  } catch (cause) {
    throw Object.assign(new TypeError(`api-base is no address: ${written}`, { cause }), { code: "api-base" });
  }
}
