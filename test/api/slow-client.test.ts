import { once } from 'node:events';
import { beforeAll, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { encodeGlobalId } from '../../src/core/ids.ts';
import { seedProject } from '../support/seed.ts';
import { useTestApi } from '../support/test-api.ts';
import { recordCall } from './support/record-call.ts';

const MAX_MISSED = 10;
/** With as much in each, a few events are more than the buffers of the operating system. */
const DETAILS = 'x'.repeat(500_000);
const EVENTS = 40;
const WAIT = 5_000;

let projectId: string;
const api = useTestApi({ limits: { maxMissed: MAX_MISSED } });
beforeAll(async () => {
  projectId = await seedProject(api.db);
});

type Message = {
  type: string;
  payload?: { data?: { event: { cursor: string; message?: string } } } & {
    extensions?: { code: string; cursor: string };
  }[];
};

/** A subscriber with nothing between it and the wire. */
async function subscribe(after?: string) {
  const socket = new WebSocket(`${api.api.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  await once(socket, 'open');
  const messages: Message[] = [];
  socket.on('message', (data: Buffer) => messages.push(JSON.parse(String(data)) as Message));
  const query = `subscription ($id: ID!, $after: String) {
    event: projectEvents(projectId: $id, after: $after) {
      ... on LiveEvent { cursor }
      ... on ChangeEvent { message details }
    }
  }`;
  const variables = { id: encodeGlobalId('Project', projectId), after };
  socket.send('{"type":"connection_init"}');
  await vi.waitFor(() => expect(messages).toHaveLength(1), WAIT);
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query, variables } }));
  const heard = () => messages.flatMap(({ payload }) => payload?.data?.event.message ?? []);
  await vi.waitFor(() => expect(messages.at(-1)?.type).toBe('next'), WAIT);
  return { socket, messages, heard };
}

test(
  'a client that stops reading is ended, comes back and has it all; the others hear it at once',
  { tags: 'long' },
  async () => {
    const quick = await subscribe();
    const stuck = await subscribe();
    stuck.socket.pause();
    for (let index = 0; index < EVENTS; index += 1) {
      await recordCall(api, projectId, String(index), { DETAILS });
      await vi.waitFor(() => expect(quick.heard()).toHaveLength(index + 1), WAIT);
    }
    stuck.socket.resume();
    await vi.waitFor(() => expect(stuck.messages.at(-1)?.type).toBe('error'), WAIT);
    const [refusal] = stuck.messages.at(-1)?.payload ?? [];
    expect(refusal?.extensions).toMatchObject({ code: 'SUBSCRIPTION_OVERFLOW' });
    const first = stuck.heard();
    expect(first.length).toBeLessThan(EVENTS - MAX_MISSED);

    const back = await subscribe(refusal?.extensions?.cursor);
    await vi.waitFor(() => expect(first.length + back.heard().length).toBe(EVENTS), WAIT);
    expect([...first, ...back.heard()]).toEqual(quick.heard());
    for (const { socket } of [quick, stuck, back]) socket.terminate();
  },
);
