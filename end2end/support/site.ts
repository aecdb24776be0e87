/**
 * Places between a browser and a foreign back end: a way that can be cut, a gateway, and a site of one's own that
 * serves the app with a connector beside the foreign API.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type Server as Http, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const binary = process.env.BANDEJA_SERVER_BIN ?? join(root, 'target/release/bandeja-server');
const dist = process.env.BANDEJA_DIST ?? join(root, 'dist');

/** The policy that the documents ask of a site which serves the app with a connector. */
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; "
  + "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'";
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json',
  '.wasm': 'application/wasm', '.svg': 'image/svg+xml',
};

/** A connector file as it is delivered, but for how often it looks: nobody waits half a minute for a customer's word. */
async function connectorFile(name: string): Promise<string> {
  const file = JSON.parse(await readFile(join(root, 'public/connectors', `${name}.json`), 'utf8'));
  file.polling.every_s = 4;
  return JSON.stringify(file);
}

/** A way to a back end that a story can cut and mend. */
class Way {
  cut = false;

  constructor(private readonly to: string) {}

  pass(ask: IncomingMessage, answer: ServerResponse): void {
    if (this.cut) return void ask.socket.destroy();
    const there = request(this.to + ask.url!, { method: ask.method, headers: { ...ask.headers, host: new URL(this.to).host } }, (got) => {
      answer.writeHead(got.statusCode!, got.headers);
      got.pipe(answer);
    });
    there.on('error', () => answer.destroy());
    ask.pipe(there);
  }
}

/** What stands between the browser and the back end. */
export interface Between {
  /** Where the inbox is. */
  readonly url: string;
  /** Cuts the way to the back end, or mends it. */
  cut(cut: boolean): void;
  stop(): Promise<void>;
}

async function listening(server: Http, port = 0): Promise<string> {
  await new Promise<void>((done, fail) => server.once('error', fail).listen(port, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The engine in the browser's worker: one origin serves the app, the connector file and the foreign API. */
export async function site(connector: string, backend: string, settings: Record<string, string> = {}, port = 0): Promise<Between> {
  const way = new Way(backend);
  const attributes = Object.entries(settings).map(([name, value]) => ` data-${name.replaceAll('_', '-')}="${value}"`).join('');
  const meta = `<meta name="bandeja-connector" content="/connectors/${connector}.json"${attributes}>`;
  const delivered = await connectorFile(connector);
  const server = createServer(async (ask, answer) => {
    const path = new URL(ask.url!, 'http://site').pathname;
    if (/^\/(api|support|api-token-auth)\//.test(path)) return way.pass(ask, answer);
    if (path === `/connectors/${connector}.json`) {
      answer.writeHead(200, { 'content-type': 'application/json' });
      return void answer.end(delivered);
    }
    const file = normalize(join(dist, path));
    const found = file.startsWith(dist) && extname(file) ? await readFile(file).catch(() => undefined) : undefined;
    const page = async () => (await readFile(join(dist, 'index.html'), 'utf8')).replace('<head>', `<head>${meta}`);
    answer.writeHead(200, {
      'content-type': TYPES[found ? extname(file) : '.html'] ?? 'application/octet-stream',
      // Their names change with what they hold.
      'cache-control': found ? 'max-age=31536000, immutable' : 'no-cache',
      'content-security-policy': POLICY,
    });
    answer.end(found ?? await page());
  });
  const url = await listening(server, port);
  return {
    url,
    cut: (cut) => void (way.cut = cut),
    stop: () => new Promise((done) => { server.closeAllConnections(); server.close(() => done()); }),
  };
}

/** The engine in a server: the browser sees the contract only. */
export async function gateway(connector: string, backend: string, settings: Record<string, string> = {}): Promise<Between> {
  const way = new Way(backend);
  const between = createServer((ask, answer) => way.pass(ask, answer));
  const base = await listening(between);
  const folder = await mkdtemp(join(tmpdir(), 'bandeja-gateway-'));
  const file = join(folder, `${connector}.json`);
  await writeFile(file, await connectorFile(connector));
  const set = Object.entries(settings).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
  const args = ['gateway', '--connector', file, '--base-url', base, '--listen', '127.0.0.1:0', '--dist', dist, ...set];
  const child: ChildProcess = spawn(binary, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const url = await new Promise<string>((done, fail) => {
    let log = '';
    const read = (chunk: Buffer) => {
      log += chunk.toString();
      const found = /listening on (http:\/\/\S+)/.exec(log);
      if (found) done(found[1]!);
    };
    child.stdout!.on('data', read);
    child.stderr!.on('data', read);
    child.once('exit', (code) => fail(new Error(`the gateway ended with ${code}:\n${log}`)));
    child.once('error', fail);
  });
  return {
    url,
    cut: (cut) => void (way.cut = cut),
    stop: async () => {
      const gone = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      await gone;
      between.closeAllConnections();
      await new Promise<void>((done) => between.close(() => done()));
      await rm(folder, { recursive: true });
    },
  };
}
