// The program and its style sheet: found beside this file, fetched and compiled once for all elements of a page.

/** Why it cannot be used. */
export class NoProgram extends Error {
  constructor(code, message, cause) {
    super(message, { cause });
    this.code = code;
  }
}

let program;
let sheet;

/** The program, ready to mount. A failure is not kept: the next one who asks tries again. */
export function loadProgram() {
  program ??= compile().catch((error) => {
    program = undefined;
    throw error;
  });
  return program;
}

/** The style sheet, parsed once. Fetched instead of linked, so that a page need not allow our styles. */
export function loadSheet() {
  sheet ??= parse().catch((error) => {
    sheet = undefined;
    throw error;
  });
  return sheet;
}

async function compile() {
  if (typeof WebAssembly !== "object") throw new NoProgram("wasm-blocked", "this browser has no WebAssembly");
  // Asked for beside its glue, not behind it.
  const answer = fetch(new URL("./bandeja-embed_bg.wasm", import.meta.url));
  answer.catch(() => {});
  try {
    const glue = await import("./bandeja-embed.js");
    await glue.default({ module_or_path: answer });
    return glue;
  } catch (error) {
    const blocked = error instanceof WebAssembly.CompileError || error instanceof EvalError;
    throw blocked
      ? new NoProgram("wasm-blocked", "the page's Content-Security-Policy lacks 'wasm-unsafe-eval'", error)
      : new NoProgram("program-unreachable", `the program could not be loaded: ${error?.message ?? error}`, error);
  }
}

async function parse() {
  try {
    const answer = await fetch(new URL("./bandeja-embed.css", import.meta.url));
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    const parsed = new CSSStyleSheet();
    await parsed.replace(await answer.text());
    return parsed;
  } catch (error) {
    throw new NoProgram("sheet-unreachable", `the style sheet could not be loaded: ${error?.message ?? error}`, error);
  }
}
