import { describe, expect, test } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import { recordAudit } from '../../src/features/audit/log/audit.ts';
import { seedWorkspace } from '../support/seed.ts';
import { LiveFilm, take, takeChanges } from './support/live-film.ts';

const live = LiveFilm.forEachTest();

const EVENTS = `subscription ($id: ID!) {
  event: projectEvents(projectId: $id) { __typename ... on LiveEvent { cursor } ... on ChangeEvent { message } }
}`;
type Event = { __typename: string; cursor: string; message: string };

describe('the events', () => {
  test('begin with a marker: what was there when it came is not told, what follows is', async () => {
    await live.say('before');
    const events = live.follow<Event>(EVENTS, { id: live.project });
    const [marker] = await take(events, 1);
    const { events: log } = (
      await live.api.ask<{ project: { events: { edges: { cursor: string }[] } } }>(
        'query ($id: ID!) { project(id: $id) { events(first: 100) { edges { cursor } } } }',
        { id: live.project },
      )
    ).project;
    expect(marker?.__typename).toBe('SnapshotMarker');
    expect(Number(log.edges.at(-1)?.cursor)).toBe(Number(marker?.cursor));
    await live.say('after');
    expect(await take(events, 1)).toMatchObject([{ __typename: 'ProjectChanged', message: 'after' }]);
  });

  test('a page of them behind a place that the log never came to, or no longer reaches, is refused', async () => {
    await live.say('before');
    const page = (after: string) =>
      live.api.send(
        'query ($id: ID!, $after: String!) { project(id: $id) { events(after: $after) { totalCount } } }',
        {
          id: live.project,
          after,
        },
      );
    expect(await page('0')).not.toHaveProperty('errors');
    expect(await page('99999999')).toMatchObject({ errors: [{ extensions: { code: 'CURSOR_EXPIRED' } }] });
    expect(await page('-1')).toMatchObject({ errors: [{ extensions: { code: 'INVALID_INPUT' } }] });
  });

  test('that no run caused are told where the run is asked for with what belongs to it', async () => {
    await live.say('of the project alone');
    const { project } = await live.api.ask<{ project: { events: { edges: { node: unknown }[] } } }>(
      `query ($id: ID!) { project(id: $id) { events(last: 1) { edges { node {
        ... on ChangeEvent { message run { id project { id } } job { id workspace { id } } } } } } } }`,
      { id: live.project },
    );
    expect(project.events.edges).toEqual([
      { node: { message: 'of the project alone', run: null, job: null } },
    ]);
  });

  test('of a run are those that it caused', async () => {
    await live.say('of the project alone');
    await live.move('VIDEO_DONE', 'FAILED');
    await live.progress('FAILED', 50);
    const query = `subscription ($id: ID!) {
      event: runEvents(runId: $id, after: "0") { __typename ... on RunChanged { run { id } } }
    }`;
    expect(await takeChanges(live.follow<unknown>(query, { id: live.run }), 2)).toEqual([
      { __typename: 'SceneChanged' },
      { __typename: 'RunChanged', run: { id: live.run } },
    ]);
  });

  test('of a workspace are all of its own, or those of the types that are asked for', async () => {
    const foreign = await seedWorkspace(live.api.db);
    const query = `subscription ($types: [EventType!]) { event: workspaceEvents(types: $types) { ... on ChangeEvent { message } } }`;
    const all = live.follow<Event>(query, {});
    const scenes = live.follow<Event>(query, { types: ['SCENE_CHANGED'] });
    await Promise.all([take(all, 1), take(scenes, 1)]);
    await live.say('one');
    await live.api.db.$transaction((tx) =>
      recordAudit(
        tx,
        { ...live.api.ctx.actor, workspaceId: foreign },
        {
          subject: { type: 'Scene', id: newId() },
          eventType: 'STATE_CHANGE',
          message: 'foreign',
        },
      ),
    );
    await live.move('VIDEO_DONE', 'FAILED');
    expect((await take(all, 2)).map(({ message }) => message)).toEqual(['one', 'Scene is FAILED.']);
    expect((await take(scenes, 1)).map(({ message }) => message)).toEqual(['Scene is FAILED.']);
  });
});
