import { beforeEach, expect, test } from 'vitest';
import { Group } from '../../src/api/live/group.ts';
import { LiveTally } from '../../src/api/live/live-tally.ts';
import { Member } from '../../src/api/live/member.ts';
import { Outlet, type Rendered } from '../../src/api/live/outlet.ts';
import { newId } from '../../src/core/ids.ts';
import { scopeOf, scopesOf } from '../../src/core/scopes.ts';
import { recordAudit } from '../../src/features/audit/log/audit.ts';
import { tailOf } from '../../src/features/audit/live/log-tail.ts';
import type { NumberedEntry } from '../../src/features/audit/log/numbered-entry.ts';
import { LiveEvents } from '../../src/graphql/live.ts';
import { useTestPlatform } from '../support/test-platform.ts';

const MAX_MISSED = 20;

const platform = useTestPlatform();

/** A subscriber that reads on only when it is told to, if it is slow. */
class TestOutlet extends Outlet {
  readonly heard: string[] = [];
  ending: { error?: unknown } | undefined;
  slow = false;
  #drained = Promise.withResolvers<void>();

  override send({ data }: Rendered): boolean {
    this.heard.push(String(data?.['message']));
    if (this.slow) this.#drained = Promise.withResolvers();
    return !this.slow;
  }

  override drained(): Promise<void> {
    return this.#drained.promise;
  }

  override end(error?: unknown): void {
    this.ending = { error };
  }

  readOn(): void {
    this.slow = false;
    this.#drained.resolve();
  }

  protected override take(): undefined {
    return undefined;
  }
}

let projectId: string;
let group: Group;
/** What each event is told in. */
let json: string;
let tally: LiveTally;
let executed: string[];
let emptied: number;
beforeEach(async () => {
  projectId = newId();
  executed = [];
  json = '';
  tally = new LiveTally();
  emptied = 0;
  const tail = tailOf(platform.ctx);
  await tail.ready;
  group = new Group({
    tail,
    actor: platform.ctx.actor,
    events: new LiveEvents({
      filter: { scope: scopeOf('Project', projectId) },
      position: 0n,
      toEvent: (entry) => entry,
    }),
    execute: async (event, at) => {
      const { message } = event as NumberedEntry;
      executed.push(message);
      return { data: { message }, json, ...at };
    },
    tally,
    maxMissed: MAX_MISSED,
    onEmpty: () => (emptied += 1),
  });
});

function subscribe(position = tailOf(platform.ctx).position) {
  const outlet = new TestOutlet();
  const member = new Member(group, outlet, position);
  void member.start(undefined);
  return { outlet, member };
}

const runId = newId();

const write = (message: string, details: Record<string, unknown> = {}) =>
  platform.db.$transaction((tx) =>
    recordAudit(tx, platform.ctx.actor, {
      subject: { type: 'PipelineRun', id: runId },
      scopes: scopesOf({ Project: projectId }),
      eventType: 'STATE_CHANGE',
      message,
      details,
    }),
  );

const progress = (message: string) => write(message, { from: 'RUNNING', to: 'RUNNING' });

const numbered = (count: number, name = 'event') =>
  Array.from({ length: count }, (_, index) => `${name} ${index}`);

test('an event is executed once, for those who are there and those who replay', async () => {
  const start = tailOf(platform.ctx).position;
  const live = Array.from({ length: 20 }, () => subscribe().outlet);
  const messages = numbered(10);
  for (const message of messages) await write(message);
  const late = Array.from({ length: 20 }, () => subscribe(start).outlet);
  for (const { heard } of [...live, ...late]) await expect.poll(() => heard).toEqual(messages);
  expect(executed).toEqual(messages);
});

test('one that reads slowly holds nobody up, and is told all it missed once it reads on', async () => {
  const quick = subscribe().outlet;
  const slow = subscribe().outlet;
  slow.slow = true;
  const messages = numbered(15);
  for (const message of messages) await write(message);
  await expect.poll(() => quick.heard).toEqual(messages);
  expect(slow.heard).toEqual(messages.slice(0, 1));
  slow.readOn();
  await expect.poll(() => slow.heard).toEqual(messages);
  await write('together again');
  await expect.poll(() => slow.heard.at(-1)).toBe('together again');
  expect(executed).toHaveLength(16);
});

test('progress that one was too slow for is merged, transitions are not', async () => {
  const quick = subscribe().outlet;
  const slow = subscribe().outlet;
  slow.slow = true;
  await progress('10 %');
  await expect.poll(() => slow.heard).toHaveLength(1);
  for (const percent of [20, 30, 40]) await progress(`${percent} %`);
  await write('paused', { from: 'RUNNING', to: 'PAUSED' });
  await write('resumed', { from: 'PAUSED', to: 'RUNNING' });
  await progress('50 %');
  await progress('60 %');
  await expect.poll(() => quick.heard).toHaveLength(8);
  slow.readOn();
  await expect.poll(() => slow.heard).toEqual(['10 %', '40 %', 'paused', 'resumed', '60 %']);
});

test('a replay is told whole to one that reads slowly: it is never merged', async () => {
  const start = tailOf(platform.ctx).position;
  const quick = subscribe().outlet;
  const messages = [10, 20, 30, 40].map((percent) => `${percent} %`);
  for (const message of messages) await progress(message);
  await expect.poll(() => quick.heard).toEqual(messages);
  const slow = subscribe(start).outlet;
  slow.slow = true;
  await expect.poll(() => slow.heard).toHaveLength(1);
  slow.readOn();
  await expect.poll(() => slow.heard).toEqual(messages);
});

test('one that does not read on is ended with the place to come back to', async () => {
  const quick = subscribe().outlet;
  const stuck = subscribe();
  stuck.outlet.slow = true;
  const messages = numbered(MAX_MISSED + 2);
  for (const message of messages) await write(message);
  await expect.poll(() => quick.heard).toEqual(messages);
  expect(stuck.outlet.heard).toEqual(messages.slice(0, 1));
  const cursor = String(stuck.member.position);
  expect(stuck.outlet.ending?.error).toMatchObject({ code: 'SUBSCRIPTION_OVERFLOW', cursor });
  const back = subscribe(BigInt(cursor)).outlet;
  await expect.poll(() => back.heard).toEqual(messages.slice(1));
});

test('a group ends with its last member', async () => {
  const before = tailOf(platform.ctx).followers;
  const members = [subscribe().member, subscribe().member];
  members[0]?.end();
  expect(emptied).toBe(0);
  members[1]?.end();
  expect(emptied).toBe(1);
  expect(tailOf(platform.ctx).followers).toBe(before - 1);
});

test('events that are long are not all kept, and those who come later are told them all the same', async () => {
  json = 'x'.repeat(2_000_000);
  const start = tailOf(platform.ctx).position;
  const { outlet } = subscribe();
  const messages = numbered(8);
  for (const message of messages) await write(message);
  await expect.poll(() => outlet.heard).toEqual(messages);
  expect(tally.results.size).toBeLessThan(8);
  const late = subscribe(start).outlet;
  await expect.poll(() => late.heard).toEqual(messages);
});
