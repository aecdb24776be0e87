/// <reference types="@bandeja/inbox" />
// A page without tools. It has its own addresses, titles and keys.

/** @param {string} selector */
function one(selector) {
  const found = document.querySelector(selector);
  if (!(found instanceof HTMLElement)) throw new Error(`the page has no ${selector}`);
  return found;
}

const server = document.querySelector("meta[name='inbox-server']")?.getAttribute("content") ?? "";
const column = one("#column");
const told = one("ul");
const keys = one("output");
const settings = /** @type {HTMLFormElement} */ (one("form"));

/** @param {string} name */
const isSet = (name) => new FormData(settings).has(name);

/** @param {string} text */
function note(text) {
  if (isSet("quiet")) return;
  const line = document.createElement("li");
  line.textContent = text;
  told.append(line);
}

/** @param {string} user */
function inboxOf(user, id = user) {
  const inbox = document.createElement("bandeja-inbox");
  inbox.id = id;
  inbox.setAttribute("api-base", server);
  inbox.getToken = async () => {
    const answer = await fetch(`/crm/inbox-token?user=${user}`);
    if (!answer.ok) throw new Error(await answer.text());
    return answer.text();
  };
  return inbox;
}

const inboxes = [inboxOf("ana", "first"), inboxOf("beto")];

/** What stands in the column follows from the address and the settings. */
function render() {
  const isInbox = location.pathname !== "/clientes";
  document.title = isInbox ? "Bandeja · Cúmulo CRM" : "Clientes · Cúmulo CRM";
  inboxes.forEach((inbox, at) => {
    inbox.setAttribute("theme", isSet("dark") ? "dark" : "light");
    inbox.setAttribute("locale", isSet("english") ? "en" : "es");
    const isWanted = isInbox && isSet("shown") && (at === 0 || isSet("two"));
    if (isWanted && !inbox.isConnected) column.append(inbox);
    else if (!isWanted) inbox.remove();
  });
}

document.addEventListener("bandeja:ready", ({ detail }) => note(`ready ${detail.user.email}`));
document.addEventListener("bandeja:error", ({ detail }) => note(`error ${detail.code}`));
document.addEventListener("bandeja:auth-required", ({ detail }) => note(`auth-required ${detail.reason}`));
document.addEventListener("bandeja:conversation-opened", ({ detail }) => note(`opened ${detail.contact.name}`));
document.addEventListener("bandeja:before-close", ({ detail }) => {
  note(`before-close ${detail.many ? `of ${detail.many.count}` : detail.contact.name}`);
  if (isSet("unpaid")) detail.veto("Falta cobrar el pedido 2247");
});
document.addEventListener("bandeja:conversation-closed", ({ detail }) => note(`closed ${detail.contact.name}`));
document.addEventListener("bandeja:bulk-finished", ({ detail }) => note(`bulk-finished ${detail.job.done}`));
document.addEventListener("bandeja:unread-changed", ({ detail }) => note(`unread ${detail.unread}`));
document.addEventListener("bandeja:navigate", ({ detail }) => note(`navigate ${detail.view} ${detail.conversation_id}`));

document.addEventListener("keydown", (event) => {
  if (event.key.length === 1) keys.textContent += event.key;
});
settings.addEventListener("change", render);
settings.addEventListener("submit", (event) => event.preventDefault());
window.addEventListener("popstate", render);
for (const link of document.querySelectorAll("nav a")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    history.pushState(null, "", link.getAttribute("href"));
    render();
  });
}
render();
