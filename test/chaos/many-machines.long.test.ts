import { readdir } from 'node:fs/promises';
import { createClient } from 'graphql-ws';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { newId } from '../../src/core/ids.ts';
import { scopeOf } from '../../src/core/scopes.ts';
import { openDatabase } from '../../src/platform/database/database.ts';
import { findPostgres } from '../support/needs.ts';
import { freePort } from '../support/free-port.ts';
import { startPaidProvider } from '../support/paid-provider/start.ts';
import { startS3Server } from '../support/s3-server.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';
import { makeTestDatabase } from '../support/test-database.ts';
import { clientOf } from './client.ts';
import { startMachine } from './machine.ts';
import { finishAll, scriptOf } from './person.ts';

test.skipIf(findPostgres() === null)(
  'a subscriber of API 1 sees, in order and without a gap, what worker 3 does for a mutation sent to API 2',
  { timeout: 240_000 },
  async () => {
    await using left = new AsyncDisposableStack();
    const { databaseUrl, ...made } = await makeTestDatabase();
    left.defer(() => made.remove());
    const dataDir = temporaryFolder('machines');
    const [provider, s3] = await Promise.all([startPaidProvider(), startS3Server()]);
    left.defer(() => s3.remove());
    left.defer(() => provider.stop());
    const env = {
      VIDPIPE_DATA_DIR: dataDir,
      DATABASE_URL: databaseUrl ?? '',
      VIDPIPE_STORAGE_URL: s3.urlOf('machines'),
      PAID_PROVIDER_URL: provider.url,
      AWS_ACCESS_KEY_ID: process.env['AWS_ACCESS_KEY_ID'] ?? '',
      AWS_SECRET_ACCESS_KEY: process.env['AWS_SECRET_ACCESS_KEY'] ?? '',
    };
    const start = async (role: string, port: number) => {
      const machine = await startMachine(['--role', role], { ...env, PORT: String(port) });
      left.defer(() => machine.kill('SIGKILL'));
      return machine;
    };
    const ports = [await freePort(), await freePort(), await freePort()] as const;
    for (const port of ports) await start('api', port);
    const workers = [await start('worker', 0), await start('worker', 0), await start('worker', 0)];
    // Only the third can be the one that works.
    for (const worker of workers.slice(0, 2)) worker.kill('SIGSTOP');

    const second = clientOf(`http://127.0.0.1:${ports[1]}`);
    const projectId = await second.generate(scriptOf(newId().slice(-12)), newId());
    const seen = follow(`ws://127.0.0.1:${ports[0]}/graphql`, projectId);
    expect(await finishAll(second, provider, [projectId], 120)).toEqual([]);
    const third = await clientOf(`http://127.0.0.1:${ports[2]}`).project(projectId);
    expect(third.status).toBe('COMPLETE');

    const database = await openDatabase({ url: databaseUrl ?? '' });
    left.defer(() => database.close());
    const log = await database.prisma.auditLog.findMany({
      where: { scopes: { has: scopeOf('Project', projectId.split('_').at(-1) ?? '') } },
      orderBy: { sequence: 'asc' },
    });
    await expect.poll(() => seen.length).toBe(log.length);
    expect(seen).toEqual(log.map(({ sequence }) => String(sequence)));
    const workedBy = new Set(log.map(({ actor }) => actor).filter((actor) => actor.startsWith('worker:')));
    expect([...workedBy].map((actor) => Number(actor.split(':').at(-1)))).toEqual([workers[2]?.pid()]);
    // Nothing but work in progress is on the machines' own disk.
    expect(await readdir(dataDir)).not.toContain('files');
  },
);

/** Cursors of a project's events from its beginning, as they come in. */
function follow(url: string, projectId: string): string[] {
  const seen: string[] = [];
  const client = createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0 });
  const query =
    'subscription ($id: ID!) { projectEvents(projectId: $id, after: "0") { ... on ChangeEvent { cursor } } }';
  client.subscribe<{ projectEvents: { cursor?: string } }>(
    { query, variables: { id: projectId } },
    {
      next: ({ data }) => data?.projectEvents.cursor && seen.push(data.projectEvents.cursor),
      error: (error) => seen.push(String(error)),
      complete: () => {},
    },
  );
  return seen;
}
