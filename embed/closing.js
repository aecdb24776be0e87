// What a page can say to `bandeja:before-close`: nothing, no, or that something has to be filled in first.

/** How long a page may take that asked for time, in milliseconds. */
const PATIENCE_MS = 15_000;

/**
 * Sends the event and waits for what the page makes of it.
 * @param detail What is about to be done.
 * @param send Dispatches the event; false when it was cancelled.
 */
export async function beforeClose(detail, send) {
  const answer = { veto: null, fields: [] };
  const waits = [];
  const refuse = (reason) => (answer.veto ??= typeof reason === "string" ? reason : "");
  const going = send({
    ...detail,
    veto: refuse,
    require: (field) => answer.fields.push(typeof field === "string" ? { name: field, label: "" } : asField(field)),
    wait: (promise) => waits.push(promise),
  });
  if (!going) refuse();
  if (waits.length > 0) {
    const late = new Promise((_, fail) => setTimeout(fail, PATIENCE_MS));
    // A page that fails or does not answer has not agreed.
    await Promise.race([Promise.all(waits), late]).catch(() => refuse());
  }
  return answer;
}

function asField({ name, label }) {
  return { name: String(name), label: String(label ?? name) };
}
