// Names the elements, once a page: of two versions on one page the first is used, and the second says so.

import { BandejaFrame } from "./frame.js";
import { BandejaInbox } from "./inbox.js";
import { BandejaUnread } from "./unread.js";

/** The version of the package. The build puts it in. */
export const VERSION = "0.0.0";

/** Defines the inbox and its counter, unless they are there. */
export function define() {
  name("bandeja-inbox", BandejaInbox);
}

/** Defines the inbox in a frame and its counter, unless they are there. */
export function defineFrame() {
  name("bandeja-frame", BandejaFrame);
}

function name(tag, element) {
  const known = customElements.get(tag);
  if (known) {
    console.warn(`Bandeja ${VERSION} is not used: ${known.version ?? "another version"} is on this page already.`);
    return;
  }
  element.version = VERSION;
  customElements.define(tag, element);
  if (!customElements.get("bandeja-unread")) customElements.define("bandeja-unread", BandejaUnread);
}
