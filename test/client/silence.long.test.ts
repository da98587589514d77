import { expect, test, vi } from 'vitest';
import { createClient } from '../../src/client/index.ts';
import { useTestApi } from '../support/test-api.ts';
import { CutProxy } from './support/cut-proxy.ts';

const api = useTestApi();
const EVENTS = `subscription ($after: String) {
  event: workspaceEvents(after: $after) { ... on LiveEvent { cursor } }
}`;
const CREATE = 'mutation { createProject(input: { prompt: "One." }) { __typename } }';
/** Both notice within 15 s; a busy machine may add some. */
const NOTICED = 20_000;

test.each(['websocket', 'sse'] as const)(
  'over %s a connection whose packets vanish is given up, and nothing is missed',
  async (transport) => {
    const proxy = await CutProxy.open(Number(new URL(api.api.url).port));
    const client = createClient({ url: `${proxy.url}/graphql`, transport });
    const heard: string[] = [];
    const ended = (async () => {
      const variables = { after: '0' };
      for await (const { event } of client.follow<{ event: { cursor: string } }, { after?: string }>(
        EVENTS,
        variables,
      ))
        heard.push(event.cursor);
    })();
    await vi.waitFor(() => expect(heard.length).toBeGreaterThan(0), 20_000);
    proxy.still();
    await api.ask(CREATE);
    const before = proxy.connections;
    await vi.waitFor(() => expect(proxy.connections).toBeGreaterThan(before), NOTICED);
    proxy.flow();
    const newest = async () => {
      const { _max } = await api.db.auditLog.aggregate({ _max: { sequence: true } });
      return String(_max.sequence);
    };
    const last = await newest();
    await vi.waitFor(() => expect(heard.at(-1)).toBe(last), NOTICED);
    client.close();
    await ended;
    await proxy.close();
  },
  150_000,
);
