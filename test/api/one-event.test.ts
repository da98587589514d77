import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { encodeGlobalId } from '../../src/core/ids.ts';
import { openMediaSigner } from '../../src/features/assets/media-signer.ts';
import { openOutbound } from '../../src/platform/outbound/outbound.ts';
import { webhooks } from '../../src/worker/webhooks.ts';
import type { Going } from '../../src/worker/task.ts';
import { startTask } from '../support/start-task.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { LiveFilm, take } from './support/live-film.ts';

const live = LiveFilm.forEachTest();

let receiver: Receiver;
let telling: Going;
beforeAll(async () => {
  receiver = await startReceiver();
  live.api.ctx.outbound = openOutbound({ networks: '127.0.0.1/32', timeoutMilliseconds: 2_000 });
  telling = startTask(live.api.ctx, webhooks(await openMediaSigner(live.api.db)));
});
afterEach(() => receiver.received.splice(0));
afterAll(async () => {
  await telling.close();
  await receiver.hangUp();
});

const FRAGMENT = `fragment Told on ChangeEvent {
  __typename cursor occurredAt version level eventType actor message status previousStatus details subjectType
  subjectId subject { id } project { id } run { id }
  ... on SceneChanged { scene { id sceneIndex } }
}`;

test('one fragment reads an event in a list, in a subscription and in what a webhook is sent', async () => {
  const { api } = live;
  await api.ask(
    `mutation ($url: String!, $document: String!) {
      createWebhook(input: { url: $url, document: $document, events: [SCENE_CHANGED] }) { __typename ... on UserError { message } }
    }`,
    { url: receiver.url, document: `{ ...Told } ${FRAGMENT}` },
  );
  const heard = live.follow<object>(
    `subscription ($id: ID!) { event: projectEvents(projectId: $id) { ...Told } } ${FRAGMENT}`,
    { id: live.project },
  );
  await take(heard, 1);
  await live.move('VIDEO_DONE', 'FAILED');

  const [event] = await take(heard, 1);
  const [message = expect.unreachable()] = await receiver.heard(1);
  const { project } = await api.ask<{ project: { events: { edges: { node: object }[] } } }>(
    `query ($id: ID!) { project(id: $id) { events(last: 1) { edges { node { ...Told } } } } } ${FRAGMENT}`,
    { id: live.project },
  );
  const [edge] = project.events.edges;
  expect(event).toMatchObject({
    __typename: 'SceneChanged',
    status: 'FAILED',
    previousStatus: 'VIDEO_DONE',
    subjectType: 'SCENE',
    subjectId: encodeGlobalId('Scene', live.film.sceneIds[0] ?? ''),
    project: { id: live.project },
    run: { id: live.run },
    scene: { id: encodeGlobalId('Scene', live.film.sceneIds[0] ?? ''), sceneIndex: 0 },
  });
  expect(edge?.node).toEqual(event);
  expect((JSON.parse(message.body) as { data: unknown }).data).toEqual(event);
});

test('an event without a status of ours has none, and breaks no answer', async () => {
  await live.say('A word that no enum has.', { details: { from: 'NO_WORD', to: 'NO_WORD_EITHER' } });
  const answer = await live.api.ask<object>(
    'query ($id: ID!) { project(id: $id) { events(last: 1) { edges { node { status previousStatus } } } } }',
    { id: live.project },
  );
  expect(answer).toEqual({
    project: { events: { edges: [{ node: { status: null, previousStatus: null } }] } },
  });
});
