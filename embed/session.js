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

export class Session {
  #source;
  #token;
  #asking;
  #arrived;
  #tell;

  /** `tell` hears of every `NoToken`. */
  constructor(tell) {
    this.#tell = tell;
  }

  get source() {
    return this.#source;
  }

  /** What gives tokens. Another one means another user, perhaps: the token of the one before is forgotten. */
  set source(source) {
    if (source === this.#source) return;
    this.#source = source;
    this.#token = undefined;
    this.#arrived?.();
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

  async #ask() {
    try {
      this.#token = checked(await inTime(this.#given()));
      return this.#token;
    } catch (error) {
      this.#token = undefined;
      const known = error instanceof NoToken;
      this.#tell(known ? error : new NoToken("token-failed", `getToken failed: ${error?.message ?? error}`, error));
      return undefined;
    }
  }

  async #given() {
    // The element may stand in the page before the script that gives it its tokens has run.
    while (typeof this.#source !== "function") {
      if (this.#source !== undefined && this.#source !== null) {
        throw new NoToken("token-missing", "getToken is not a function");
      }
      await new Promise((done) => (this.#arrived = done));
    }
    return this.#source();
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
