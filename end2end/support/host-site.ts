/**
 * A sample host with a back end of its own: it serves its files below a strict policy, and asks the inbox's server,
 * which is another origin, for tokens with an API key.
 */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server as Http, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { Server } from './server';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm',
};

/** All that a page has to allow, where the package comes from its own origin. */
const policy = (inbox: string, asks = '') =>
  `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' ${inbox} ${asks}; img-src 'self' data: ${inbox}; ` +
  "style-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

/** The same where WebAssembly is forbidden and the inbox stands in a frame. */
const framing = (inbox: string) =>
  `default-src 'none'; script-src 'self'; connect-src 'self'; frame-src ${inbox}; img-src data:; ` +
  "style-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

export class HostSite {
  private readonly http: Http;
  private key = '';
  /** How often a token was asked for. */
  tokens = 0;
  /** Whether its pages forbid WebAssembly. */
  forbidsWasm = false;
  /** Another API that its pages may ask. */
  asks = '';
  url = '';

  /** Serves `folder`; the settings of `server` say where the inbox is. */
  constructor(private readonly folder: string, private readonly server: Server) {
    this.http = createServer((asked, answer) => {
      this.answer(asked, answer).catch((error: unknown) => answer.writeHead(500).end(String(error)));
    });
  }

  /** Listens, with a key whose tokens are good on its pages. */
  async start(): Promise<this> {
    await new Promise<void>((done) => this.http.listen(0, '127.0.0.1', done));
    this.url = `http://127.0.0.1:${(this.http.address() as AddressInfo).port}`;
    this.key = this.server.apiKey(this.url);
    return this;
  }

  async stop(): Promise<void> {
    this.http.closeAllConnections();
    await new Promise((done) => this.http.close(done));
  }

  private async answer(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const address = new URL(asked.url ?? '/', this.url);
    if (address.pathname === '/crm/inbox-token') return this.token(address.searchParams.get('user') ?? '', answer);
    const path = normalize(join(this.folder, address.pathname));
    const isFile = path.startsWith(this.folder) && extname(path) !== '';
    const content = isFile ? await readFile(path).catch(() => undefined) : await this.page();
    if (content === undefined) return void answer.writeHead(404).end();
    answer.writeHead(200, {
      'content-type': TYPES[isFile ? extname(path) : '.html'] ?? 'application/octet-stream',
      'content-security-policy': this.forbidsWasm ? framing(this.server.url) : policy(this.server.url, this.asks),
      'x-content-type-options': 'nosniff',
    });
    answer.end(content);
  }

  /** Every place of the host is one page, which looks at its address itself. */
  private async page(): Promise<string> {
    return (await readFile(join(this.folder, 'index.html'), 'utf8')).replace('{{inbox}}', this.server.url);
  }

  private async token(user: string, answer: ServerResponse): Promise<void> {
    this.tokens += 1;
    const given = await fetch(`${this.server.url}/api/v1/session/embed-token`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ user_email: `${user}@demo.test`, ttl_s: 600 }),
    });
    const said = (await given.json()) as { token: string; detail?: string };
    if (!given.ok) return void answer.writeHead(502).end(said.detail);
    answer.writeHead(200, { 'content-type': 'text/plain', 'cache-control': 'no-store' }).end(said.token);
  }
}
