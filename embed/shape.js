// What stands in the element before the program does: the shape of its panes, or why there will be none.

const WORDS = {
  es: {
    loading: "Cargando Bandeja",
    failed: "No se pudo abrir Bandeja",
    kept: "Tus datos están a salvo. Vuelve a intentarlo; si sigue igual, avisa a quien administra la página.",
    retry: "Reintentar",
  },
  en: {
    loading: "Loading Bandeja",
    failed: "Bandeja could not be opened",
    kept: "Your data is safe. Try again; if that does not help, tell whoever runs the page.",
    retry: "Try again",
  },
};

/** The words of a language, else of the reader's own. */
export function wordsOf(locale) {
  const tags = [locale, ...navigator.languages].filter(Boolean);
  const base = tags.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => Object.hasOwn(WORDS, tag));
  return WORDS[base ?? "en"];
}

function make(name, className, ...children) {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

function frame(element, ...children) {
  const app = make("div", "app", ...children);
  app.dataset.theme = element.getAttribute("theme") ?? "light";
  app.dataset.density = element.getAttribute("density") ?? "comfortable";
  return app;
}

const bone = (kind) => make("span", `bone ${kind}`);

function row() {
  const line = (kind, ...bones) => make("div", `line ${kind}`, ...bones);
  return make(
    "div",
    "row",
    make("span", "face", bone("round face")),
    line("first", bone("tall w40"), make("span", "grow"), bone("short")),
    line("second", bone("w72")),
    line("meta", bone("w40"), make("span", "grow"), bone("round dot")),
  );
}

/** The shape of the panes. */
export function shape(element, words) {
  const status = make("p", "only-sr", words.loading);
  status.setAttribute("role", "status");
  const layout = element.getAttribute("layout") ?? "full";
  const rows = make("div", "rows still", ...Array.from({ length: 8 }, row));
  const list = make(
    "div",
    "pane list",
    make("div", "bar", bone("tall w40")),
    make("div", "searching", make("span", "search")),
    make("div", "strip"),
    make("div", "scroll", rows),
  );
  const rail = make("div", "rail", make("div", "nav", ...["w40", "w52", "w52", "w40"].map((kind) => make("a", "", bone(kind)))));
  const thread = make("div", "pane thread");
  const panes = { list: [list], thread: [thread] }[layout] ?? [rail, list, thread];
  const panesOf = make("div", "frame no-contact", ...panes);
  panesOf.dataset.layout = layout;
  panesOf.dataset.pane = layout === "thread" ? "thread" : "list";
  panesOf.setAttribute("aria-hidden", "true");
  return frame(element, status, panesOf);
}

/** Why there is nothing, and a way to try again. The code helps whoever is told of it. */
export function failure(element, words, code, retry) {
  const button = make("button", "button primary", words.retry);
  button.type = "button";
  button.addEventListener("click", retry);
  const notice = make(
    "div",
    "empty",
    make("h3", "", words.failed),
    make("p", "", words.kept),
    make("p", "faint", code),
    make("div", "cluster", button),
  );
  notice.setAttribute("role", "alert");
  return frame(element, notice);
}
