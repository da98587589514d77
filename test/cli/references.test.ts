/** Reference images from the command line. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pngOf } from '../support/pictures.ts';
import { newDataDir, runVidpipe, serveVidpipe } from '../support/vidpipe-process.ts';

let server: Awaited<ReturnType<typeof serveVidpipe>>;
let picture: string;
beforeAll(async () => {
  server = await serveVidpipe();
  picture = path.join(newDataDir(), 'loaf.png');
  writeFileSync(picture, pngOf());
});
afterAll(() => server.stop());

const FILM = ['generate', 'A baker opens her shop.', '--clip-duration', '1', '--duration', '1'];
const vidpipe = (...args: string[]) => runVidpipe([...FILM, ...args], server.env);

async function ask<Data>(query: string): Promise<Data> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(server.url ?? '', {
    method: 'POST',
    headers,
    body: JSON.stringify({ query }),
  });
  return ((await response.json()) as { data: Data }).data;
}

const count = () => ask<object>('{ projects { totalCount } }');

test('are added before the film is launched, by name and kind', { tags: 'long' }, async () => {
  const { code, stderr } = await vidpipe('--character', `Mara, the baker=${picture}`, '--product', picture);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  const query = '{ projects(first: 1) { edges { node { status referenceImages { name kind } } } } }';
  expect(await ask(query)).toEqual({
    projects: {
      edges: [
        {
          node: {
            status: 'COMPLETE',
            referenceImages: [
              { name: 'Mara, the baker', kind: 'CHARACTER' },
              { name: 'loaf', kind: 'PRODUCT' },
            ],
          },
        },
      ],
    },
  });
});

test.each([
  [['--product', 'README.md'], /^--product: Must be a PNG or a JPEG/],
  [['--product', 'nothing.png'], /^--product: cannot read nothing\.png \(ENOENT\)\.$/],
  [
    ['--clips-from', 'reference-images'],
    /^--clips-from: reference-images need a --character or a --product\.$/,
  ],
])('%j is refused by name, and leaves no project', { tags: 'long' }, async (args, message) => {
  const before = await count();
  const { code, stdout, stderr } = await vidpipe(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr.trim()).toMatch(message);
  expect(await count()).toEqual(before);
});

test(
  'of clips that the provider films from frames alone are refused, and leave no project',
  { tags: 'long' },
  async () => {
    const { code, stderr } = await vidpipe('--character', picture, '--clips-from', 'reference-images');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^--clips-from: .+ films from a first and a last frame alone/);
  },
);
