import { readdir } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { FailureOutcome, ProviderError } from '../../../src/providers/provider-error.ts';
import { temporaryFolder } from '../temporary/folder.ts';
import { customerOf } from './customer.ts';
import type { Trouble } from './protocol.ts';
import { type PaidProviderProcess, startPaidProvider } from './start.ts';

let server: PaidProviderProcess;
let directory: string;
let patient: ReturnType<typeof customerOf>;
let hasty: ReturnType<typeof customerOf>;

beforeAll(async () => {
  directory = temporaryFolder('paid-test');
  server = await startPaidProvider();
  await server.settings({ operationMs: 0 });
  patient = customerOf(server.url, directory);
  hasty = customerOf(server.url, directory, { timeLimitSeconds: 0.5 });
  await patient.film('A first film, so that others are quick.', 'first.mp4');
});
afterAll(async () => {
  await server.stop();
});

let subjects = 0;
const newSubject = () => `A crow calls on the hill number-${(subjects += 1)}-.`;
const bought = async (subject: string) =>
  (await server.ledger()).filter((entry) => entry.subject.includes(subject));

/** Who waits only where there is nothing to wait for. */
const customerFor = ({ kind }: Trouble) => (kind === 'HANG' || kind === 'SLOW' ? hasty : patient);

type Row = [name: string, trouble: Trouble, outcome: FailureOutcome, bill: number];

/** What trouble means for the next call, and how much was bought meanwhile. */
const OF_PAID_CALLS: Row[] = [
  ['429', { kind: 'STATUS', status: 429 }, 'NOT_ACCEPTED', 0],
  ['503', { kind: 'STATUS', status: 503 }, 'NOT_ACCEPTED', 0],
  ['403', { kind: 'STATUS', status: 403 }, 'REFUSED', 0],
  ['500', { kind: 'STATUS', status: 500 }, 'UNKNOWN', 0],
  ['500 after acceptance', { kind: 'STATUS', status: 500, accepted: true }, 'UNKNOWN', 1],
  ['reset', { kind: 'RESET' }, 'UNKNOWN', 0],
  ['reset after acceptance', { kind: 'RESET', accepted: true }, 'UNKNOWN', 1],
  ['no answer', { kind: 'HANG' }, 'UNKNOWN', 0],
  ['no answer after acceptance', { kind: 'HANG', accepted: true }, 'UNKNOWN', 1],
  ['malformed answer', { kind: 'MALFORMED' }, 'UNKNOWN', 1],
  ['answer cut short', { kind: 'CUT' }, 'UNKNOWN', 1],
  ['late answer', { kind: 'SLOW', delayMs: 1_000 }, 'UNKNOWN', 1],
];

describe.each(['STORYBOARD', 'KEYFRAME', 'SUBMIT'] as const)('a paid call: %s', (call) => {
  const ask = (customer: typeof patient, subject: string): Promise<unknown> => {
    if (call === 'STORYBOARD') return customer.storyboard(subject);
    return call === 'KEYFRAME' ? customer.keyframe(subject) : customer.clip(subject);
  };

  test.concurrent.each(OF_PAID_CALLS)('%s', async (_name, trouble, outcome, bill) => {
    const subject = newSubject();
    await server.fault({ call, subject, ...trouble });
    const failing = ask(customerFor(trouble), subject);
    await expect(failing).rejects.toMatchObject({ code: 'PROVIDER_FAILED', outcome });
    expect(await bought(subject)).toHaveLength(bill);
    await ask(patient, subject);
    expect(await bought(subject)).toHaveLength(bill + 1);
  });
});

/** Asking costs nothing: it may be done again after anything but a verdict. */
const OF_FREE_CALLS = OF_PAID_CALLS.map(
  ([name, trouble, outcome]) => [name, trouble, outcome === 'UNKNOWN' ? 'NOT_ACCEPTED' : outcome] as const,
);

describe.each(['POLL', 'DOWNLOAD', 'CANCEL'] as const)('a free call: %s', (call) => {
  const ask = (customer: typeof patient, operationName: string): Promise<unknown> => {
    const id = operationName.replace('operations/', '');
    if (call === 'DOWNLOAD') return customer.download(`files/${id}`, `${id}.mp4`);
    return call === 'POLL' ? customer.poll(operationName) : customer.cancel(operationName);
  };

  test.concurrent.each(OF_FREE_CALLS)('%s', async (_name, trouble, outcome) => {
    const subject = newSubject();
    const operationName = await patient.clip(subject);
    await server.fault({ call, subject, ...trouble });
    const failing = ask(customerFor(trouble), operationName);
    await expect(failing).rejects.toMatchObject({ code: 'PROVIDER_FAILED', outcome });
    await ask(patient, operationName);
    expect(await bought(subject)).toHaveLength(1);
  });
});

test('a provider asks for time with Retry-After', async () => {
  const subject = newSubject();
  const busy = { kind: 'STATUS', status: 429, retryAfterSeconds: 7 } as const;
  await server.fault({ call: 'SUBMIT', subject, ...busy });
  await expect(patient.clip(subject)).rejects.toMatchObject({ retryAfterSeconds: 7 });
});

test('an expired file is a verdict, and leaves nothing behind', async () => {
  const subject = newSubject();
  const operation = await patient.end(await patient.clip(subject));
  const uri = operation.verdict === 'FILM' ? operation.uri : '';
  for (const status of [404, 410]) {
    await server.fault({ call: 'DOWNLOAD', subject, kind: 'STATUS', status });
    await expect(patient.download(uri, 'gone.mp4')).rejects.toMatchObject({ outcome: 'REFUSED' });
  }
  await server.fault({ call: 'DOWNLOAD', subject, kind: 'CUT' });
  await expect(patient.download(uri, 'gone.mp4')).rejects.toMatchObject({ outcome: 'NOT_ACCEPTED' });
  await server.fault({ call: 'DOWNLOAD', subject, kind: 'MALFORMED' });
  await expect(patient.download(uri, 'gone.mp4')).rejects.toMatchObject({ outcome: 'NOT_ACCEPTED' });
  expect(await readdir(directory)).not.toContain('gone.mp4');
});

test('a slow answer comes after its delay', async () => {
  const subject = newSubject();
  await server.fault({ call: 'SUBMIT', subject, kind: 'SLOW', delayMs: 200 });
  const started = performance.now();
  await patient.clip(subject);
  expect(performance.now() - started).toBeGreaterThan(195);
  expect(await bought(subject)).toHaveLength(1);
});

test('a fault strikes its own call and subject, as often as it was told to', async () => {
  const [subject, other] = [newSubject(), newSubject()];
  await server.fault({ call: 'SUBMIT', subject, kind: 'STATUS', status: 503, times: 2 });
  await patient.clip(other);
  await patient.keyframe(subject);
  await expect(patient.clip(subject)).rejects.toThrow('503');
  await expect(patient.clip(subject)).rejects.toThrow('503');
  await patient.clip(subject);
});

test('a fault with a probability strikes without end, until it is forgotten', async () => {
  const subject = newSubject();
  await server.fault(
    { call: 'SUBMIT', subject, kind: 'STATUS', status: 500, probability: 0 },
    { call: 'SUBMIT', subject, kind: 'STATUS', status: 503, probability: 1 },
  );
  for (let time = 0; time < 5; time += 1) await expect(patient.clip(subject)).rejects.toThrow('503');
  await server.clearFaults();
  await patient.clip(subject);
});

test('a fault that makes no sense is refused', async () => {
  await expect(server.fault({ call: 'POLL', kind: 'ENDS', end: 'FAILED' })).rejects.toThrow('Only a SUBMIT');
});

test('whatever breaks and crashes: a name is one purchase, NOT_ACCEPTED none, UNKNOWN one at most', async () => {
  const first = await startPaidProvider();
  const { url, port, ledgerFile: ledger } = first;
  let crashing = first;
  const customer = customerOf(url, directory, { timeLimitSeconds: 1 });
  onTestFinished(async () => {
    await crashing.stop();
    await first.stop();
  });
  const ends = new Map<string, string>();
  const buy = async () => {
    const subject = newSubject();
    const end = await customer.clip(subject).then(
      () => 'NAME',
      (error: ProviderError) => error.outcome,
    );
    ends.set(subject, end);
  };

  for (let crash = 0; crash < 4; crash += 1) {
    await crashing.fault(
      { call: 'SUBMIT', kind: 'RESET', probability: 0.2 },
      { call: 'SUBMIT', kind: 'RESET', accepted: true, probability: 0.2 },
      { call: 'SUBMIT', kind: 'STATUS', status: 503, probability: 0.2 },
      { call: 'SUBMIT', kind: 'SLOW', delayMs: 50, probability: 0.5 },
    );
    const buying = Array.from({ length: 40 }, () => setTimeout(Math.random() * 300).then(buy));
    await setTimeout(150);
    await crashing.kill();
    await Promise.all(buying);
    crashing = await startPaidProvider({ ledger, port });
  }

  const ledgered = Map.groupBy(await crashing.ledger(), ({ subject }) => subject);
  const billsOf = (end: string) =>
    new Set(
      [...ends].filter(([, each]) => each === end).map(([subject]) => ledgered.get(subject)?.length ?? 0),
    );
  expect(billsOf('NAME')).toEqual(new Set([1]));
  expect(billsOf('NOT_ACCEPTED')).toEqual(new Set([0]));
  expect(billsOf('UNKNOWN')).toEqual(new Set([0, 1]));
});
