import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { Group } from '../../src/api/live/group.ts';
import { LiveTally } from '../../src/api/live/live-tally.ts';
import { Member } from '../../src/api/live/member.ts';
import { Outlet, type Rendered } from '../../src/api/live/outlet.ts';
import { newId } from '../../src/core/ids.ts';
import { scopeOf, scopesOf } from '../../src/core/scopes.ts';
import { tailOf } from '../../src/features/audit/live/log-tail.ts';
import { recordAudit } from '../../src/features/audit/log/audit.ts';
import type { NumberedEntry } from '../../src/features/audit/log/numbered-entry.ts';
import { isEnd, mergeMoves } from '../../src/features/jobs/merge-moves.ts';
import { JobStatus } from '../../src/generated/prisma/client.ts';
import { LiveEvents } from '../../src/graphql/live.ts';
import { useTestPlatform } from '../support/test-platform.ts';

const EVERY_MILLISECONDS = 200;
const platform = useTestPlatform();
// What was told stays fresh until a test lets time pass, however long the machine takes.
vi.useFakeTimers({ toFake: ['performance'] });
afterAll(() => vi.useRealTimers());

/** A subscriber that reads nothing more until it is told to, if it is stuck. */
class TestOutlet extends Outlet {
  readonly heard: string[] = [];
  hasEnded = false;
  isStuck = false;
  readonly #drained = Promise.withResolvers<void>();

  override send({ data }: Rendered): boolean {
    this.heard.push(String(data?.['message']));
    return !this.isStuck;
  }

  override drained(): Promise<void> {
    return this.#drained.promise;
  }

  override end(): void {
    this.hasEnded = true;
  }

  readOn(): void {
    this.isStuck = false;
    this.#drained.resolve();
  }

  protected override take(): undefined {
    return undefined;
  }
}

let jobId: string;
let group: Group;
let executed: number;
/** How things stand: the log does not tell of all that changes. */
let state: string;
beforeEach(async () => {
  jobId = newId();
  executed = 0;
  state = '';
  const tail = tailOf(platform.ctx);
  await tail.ready;
  const filter = { scope: scopeOf('Job', jobId) };
  const always = { ...filter, subjectTypes: ['Job'] };
  const merging = { everyMilliseconds: EVERY_MILLISECONDS, merge: mergeMoves, always };
  group = new Group({
    tail,
    actor: platform.ctx.actor,
    events: new LiveEvents({ filter, position: 0n, toEvent: (entry) => entry, isLast: isEnd, merging }),
    execute: async (event, at) => {
      executed += 1;
      return { data: { message: `${state}${(event as NumberedEntry).message}` }, json: '', ...at };
    },
    tally: new LiveTally(),
    maxMissed: 10,
    onEmpty: () => {},
  });
});

function subscribe(after = tailOf(platform.ctx).position): TestOutlet {
  const outlet = new TestOutlet();
  void new Member(group, outlet, after).start(undefined);
  return outlet;
}

/** Moves that come together: a status is the job's, the others are of rows; one that begins with "failed" came to no result. */
const write = (...messages: string[]) =>
  platform.db.$transaction(async (tx) => {
    for (const message of messages)
      await recordAudit(tx, platform.ctx.actor, {
        subject: message in JobStatus ? { type: 'Job', id: jobId } : { type: 'JobRow', id: newId() },
        scopes: scopesOf({ Job: jobId }),
        eventType: message in JobStatus ? 'STATE_CHANGE' : 'ROW_EVENT',
        level: message.startsWith('failed') ? 'ERROR' : 'INFO',
        message,
        details: { to: message },
      });
  });

/** More than anybody is given at once. */
const MANY = Array.from({ length: 150 }, (_, index) => `move ${index}`);

test('of what comes together the last is told, and before it the last that went wrong', async () => {
  const outlet = subscribe();
  await write('first');
  await expect.poll(() => outlet.heard).toEqual(['first']);
  await write('second', 'failed', 'third');
  await expect.poll(() => outlet.heard).toEqual(['first', 'failed', 'third']);
});

test('one that does not read is not ended however much it misses, and goes on with the newest', async () => {
  const [quick, stuck] = [subscribe(), subscribe()];
  stuck.isStuck = true;
  await write('first');
  await expect.poll(() => stuck.heard).toEqual(['first']);
  for (let round = 0; round < 3; round += 1) {
    await write(...MANY);
    await expect.poll(() => quick.heard.length).toBe(round + 2);
  }
  stuck.readOn();
  await expect.poll(() => stuck.heard).toEqual(['first', 'move 149']);
  expect(stuck.hasEnded).toBe(false);
});

test('a replay is the newest, too, and is executed once for all', async () => {
  const start = tailOf(platform.ctx).position;
  const quick = subscribe();
  await write(...MANY);
  await expect.poll(() => quick.heard).toEqual(['move 149']);
  const late = [subscribe(start), subscribe(start)];
  for (const { heard } of late) await expect.poll(() => heard).toEqual(['move 149']);
  expect(executed).toBe(1);
});

test('one that comes late is told how things stand then, and not how they stood when the last thing happened', async () => {
  const start = tailOf(platform.ctx).position;
  const quick = subscribe();
  await write('failed', 'second');
  await expect.poll(() => quick.heard).toEqual(['failed', 'second']);
  state = 'paid: ';
  const fresh = subscribe(start);
  await expect.poll(() => fresh.heard).toEqual(['second']);
  vi.advanceTimersByTime(EVERY_MILLISECONDS);
  const late = subscribe(start);
  await expect.poll(() => late.heard).toEqual(['paid: failed', 'paid: second']);
  const last = subscribe(start);
  await expect.poll(() => last.heard).toEqual(['paid: second']);
});

test('the end is the last that is told, however many rows move after it', async () => {
  const start = tailOf(platform.ctx).position;
  const live = subscribe();
  await write('CANCELLED', ...MANY);
  await expect.poll(() => live.heard).toEqual(['CANCELLED']);
  const late = subscribe(start);
  await expect.poll(() => late.heard).toEqual(['CANCELLED']);
  expect([live.hasEnded, late.hasEnded]).toEqual([true, true]);
});

test('an end from which the job went on is none', async () => {
  const start = tailOf(platform.ctx).position;
  await write('COMPLETED', 'RUNNING', ...MANY);
  const late = subscribe(start);
  await expect.poll(() => late.heard).toEqual(['move 149']);
  await write('COMPLETED', 'left out');
  await expect.poll(() => late.heard).toEqual(['move 149', 'COMPLETED']);
  expect(late.hasEnded).toBe(true);
});
