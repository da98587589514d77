import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  type ApiError,
  type Client,
  type ClientOptions,
  createClient,
  type FollowOptions,
} from '../../src/client/index.ts';
import { encodeGlobalId } from '../../src/core/ids.ts';
import { scopeOf, scopesOf } from '../../src/core/scopes.ts';
import { recordAudit } from '../../src/features/audit/log/audit.ts';
import { forgetEntries } from '../../src/features/audit/log/retention.ts';
import { type Seed, seedFilm } from '../support/seed.ts';
import { useTestApi } from '../support/test-api.ts';
import { CutProxy } from './support/cut-proxy.ts';

const MAX_MISSED = 10;
/** With as much in each, a few events are more than the buffers of the operating system. */
const LARGE = 'x'.repeat(500_000);

const EVENTS = `subscription Events($project: ID!, $after: String) {
  event: projectEvents(projectId: $project, after: $after) {
    __typename
    ... on LiveEvent { cursor }
    ... on ChangeEvent { message }
  }
}`;
const PROGRESS = `subscription Progress($run: ID!, $after: String) {
  event: runProgress(runId: $run, after: $after) { cursor percent }
}`;

type Event = { event: { __typename: string; cursor: string; message?: string } };
type Progress = { event: { cursor: string; percent: number } };
type After = { after?: string };

const api = useTestApi({ limits: { maxMissed: MAX_MISSED } });

/** Subscriptions that the server ended because their client did not read. */
async function overflows(): Promise<number> {
  const text = await (await fetch(`${api.api.url}/metrics`)).text();
  return Number(/^vidpipe_subscription_overflows_total (\d+)$/m.exec(text)?.[1]);
}

describe.each(['websocket', 'sse'] as const)('over %s', (transport) => {
  let film: Seed;
  let project: string;
  let proxy: CutProxy;
  let client: Client;
  beforeEach(async () => {
    film = await seedFilm(api.ctx);
    project = encodeGlobalId('Project', film.projectId);
    proxy = await CutProxy.open(Number(new URL(api.api.url).port));
    client = open();
  });
  afterEach(async () => {
    client.close();
    await proxy.close();
  });

  const open = (options: Partial<ClientOptions> = {}) =>
    createClient({ url: `${proxy.url}/graphql`, transport, ...options });

  const say = (messages: readonly string[], details: Record<string, unknown> = {}) =>
    api.db.$transaction(async (tx) => {
      const { projectId } = film;
      const subject = { type: 'Project', id: projectId } as const;
      for (const message of messages)
        await recordAudit(tx, api.ctx.actor, {
          subject,
          scopes: scopesOf({ Project: projectId }),
          eventType: 'API_CALL',
          message,
          details,
        });
    });

  const progress = (to: string, percent: number) =>
    api.db.$transaction((tx) =>
      recordAudit(tx, api.ctx.actor, {
        subject: { type: 'PipelineRun', id: film.runId },
        scopes: scopesOf({ Project: film.projectId, PipelineRun: film.runId }),
        eventType: 'STATE_CHANGE',
        message: `At ${percent}.`,
        details: { from: 'RUNNING', to, stage: 'CLIPS', percent, estimatedSecondsLeft: null },
      }),
    );

  /** Everything that is told, as it comes. */
  function listen(after?: string, options: FollowOptions = {}, query = EVENTS) {
    const heard: Event['event'][] = [];
    const left = new AbortController();
    const variables = { project, ...(after !== undefined && { after }) };
    const ended = (async () => {
      const events = client.follow<Event, { project: string } & After>(query, variables, {
        signal: left.signal,
        ...options,
      });
      for await (const { event } of events) heard.push(event);
    })();
    ended.catch(() => {});
    const messages = () => heard.flatMap(({ message }) => message ?? []);
    const saw = (message: string) => vi.waitFor(() => expect(messages()).toContain(message), 20_000);
    return { heard, messages, saw, ended, leave: () => left.abort() };
  }

  const log = async () => {
    const where = { scopes: { has: scopeOf('Project', film.projectId) } };
    const rows = await api.db.auditLog.findMany({ where, orderBy: { sequence: 'asc' } });
    return rows.map(({ sequence }) => String(sequence));
  };

  test('it hears exactly the log, in order and nothing twice, however often it is cut', async () => {
    const { heard, saw, leave, ended } = listen('0');
    for (let round = 0; round < 6; round += 1) {
      await say([`${round} a`, `${round} b`, `${round} c`]);
      if (round % 2 === 0) await saw(`${round} a`);
      proxy.cut();
      await say([`${round} d`, `${round} e`]);
    }
    await saw('5 e');
    expect(proxy.connections).toBeGreaterThan(3);
    expect(
      heard.map(({ __typename }) => __typename).filter((name) => name === 'SnapshotMarker'),
    ).toHaveLength(1);
    expect(heard.slice(1).map(({ cursor }) => cursor)).toEqual(await log());
    leave();
    await ended;
  });

  // A socket waits longer before it tries again.
  const tags = transport === 'websocket' ? ['long' as const] : [];
  test('it hears the progress of the time it was away, each step of it', { tags }, async () => {
    const { messages, saw, leave } = listen('0');
    await say(['here']);
    await saw('here');
    proxy.refuse();
    const percents = Array.from({ length: 40 }, (_, index) => index);
    for (const percent of percents) await progress('RUNNING', percent);
    proxy.readmit();
    await saw('At 39.');
    expect(messages().slice(-40)).toEqual(percents.map((percent) => `At ${percent}.`));
    leave();
  });

  test('one that takes its time gets all of it', { tags: 'long' }, async () => {
    const all = Array.from({ length: 1_500 }, (_, index) => String(index));
    await say(all);
    const heard: string[] = [];
    const events = client.follow<Event, { project: string } & After>(EVENTS, { project, after: '0' });
    await events.next();
    for await (const { event } of events) {
      // As a page does that draws each.
      if (heard.length === 0) await new Promise((resolve) => setTimeout(resolve, 1_500));
      if (event.message !== undefined && /^\d+$/.test(event.message)) heard.push(event.message);
      if (heard.length === all.length) break;
    }
    expect(heard).toEqual(all);
  });

  test('the log no longer reaches back: the state is read anew, then events follow', async () => {
    const read: string[] = [];
    const { heard, saw, leave } = listen(undefined, {
      async onReset(reason) {
        read.push(reason.code, String((await log()).length));
      },
    });
    await vi.waitFor(() => expect(heard).toHaveLength(1), 20_000);
    await say(['one']);
    await saw('one');
    proxy.refuse();
    await say(['missed', 'kept']);
    await forgetEntries(api, new Date(Date.now() + 60_000));
    proxy.readmit();
    await vi.waitFor(() => expect(heard.map(({ __typename }) => __typename)).toHaveLength(3), 20_000);
    await say(['two']);
    await saw('two');
    expect(read).toEqual(['CURSOR_EXPIRED', '1']);
    expect(heard.map(({ __typename, message }) => message ?? __typename)).toEqual([
      'SnapshotMarker',
      'one',
      'SnapshotMarker',
      'two',
    ]);
    leave();
  });

  test('it is told that the log no longer reaches back, if it cannot read anew', async () => {
    const { saw, ended } = listen('0');
    await say(['one']);
    await saw('one');
    proxy.refuse();
    await say(['missed', 'kept']);
    await forgetEntries(api, new Date(Date.now() + 60_000));
    proxy.readmit();
    await expect(ended).rejects.toMatchObject({ name: 'ApiError', code: 'CURSOR_EXPIRED' });
  });

  describe('too much happened unread', { tags: 'long' }, () => {
    const more = Array.from({ length: 40 }, (_, index) => `large ${index}`);

    async function overflow(options?: FollowOptions) {
      const following = listen('0', options, EVENTS.replace('message }', 'message details }'));
      await say(['small']);
      await following.saw('small');
      proxy.still();
      const before = await overflows();
      for (const message of more) await say([message], { LARGE });
      await vi.waitFor(async () => expect(await overflows()).toBe(before + 1), 20_000);
      proxy.flow();
      return following;
    }

    test('it goes on from the last event, and nothing is missing', { tags: 'long' }, async () => {
      const { messages, saw, leave, ended } = await overflow();
      await saw('large 39');
      expect(messages().slice(-40)).toEqual(more);
      leave();
      await ended;
    });

    test('it reads the state anew, if it can', async () => {
      const reasons: ApiError[] = [];
      const { heard, saw, leave, ended } = await overflow({ onReset: (reason) => reasons.push(reason) });
      const markers = () => heard.filter(({ __typename }) => __typename === 'SnapshotMarker');
      await vi.waitFor(() => expect(markers()).toHaveLength(2), 20_000);
      await say(['after']);
      await saw('after');
      expect(reasons.map(({ code }) => code)).toEqual(['SUBSCRIPTION_OVERFLOW']);
      leave();
      await ended;
    });
  });

  test('it ends when the server says that nothing follows, also to one that was cut before it heard so', async () => {
    await progress('RUNNING', 50);
    const run = encodeGlobalId('PipelineRun', film.runId);
    const told = async (after?: string) => {
      const heard: number[] = [];
      const variables = { run, ...(after !== undefined && { after }) };
      for await (const { event } of client.follow<Progress, { run: string } & After>(PROGRESS, variables))
        heard.push(event.percent);
      return heard;
    };
    const all = told();
    await vi.waitFor(() => expect(proxy.connections).toBe(1), 20_000);
    proxy.cut();
    await progress('COMPLETED', 100);
    expect((await all).at(-1)).toBe(100);
    expect(await told((await log()).at(-1))).toEqual([]);
  });

  test('who leaves does not wait for the next event', async () => {
    const events = client.follow<Event, { project: string } & After>(EVENTS, { project });
    await events.next();
    const next = events.next();
    await events.return?.();
    expect(await next).toEqual({ done: true, value: undefined });
  });

  test('what the server refuses is thrown, and not asked again', async () => {
    const gone = encodeGlobalId('Project', film.runId);
    const events = client.follow<Event, { project: string } & After>(EVENTS, { project: gone });
    await expect(events.next()).rejects.toMatchObject({ name: 'ApiError', code: 'NOT_FOUND' });
    expect(proxy.connections).toBe(1);
  });

  test('a server that is not there is given up after so many attempts', async () => {
    proxy.refuse();
    client = open({ attempts: 2 });
    await expect(listen('0').ended).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
  });

  test('events without a cursor cannot be followed', async () => {
    const events = client.follow<Event, { project: string } & After>(
      EVENTS.replace('... on LiveEvent { cursor }', ''),
      { project },
    );
    await expect(events.next()).rejects.toThrow('Ask for `cursor` in every event');
  });

  test('nor can a document that does not take a place to go on from', () => {
    const query = EVENTS.replace(', $after: String', '').replace(', after: $after', '');
    expect(() => client.follow<Event, { project: string } & After>(query, { project })).toThrow(
      'takes `$after: String`',
    );
  });
});
