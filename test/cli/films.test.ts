import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newDataDir, runVidpipe, serveVidpipe, startVidpipe } from '../support/vidpipe-process.ts';

/** Two scenes of one second: the shortest film that still has a transition. */
const SHORT = ['--clip-duration', '1', '--duration', '2'];
const PROMPT = 'A lighthouse at dusk. A storm comes.';

let server: Awaited<ReturnType<typeof serveVidpipe>>;
beforeAll(async () => {
  server = await serveVidpipe();
});
afterAll(() => server.stop());

const jsonLines = (stdout: string) =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string; [field: string]: unknown });

/** What stands at byte 4 of every MP4 file. */
const isMp4 = (file: string) => readFileSync(file).subarray(4, 8).toString('latin1') === 'ftyp';

async function newestStatus() {
  const { stdout } = await runVidpipe(['status', '--json'], server.env);
  return jsonLines(stdout)[0] as unknown as { id: string; status: string; videos: { edges: unknown[] } };
}

describe('a film from the command line', () => {
  test('on a pipe, stdout is the path alone and stderr tells plain lines', { tags: 'long' }, async () => {
    const out = path.join(newDataDir(), 'film.mp4');
    const { code, stdout, stderr } = await runVidpipe(
      ['generate', PROMPT, ...SHORT, '--out', out],
      server.env,
    );
    expect(stderr).toMatch(/Scene 1: done/);
    expect(stderr).not.toContain('\u001B');
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${out}\n` });
    expect(isMp4(out)).toBe(true);
    expect(readdirSync(path.dirname(out))).toEqual(['film.mp4']);
  });

  test(
    'with --json each line is an event, in order, and the last is the result',
    { tags: 'long' },
    async () => {
      const { code, stdout, stderr } = await runVidpipe(
        ['generate', '-', ...SHORT, '--json'],
        server.env,
        PROMPT,
      );
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const lines = jsonLines(stdout);
      const scene = lines.filter(({ type, sceneIndex }) => type === 'scene' && sceneIndex === 0);
      expect(scene.map(({ status }) => status)).toEqual([
        'PENDING',
        'KEYFRAMES_GENERATING',
        'KEYFRAMES_DONE',
        'VIDEO_GENERATING',
        'VIDEO_DONE',
      ]);
      const film = { durationSeconds: expect.closeTo(2, 1) as number, videoCodec: 'h264', audioCodec: 'aac' };
      expect(lines.at(-1)).toMatchObject({ type: 'result', status: 'COMPLETED', film });
    },
  );

  test(
    'stitching again with a crossfade gives a shorter film of the same project',
    { tags: 'long' },
    async () => {
      const { id } = await newestStatus();
      const { code, stdout } = await runVidpipe(['stitch', id, '--crossfade', '0.5', '--json'], server.env);
      expect(code).toBe(0);
      const film = { durationSeconds: expect.closeTo(1.5, 1) as number };
      expect(jsonLines(stdout).at(-1)).toMatchObject({ projectId: id, film });
    },
  );

  test('list, status and open tell of it', { tags: 'long' }, async () => {
    const { id } = await newestStatus();
    expect((await runVidpipe(['list'], server.env)).stdout).toContain(`${id}  COMPLETE`);
    expect((await runVidpipe(['status', id], server.env)).stdout).toMatch(/Film {2}00:0\d {2}\//);
    const [place = ''] = (await runVidpipe(['open', id], server.env)).stdout.split('\n');
    expect(isMp4(place)).toBe(true);
  });

  test('a file that is there gives way only to --force', { tags: 'long' }, async () => {
    const out = path.join(newDataDir(), 'film.mp4');
    writeFileSync(out, 'mine');
    expect((await runVidpipe(['generate', PROMPT, ...SHORT, '--out', out], server.env)).code).toBe(2);
    expect(readFileSync(out, 'utf8')).toBe('mine');
    const { code } = await runVidpipe(['generate', PROMPT, ...SHORT, '--out', out, '--force'], server.env);
    expect(code).toBe(0);
    expect(isMp4(out)).toBe(true);
  });
});

describe('Ctrl-C', () => {
  const long = ['generate', PROMPT, '--clip-duration', '15', '--duration', '225'];

  test('once cancels the run, waits for its end and ends with 130', { tags: 'long' }, async () => {
    const film = startVidpipe(long, server.env);
    await film.saw(/Scene 1: /);
    film.child.kill('SIGINT');
    const { code, stdout, stderr } = await film.ended;
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
    expect(stderr).toMatch(/Cancelling;.*\n[^]*Cancelled; what was finished stays in project_/);
    expect(await newestStatus()).toMatchObject({ status: 'CANCELLED' });
  });

  test('twice leaves at once, even if the server no longer answers', { tags: 'long' }, async () => {
    const film = startVidpipe(long, server.env);
    await film.saw(/Scene 1: /);
    server.child.kill('SIGSTOP');
    film.child.kill('SIGINT');
    await film.saw(/Cancelling/);
    // Presses closer together than this count as one.
    await new Promise((resolve) => setTimeout(resolve, 300));
    film.child.kill('SIGINT');
    const { code, stderr } = await film.ended;
    server.child.kill('SIGCONT');
    expect(code).toBe(130);
    expect(stderr).not.toContain('Cancelled');
    const { stdout } = await runVidpipe(['status', '--json'], server.env);
    const { runs } = jsonLines(stdout)[0] as unknown as { runs: { edges: { node: { id: string } }[] } };
    expect((await runVidpipe(['cancel', runs.edges[0]?.node.id ?? ''], server.env)).code).toBe(0);
  });
});

describe('the server of the data directory', () => {
  test('is announced while it serves, and its announcement goes with it', { tags: 'long' }, async () => {
    const own = await serveVidpipe();
    const file = path.join(own.env.VIDPIPE_DATA_DIR, 'server.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      url: own.url,
      pid: own.child.pid,
      instance: expect.any(String),
    });
    expect(await own.stop()).toMatchObject({ code: 0 });
    expect(existsSync(file)).toBe(false);
  });

  test('killed, it leaves an announcement that nobody follows', { tags: 'long' }, async () => {
    const own = await serveVidpipe();
    own.child.kill('SIGKILL');
    while (own.child.exitCode === null && own.child.signalCode === null) {
      await new Promise((resolve) => own.child.once('exit', resolve));
    }
    expect(existsSync(path.join(own.env.VIDPIPE_DATA_DIR, 'server.json'))).toBe(true);
    const { code, stderr } = await runVidpipe(['list'], own.env);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringContaining('No projects yet') as string,
    });
  });
});
