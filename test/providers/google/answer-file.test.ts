/** What may stand in a file of answers, and what may not. */
import { expect, test } from 'vitest';
import { keepExchanges, transportOf } from '../../../src/providers/google/answers/answer-file.ts';
import { makePicture } from '../../support/paid-provider/wares.ts';

const KEY = 'AQ.secret-key-0123456789';
const WHOSE = { secrets: [KEY], project: 'my-studio-42', folders: ['/somewhere/of/mine'] };
const noFilm = () => Promise.resolve(null);
const FILM = Buffer.from('\0\0\0\u0020ftypisom and more');
const film = (bytes: Buffer) =>
  Promise.resolve(bytes.equals(FILM) ? { width: 640, height: 360, durationSeconds: 3 } : null);

const exchange = (more: object) => ({
  method: 'GET',
  url: 'https://generativelanguage.googleapis.com/v1beta/x',
  requestBody: null,
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from('{}'),
  seconds: 1.234,
  ...more,
});
const json = (value: unknown) => Buffer.from(JSON.stringify(value));

test('no key, project, account, bucket or path is in it, wherever it stood', async () => {
  const told = `Key ${KEY} of projects/my-studio-42/locations/global, project_number:123456789012, by robot@my-studio-42.iam.gserviceaccount.com, in /home/mara/films and /somewhere/of/mine, Bearer abc.def`;
  const kept = await keepExchanges(
    [
      exchange({
        url: `https://aiplatform.googleapis.com/v1beta1/projects/my-studio-42/locations/global/interactions?key=${KEY}`,
        headers: { 'content-type': 'application/json', 'set-cookie': 'NID=1', 'x-goog-account': 'mara' },
        body: json({ error: { message: told }, uri: 'gs://maras-films/private folder/1/sample_0.mp4' }),
      }),
      exchange({
        url: 'https://storage.googleapis.com/storage/v1/b/maras-films/o/private%20folder%2F1%2Fsample_0.mp4?alt=media',
      }),
    ],
    WHOSE,
    noFilm,
  );
  const text = JSON.stringify(kept);
  expect(text).not.toMatch(/AQ\.|my-studio|123456789012|robot@|mara|private|\/somewhere|abc\.def|NID/);
  expect(kept[0]?.headers).toEqual({
    'content-type': 'application/json',
    'set-cookie': '[left out]',
    'x-goog-account': '[left out]',
  });
  // What is fetched is still what was told.
  expect(kept[0]?.body).toMatchObject({ uri: 'gs://B/O1' });
  expect(kept[1]?.path).toBe('/storage/v1/b/B/o/O1?alt=media');
});

test('ids are renamed in one way throughout, so that the answers can be played again', async () => {
  const kept = await keepExchanges(
    [
      exchange({ method: 'POST', url: 'https://g/v1beta/interactions', body: json({ id: 'v1_Chd0aGVJZA' }) }),
      exchange({
        url: 'https://g/v1beta/interactions/v1_Chd0aGVJZA?stream=false',
        body: json({ id: 'v1_Chd0aGVJZA', uri: 'https://g/v1beta/files/abc123def456:download?alt=media' }),
      }),
      exchange({ url: 'https://g/v1beta/files/abc123def456' }),
    ],
    WHOSE,
    noFilm,
  );
  expect(kept.map(({ path }) => path)).toEqual([
    '/v1beta/interactions',
    '/v1beta/interactions/v1_interaction-1?stream=false',
    '/v1beta/files/file-1',
  ]);
  expect(kept[1]?.body).toMatchObject({
    id: 'v1_interaction-1',
    uri: 'https://g/v1beta/files/file-1:download?alt=media',
  });
});

test('films and pictures are their hash, size and a stand-in; long ciphers their length', async () => {
  const picture = makePicture('a pond', { width: 1376, height: 768 });
  const kept = await keepExchanges(
    [
      exchange({
        body: json({ inlineData: { data: picture.toString('base64') }, thoughtSignature: 'A'.repeat(4_000) }),
      }),
      exchange({ headers: { 'content-type': 'video/mp4' }, body: FILM }),
    ],
    WHOSE,
    film,
  );
  const sha256 = expect.stringMatching(/^[0-9a-f]{64}$/);
  expect(kept[0]?.body).toEqual({
    inlineData: {
      data: {
        $shortened: {
          kind: 'PICTURE',
          sha256,
          bytes: picture.length,
          size: { width: 1376, height: 768 },
          durationSeconds: null,
          picture: expect.any(String),
        },
      },
    },
    thoughtSignature: { $shortened: expect.objectContaining({ kind: 'BYTES', bytes: 3_000 }) },
  });
  expect(kept[1]?.body).toEqual({
    $shortened: expect.objectContaining({
      kind: 'FILM',
      size: { width: 640, height: 360 },
      durationSeconds: 3,
      bytes: FILM.length,
    }),
  });
  expect(JSON.stringify(kept).length).toBeLessThan(40_000);
});

test('events of a stream are kept one by one, and tell by which transport Omni was asked', async () => {
  const events = 'event: a\ndata: {"event_type":"interaction.created"}\n\ndata: [DONE]\n\n';
  const order = { method: 'POST', url: 'https://g/v1beta/interactions' };
  const asked = async (request: object) =>
    keepExchanges(
      [
        exchange({
          ...order,
          requestBody: json(request),
          headers: { 'content-type': 'text/event-stream' },
          body: Buffer.from(events),
        }),
      ],
      WHOSE,
      noFilm,
    );
  expect((await asked({ stream: true }))[0]?.body).toEqual({
    events: [{ event_type: 'interaction.created' }, '[DONE]'],
  });
  expect(transportOf(await asked({ stream: true }))).toBe('stream');
  expect(transportOf(await asked({ background: true }))).toBe('background');
  expect(transportOf(await asked({}))).toBe('hold');
});
