import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { expect, test, vi } from 'vitest';
import { type ClientOptions, createClient } from '../../src/client/index.ts';
import { encodeGlobalId } from '../../src/core/ids.ts';
import { scopesOf } from '../../src/core/scopes.ts';
import { recordAudit } from '../../src/features/audit/log/audit.ts';
import { seedFilm } from '../support/seed.ts';
import { useTestApi } from '../support/test-api.ts';

const api = useTestApi();

const blocks = (language: string) =>
  [
    ...readFileSync('README.md', 'utf8').matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, 'g')),
  ].map(([, text = '']) => text);

const AsyncFunction = (async () => {}).constructor as FunctionConstructor;

test("the README's program follows a film by the README's subscription", async () => {
  const { projectId, runId, sceneIds } = await seedFilm(api.ctx);
  const said = vi.spyOn(console, 'log').mockImplementation(() => {});
  const here = (options: ClientOptions) => createClient({ ...options, url: `${api.api.url}/graphql` });
  const [program = ''] = blocks('ts');
  const [events = ''] = blocks('graphql').filter((text) => text.startsWith('subscription'));
  const body = stripTypeScriptTypes(program).replace(/^import .*$/m, '');
  const run = AsyncFunction('createClient', 'EVENTS', 'project', body) as (
    ...args: unknown[]
  ) => Promise<void>;
  const clients: ReturnType<typeof createClient>[] = [];
  const open = (options: ClientOptions) => {
    const client = here(options);
    clients.push(client);
    return client;
  };
  const running = run(open, events, encodeGlobalId('Project', projectId));
  await api.db.$transaction((tx) =>
    recordAudit(tx, api.ctx.actor, {
      subject: { type: 'Scene', id: sceneIds[0] ?? '' },
      scopes: scopesOf({ Project: projectId, PipelineRun: runId }),
      eventType: 'API_CALL',
      message: 'Told.',
    }),
  );
  await vi.waitFor(
    () => expect(said).toHaveBeenCalledWith(expect.stringMatching(/^Scene \d+ is [A-Z_]+\.$/)),
    20_000,
  );
  for (const client of clients) client.close();
  await running;
  said.mockRestore();
});
