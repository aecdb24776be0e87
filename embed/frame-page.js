// The page in the frame: the inbox, once the page around it has been found to be one that may show it.

import { define } from "./elements.js";
import { NoFrame, beGreeted } from "./handshake.js";
import { Line } from "./line.js";
import { loadProgram, loadSheet } from "./program.js";
import { NoToken } from "./session.js";
import { failure, wordsOf } from "./shape.js";

/** What the page around is told as it happens; `before-close` is asked. */
const TOLD = ["ready", "error", "auth-required", "conversation-opened", "conversation-closed", "bulk-progress",
  "bulk-finished", "unread-changed", "navigate"];

const whole = new CSSStyleSheet();
whole.replaceSync("html, body, bandeja-inbox, .bandeja { height: 100%; margin: 0; }");
document.adoptedStyleSheets = [whole];

/** The origins that may show this page: the same that browsers are told. */
async function readHosts() {
  const answer = await fetch("/embed/hosts.json");
  if (!answer.ok) throw new NoFrame("unreachable", `the list of sites that may show it answered ${answer.status}`);
  return (await answer.json()).origins;
}

/** What the page around may have done here. */
function offered(inbox, line) {
  const set = (name, value) => (value === null ? inbox.removeAttribute(name) : inbox.setAttribute(name, value));
  // Another function each time: the token of the one before is forgotten.
  const askForTokens = () => (inbox.getToken = () => line().ask("token").catch(asNoToken));
  return {
    start: ({ attributes, appearance, context }) => {
      for (const [name, value] of attributes) set(name, value);
      document.documentElement.lang = inbox.getAttribute("locale") ?? navigator.language;
      Object.assign(inbox, { appearance, context });
      askForTokens();
      document.body.replaceChildren(inbox);
    },
    set,
    forgetToken: () => void askForTokens(),
    setAppearance: (appearance) => void (inbox.appearance = appearance),
    setContext: (context) => void (inbox.context = context),
    open: (id) => inbox.open(id),
    setFilter: (filter) => inbox.setFilter(filter),
    refresh: () => inbox.refresh(),
    logout: () => inbox.logout(),
  };
}

function asNoToken(error) {
  throw error.code ? new NoToken(error.code, error.message, error) : error;
}

function tell(inbox, line) {
  for (const name of TOLD) {
    inbox.addEventListener(`bandeja:${name}`, ({ detail }) => line.tell("say", name, detail));
  }
  inbox.addEventListener("bandeja:before-close", ({ detail }) => {
    const answered = line.ask("beforeClose", detail).then(({ veto, fields }) => {
      if (veto !== null) detail.veto(veto);
      for (const field of fields) detail.require(field);
    });
    detail.wait(answered);
  });
}

async function begin() {
  const hosts = readHosts();
  hosts.catch(() => {});
  if (window.parent === window) throw new NoFrame("frame-alone", "this page is for frames");
  const greeted = beGreeted(hosts);
  // Asked for meanwhile; whoever mounts it says what went wrong.
  loadProgram().catch(() => {});
  define();
  const port = await greeted;
  const inbox = document.createElement("bandeja-inbox");
  let line;
  line = new Line(port, offered(inbox, () => line));
  tell(inbox, line);
}

async function show(error) {
  const place = document.createElement("div");
  place.className = "bandeja";
  place.append(failure(place, wordsOf(null), error.code ?? "failed", () => location.reload()));
  document.body.replaceChildren(place);
  document.adoptedStyleSheets = [whole, await loadSheet()];
}

begin().catch(show);
