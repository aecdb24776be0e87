// The token of one element: where it comes from, and that it is asked for once however many calls wait for it.
// It is kept in memory alone.

/** How long the page may take to give a token, in milliseconds. */
const PATIENCE_MS = 10_000;

/** Why there is no token. */
export class NoToken extends Error {
  constructor(code, message, cause) {
    super(message, { cause });
    this.code = code;
  }
}

/** What a page has set to be asked for tokens. */
export class Source {
  #give;
  #waiting = [];

  get give() {
    return this.#give;
  }

  set give(give) {
    this.#give = give;
    for (const arrived of this.#waiting.splice(0)) arrived();
  }

  /**
   * Asks for a token, of a connector's secrets for the one of that name. The element may stand in the page before the
   * script that gives it its tokens has run.
   */
  async token(name) {
    while (typeof this.#give !== "function") {
      if (this.#give !== undefined && this.#give !== null) {
        throw new NoToken("token-missing", "getToken is not a function");
      }
      await new Promise((arrived) => this.#waiting.push(arrived));
    }
    return name === undefined ? this.#give() : this.#give(name);
  }
}

export class Session {
  #source = new Source();
  #token;
  #asking;
  #tell;

  /** `tell` hears of every `NoToken`. */
  constructor(tell) {
    this.#tell = tell;
  }

  get source() {
    return this.#source.give;
  }

  /** What gives tokens. Another one means another user, perhaps: the token of the one before is forgotten. */
  set source(source) {
    if (source === this.#source.give) return;
    this.#token = undefined;
    this.#source.give = source;
  }

  /** Forgets the token. */
  forget() {
    this.#token = undefined;
  }

  /** The present token; a newer one where that is the one that was refused. Nothing if there is none to be had. */
  async token(refused) {
    if (this.#token !== undefined && this.#token !== refused) return this.#token;
    this.#asking ??= this.#ask().finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  /** A secret of a connector, asked for anew: whoever uses it keeps it, and asks once for all its calls. */
  async secret(name) {
    return (await this.#given(name)) ?? null;
  }

  async #ask() {
    this.#token = await this.#given();
    return this.#token;
  }

  async #given(name) {
    try {
      return checked(await inTime(this.#source.token(name)));
    } catch (error) {
      const known = error instanceof NoToken;
      this.#tell(known ? error : new NoToken("token-failed", `getToken failed: ${error?.message ?? error}`, error));
      return undefined;
    }
  }
}

function inTime(promise) {
  let timer;
  const late = new Promise((_, fail) => {
    const error = new NoToken("token-timeout", `getToken gave nothing within ${PATIENCE_MS / 1000} s`);
    timer = setTimeout(() => fail(error), PATIENCE_MS);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** What can stand in a header. */
function checked(token) {
  const text = typeof token === "string" ? token.trim() : "";
  if (!/^[\x21-\x7e]+$/.test(text)) {
    throw new NoToken("token-invalid", "getToken gave no token: a string without spaces is expected");
  }
  return text;
}
