/** What a person is told of steps that wait for their provider. */
import { expect, test } from 'vitest';
import { describe as describeProject } from '../../src/cli/projects/status.ts';
import { ProjectStatusDocument } from '../../src/cli/generated/graphql.ts';
import { encodeGlobalId } from '../../src/core/ids.ts';
import { seedFilm } from '../support/seed.ts';
import { useTestApi } from '../support/test-api.ts';

const api = useTestApi();

const HOUR_MS = 3_600_000;

test('a run shows its steps that wait, the first to go on first, and the command line prints them', async () => {
  const { runId, projectId } = await seedFilm(api.ctx);
  const since = new Date();
  const at = (hours: number) => new Date(since.getTime() + hours * HOUR_MS);
  const wait = { runId, step: 'submit-clip', code: 'PROVIDER_QUOTA', reason: 'Too many today.', since };
  await api.db.stepWait.createMany({
    data: [
      { ...wait, key: 'later', until: at(2) },
      { ...wait, key: 'sooner', until: at(1) },
      { ...wait, key: 'over', until: at(-1) },
    ],
  });
  const query = `query ($id: ID!) { project(id: $id) { runs(first: 1) { edges { node { waits { step code reason since until } } } } } }`;
  const id = encodeGlobalId('Project', projectId);
  const { project } = await api.ask<{ project: { runs: { edges: { node: { waits: object[] } }[] } } }>(
    query,
    { id },
  );
  const shown = {
    step: 'submit-clip',
    code: 'PROVIDER_QUOTA',
    reason: 'Too many today.',
    since: since.toJSON(),
  };
  expect(project.runs.edges[0]?.node.waits).toEqual([
    { ...shown, until: at(1).toJSON() },
    { ...shown, until: at(2).toJSON() },
  ]);

  const status = await api.ask<{ project: Parameters<typeof describeProject>[0] }>(
    ProjectStatusDocument.toString(),
    { id },
  );
  expect([...describeProject(status.project)]).toContain(`Waits until ${at(1).toJSON()}: Too many today.`);
});
