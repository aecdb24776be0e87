// The one address that host pages load. Everything else is found beside it, in a folder named by what it holds.
import { define } from "./elements.js";

define();
