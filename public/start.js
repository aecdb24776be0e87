// Starts the app. An external file, because a strict Content-Security-Policy refuses inline scripts; what to
// load stands in the data attributes that the build writes on this script's tag.

const tag = document.querySelector("script[data-wasm]");

try {
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
