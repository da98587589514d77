import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runVidpipe, serveVidpipe, startVidpipe } from '../support/vidpipe-process.ts';

const FILM_MILLISECONDS = 180_000;

/** Four scenes of two seconds: long enough to be caught in the middle. */
const FILM = [
  'generate',
  'A lighthouse. A storm. A ship. The morning.',
  '--clip-duration',
  '2',
  '--duration',
  '8',
];

let server: Awaited<ReturnType<typeof serveVidpipe>>;
beforeAll(async () => {
  server = await serveVidpipe();
});
afterAll(() => server.stop());

type Status = {
  id: string;
  status: string;
  scenes: { id: string; status: string }[];
  runs: { edges: { node: { id: string; status: string } }[] };
};

const vidpipe = (...args: string[]) => runVidpipe(args, server.env);

/** Where the newest project stands, and its newest run. */
async function newest() {
  const project = JSON.parse((await vidpipe('status', '--json')).stdout) as Status;
  const [run] = project.runs.edges.map(({ node }) => node);
  return { ...project, runId: run?.id ?? '' };
}

test(
  'a paused run is left by the command that followed it, and resumed makes the film',
  { timeout: FILM_MILLISECONDS },
  async () => {
    const film = startVidpipe([...FILM, '--json'], server.env);
    await film.saw(/"type":"videoClip".*"status":"COMPLETE"/);
    const { runId } = await newest();

    expect(await vidpipe('pause', runId)).toEqual({ code: 0, stdout: `${runId} is PAUSED\n`, stderr: '' });
    const { code, stdout, stderr } = await film.ended;
    const message = `Paused; what is finished stays. Go on: vidpipe resume ${runId}`;
    expect({ code, stderr }).toEqual({ code: 5, stderr: `${message}\n` });
    const last = stdout.trim().split('\n').at(-1) ?? '';
    expect(JSON.parse(last)).toEqual({ type: 'error', exitCode: 5, code: null, message });
    expect(await newest()).toMatchObject({ status: 'PAUSED' });

    const again = await vidpipe('pause', runId, '--json');
    expect(JSON.parse(again.stdout)).toEqual({ id: runId, status: 'PAUSED' });

    const resumed = await vidpipe('resume', runId);
    expect(resumed.code).toBe(0);
    expect(resumed.stderr).toMatch(/Scene 4: done/);
    expect(existsSync(resumed.stdout.trim())).toBe(true);
    expect(await newest()).toMatchObject({ status: 'COMPLETE', runId });
  },
);

test('an ended run and a complete project have nothing to pause or resume', async () => {
  const { id, runId } = await newest();
  for (const command of ['pause', 'resume']) {
    expect(await vidpipe(command, runId)).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^RUN: The run has ended \(COMPLETED\); [^\n]+\n$/) as string,
    });
  }
  expect(await vidpipe('resume', id)).toEqual({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/^PROJECT: The film is complete; [^\n]+\n$/) as string,
  });
});

test(
  'a scene is retried by the id that status tells, into another film',
  { timeout: FILM_MILLISECONDS },
  async () => {
    const { id, runId, scenes } = await newest();
    const before = (await vidpipe('open', id)).stdout.split('\n')[0] ?? '';
    const scene = scenes[1]?.id ?? '';
    expect((await vidpipe('status', id)).stdout).toMatch(new RegExp(`^ +2 {2}done +${scene} {2}`, 'm'));

    const { code, stdout } = await vidpipe('retry', scene, '--json');
    expect(code).toBe(0);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.at(-1)).toMatchObject({ type: 'result', status: 'COMPLETED', projectId: id });
    expect(lines.at(-1)?.['runId']).not.toBe(runId);
    const after = (await vidpipe('open', id)).stdout.split('\n')[0] ?? '';
    expect(after).not.toBe(before);
    expect([existsSync(before), existsSync(after)]).toEqual([true, true]);
  },
);

test('a cancelled project is resumed by its id', { timeout: FILM_MILLISECONDS }, async () => {
  const film = startVidpipe(FILM, server.env);
  await film.saw(/Scene 1: keyframes drawn/);
  const { id, runId } = await newest();
  await vidpipe('pause', runId);
  expect((await film.ended).code).toBe(5);
  expect(await vidpipe('cancel', runId)).toMatchObject({ code: 0, stdout: `${runId} is CANCELLED\n` });

  const { code, stdout } = await vidpipe('resume', id);
  expect(code).toBe(0);
  expect(existsSync(stdout.trim())).toBe(true);
  const resumed = await newest();
  expect(resumed).toMatchObject({ id, status: 'COMPLETE' });
  expect(resumed.runId).not.toBe(runId);
});
