/** What going on with a film costs, and making a scene of it again: told and agreed to before it is begun. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type PaidServer, servePaidFilms } from '../support/paid-server.ts';

const FILM_MILLISECONDS = 180_000;

/** Two scenes of one second: a storyboard of 0.9 cents, three pictures of 4 and two clips of 10. */
const FILM = { prompt: 'A fox wakes. A hare runs.', targetClipDuration: 1, targetDuration: 2 };
/** Cents that leave room for the storyboard and one picture. */
const HELD_AT_CENTS = 5;
const SPENT_WHEN_HELD = 49_000;
const WHOLE = 329_000;

let server: PaidServer;
let film: { projectId: string; runId: string; sceneId: string };
beforeAll(async () => {
  server = await servePaidFilms();
  film = await makeHeldFilm();
});
afterAll(() => server.stop());

type Launched = { generateFilm: { project: { id: string }; run: { id: string } } };

/** Launches a film and waits until its cap holds it. */
async function makeHeldFilm() {
  const { generateFilm } = await server.ask<Launched>(
    `mutation ($input: GenerateFilmInput!) {
      generateFilm(input: $input) { ... on GenerateFilmPayload { project { id } run { id } } }
    }`,
    { input: { ...FILM, maxCostCents: HELD_AT_CENTS } },
  );
  const projectId = generateFilm.project.id;
  const soon = { timeout: 30_000, interval: 50 };
  await vi.waitUntil(async () => (await newestRun(projectId)).status === 'PAUSED', soon);
  const { project } = await server.ask<{ project: { scenes: { id: string }[] } }>(
    'query ($id: ID!) { project(id: $id) { scenes { id } } }',
    { id: projectId },
  );
  return { projectId, runId: generateFilm.run.id, sceneId: project.scenes[1]?.id ?? '' };
}

type Run = { id: string; status: string; cost: { settledMicroUsd: number; maxCostCents: number | null } };

async function newestRun(projectId: string): Promise<Run> {
  const { project } = await server.ask<{ project: { runs: { edges: { node: Run }[] } } }>(
    `query ($id: ID!) { project(id: $id) { runs(first: 1) {
      edges { node { id status cost { settledMicroUsd maxCostCents } } }
    } } }`,
    { id: projectId },
  );
  const [run] = project.runs.edges.map(({ node }) => node);
  if (!run) throw new Error('The project has no run.');
  return run;
}

const REFUSED = { code: 2, stdout: '' };
const charged = async () =>
  (await server.paid.ledger()).reduce((sum, { chargedMicroUsd }) => sum + chargedMicroUsd, 0);

test('going on is asked about, by run and by project, and is not begun without a word', async () => {
  for (const id of [film.runId, film.projectId]) {
    const { stderr, ...ended } = await server.vidpipe(['resume', id]);
    expect(ended).toEqual(REFUSED);
    expect(stderr.split('\n')).toEqual([
      'keyframes        2 x  $0.08',
      'clips            2 x  $0.20',
      'likely $0.28 more ($0.28), 2 scenes',
      'So far $0.049 spent',
      'Going on costs money: add --yes, or --max-cost DOLLARS; nothing was begun.',
      '',
    ]);
  }
  expect(await newestRun(film.projectId)).toMatchObject({ id: film.runId, status: 'PAUSED' });
  expect(await charged()).toBe(SPENT_WHEN_HELD);
});

test('a cap below what the run has cost and still needs is refused, and leaves the old one', async () => {
  const { stderr, ...ended } = await server.vidpipe(['resume', film.runId, '--max-cost', '0.32']);
  expect(ended).toEqual(REFUSED);
  expect(stderr).toMatch(
    /^--max-cost: Going on costs at least \$0\.28, and the \$0\.049 that the run has cost count too; nothing/m,
  );
  expect(await newestRun(film.projectId)).toMatchObject({
    status: 'PAUSED',
    cost: { settledMicroUsd: SPENT_WHEN_HELD, maxCostCents: HELD_AT_CENTS },
  });
});

test('one that fits lets the run go on under it', { timeout: FILM_MILLISECONDS }, async () => {
  expect(await server.vidpipe(['resume', film.projectId, '--max-cost', '0.33'])).toMatchObject({ code: 0 });
  expect(await newestRun(film.projectId)).toMatchObject({
    id: film.runId,
    status: 'COMPLETED',
    cost: { settledMicroUsd: WHOLE, maxCostCents: 33 },
  });
  expect(await charged()).toBe(WHOLE);
});

test.each<[string, string[], string]>([
  [
    'without a word',
    [],
    'Making the scene again costs money: add --yes, or --max-cost DOLLARS; nothing was begun.',
  ],
  [
    'below its least',
    ['--max-cost', '0.09'],
    '--max-cost: Making the scene again costs at least $0.10; nothing was begun.',
  ],
])('a scene is not made again %s', async (_what, options, refusal) => {
  const { stderr, ...ended } = await server.vidpipe(['retry', film.sceneId, ...options]);
  expect(ended).toEqual(REFUSED);
  expect(stderr.split('\n')).toEqual([
    'clips            1 x  $0.10',
    expect.stringMatching(/^likely \$0\.10 more \(\$0\.10\), 2 scenes/),
    'So far $0.329 spent',
    refusal,
    '',
  ]);
  expect(await newestRun(film.projectId)).toMatchObject({ id: film.runId });
  expect(await charged()).toBe(WHOLE);
});

test(
  'it is within a cap that it just fits, which the run keeps; programs are told what it will cost',
  { timeout: FILM_MILLISECONDS },
  async () => {
    const { code, stdout } = await server.vidpipe(['retry', film.sceneId, '--max-cost', '0.10', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout.split('\n')[0] ?? '')).toMatchObject({
      type: 'estimate',
      settledMicroUsd: WHOLE,
      remainingMicroUsd: { low: 100_000, likely: 100_000, high: 100_000 },
    });
    const run = await newestRun(film.projectId);
    expect(run).toMatchObject({ status: 'COMPLETED', cost: { settledMicroUsd: 100_000, maxCostCents: 10 } });
    expect(run.id).not.toBe(film.runId);
  },
);

test('--yes makes it again without a question', { timeout: FILM_MILLISECONDS }, async () => {
  const { code, stderr } = await server.vidpipe(['retry', film.sceneId, '--yes']);
  expect(code).toBe(0);
  expect(stderr).toContain('likely $0.10 more');
  expect(await charged()).toBe(WHOLE + 2 * 100_000);
});
