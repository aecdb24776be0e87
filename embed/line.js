// The line between a page and the frame in it: both sides tell and ask, by the name of what the other one does.

/** What went wrong on the other side. */
class Failed extends Error {
  constructor({ code, message }) {
    super(message);
    this.code = code;
  }
}

export class Line {
  #port;
  #does;
  #asked = new Map();
  #last = 0;

  /** `does` is what the other side may have done here: functions by name. */
  constructor(port, does) {
    this.#port = port;
    this.#does = does;
    port.onmessage = ({ data }) => this.#hear(data);
  }

  /** Has something done on the other side. */
  tell(name, ...given) {
    this.#port.postMessage({ name, given: plain(given) });
  }

  /** The same, and gives what came of it. */
  ask(name, ...given) {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#asked.set(id, { resolve, reject });
      this.#port.postMessage({ id, name, given: plain(given) });
    });
  }

  /** Whoever still waits for an answer gets none. */
  close() {
    this.#port.close();
    for (const { reject } of this.#asked.values()) reject(new Error("the frame is gone"));
    this.#asked.clear();
  }

  #hear({ id, name, given, error, value }) {
    if (name !== undefined) {
      this.#obey(id, name, given);
      return;
    }
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    if (error) asked?.reject(new Failed(error));
    else asked?.resolve(value);
  }

  async #obey(id, name, given) {
    const answer = { id };
    try {
      if (!Object.hasOwn(this.#does, name)) throw new TypeError(`${name} is unknown here`);
      answer.value = plain(await this.#does[name](...given));
    } catch (error) {
      answer.error = { code: error?.code, message: String(error?.message ?? error) };
    }
    if (id !== undefined) this.#port.postMessage(answer);
  }
}

/** What JSON can say of it: what a page hands over may hold what cannot be sent. */
function plain(value) {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}
