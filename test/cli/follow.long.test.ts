/** Films whose command, or whose server, is not there all the time. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newDataDir, runVidpipe, serveVidpipe, startVidpipe } from '../support/vidpipe-process.ts';

const FILM_MILLISECONDS = 180_000;

/** Two scenes of two seconds: long enough to be caught in the middle. */
const FILM = ['generate', 'A lighthouse. A storm.', '--clip-duration', '2', '--duration', '4'];

let server: Awaited<ReturnType<typeof serveVidpipe>>;
beforeAll(async () => {
  server = await serveVidpipe();
});
afterAll(() => server.stop());

type Status = { id: string; status: string; runs: { edges: { node: { id: string; status: string } }[] } };

async function newest(env: Record<string, string>) {
  const { stdout } = await runVidpipe(['status', '--json'], env);
  const { id, status, runs } = JSON.parse(stdout) as Status;
  return { id, status, runId: runs.edges[0]?.node.id ?? '' };
}

test(
  'a film whose server is killed is safe: the command says how it goes on, and it does',
  { timeout: FILM_MILLISECONDS },
  async () => {
    const own = await serveVidpipe();
    const found = startVidpipe(FILM, own.env);
    await found.saw(/Scene 1: keyframes drawn/);
    const named = startVidpipe(['follow', (await newest(own.env)).runId, '--url', own.url], own.env);
    await named.saw(/Scene 1: keyframes drawn/);
    own.child.kill('SIGKILL');

    const { code, stderr } = await found.ended;
    const advice =
      /The server at \S+ went away; the film is safe, with all that is finished\. Go on: vidpipe resume (pipeline_run_\S+)\n$/;
    expect({ code, stderr }).toEqual({ code: 4, stderr: expect.stringMatching(advice) as string });
    expect(stderr).not.toContain('--url');
    expect((await named.ended).stderr).toMatch(
      / Once it is there again: vidpipe resume pipeline_run_\S+ --url http:\S+\n$/,
    );

    const [, runId = ''] = advice.exec(stderr) ?? [];
    const out = path.join(newDataDir(), 'film.mp4');
    expect(await runVidpipe(['resume', runId, '--out', out], own.env)).toMatchObject({
      code: 0,
      stdout: `${out}\n`,
    });
    expect(existsSync(out)).toBe(true);
  },
);

test(
  'a run that is at work is followed by its own id and its project’s, and resumed by following it',
  { timeout: FILM_MILLISECONDS },
  async () => {
    const film = startVidpipe(FILM, server.env);
    await film.saw(/Scene 1: /);
    const { id, runId } = await newest(server.env);
    const watchers = [
      ['follow', runId],
      ['follow', id],
      ['resume', runId],
      ['resume', id],
    ].map((args) => startVidpipe(args, server.env));
    const left = startVidpipe(['follow', id], server.env);
    await left.saw(/Scene 1: /);
    left.child.kill('SIGINT');
    expect(await left.ended).toMatchObject({
      code: 130,
      stderr: expect.stringMatching(
        /No longer followed; the run goes on\. Again: vidpipe follow pipeline_run_/,
      ) as string,
    });

    const [made, ...others] = await Promise.all([film.ended, ...watchers.map(({ ended }) => ended)]);
    for (const { code, stdout } of [made, ...others])
      expect({ code, stdout }).toEqual({ code: 0, stdout: made.stdout });
    expect(await newest(server.env)).toMatchObject({ id, status: 'COMPLETE', runId });
  },
);

test('an ended run is followed to its film at once', { timeout: FILM_MILLISECONDS }, async () => {
  const { id } = await newest(server.env);
  const { code, stdout } = await runVidpipe(['follow', id], server.env);
  expect({ code, exists: existsSync(stdout.trim()) }).toEqual({ code: 0, exists: true });
});

test('what there is not cannot be followed', async () => {
  const id = 'project_0197f3c2-0000-7000-8000-000000000000';
  const { code, stderr } = await runVidpipe(['follow', id], server.env);
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: `RUN|PROJECT: there is no ${id}; see vidpipe list.\n`,
  });
});
