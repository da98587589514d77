import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Aside, moduleBeside } from '../../src/platform/aside/aside.ts';
import { type Done, Lane } from '../../src/platform/aside/lane.ts';

const BURN = moduleBeside(import.meta.url, './support/burn.task');
const ONE = { whose: 'one', bytes: 1 };
const burn = (aside: Aside, milliseconds: number) => aside.do<string>(BURN, { milliseconds }, ONE);

test('the event loop goes on while a job is done aside', async () => {
  const aside = new Aside({ lane: new Lane({ rest: 0 }) });
  await aside.warm(BURN);
  let rounds = 0;
  const counting = setInterval(() => (rounds += 1), 5);
  await burn(aside, 200);
  clearInterval(counting);
  expect(rounds).toBeGreaterThan(5);
});

/** Holds the event loop up. */
function hold(): void {
  const from = performance.now();
  while (performance.now() - from < 20);
}

test('what is then done on the event loop counts ten times', async () => {
  const aside = new Aside({ lane: new Lane({ rest: 1 }) });
  await aside.do<string>(BURN, { milliseconds: 1 }, ONE, hold);
  const from = performance.now();
  expect(await burn(aside, 1)).toBe('burnt');
  expect(performance.now() - from).toBeGreaterThan(150);
});

test.each([
  ['memory', { memoryMebibytes: 32 }, Infinity],
  ['time', { patienceMilliseconds: 4_000 }, 60_000],
])(
  'what takes too much %s ends the thread, not the process, and the next job is done',
  { tags: 'long' },
  async (_what, limits, long) => {
    const aside = new Aside({ lane: new Lane({ rest: 0 }), ...limits });
    await expect(burn(aside, long)).rejects.toMatchObject({ code: 'QUERY_TOO_COMPLEX' });
    expect(await burn(aside, 1)).toBe('burnt');
  },
);

/** A job that is under way until it is ended, as one that took so long. */
function jobs() {
  const begun: string[] = [];
  const ends = new Map<string, (done: Done<string>) => void>();
  return {
    begun,
    job: (name: string) => () => {
      begun.push(name);
      return new Promise<Done<string>>((resolve) => ends.set(name, resolve));
    },
    end: (name: string, milliseconds = 0) => ends.get(name)?.({ result: name, milliseconds }),
  };
}

test('jobs are done one at a time, and after each nothing is done for many times as long', async () => {
  const lane = new Lane({ rest: 30 });
  const { begun, job, end } = jobs();
  const [first] = ['a', 'b'].map((name) => lane.do(ONE, job(name)));
  expect(begun).toEqual(['a']);
  const from = performance.now();
  end('a', 4);
  // The answer does not wait for the rest.
  expect(await first).toBe('a');
  expect(begun).toEqual(['a']);
  while (begun.length < 2) await delay(1);
  expect(performance.now() - from).toBeGreaterThan(100);
});

test('a good client’s turn comes while heavy jobs of another wait', async () => {
  const lane = new Lane({ rest: 0 });
  const { begun, job, end } = jobs();
  const bad = Array.from({ length: 10 }, (_, index) =>
    lane.do({ whose: 'bad', bytes: 1 }, job(`bad ${index}`)),
  );
  const good = lane.do({ whose: 'good', bytes: 1 }, job('good'));
  end('bad 0');
  end('bad 1');
  while (!begun.includes('good')) {
    await delay(1);
    end(begun.at(-1) ?? '');
  }
  end('good');
  expect(await good).toBe('good');
  expect(begun.indexOf('good')).toBeLessThan(3);
  for (let index = 1; index < 10; index += 1) {
    while (!begun.includes(`bad ${index}`)) await delay(1);
    end(`bad ${index}`);
  }
  expect(await Promise.all(bad)).toHaveLength(10);
});

test('of a client that has too much waiting more is refused, and another client’s is taken', async () => {
  const lane = new Lane({ rest: 0, waitingBytes: { ofOne: 300_000, ofAll: 600_000 } });
  const { begun, job, end } = jobs();
  const ask = (whose: string) => lane.do({ whose, bytes: 200_000 }, job(whose));
  const tooMuch = { code: 'OVERLOADED' };
  const taken = [ask('a'), ask('a'), ask('b')];
  await expect(ask('a')).rejects.toMatchObject(tooMuch);
  taken.push(ask('c'));
  // Of all together there is a bound too.
  await expect(ask('d')).rejects.toMatchObject(tooMuch);
  for (let index = 0; index < 4; index += 1) {
    while (begun.length <= index) await delay(1);
    end(begun[index] ?? '');
  }
  expect(await Promise.all(taken)).toHaveLength(4);
});

test('a job that fails is told so, and the next one is done', async () => {
  const lane = new Lane({ rest: 0 });
  const failing = lane.do(ONE, () => Promise.reject(new Error('No.')));
  const next = lane.do(ONE, () => Promise.resolve({ result: 'next', milliseconds: 0 }));
  await expect(failing).rejects.toThrow('No.');
  expect(await next).toBe('next');
});
