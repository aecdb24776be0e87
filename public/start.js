// Starts the app. An external file, because a strict Content-Security-Policy refuses inline scripts; what to
// load stands in the data attributes that the build writes on this script's tag.

const tag = document.querySelector("script[data-wasm]");

/**
 * The connector of this page, if one is configured: by `<meta name="bandeja-connector" content="ADDRESS">`, whose
 * `data-*` are its settings, or by `?connector=/connectors/NAME.json` for the tab. A link may name nothing outside that
 * folder: what is typed into the sign-in goes where the file says.
 */
function connector() {
  const meta = document.querySelector('meta[name="bandeja-connector"]');
  const settings = Object.entries(meta?.dataset ?? {}).map(([name, value]) => [
    name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    value,
  ]);
  const asked = new URLSearchParams(location.search).get("connector");
  if (asked) sessionStorage.setItem("bandeja.connector", asked);
  const named = sessionStorage.getItem("bandeja.connector");
  const url = named && new URL(named, location.origin);
  if (url && url.origin === location.origin && /^\/connectors\/[\w-]+\.json$/.test(url.pathname)) {
    return { connector: url.pathname, settings: Object.fromEntries(settings) };
  }
  return meta?.content ? { connector: meta.content, settings: Object.fromEntries(settings) } : null;
}

try {
  const { worker, connect } = tag.dataset;
  const how = connect && connector();
  if (how) window.bandejaFetch = (await import(connect)).connect({ worker, ...how }).fetch;
  const { default: init } = await import(tag.dataset.js);
  await init({ module_or_path: tag.dataset.wasm });
} catch (error) {
  console.error(error);
  const notice = document.querySelector("#bandeja [data-start-failed]");
  // Without the notice the app had begun to show itself; it speaks for itself from then on.
  if (notice) {
    document.querySelector("#bandeja [data-start-skeleton]").hidden = true;
    notice.hidden = false;
    notice.querySelector("button").addEventListener("click", () => location.reload());
    notice.querySelector("button").focus();
  }
}
