// Names the elements on the page that imports this. The program comes when the first of them is put into it.
import { define } from "./lib/elements.js";

define();

export { VERSION } from "./lib/elements.js";
