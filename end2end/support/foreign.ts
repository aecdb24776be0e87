/** A foreign ticket API with the built app beside it, as a company's web server would serve both from one origin. */
import { createHash } from 'node:crypto';
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

export interface ForeignOptions {
  /** Before the number in the names of its customers. */
  people?: string;
  /** Tokens that it takes; anybody comes in without. */
  tokens?: Set<string>;
  /** Whether its file has users type their token. */
  typed?: boolean;
  /** A stream that says when there is something new. */
  stream?: 'sse' | 'websocket';
}

export class Foreign {
  url = '';
  readonly written: string[] = [];
  /** Mapping the messages of ticket 2 takes years. */
  forever = false;
  private readonly http: HttpServer;

  /** What customers wrote. */
  private readonly received: string[] = [];
  /** Those who listen to the stream. */
  private readonly listeners: ((text: string) => void)[] = [];

  /** With that many tickets. */
  constructor(private readonly tickets: number, private readonly options: ForeignOptions = {}) {
    this.http = createServer((request, response) => void this.answer(request, response));
    this.http.on('upgrade', ({ headers }, socket) => {
      const accept = createHash('sha1').update(`${headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
      socket.write(`HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: ${accept}\r\n\r\n`);
      // An unmasked text frame, shorter than 126 bytes.
      this.listeners.push((text) => void socket.write(Buffer.concat([Buffer.from([0x81, Buffer.byteLength(text)]), Buffer.from(text)])));
    });
  }

  /** A customer writes to every ticket; the stream says that something happened. */
  receive(text: string): void {
    this.received.push(text);
    for (const tell of this.listeners) tell('{"type":"ticket"}');
  }

  /** Whether anybody listens to the stream. */
  get isHeard(): boolean {
    return this.listeners.length > 0;
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

  /** What stands in its connector file. */
  get file(): Record<string, unknown> {
    const header = { name: 'Authorization', value: 'Bearer {{$secret.token}}' };
    const { tokens, typed } = this.options;
    const auth = { ...connector.auth, ...(tokens && { header }), ...(typed && { sign_in: 'token' }) };
    return { ...connector, auth, polling: this.polling() };
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url!, this.url);
    // Other sites' pages may ask it.
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', 'authorization, content-type');
    if (request.method === 'OPTIONS') return void response.writeHead(204).end();
    if (pathname === '/connectors/mini.json') return json(response, this.file);
    if (pathname.startsWith('/desk/')) return this.desk(pathname.slice('/desk'.length), request, response);
    const file = join(dist, pathname);
    const isPage = !extname(pathname) || !existsSync(file);
    const content = readFileSync(isPage ? join(dist, 'index.html') : file);
    response.setHeader('content-security-policy', policy);
    response.setHeader('content-type', kinds[isPage ? '.html' : extname(pathname)] ?? 'application/octet-stream');
    const meta = '<meta name="bandeja-connector" content="/connectors/mini.json"></head>';
    response.end(isPage ? content.toString().replace('</head>', meta) : content);
  }

  /** Without a stream nothing is looked for in the time of a test. */
  private polling(): unknown {
    const { stream: adapter } = this.options;
    const stream = { adapter, call: 'GET /live', when: '.type == "ticket"' };
    return { every_s: 3_600, ...(adapter && { stream }) };
  }

  private async desk(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
    if (this.options.tokens?.has(token) === false) return json(response, { detail: 'Who is asking?' }, 401);
    const of = (i: number) => ticketOf(i, this.options.people ?? 'Cliente');
    if (path === '/live') {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
      this.listeners.push((text) => void response.write(`data: ${text}\n\n`));
      return;
    }
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
    const received = this.received.map((text, i) => ({ id: `r${i}`, text, at: '2026-01-02T05:00:00Z', by: null }));
    const forever = this.forever && ticket[1] === '2';
    const first = { id: 1, text: 'Hola, ¿siguen abiertos?', at: '2026-01-02T03:00:00Z', by: null, forever };
    const activity = { id: 'a1', text: 'Ana Ruiz pasó el pedido al taller', at: '2026-01-02T03:30:00Z', by: null, activity: true };
    const thread = [first, activity, ...received, ...written];
    return json(response, request.method === 'POST' ? thread.at(-1) : thread);
  }
}

function ticketOf(i: number, people: string): unknown {
  const at = new Date(Date.UTC(2026, 0, 1) - i * 60_000).toISOString();
  return { id: i, state: i % 5 ? 'open' : 'done', at, who: { id: `c${i}`, name: `${people} ${i}`, mail: `c${i}@mini.test` },
    owner: i % 3 ? 'ana' : null, subject: `Pedido ${i}`, text: 'Un texto de la longitud que suele tener un mensaje. '.repeat(3) };
}

function json(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/**
 * An expression that steps over every limit of the interpreter and takes years, however fast the machine: ten letters
 * combined twenty times over.
 */
const loops = Array.from({ length: 20 }, (_, n) => `("abcdefghij" | explode)[] as $n${n} | `).join('');

const connector = {
  connector: 1,
  name: 'mini',
  settings: { base_url: { about: 'where the API is' } },
  define: [`def forever: reduce (${loops}1) as $n (0; . + $n) | tostring;`],
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
        id: '.id', kind: 'if .activity then "event" else "message" end', direction: 'if .by then "out" else "in" end',
        author: 'if .activity then "system" else .by // "contact" end', body: 'if .forever then forever else .text end', at: '.at',
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
