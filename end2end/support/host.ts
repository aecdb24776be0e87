/**
 * A CRM of somebody else: a page of its own origin, with a strict policy, its own keys, address and title, that embeds
 * Bandeja from another origin.
 *
 * Between that page and the server stands a gate, which adds what the browser asks for across origins, and can be told
 * to refuse a token, as if it had run out.
 */
import { createServer, IncomingMessage, request, Server as HttpServer, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { Server } from './server';

export interface HostOptions {
  /** What stands in the page's main column. */
  body: string;
  /** What the page does besides: an ES module. */
  script?: string;
  /** In the place of the page's policy. */
  csp?: (gate: string) => string;
  /** In the place of the page's own way to Bandeja. */
  loader?: (gate: string) => string;
  /** The API key of the page's back end; its tokens are then those for embedding. */
  key?: string;
}

/** All that a page has to allow. */
export const POLICY = (gate: string) =>
  `default-src 'none'; script-src 'self' ${gate} 'wasm-unsafe-eval'; connect-src 'self' ${gate}; img-src ${gate}; ` +
  "style-src 'self'; base-uri 'none'; require-trusted-types-for 'script'";

/** All that a page has to allow that shows the inbox in a frame: no WebAssembly, no calls, no pictures. */
export const STRICT_POLICY = (site: string) =>
  `default-src 'none'; script-src 'self' ${site}; frame-src ${site}; connect-src 'self'; style-src 'self'; ` +
  "base-uri 'none'; require-trusted-types-for 'script'";

const NAMES = ['ready', 'error', 'auth-required', 'conversation-opened', 'before-close', 'conversation-closed',
  'bulk-progress', 'bulk-finished', 'unread-changed', 'navigate'];

/** What every page of this CRM does: gives tokens, writes down what it hears, has a shortcut. */
const OWN_SCRIPT = `
  const told = document.getElementById('told');
  const short = ({ code, reason, user, conversation, how, unread, view, job }) =>
    code ?? reason ?? user?.email ?? how ?? (conversation && conversation.contact.name) ?? view ?? job?.state ?? unread ?? '';
  for (const name of ${JSON.stringify(NAMES)}) {
    document.addEventListener('bandeja:' + name, (event) => {
      const line = document.createElement('li');
      line.textContent = [name, short(event.detail)].join(' ').trim();
      told.append(line);
    });
  }
  window.giveTokens = (inbox) => {
    inbox.getToken = async () => (await fetch('/token?user=' + inbox.dataset.user)).text();
  };
  for (const inbox of document.querySelectorAll('[data-user]')) window.giveTokens(inbox);
  document.addEventListener('keydown', (event) => {
    if (event.key === 'j') document.getElementById('jumps').textContent += 'j';
  });
`;

export class Host {
  private readonly refused = new Set<string>();
  private readonly given = new Map<string, string>();
  private pages?: HttpServer;
  private gates?: HttpServer;
  private options: HostOptions = { body: '' };
  /** Every call of the API that went through the gate, as «GET /api/v1/session». */
  readonly calls: string[] = [];
  /** How many event streams are open. */
  openStreams = 0;
  /** How often a token was asked for. */
  tokens = 0;
  /** Whether calls that change something get lost on their way. */
  loses = false;
  url = '';
  gate = '';

  constructor(private readonly server: Server) {}

  async start(): Promise<this> {
    this.gates = createServer((asked, answer) => this.pass(asked, answer));
    this.pages = createServer((asked, answer) => this.page(asked, answer));
    this.gate = await listening(this.gates);
    this.url = await listening(this.pages);
    return this;
  }

  async stop(): Promise<void> {
    for (const server of [this.pages, this.gates]) {
      server?.closeAllConnections();
      await new Promise((done) => server?.close(done));
    }
  }

  /** What the page shows from now on. */
  show(options: HostOptions): void {
    this.options = options;
  }

  /** Every token given so far has run out. */
  expireTokens(): void {
    for (const token of this.given.values()) this.refused.add(token);
    this.given.clear();
  }

  private page(asked: IncomingMessage, answer: ServerResponse): void {
    const address = new URL(asked.url ?? '/', this.url);
    if (address.pathname === '/token') {
      this.tokens += 1;
      const email = `${address.searchParams.get('user')}@demo.test`;
      const { key } = this.options;
      if (key) void this.server.embedToken(key, email).then((token) => answer.end(token));
      else answer.end(this.tokenOf(email));
    } else if (address.pathname === '/own.js' || address.pathname === '/story.js') {
      answer.setHeader('content-type', 'text/javascript');
      answer.end(address.pathname === '/own.js' ? OWN_SCRIPT : this.options.script ?? '');
    } else if (address.pathname === '/own.css') {
      answer.setHeader('content-type', 'text/css');
      answer.end('body { margin: 8px; font: 16px serif } bandeja-inbox, bandeja-frame { height: 560px }');
    } else {
      answer.setHeader('content-type', 'text/html; charset=utf-8');
      answer.setHeader('content-security-policy', (this.options.csp ?? POLICY)(this.gate));
      answer.end(this.html());
    }
  }

  private html(): string {
    const loader = this.options.loader?.(this.gate) ?? `<script type="module" src="${this.gate}/bandeja.js"></script>`;
    return `<!doctype html><html lang="es"><head><title>Cúmulo CRM</title><link rel="icon" href="data:,">
      <link rel="stylesheet" href="/own.css">${loader}
      <script type="module" src="/own.js"></script><script type="module" src="/story.js"></script></head>
      <body><h1>Cúmulo CRM</h1><label>Buscar en el CRM <input id="search"></label>
      <output id="jumps" aria-label="Saltos"></output><div id="column">${this.options.body}</div>
      <ul id="told" aria-label="Avisos"></ul></body></html>`;
  }

  private tokenOf(email: string): string {
    const token = this.given.get(email) ?? this.server.token(email);
    this.given.set(email, token);
    return token;
  }

  /** Passes a call on, and its answer back. */
  private pass(asked: IncomingMessage, answer: ServerResponse): void {
    const path = asked.url ?? '/';
    const across: Record<string, string> = {
      'access-control-allow-origin': this.url,
      'access-control-allow-methods': 'GET, POST, PUT, DELETE',
      'access-control-allow-headers': asked.headers['access-control-request-headers'] ?? '',
      'access-control-expose-headers': 'retry-after',
    };
    if (asked.method === 'OPTIONS') return void answer.writeHead(204, across).end();
    if (path.startsWith('/api/')) this.calls.push(`${asked.method} ${path.split('?')[0]}`);
    if (this.loses && asked.method !== 'GET') return void asked.socket.destroy();
    const token = asked.headers.authorization?.replace('Bearer ', '');
    if (token && this.refused.has(token)) return void answer.writeHead(401, across).end();
    const { host: _, origin: __, ...headers } = asked.headers;
    const passed = request(this.server.url + path, { method: asked.method, headers }, (real) => {
      answer.writeHead(real.statusCode ?? 502, { ...real.headers, ...across });
      real.pipe(answer);
    });
    passed.on('error', () => answer.destroy());
    const isStream = path.startsWith('/api/v1/events');
    if (isStream) this.openStreams += 1;
    answer.on('close', () => {
      if (isStream) this.openStreams -= 1;
      passed.destroy();
    });
    asked.pipe(passed);
  }
}

async function listening(server: HttpServer): Promise<string> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
