/** What live subscriptions keep as long as they live has a bound, whoever asks. */
import { createClient } from 'graphql-ws';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { KeptBytes } from '../../src/api/live/kept-bytes.ts';
import { parseDocument } from '../../src/graphql/parse-document.ts';
import { useTestApi } from '../support/test-api.ts';

const MEBIBYTE = 1_024 * 1_024;
const api = useTestApi({ limits: { maxKeptBytes: MEBIBYTE } });

type Kept = { event: { __typename: string } };

/** Four bytes for each character of its end, which nobody reads: it came, and is kept with the document. */
const subscribe = (characters: number) =>
  api.connect().iterate<Kept>({
    query: `subscription { event: workspaceEvents { __typename } } # ${'x'.repeat(characters)}`,
  });

test('a subscription for which there is no room is refused, and has one once another has ended', async () => {
  const first = subscribe(100_000);
  const second = subscribe(100_001);
  const marker = { value: { data: { event: { __typename: 'SnapshotMarker' } } } };
  expect(await first.next()).toMatchObject(marker);
  expect(await second.next()).toMatchObject(marker);
  expect(await subscribe(100_002).next()).toMatchObject({
    value: { errors: [{ extensions: { code: 'TOO_MANY_OPERATIONS' } }] },
  });
  // Small ones still fit.
  expect(await subscribe(10).next()).toMatchObject(marker);

  await first.return?.();
  await expect
    .poll(
      () =>
        subscribe(100_003)
          .next()
          .catch(() => null),
      { timeout: 20_000 },
    )
    .toMatchObject(marker);
});

test('an operation whose id is long is refused: it would go with each event', async () => {
  const client = createClient({
    url: `${api.api.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    generateID: () => 'x'.repeat(257),
  });
  const events = client.iterate({ query: 'subscription { workspaceEvents { __typename } }' });
  await expect(events.next()).rejects.toMatchObject([
    { extensions: { code: 'INVALID_INPUT', issues: [{ path: ['id'] }] } },
  ]);
  await client.dispose();
});

const documentOf = (text: string) => parseDocument(text, 10_000);
const dense = (name: string) => documentOf(`{ ${`${name} `.repeat(100)}}`);

describe('of the memory that may be kept', () => {
  test('a document that many share takes its part once', () => {
    const kept = new KeptBytes(80_000);
    const document = dense('a');
    for (let count = 0; count < 1_000; count += 1) expect(kept.keep(null, document, {})).not.toBeNull();
    expect(kept.keep(null, dense('b'), {})).toBeNull();
  });

  test('one API key may have a quarter, which others do not take', () => {
    const kept = new KeptBytes(4 * 80_000);
    expect(kept.keep('one', dense('a'), {})).not.toBeNull();
    expect(kept.keep('one', dense('b'), {})).toBeNull();
    expect(kept.keep('two', dense('b'), {})).not.toBeNull();
  });

  test('what has ended takes none', () => {
    const kept = new KeptBytes(80_000);
    for (let count = 0; count < 100; count += 1) {
      const forget = kept.keep('one', documentOf(`{ a } # ${count}`), { variables: 'x'.repeat(5_000) });
      expect(forget).not.toBeNull();
      forget?.();
    }
  });
});
