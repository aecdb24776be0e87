/** What the package says of itself is what is in it. */
import { Ajv } from 'ajv';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
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

test('the manifest names what the elements have, and the types name their events', async ({ host }) => {
  const page = await host();
  const types = readFileSync(join(root, 'npm/index.d.ts'), 'utf8');
  for (const tag of ['bandeja-inbox', 'bandeja-unread']) {
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

test('the types of what the server sends have the fields of the contract', () => {
  const types = readFileSync(join(root, 'npm/index.d.ts'), 'utf8');
  const { schemas } = read(join(root, 'public/openapi.json')).components;
  for (const name of ['Contact', 'Conversation', 'LastMessage', 'Close', 'BulkJob', 'SessionUser']) {
    const body = new RegExp(`interface ${name} \\{\\n(.*?)\\n\\}`, 's').exec(types)![1]!;
    const fields = [...body.matchAll(/^  (\w+)\??:/gm)].map((found) => found[1]!);
    expect(fields.sort(), name).toEqual(Object.keys(schemas[name].properties).sort());
  }
});
