/** What each command does to a film, within this process; the long tests have them in processes of their own. */
import { beforeAll, expect, test, vi } from 'vitest';
import { runCli } from '../../src/cli/run-cli.ts';
import { EXIT } from '../../src/cli/command/exit-codes.ts';
import { mutate } from '../api/support/mutate.ts';
import { useTestApi } from '../support/test-api.ts';
import { usePaidFilms } from '../support/use-paid-provider.ts';

/** Clips that take a second: time to be paused in. */
usePaidFilms({ operationMs: 1_000 });
const api = useTestApi({ workers: 2 });

let film: { project: string; run: string };
beforeAll(async () => {
  const input = {
    prompt: 'A fox wakes. A hare runs.',
    targetClipDuration: 1,
    targetDuration: 2,
    crossfadeSeconds: 0,
  };
  const { project, run } = await mutate<{ project: { id: string } }>(
    api,
    'generateFilm',
    input,
    'project { id } run { id }',
  );
  film = { project: project?.id ?? '', run: run?.id ?? '' };
});

/** Runs it as `vidpipe` does, and keeps what it prints. */
async function vidpipe(...args: string[]) {
  const printed = { stdout: '', stderr: '' };
  const keep = (name: keyof typeof printed, end: string) => (text: unknown) => {
    printed[name] += `${String(text)}${end}`;
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(keep('stdout', ''));
  vi.spyOn(process.stderr, 'write').mockImplementation(keep('stderr', ''));
  vi.spyOn(console, 'log').mockImplementation(keep('stdout', '\n'));
  try {
    const code = await runCli([...args, '--url', `${api.api.url}/graphql`]);
    return { code, ...printed };
  } finally {
    vi.restoreAllMocks();
  }
}

const scenesOf = async (id: string) => {
  const { project } = await api.ask<{ project: { scenes: { id: string }[] } }>(
    'query ($id: ID!) { project(id: $id) { scenes { id } } }',
    { id },
  );
  return project.scenes.map((scene) => scene.id);
};

const FILM = /^http:\S+\/files\/[0-9a-f-]{36}\.mp4\n$/;

test('pause stops a run, and who follows it is told how to go on', async () => {
  // Once its storyboard is paid for.
  await expect.poll(() => api.db.scene.count(), { timeout: 30_000, interval: 20 }).toBe(2);
  const paused = { code: EXIT.ok, stdout: `${film.run} is PAUSED\n`, stderr: '' };
  expect(await vidpipe('pause', film.run)).toEqual(paused);
  const { code, stdout, stderr } = await vidpipe('follow', film.run);
  expect({ code, stdout }).toEqual({ code: EXIT.paused, stdout: '' });
  expect(stderr).toContain(`Paused; what is finished stays. Go on: vidpipe resume ${film.run}\n`);
});

test('resume tells what the rest costs, goes on with the run and waits for the film', async () => {
  const { code, stdout, stderr } = await vidpipe('resume', film.run, '--yes');
  expect({ code, stdout }).toEqual({ code: EXIT.ok, stdout: expect.stringMatching(FILM) as string });
  expect(stderr).toMatch(/^likely \$\S+ more /m);
  expect(stderr).toMatch(/Scene 2: done\n[^]*100 % · stitching · The film is finished/);
});

test('follow tells of a film that is finished, and begins nothing', async () => {
  const runs = await api.db.pipelineRun.count();
  expect(await vidpipe('follow', film.project)).toMatchObject({
    code: EXIT.ok,
    stdout: expect.stringMatching(FILM) as string,
    stderr: expect.stringContaining('$0.329 spent') as string,
  });
  expect(await api.db.pipelineRun.count()).toBe(runs);
});

test('retry makes one scene anew, and stitch the film once more, at no cost', async () => {
  const [scene = ''] = await scenesOf(film.project);
  const retried = await vidpipe('retry', scene, '--yes');
  expect(retried).toMatchObject({ code: EXIT.ok, stdout: expect.stringMatching(FILM) as string });
  expect(retried.stderr).toMatch(/^clips +1 x +\$0\.10\n/);
  expect(retried.stderr).toMatch(/Scene 1: done\n/);
  expect(retried.stderr, 'nothing is done to it now').not.toContain('Scene 2');
  const stitched = await vidpipe('stitch', film.project);
  expect(stitched).toMatchObject({ code: EXIT.ok, stdout: expect.stringMatching(FILM) as string });
  expect(stitched.stdout).not.toBe(retried.stdout);
  expect(stitched.stderr, 'it only stitches').not.toContain('Scene ');
  expect((await vidpipe('status', film.project)).stdout).toMatch(/COMPLETE\n[^]*^\$0\.429 spent\n/m);
});

test('estimate tells what a film costs, and usage what was spent, by what is asked', async () => {
  const estimate = await vidpipe(
    'estimate',
    'A fox wakes.',
    '--clip-duration',
    '1',
    '--duration',
    '1',
    '--json',
  );
  expect(JSON.parse(estimate.stdout)).toMatchObject({ isFree: false, totalMicroUsd: { likely: 189_000 } });
  expect((await vidpipe('usage', '--by', 'call')).stdout).toMatch(
    /^CLIP +\$0\.30  3 calls\n[^]*^Total +\$0\.429 /m,
  );
});

test.each<[string[], RegExp]>([
  [['generate', 'A cat', '--style', 'baroque', '--aspect-ratio', '4:3'], /^--style: .*--aspect-ratio: /],
  [['generate', 'A cat', '--clip-duration', 'long'], /^--clip-duration: Must be a number of seconds/],
  [['generate', 'A cat', '--product', 'README.md'], /^--product: Must be a PNG or a JPEG/],
  [['usage', '--from', 'yesterday', '--to', '2026-02-30'], /^--from: .*--to: Must be a day/],
  [['usage', '--csv', '--by', 'call'], /^--csv: does not go with --by; leave one of them out\.$/m],
  [
    ['estimate', 'A cat', '--max-cost', '5'],
    /^--max-cost: vidpipe estimate does not take it; leave it out\. It goes with vidpipe generate, resume, retry, batch run, batch start or batch resume\.$/m,
  ],
  [
    ['estimate', 'A cat', '--out=film.mp4'],
    /^--out: vidpipe estimate does not take it; .* generate, stitch, resume, follow, retry, batch results, moments run or moments cut\.$/m,
  ],
  [['--url', 'http://x', 'list'], /^--url: options come after the command; write vidpipe list … --url\.$/m],
  [['estimate', 'A cat', '--sytle', 'noir'], /--sytle.*Did you mean --style/],
  [['retry', 'x'], /^SCENE: Must be the id of a Scene/],
])('vidpipe %j is refused in one line that names what was typed', async (args, line) => {
  const { code, stdout, stderr } = await vidpipe(...args);
  expect({ code, stdout }).toEqual({ code: EXIT.badInput, stdout: '' });
  expect(stderr).toMatch(/^[^\n]+\n$/);
  expect(stderr).toMatch(line);
});

test('cancel says how a run stands that has ended, and list what there is', async () => {
  expect((await vidpipe('cancel', film.run)).stdout).toBe(`${film.run} is COMPLETED\n`);
  expect((await vidpipe('list')).stdout).toMatch(new RegExp(`^${film.project}  COMPLETE .*A fox wakes\n$`));
});
