/** A foreign ticket API with the built app beside it, as a company's web server would serve both from one origin. */
import { createServer, IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http';
import { readFileSync, existsSync } from 'node:fs';
import { AddressInfo } from 'node:net';
import { extname, join, resolve } from 'node:path';

const dist = process.env.BANDEJA_DIST ?? resolve(import.meta.dirname, '../../dist');
const kinds: Record<string, string> = {
  '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm', '.svg': 'image/svg+xml',
  '.json': 'application/json',
};
/** The policy that docs/gateway.md asks for. */
const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; " +
  "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'";

export class Foreign {
  url = '';
  readonly written: string[] = [];
  private readonly http: HttpServer;

  constructor(private readonly tickets: number) {
    this.http = createServer((request, response) => void this.answer(request, response));
  }

  async start(): Promise<this> {
    await new Promise<void>((done) => this.http.listen(0, '127.0.0.1', done));
    this.url = `http://127.0.0.1:${(this.http.address() as AddressInfo).port}`;
    return this;
  }

  stop(): void {
    this.http.closeAllConnections();
    this.http.close();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url!, this.url);
    if (pathname === '/connectors/mini.json') return json(response, connector);
    if (pathname.startsWith('/desk/')) return this.desk(pathname.slice('/desk'.length), request, response);
    const file = join(dist, pathname);
    const isPage = !extname(pathname) || !existsSync(file);
    const content = readFileSync(isPage ? join(dist, 'index.html') : file);
    response.setHeader('content-security-policy', policy);
    response.setHeader('content-type', kinds[isPage ? '.html' : extname(pathname)] ?? 'application/octet-stream');
    const meta = '<meta name="bandeja-connector" content="/connectors/mini.json"></head>';
    response.end(isPage ? content.toString().replace('</head>', meta) : content);
  }

  private async desk(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const ticket = /^\/tickets\/(\w+)(\/messages)?$/.exec(path);
    if (path === '/me') return json(response, { id: 'ana', name: 'Ana Ruiz', mail: 'ana@mini.test' });
    if (path === '/tickets') return json(response, { items: Array.from({ length: this.tickets }, (_, i) => of(i)) });
    if (!ticket) return json(response, { detail: 'Not found.' }, 404);
    if (!ticket[2]) return json(response, of(Number(ticket[1])));
    if (request.method === 'POST') {
      let body = '';
      for await (const piece of request) body += piece;
      this.written.push(JSON.parse(body).text);
    }
    const written = this.written.map((text, i) => ({ id: i + 2, text, at: '2026-01-02T04:00:00Z', by: 'ana' }));
    const thread = [
      { id: 1, text: 'Hola, ¿siguen abiertos?', at: '2026-01-02T03:00:00Z', by: null },
      { id: 'a1', text: 'Ana Ruiz pasó el pedido al taller', at: '2026-01-02T03:30:00Z', by: null, activity: true }, ...written,
    ];
    return json(response, request.method === 'POST' ? thread.at(-1) : thread);
  }
}

function of(i: number): unknown {
  const at = new Date(Date.UTC(2026, 0, 1) - i * 60_000).toISOString();
  return { id: i, state: i % 5 ? 'open' : 'done', at, who: { id: `c${i}`, name: `Cliente ${i}`, mail: `c${i}@mini.test` },
    owner: i % 3 ? 'ana' : null, subject: `Pedido ${i}`, text: 'Un texto de la longitud que suele tener un mensaje. '.repeat(3) };
}

function json(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

const connector = {
  connector: 1,
  name: 'mini',
  settings: { base_url: { about: 'where the API is' } },
  maps: { status: { open: 'in_progress', done: 'closed', '*': 'in_progress' } },
  transport: { base: '{{$settings.base_url}}/desk' },
  auth: { me: { call: 'GET /me', fields: { id: '.id', name: '.name', email: '.mail', role: '"admin"' } } },
  list: { call: 'GET /tickets', items: '.items', paging: 'whole' },
  conversation: {
    call: 'GET /tickets/{{$args.id}}',
    item: '.',
    fields: {
      id: '.id', status: '.state | from_status', created_at: '.at', last_activity_at: '.at', owner: '.owner',
      'contact.id': '.who.id', 'contact.name': '.who.name', 'contact.address': '.who.mail',
      'last_message.text': '.text', 'last_message.at': '.at', 'last_message.direction': '"in"',
    },
  },
  thread: {
    sources: [{
      call: 'GET /tickets/{{$args.id}}/messages',
      items: '.',
      fields: {
        id: '.id', kind: 'if .activity then "event" else "message" end', direction: 'if .by then "out" else "in" end', author: 'if .activity then "system" else .by // "contact" end',
        body: '.text', at: '.at',
      },
    }],
  },
  acts: {
    reply: {
      steps: [{ post: '/tickets/{{$args.id}}/messages', json: { text: '{{$args.text}}' } }],
      message: '.',
    },
  },
};
