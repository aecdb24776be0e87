/** What the package says of itself is what is in it. */
import { Ajv } from 'ajv';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { packed } from '../../support/host-build';
import type { Page } from '@playwright/test';
import { expect, test } from '../../support/host-stories';

const root = resolve(import.meta.dirname, '../../..');
const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
const manifest = read(join(root, 'npm/custom-elements.json'));
const declared = (tag: string) => manifest.modules.flatMap((each: any) => each.declarations).find((each: any) => each.tagName === tag);

test('the manifest is one by its schema', () => {
  const schema = read(createRequire(import.meta.url).resolve('custom-elements-manifest/schema.json'));
  const ajv = new Ajv({ strict: false, allErrors: true });
  ajv.validate(schema, manifest);
  expect(ajv.errors ?? []).toEqual([]);
  expect(manifest.schemaVersion).toBe('2.1.0');
});

/** Loads the module for frames, as a page without a bundler does. */
const loadFrames = (page: Page) => page.evaluate(() => import(['', 'node_modules/@bandeja/inbox/frame.js'].join('/')));

test('the manifest names what the elements have, and the types name their events', async ({ host }) => {
  const page = await host();
  await loadFrames(page.page);
  const types = readFileSync(join(root, 'npm/index.d.ts'), 'utf8');
  for (const tag of ['bandeja-inbox', 'bandeja-frame', 'bandeja-unread']) {
    const said = declared(tag);
    const has = await page.page.evaluate((tag) => {
      const element = customElements.get(tag) as any;
      const own = Object.getOwnPropertyNames(element.prototype).filter((name) => !/^constructor$|Callback$/.test(name));
      return { attributes: [...element.observedAttributes], members: own };
    }, tag);
    const names = (list: any[]) => list.map((each) => each.name).sort();
    expect(names(said.attributes)).toEqual(has.attributes.sort());
    expect(names(said.members)).toEqual(has.members.sort());
    for (const { name } of said.events ?? []) expect(types).toContain(`"${name}": CustomEvent<`);
  }
});

test('the package holds the modules, the program and its sheet, the engine of connectors, types and the manifest', () => {
  const held = execFileSync('tar', ['-tzf', packed()], { encoding: 'utf8' }).trim().split('\n').map((path) => path.replace('package/', ''));
  const named = held.filter((path) => !/^lib\/(chunk_\d+|split_\w+)\.wasm$/.test(path)).sort();
  expect(named).toEqual([
    'LICENSE-APACHE', 'LICENSE-MIT', 'README.md', 'custom-elements.json', 'frame.js', 'index.d.ts', 'index.js',
    ...['__wasm_split.js', 'appearance.js', 'bandeja-embed.css', 'bandeja-embed.js', 'bandeja-embed_bg.wasm', 'bandeja-worker.js',
      'bandeja-worker_bg.wasm', 'closing.js', 'connect.js', 'connection.js', 'elements.js', 'frame-page.js', 'frame.js',
      'handshake.js', 'inbox.js', 'line.js', 'program.js', 'session.js', 'settings.js', 'shape.js', 'unread.js'].map((name) => `lib/${name}`),
    'package.json', 'react.d.ts', 'server.js', 'vue.d.ts',
  ]);
});

test('the package brings the frame for pages that forbid WebAssembly', async ({ host, site, server, conversation }) => {
  const story = await conversation({ owner: 'ana' });
  site.forbidsWasm = true;
  // A place of the host without an inbox of its own.
  const page = await host('/clientes');
  await loadFrames(page.page);
  await page.page.evaluate((base) => {
    const frame = document.createElement('bandeja-frame') as any;
    frame.getToken = async () => (await fetch('/crm/inbox-token?user=ana')).text();
    frame.setAttribute('api-base', base);
    document.querySelector('main')!.append(frame);
  }, server.url);
  await page.wasTold('ready ana@demo.test');
  const inside = page.page.frameLocator('bandeja-frame iframe');
  await expect(inside.getByRole('row').filter({ hasText: story.name })).toBeVisible();
});

test('the types of what the server sends have the fields of the contract', () => {
  const types = readFileSync(join(root, 'npm/index.d.ts'), 'utf8');
  const { schemas } = read(join(root, 'public/openapi.json')).components;
  for (const name of ['Contact', 'Conversation', 'LastMessage', 'Close', 'BulkJob', 'SessionUser']) {
    const body = new RegExp(`interface ${name} \\{\\n(.*?)\\n\\}`, 's').exec(types)![1]!;
    const fields = [...body.matchAll(/^  (\w+)\??:/gm)].map((found) => found[1]!);
    expect(fields.sort(), name).toEqual(Object.keys(schemas[name].properties).sort());
  }
});
