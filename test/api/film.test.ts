import type { Client } from 'graphql-ws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodeGlobalId } from '../../src/core/ids.ts';
import { scopeOf } from '../../src/core/scopes.ts';
import { useTestApi } from '../support/test-api.ts';
import { useCopiedFilms } from '../support/use-copied-films.ts';

const FILM_MILLISECONDS = 180_000;

let client: Client;
useCopiedFilms();
const api = useTestApi({ workers: 2 });
beforeAll(() => {
  client = api.connect();
});
afterAll(() => client.dispose());

type Created = { result: { project: { id: string; events: { pageInfo: { endCursor: string } } } } };
type Launched = { result: { run: { id: string } } };
type Transition = { cursor: string; previousStatus: string | null; status: string; subject: { id: string } };

/** Follows a field from a place in the log on; stops when told to. */
function follow(field: string, subject: string, variables: { id: string; after: string }) {
  const query = `subscription ($id: ID!, $after: String) {
    event: ${field}(projectId: $id, after: $after) { cursor previousStatus status subject: ${subject} { id } }
  }`;
  const events = client.iterate<{ event: Transition }>({ query, variables });
  const heard: Transition[] = [];
  const listening = (async () => {
    for await (const { data } of events) if (data) heard.push(data.event);
  })();
  const stop = async () => {
    await events.return?.();
    await listening;
  };
  return { heard, stop };
}

/** What the log tells of transitions of a type, in its order. */
async function logged(projectId: string, subjectType: string) {
  const entries = await api.db.auditLog.findMany({
    where: { scopes: { has: scopeOf('Project', projectId) }, subjectType },
    orderBy: { sequence: 'asc' },
  });
  return entries.flatMap(({ sequence, subjectId, details }) => {
    const { from, to } = details as { from?: string; to?: string };
    return to
      ? [{ cursor: String(sequence), previousStatus: from ?? null, status: to, subject: subjectId }]
      : [];
  });
}

test(
  'a client that subscribed before the launch hears every transition, in order, as the log has them',
  { timeout: FILM_MILLISECONDS },
  async () => {
    const { result } = await api.ask<Created>(`mutation {
      result: createProject(input: { prompt: "A cat sits. A dog barks.", targetClipDuration: 1 }) {
        ... on CreateProjectPayload { project { id events(last: 1) { pageInfo { endCursor } } } }
      }
    }`);
    const { id, events } = result.project;
    const from = { id, after: events.pageInfo.endCursor };
    const scenes = follow('sceneStatusChanged', 'scene', from);
    const clips = follow('videoClipStatusChanged', 'videoClip', from);

    const launched = await api.ask<Launched>(
      `mutation ($id: ID!) { result: launchRun(input: { projectId: $id, crossfadeSeconds: 0 }) { ... on LaunchRunPayload { run { id } } } }`,
      { id },
    );
    const percents: number[] = [];
    const progress = client.iterate<{ runProgress: { percent: number; status: string } }>({
      query: 'subscription ($id: ID!) { runProgress(runId: $id) { percent status } }',
      variables: { id: launched.result.run.id },
    });
    let status = '';
    for await (const { data } of progress) {
      status = data?.runProgress.status ?? '';
      percents.push(data?.runProgress.percent ?? Number.NaN);
    }
    expect(status).toBe('COMPLETED');
    expect(percents).toEqual(percents.toSorted((one, other) => one - other));
    expect(percents.at(-1)).toBe(100);

    const projectId = decodeGlobalId(id)?.id ?? '';
    for (const [{ heard, stop }, type] of [
      [scenes, 'Scene'],
      [clips, 'VideoClip'],
    ] as const) {
      const expected = await logged(projectId, type);
      expect(expected.length).toBeGreaterThan(3);
      await expect.poll(() => heard.length).toBe(expected.length);
      const bare = heard.map((event) => ({ ...event, subject: decodeGlobalId(event.subject.id)?.id }));
      expect(bare).toEqual(expected);
      await stop();
    }
  },
);

type Film = {
  videos: {
    edges: { node: { url: string; posterUrl: string; fileSizeBytes: number; durationSeconds: number } }[];
  };
};

test('its film and poster are served at the addresses that the graph gives', async () => {
  const { videos } = await api.ask<Film>(
    '{ videos(first: 1) { edges { node { url posterUrl fileSizeBytes durationSeconds } } } }',
  );
  const [film] = videos.edges.map(({ node }) => node);
  expect(film?.durationSeconds).toBeCloseTo(2, 1);
  const video = await fetch(film?.url ?? '');
  expect(video.headers.get('content-type')).toBe('video/mp4');
  expect((await video.arrayBuffer()).byteLength).toBe(film?.fileSizeBytes);
  const poster = await fetch(film?.posterUrl ?? '');
  expect(poster.headers.get('content-type')).toBe('image/jpeg');
});

test('a cancelled run ends as cancelled, and its progress completes', async () => {
  const { result } = await api.ask<Launched>(`mutation {
    result: generateFilm(input: { prompt: "One. Two. Three. Four.", targetClipDuration: 4 }) {
      ... on GenerateFilmPayload { run { id } }
    }
  }`);
  const { id } = result.run;
  const progress = client.iterate<{ runProgress: { status: string } }>({
    query: 'subscription ($id: ID!) { runProgress(runId: $id) { status } }',
    variables: { id },
  });
  const cancelled = await api.ask<{ result: { run: { status: string } } }>(
    'mutation ($id: ID!) { result: cancelRun(input: { runId: $id }) { ... on CancelRunPayload { run { status } } } }',
    { id },
  );
  expect(cancelled.result.run.status).toBe('CANCELLED');
  let last = '';
  for await (const { data } of progress) last = data?.runProgress.status ?? '';
  expect(last).toBe('CANCELLED');
});
