/** What the server that stands for Google says, asked by hand: in each transport, and by scenario. */
import { expect, test } from 'vitest';
import { API_KEY } from '../../support/google-server/start.ts';
import { SCENARIOS } from '../../support/google-server/scenarios.ts';
import { makePicture } from '../../support/paid-provider/wares.ts';
import { useGoogleTest } from './support.ts';

const google = useGoogleTest();
const PICTURE = makePicture('any', { width: 320, height: 180 }).toString('base64');

const ask = (method: string, path: string, body?: object) =>
  fetch(new URL(path, google.server.url), {
    method,
    headers: { 'x-goog-api-key': API_KEY, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });

/** Reads the body: one that is left ends the process (Node 24's undici). */
const statusOf = async (path: string): Promise<number> => {
  const response = await ask('GET', path);
  await response.arrayBuffer();
  return response.status;
};

const order = (sentence: string, more: object = {}) => ({
  model: 'gemini-omni-1.1-flash',
  input: [
    { type: 'image', data: PICTURE, mime_type: 'image/png' },
    { type: 'text', text: `@Image1 The camera rests: ${sentence}` },
  ],
  response_format: {
    type: 'video',
    aspect_ratio: '16:9',
    duration: '3s',
    resolution: '360p',
    delivery: 'uri',
  },
  ...more,
});

type Told = {
  id: string;
  status: string;
  steps?: { content?: { uri?: string }[] }[];
  error?: { message: string };
};

const create = async (sentence: string, more: object = {}) => {
  const response = await ask('POST', '/v1beta/interactions', order(sentence, more));
  return { status: response.status, told: (await response.json()) as Told };
};
const read = async (id: string) => {
  const response = await ask('GET', `/v1beta/interactions/${id}?stream=false`);
  return { status: response.status, told: (await response.json()) as Told };
};
const eventsOf = async (response: Response) =>
  (await response.text())
    .split('\n\n')
    .flatMap((event) => /^data: (\{.*)$/m.exec(event)?.[1] ?? [])
    .map((data) => JSON.parse(data) as { event_type: string; event_id: string; interaction?: Told });

test('an interaction is asked for in the background, held, or as a stream that is gone on with', async () => {
  const background = await create('A fox waits.', { background: true });
  expect(background.told.status).toBe('in_progress');
  expect((await read(background.told.id)).told.status).toBe('completed');

  const held = await create('A fox is held.');
  expect(held.told).toMatchObject({ status: 'completed' });
  expect(held.told.steps?.at(-1)?.content?.[0]?.uri).toMatch(/files\/clip-.+:download/);

  const stream = await ask('POST', '/v1beta/interactions', order('A fox streams.', { stream: true }));
  const events = await eventsOf(stream);
  expect(events.map(({ event_type: type }) => type)).toEqual([
    'interaction.created',
    'interaction.status_update',
    'step.start',
    'step.delta',
    'step.stop',
    'interaction.completed',
  ]);
  const id = events[0]?.interaction?.id;
  const rest = await ask('GET', `/v1beta/interactions/${id}?stream=true&last_event_id=3`);
  expect((await eventsOf(rest)).map((event) => event.event_id)).toEqual(['4', '5', '6']);
});

test('what was asked for in the background cannot be read with a key, where that is how Google is', async () => {
  const { told } = await create('A fox hides.', { background: true });
  const held = await create('A fox shows itself.');
  await google.server.world({ readsBackground: false });
  const refused = await read(told.id);
  const allowed = await read(held.told.id);
  await google.server.world({ readsBackground: true });
  expect(refused).toMatchObject({
    status: 400,
    told: { error: { message: 'Multiple authentication credentials received. Please pass only one.' } },
  });
  expect(allowed.status).toBe(200);
});

test('a file is PROCESSING for a while after its clip is done, and not to be had before', async () => {
  await google.server.world({ fileMs: 60_000 });
  const { told } = await create('A fox develops.');
  const file = /files\/[^:]+/.exec(told.steps?.at(-1)?.content?.[0]?.uri ?? '')?.[0];
  const state = async () => ((await (await ask('GET', `/v1beta/${file}`)).json()) as { state: string }).state;
  expect(await state()).toBe('PROCESSING');
  expect(await statusOf(`/v1beta/${file}:download?alt=media`)).toBe(400);
  await google.server.world({ fileMs: 0 });
  expect(await state()).toBe('ACTIVE');
  expect(await statusOf(`/v1beta/${file}:download?alt=media`)).toBe(200);
});

test('a dead model is not found, and nothing is bought of it', async () => {
  await google.server.world({ deadModels: ['gemini-omni-1.1-flash'] });
  const before = (await google.server.ledger()).length;
  const { status } = await create('A fox is late.');
  const described = await statusOf('/v1beta/models/gemini-omni-1.1-flash');
  await google.server.world({ deadModels: [] });
  expect([status, described]).toEqual([404, 404]);
  expect(await google.server.ledger()).toHaveLength(before);
});

test.each(SCENARIOS.filter(({ at, name }) => at === 'POLL' && !/veo/i.test(name)))(
  'a clip comes to $name',
  async (scenario) => {
    const sentence = `A fox meets ${scenario.name.replaceAll(/\W+/g, ' ')}.`;
    await google.server.play({ scenario, subject: sentence });
    const { told } = await create(sentence, { background: true });
    const { status, told: read1 } = await read(told.id);
    expect(status).toBe(scenario.says[0]?.status);
    expect(JSON.stringify(read1)).not.toContain('REDACTED');
    const [entry] = (await google.server.ledger()).slice(-1);
    expect({ isKnown: entry?.isKnown, isCharged: entry?.chargedMicroUsd !== 0 }).toEqual({
      isKnown: scenario.money !== 'NOBODY_KNOWS',
      isCharged: scenario.money === 'SOLD',
    });
    const after = await read(told.id);
    expect(after.status === 200 && after.told.status === 'completed').toBe(
      scenario.passes === true || read1.status === 'completed',
    );
  },
);

test('what is refused at the door is no purchase, and on the list of refusals', async () => {
  await google.server.play({ scenario: 'omni/post-429-daily', subject: 'A fox is too many.' });
  const before = (await google.server.ledger()).length;
  expect(await create('A fox is too many.')).toMatchObject({
    status: 429,
    told: { error: { code: 'quota_exceeded' } },
  });
  expect(await google.server.ledger()).toHaveLength(before);
  expect(await google.server.refusals()).toContainEqual({
    call: 'SUBMIT',
    subject: 'A fox is too many.',
    scenario: 'omni/post-429-daily',
  });
});

test('chance is drawn from a seed: the same in any order, and as often as was said', async () => {
  const struck = async (sentences: string[]) => {
    await google.server.play({ scenario: 'omni/post-429-daily', probability: 0.3 });
    const answers = new Map<string, number>();
    for (const sentence of sentences) answers.set(sentence, (await create(sentence)).status);
    await google.server.clearScenarios();
    return answers;
  };
  const sentences = Array.from({ length: 30 }, (_, index) => `A fox counts to ${index}.`);
  await google.server.world({ seed: 'one' });
  const there = await struck(sentences);
  await google.server.world({ seed: 'one' });
  const back = await struck(sentences.toReversed());
  expect(Object.fromEntries(back)).toEqual(Object.fromEntries(there));
  const times = [...there.values()].filter((status) => status === 429).length;
  expect(times).toBeGreaterThan(2);
  expect(times).toBeLessThan(18);
});
