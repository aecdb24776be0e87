// Where there is no page, as when one is rendered on a server, there is nothing to name: the tags are written down, and
// the browser fills them.
export const VERSION = "0.0.0";
