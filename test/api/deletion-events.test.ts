/** What is said of something that is gone, to all who hear of it. */
import { expect, test } from 'vitest';
import { encodeGlobalId } from '../../src/core/ids.ts';
import { tailOf } from '../../src/features/audit/live/log-tail.ts';
import { LiveFilm, take } from './support/live-film.ts';

const live = LiveFilm.forEachTest();

const EVENT = `fragment Told on ChangeEvent {
  __typename subjectType subjectId status previousStatus subject { id } project { id }
}`;
type Told = Record<string, unknown>;

const follow = (field: string, variables: Record<string, unknown>) =>
  live.follow<Told>(`subscription ($id: ID!) { event: ${field} { ...Told } } ${EVENT}`, variables);

test('a film that is deleted is told with the status it had, alike to a subscriber and in the list', async () => {
  const videoId = live.film.videoId;
  const heard = follow('projectEvents(projectId: $id)', { id: live.project });
  await take(heard, 1);
  const id = encodeGlobalId('Video', videoId);
  await live.api.ask('mutation ($id: ID!) { deleteVideo(input: { videoId: $id }) { __typename } }', { id });

  const [event] = await take(heard, 1);
  expect(event).toEqual({
    __typename: 'VideoChanged',
    subjectType: 'VIDEO',
    subjectId: id,
    status: null,
    previousStatus: 'GENERATED',
    subject: null,
    project: { id: live.project },
  });
  const { project } = await live.api.ask<{ project: { events: { edges: { node: Told }[] } } }>(
    `query ($id: ID!) { project(id: $id) { events(last: 1) { edges { node { ...Told } } } } } ${EVENT}`,
    { id: live.project },
  );
  expect(project.events.edges).toEqual([{ node: event }]);
});

test('a project that is deleted is told so, and who follows it hears that nothing follows', async () => {
  const { project } = live;
  const heard = follow('projectEvents(projectId: $id)', { id: project });
  const all = live.follow<Told>(`subscription { event: workspaceEvents { ...Told } } ${EVENT}`, {});
  await take(all, 1);
  await take(heard, 1);
  await live.api.ask(
    'mutation ($id: ID!) { deleteProject(input: { projectId: $id }) { __typename ... on UserError { message } } }',
    { id: project },
  );

  const [event] = await take(heard, 1);
  expect(event).toEqual({
    __typename: 'ProjectChanged',
    subjectType: 'PROJECT',
    subjectId: project,
    status: null,
    previousStatus: 'PENDING',
    subject: null,
    project: null,
  });
  expect((await heard.next()).done).toBe(true);
  expect(await take(all, 1)).toEqual([event]);
});

test.each([
  { field: 'runEvents(runId: $id)', of: 'run', told: ['ProjectChanged'] },
  { field: 'sceneStatusChanged(projectId: $id)', of: 'project', told: [] },
  { field: 'videoClipStatusChanged(projectId: $id)', of: 'project', told: [] },
] as const)(
  'who follows $field of a project that is deleted hears that nothing follows',
  async ({ field, of, told }) => {
    const { followers } = tailOf(live.api.ctx);
    const query = `subscription ($id: ID!) { event: ${field} { __typename } }`;
    const heard = live.follow<Told>(query, { id: live[of] });
    const first = heard.next();
    await expect.poll(() => tailOf(live.api.ctx).followers).toBe(followers + 1);
    await live.api.ask(
      'mutation ($id: ID!) { deleteProject(input: { projectId: $id }) { __typename ... on UserError { message } } }',
      { id: live.project },
    );
    const rest: unknown[] = [];
    for (let next = await first; !next.done; next = await heard.next())
      rest.push(next.value.data?.event['__typename']);
    expect(rest.filter((name) => name !== 'SnapshotMarker')).toEqual(told);
  },
);
