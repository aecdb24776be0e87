// Names the elements, once a page: of two versions on one page the first is used, and the second says so.

import { BandejaInbox } from "./inbox.js";
import { BandejaUnread } from "./unread.js";

/** The version of the package. The build puts it in. */
export const VERSION = "0.0.0";

/** Defines both elements, unless they are there. */
export function define() {
  const known = customElements.get("bandeja-inbox");
  if (known) {
    console.warn(`Bandeja ${VERSION} is not used: ${known.version ?? "another version"} is on this page already.`);
    return;
  }
  BandejaInbox.version = VERSION;
  customElements.define("bandeja-inbox", BandejaInbox);
  if (!customElements.get("bandeja-unread")) customElements.define("bandeja-unread", BandejaUnread);
}
