/**
 * The site of `site.ts` as a program, for looking at a connector in the browser's worker:
 * `node --import tsx support/start-site.ts CONNECTOR BASE_URL [PORT]`, from the folder of the tests. Says on one line
 * where it is, and ends with its standard input.
 */
import { site } from './site';

const [connector, backend, port] = process.argv.slice(2);
if (!connector || !backend) throw new Error('say which connector, and where its back end is');
const between = await site(connector, backend, {}, Number(port ?? 0));
process.stdout.write(`listening on ${between.url}\n`);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(0));
process.stdin.resume().once('end', () => process.exit(0));
