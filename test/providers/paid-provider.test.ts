/** The judge of "never pay twice" must itself be right; `test/support/paid-provider/faults.long.test.ts` holds its faults. */
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadImage } from '@napi-rs/canvas';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { probe } from '../../src/media/read/probe.ts';
import { stitch } from '../../src/media/stitch/stitch.ts';
import { storyboardAnswer } from '../../src/providers/storyboard-answer.ts';
import { customerOf } from '../support/paid-provider/customer.ts';
import { type PaidProviderProcess, startPaidProvider } from '../support/paid-provider/start.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';

let server: PaidProviderProcess;
let directory: string;
let customer: ReturnType<typeof customerOf>;

beforeAll(async () => {
  directory = temporaryFolder('paid-test');
  server = await startPaidProvider();
  await server.settings({ operationMs: 0 });
  customer = customerOf(server.url, directory);
});
afterAll(async () => {
  await server.stop();
});

let subjects = 0;
const newSubject = () => `A fox wakes in the wood number-${(subjects += 1)}-.`;
const bought = async (subject: string, from = server) =>
  (await from.ledger()).filter((entry) => entry.subject.includes(subject));
const only = async (subject: string, from = server) => {
  const entries = await bought(subject, from);
  expect(entries).toHaveLength(1);
  return entries[0];
};

describe('the ledger', () => {
  test('has each purchase once, with what it was bought for', async () => {
    const subject = newSubject();
    await customer.storyboard(subject);
    await customer.keyframe(subject, 'START');
    await customer.keyframe(subject, 'END', join(directory, 'START.png'));
    const operationName = await customer.clip(subject);
    const sha256 = expect.stringMatching(/^[0-9a-f]{64}$/);
    expect(await bought(subject)).toMatchObject([
      { kind: 'STORYBOARD', subject, promptHash: sha256, operationName: null, state: null },
      { kind: 'KEYFRAME', subject: `START ${subject}`, pictures: [] },
      { kind: 'KEYFRAME', subject: `END ${subject}`, pictures: [sha256] },
      { kind: 'CLIP', subject, pictures: [sha256, sha256], operationName, refunded: false },
    ]);
  });

  test('tells the same bought twice from different things', async () => {
    const [subject, other] = [newSubject(), newSubject()];
    for (const each of [subject, subject, other]) await customer.clip(each);
    const [first, second] = await bought(subject);
    expect(second?.promptHash).toBe(first?.promptHash);
    expect((await only(other))?.promptHash).not.toBe(first?.promptHash);
  });

  test('survives kill -9, and operations and settings with it', { tags: 'long' }, async () => {
    const first = await startPaidProvider();
    await first.settings({ operationMs: 0, cancels: false });
    const subject = newSubject();
    const before = customerOf(first.url, directory);
    const operationName = await before.clip(subject);
    await before.poll(operationName);
    await first.kill();
    await expect(before.clip(subject)).rejects.toMatchObject({ outcome: 'NOT_ACCEPTED' });

    await appendFile(first.ledgerFile, '{"event":"BOUGHT","purch');
    const again = await startPaidProvider({ ledger: first.ledgerFile, port: first.port });
    expect(await only(subject, again)).toMatchObject({ operationName, state: 'DONE', polls: 1 });
    expect(await before.poll(operationName)).toMatchObject({ verdict: 'FILM' });
    expect(await before.cancel(await before.clip(subject))).toBeNull();
    expect(await bought(subject, again)).toHaveLength(2);
    await again.stop();
    await first.stop();
  });
});

describe('an operation', () => {
  test('runs as long as it was told to, and its polls are counted', async () => {
    await server.settings({ operationMs: 1_000 });
    const subject = newSubject();
    const started = performance.now();
    const operationName = await customer.clip(subject);
    await server.settings({ operationMs: 0 });
    expect(await customer.poll(operationName)).toEqual({ verdict: 'STILL_WORKING' });
    expect(await only(subject)).toMatchObject({ state: 'RUNNING', polls: 1 });
    expect(await customer.end(operationName)).toMatchObject({ verdict: 'FILM' });
    expect(performance.now() - started).toBeGreaterThan(990);
    expect((await only(subject))?.polls).toBeGreaterThan(1);
  });

  test('delivers a film that joins by copying', { tags: 'long' }, async () => {
    const subject = newSubject();
    const clip = await customer.film(subject, 'one.mp4');
    expect(await probe(clip)).toMatchObject({
      videoCodec: 'h264',
      audioCodec: 'aac',
      width: 320,
      height: 180,
      durationSeconds: 1,
      frameRate: 24,
    });
    const joined = await stitch({
      clips: [clip, await customer.film(subject, 'two.mp4')],
      toFile: join(directory, 'film.mp4'),
      crossfadeSeconds: 0,
      size: { width: 320, height: 180 },
      titles: [],
    });
    expect(joined).toMatchObject({ method: 'COPY', durationSeconds: 2 });
    expect((await bought(subject)).map(({ downloads }) => downloads)).toEqual([1, 1]);
  });

  test.each([true, false])('that the filter ended is paid back: %s', async (refundsFiltered) => {
    await server.settings({ refundsFiltered });
    const subject = newSubject();
    await server.fault({ call: 'SUBMIT', subject, kind: 'ENDS', end: 'FILTERED' });
    expect(await customer.end(await customer.clip(subject))).toMatchObject({ verdict: 'REFUSED_BY_SAFETY' });
    expect(await only(subject)).toMatchObject({ state: 'FILTERED', refunded: refundsFiltered });
    await server.settings({ refundsFiltered: true });
  });

  test('that failed says why, and is free', async () => {
    const subject = newSubject();
    await server.fault({ call: 'SUBMIT', subject, kind: 'ENDS', end: 'FAILED' });
    const operation = await customer.end(await customer.clip(subject));
    const bill = { usage: null, isFree: true };
    expect(operation).toEqual({ verdict: 'REFUSED_AS_ASKED', words: 'The model failed.', bill });
    expect(await only(subject)).toMatchObject({ state: 'FAILED', refunded: false });
  });

  test('that never ends can be cancelled, once and where that is possible', async () => {
    const subject = newSubject();
    await server.fault({ call: 'SUBMIT', subject, kind: 'ENDS', end: 'NEVER' });
    const operationName = await customer.clip(subject);
    await server.settings({ cancels: false });
    expect(await customer.cancel(operationName)).toBeNull();
    expect(await customer.poll(operationName)).toEqual({ verdict: 'STILL_WORKING' });
    await server.settings({ cancels: true });
    expect(await customer.cancel(operationName)).toEqual({ usage: null, isFree: true });
    expect(await customer.cancel(operationName)).toBeNull();
    expect(await customer.poll(operationName)).toMatchObject({ verdict: 'REFUSED_AS_ASKED' });
    expect(await only(subject)).toMatchObject({ state: 'CANCELLED', refunded: false });
  });
});

test('a keyframe is a picture of the size that clips have', async () => {
  const { width, height, mimeType } = await customer.keyframe(newSubject());
  expect({ width, height, mimeType }).toEqual({ width: 320, height: 180, mimeType: 'image/png' });
  expect(await loadImage(join(directory, 'START.png'))).toMatchObject({ width, height });
});

test('a storyboard has a scene for each sentence, whose words are in its prompts and in no other', async () => {
  const sentences = [newSubject(), newSubject()];
  const { scenes } = storyboardAnswer.parse(await customer.storyboard(sentences.join(' ')));
  expect(scenes.map((scene) => scene.scene_description)).toEqual(sentences);
  for (const [index, { scene_index: at, ...scene }] of scenes.entries()) {
    expect(at).toBe(index);
    for (const words of Object.values(scene)) expect(words).toContain(sentences[index]);
  }
});

test('a call that is called off rejects with the reason, a submit’s time limit with UNKNOWN', async () => {
  const subject = newSubject();
  await server.fault(
    { call: 'STORYBOARD', subject, kind: 'HANG' },
    { call: 'SUBMIT', subject, kind: 'HANG' },
  );
  const reason = new Error('called off');
  const soon = () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(reason), 100);
    return stop.signal;
  };
  await expect(customer.storyboard(subject, soon())).rejects.toBe(reason);
  await expect(customer.clip(subject, soon())).rejects.toMatchObject({ outcome: 'UNKNOWN', cause: reason });
});
