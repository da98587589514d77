import { beforeAll, describe, expect, test } from 'vitest';
import { encodeGlobalId, newId } from '../../src/core/ids.ts';
import { scopesOf } from '../../src/core/scopes.ts';
import { type AuditEntry, recordAudit } from '../../src/features/audit/log/audit.ts';
import { deleteProject } from '../../src/features/projects/project.ts';
import { type Seed, seedFilm, seedWorkspace } from '../support/seed.ts';
import { useTestApi } from '../support/test-api.ts';

const api = useTestApi();

const PAGE = `query ($filter: AuditLogFilter, $first: Int, $last: Int, $after: String, $before: String) {
  auditLog(filter: $filter, first: $first, last: $last, after: $after, before: $before) {
    totalCount
    pageInfo { hasNextPage }
    edges { cursor node {
      __typename cursor occurredAt level eventType actor subjectType subjectId message details version
    } }
  }
}`;

type Node = Record<
  'cursor' | 'occurredAt' | 'level' | 'eventType' | 'actor' | 'subjectType' | 'subjectId' | 'message',
  string
> & { details: object; version: number | null };
type Page = {
  auditLog: {
    totalCount: number;
    pageInfo: { hasNextPage: boolean };
    edges: { cursor: string; node: Node }[];
  };
};

const pageOf = async (filter: object = {}, args: object = { first: 100 }) =>
  (await api.ask<Page>(PAGE, { filter, ...args })).auditLog;
const messagesOf = async (filter: object, args?: object) =>
  (await pageOf(filter, args)).edges.map(({ node }) => node.message);

let film: Seed;
let project: string;
let times: string[];

const say = (message: string, entry: Partial<AuditEntry> = {}, actor = api.ctx.actor) =>
  api.db.$transaction((tx) =>
    recordAudit(tx, actor, {
      subject: { type: 'Project', id: film.projectId },
      scopes: scopesOf({ Project: film.projectId }),
      eventType: 'STATE_CHANGE',
      message,
      ...entry,
    }),
  );

const scene = () => ({ type: 'Scene', id: film.sceneIds[0] ?? '' }) as const;

beforeAll(async () => {
  film = await seedFilm(api.ctx);
  project = encodeGlobalId('Project', film.projectId);
  const stranger = { name: 'stranger', workspaceId: await seedWorkspace(api.db) };
  await say('launched', { details: { from: 'PENDING', to: 'COMPLETE', apiKey: 'hunter2' }, version: 3 });
  await say('called', { eventType: 'API_CALL' }, { ...api.ctx.actor, name: 'worker:a:1' });
  await say('somebody else was at it', {}, stranger);
  await say('slow', { level: 'WARNING', eventType: 'ERROR', subject: scene() });
  await say('failed', { level: 'ERROR', eventType: 'ERROR', subject: scene() });
  times = (await pageOf()).edges.map(({ node }) => node.occurredAt);
});

describe('the audit log', () => {
  test('tells each entry whole, in the order of the log, and no secret', async () => {
    const { edges, totalCount } = await pageOf();
    expect(totalCount).toBe(4);
    expect(edges.map(({ node }) => node.message)).toEqual(['launched', 'called', 'slow', 'failed']);
    expect(edges[0]).toEqual({
      cursor: edges[0]?.node.cursor,
      node: {
        __typename: 'AuditEntry',
        cursor: expect.stringMatching(/^\d+$/) as string,
        occurredAt: expect.stringMatching(/Z$/) as string,
        level: 'INFO',
        eventType: 'STATE_CHANGE',
        actor: 'test',
        subjectType: 'PROJECT',
        subjectId: project,
        message: 'launched',
        details: { from: 'PENDING', to: 'COMPLETE', apiKey: '[redacted]' },
        version: 3,
      },
    });
  });

  test.each<[string, () => object, string[]]>([
    ['a subject', () => ({ subject: encodeGlobalId('Scene', scene().id) }), ['slow', 'failed']],
    ['what happened within one', () => ({ within: project }), ['launched', 'called', 'slow', 'failed']],
    ['nobody’s object', () => ({ subject: encodeGlobalId('Webhook', newId()) }), []],
    ['an id of another type', () => ({ subject: encodeGlobalId('Keyframe', scene().id) }), []],
    ['a level: that one and those above', () => ({ level: 'WARNING' }), ['slow', 'failed']],
    ['the highest level', () => ({ level: 'ERROR' }), ['failed']],
    ['the lowest level', () => ({ level: 'INFO' }), ['launched', 'called', 'slow', 'failed']],
    ['a kind', () => ({ eventType: 'API_CALL' }), ['called']],
    ['kinds', () => ({ eventType: ['API_CALL', 'STATE_CHANGE'] }), ['launched', 'called']],
    ['no kind at all', () => ({ eventType: [] }), []],
    ['an actor', () => ({ actor: 'worker:a:1' }), ['called']],
    ['an actor, exactly', () => ({ actor: 'worker:a' }), []],
    [
      'all of it',
      () => ({ actor: 'test', level: 'WARNING', eventType: 'ERROR', within: project }),
      ['slow', 'failed'],
    ],
    [
      'nothing, said with null',
      () => ({ subject: null, level: null, between: null, actor: null }),
      ['launched', 'called', 'slow', 'failed'],
    ],
  ])('is narrowed by %s', async (_what, filter, expected) => {
    expect(await messagesOf(filter())).toEqual(expected);
    expect((await pageOf(filter(), { first: 0 })).totalCount).toBe(expected.length);
  });

  test('is narrowed by times: from one on, and before another', async () => {
    const [first = '', last = ''] = [times[0], times.at(-1)];
    const after = new Date(Date.parse(last) + 1).toISOString();
    const all = ['launched', 'called', 'slow', 'failed'];
    expect(await messagesOf({ between: { from: first, to: after } })).toEqual(all);
    expect(await messagesOf({ between: { from: after } })).toEqual([]);
    expect(await messagesOf({ between: { to: first } })).toEqual([]);
    expect(await messagesOf({ between: {} })).toEqual(all);
    expect(await messagesOf({ between: { from: first, to: first } })).toEqual([]);
    expect(
      await messagesOf({ between: { from: '0001-01-01T00:00:00Z', to: '9999-01-01T00:00:00Z' } }),
    ).toEqual(all);
    expect(await messagesOf({ between: { from: last } })).toContain('failed');
  });

  test('comes in pages, from either end', async () => {
    const first = await pageOf({ within: project }, { first: 3 });
    expect(first.pageInfo.hasNextPage).toBe(true);
    expect(await messagesOf({ within: project }, { first: 3, after: first.edges.at(-1)?.cursor })).toEqual([
      'failed',
    ]);
    expect(await messagesOf({}, { last: 2 })).toEqual(['slow', 'failed']);
  });

  test('refuses what it cannot look for, by name', async () => {
    const refused = async (filter: object, args: object = {}) =>
      (await api.send(PAGE, { filter, ...args })).errors?.[0]?.extensions;
    expect(
      await refused({ subject: 'lost', within: '', between: { from: times[0], to: '2020-01-01T00:00:00Z' } }),
    ).toMatchObject({
      code: 'INVALID_INPUT',
      issues: [
        { path: ['filter', 'subject'] },
        { path: ['filter', 'within'] },
        { path: ['filter', 'between', 'to'] },
      ],
    });
    expect(await refused({ actor: 'a\0b' })).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await refused({}, { after: '999999' })).toMatchObject({ code: 'CURSOR_EXPIRED' });
    expect(await refused({}, { first: 101 })).toMatchObject({ code: 'INVALID_INPUT' });
    expect((await api.send(PAGE, { filter: { between: { from: 'yesterday' } } })).errors).toHaveLength(1);
    expect((await api.send(PAGE, { filter: { level: 'WORSE' } })).errors).toHaveLength(1);
  });

  test('goes on telling of what is deleted', async () => {
    await deleteProject(api.ctx, { projectId: film.projectId, deleteFilms: true });
    expect(await messagesOf({ subject: project })).toEqual([
      'launched',
      'called',
      'Project "A title" was deleted.',
    ]);
    expect((await pageOf({ within: project })).totalCount).toBe(5);
  });
});
