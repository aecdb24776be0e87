// Stands behind the program's glue, in one file with it, so that whoever serves it may call it what they like: loads the
// program, whose address stands behind the `#` where it is not beside, then says that it listens.

const program = new URL(import.meta.url).hash.slice(1);
await __wbg_init(program === "" ? undefined : { module_or_path: decodeURIComponent(program) });
postMessage("ready");
