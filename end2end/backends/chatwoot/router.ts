/** The address that is given away: sends each request through Prism, or past it where the document is at fault. */
import { type IncomingHttpHeaders, type IncomingMessage, type Server, type ServerResponse, createServer, request as ask } from 'node:http';
import { type Asked, pastPrism } from './corrections';

/** Where requests go; without Prism all go to the stand-in. */
export interface Ways { standIn: string; prism: string | undefined }

export function router(ways: Ways): Server {
  return createServer((request, response) => void forward(request, response, ways));
}

async function forward(request: IncomingMessage, response: ServerResponse, ways: Ways): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const asked: Asked = {
    method: request.method ?? 'GET', path: (request.url ?? '/').split('?')[0]!, body,
    type: request.headers['content-type'] ?? '', token: request.headers.api_access_token as string | undefined,
  };
  const way = ways.prism && !pastPrism(asked) ? ways.prism : ways.standIn;
  const onward = ask(way + request.url, { method: asked.method, headers: withLength(request.headers, body) }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, asTheProduct(answer.headers));
    answer.pipe(response);
  });
  onward.once('error', (error) => response.writeHead(502).end(String(error)));
  onward.end(body);
}

function withLength(headers: IncomingHttpHeaders, body: Buffer): IncomingHttpHeaders {
  const { 'transfer-encoding': _, connection: __, 'content-length': ___, ...kept } = headers;
  return body.length ? { ...kept, 'content-length': String(body.length) } : kept;
}

/** Prism lets every page of the web read what it forwards; the product does not. */
function asTheProduct(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('access-control-')));
}
