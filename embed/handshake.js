// How a page and the frame in it find each other. Both look at who speaks (`source`) and from where (`origin`), say
// nothing to anybody else, and then have a channel of their own. What is said in the open holds no secret.

/** The ways of speaking that this release knows, the best first. */
const VERSIONS = [1];
/** How long either side waits for the other, in milliseconds. */
const PATIENCE_MS = 10_000;

let turns = 0;

/** Why the two do not come together. */
export class NoFrame extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/** For the page: greets the frame's window, which is loaded, and gives the port to speak by. */
export function greet(frame, origin) {
  const turn = ++turns;
  return within(
    (done, fail) => (event) => {
      if (event.source !== frame || event.origin !== origin || event.data?.turn !== turn) return;
      if (event.data.bandeja === "welcome") done(event.ports[0]);
      if (event.data.bandeja === "refused") fail(new NoFrame(event.data.code, event.data.message));
    },
    () => frame.postMessage({ bandeja: "hello", versions: VERSIONS, turn }, origin),
  );
}

/** For the frame: waits for the page around it to greet, and gives the port to speak by. `hosts` are the origins that may. */
export function beGreeted(hosts) {
  return within((done, fail) => async (event) => {
    // A page without an origin cannot be answered, or not without answering others too.
    if (event.source !== window.parent || event.origin === "null" || event.data?.bandeja !== "hello") return;
    const { turn, versions } = event.data;
    const answer = (said, ports = []) => event.source.postMessage({ ...said, turn }, event.origin, ports);
    try {
      const version = await agreed(await hosts, event.origin, versions);
      const { port1, port2 } = new MessageChannel();
      answer({ bandeja: "welcome", version }, [port2]);
      done(port1);
    } catch (error) {
      answer({ bandeja: "refused", code: error.code ?? "unreachable", message: error.message });
      fail(error);
    }
  });
}

function agreed(hosts, origin, versions) {
  if (!hosts.includes(origin)) throw new NoFrame("frame-host", `the server does not let ${origin} show it`);
  const version = VERSIONS.find((each) => Array.isArray(versions) && versions.includes(each));
  if (version === undefined) {
    throw new NoFrame("frame-version", `the server speaks ${VERSIONS.join(", ")}, the page's bandeja-frame.js ${versions}`);
  }
  return version;
}

function within(hearing, begin) {
  let hear;
  let timer;
  const met = new Promise((done, fail) => {
    hear = hearing(done, fail);
    window.addEventListener("message", hear);
    timer = setTimeout(() => fail(new NoFrame("frame-silent", "the other side of the frame does not answer")), PATIENCE_MS);
    begin?.();
  });
  return met.finally(() => {
    window.removeEventListener("message", hear);
    clearTimeout(timer);
  });
}
