/** What processes tell Prometheus on their own port, scraped as it does, while real films are made. */
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findPostgres } from '../support/needs.ts';
import { type PaidServer, servePaidFilms } from '../support/paid-server.ts';
import { makeTestDatabase } from '../support/test-database.ts';
import { newDataDir, runVidpipe, startVidpipe } from '../support/vidpipe-process.ts';

const FILM = ['generate', 'A fox wakes. A hare runs.', '--clip-duration', '1', '--duration', '2', '--yes'];
const FILM_MILLISECONDS = 180_000;
const PATIENT = { timeout: 30_000, interval: 100 };
const ENDED = 'vidpipe_run_duration_seconds_count{kind="FILM",status="COMPLETED"}';

const OLDEST = 'vidpipe_queue_oldest_ready_seconds';

/** Every series, by its name and labels. */
type Series = Record<string, number>;

const read = async (url: string): Promise<string> => (await fetch(url)).text();

async function scrape(url: string): Promise<Series> {
  const lines = [...(await read(url)).matchAll(/^(\w+(?:\{.*\})?) (\S+)$/gm)];
  return Object.fromEntries(lines.map(([, name = '', value]) => [name, Number(value)]));
}

/** The sum of every series of a metric that has all of `labels`. */
const sumOf = (series: Series, name: string, ...labels: string[]): number =>
  Object.entries(series)
    .filter(([key]) => key.split('{')[0] === name && labels.every((label) => key.includes(label)))
    .reduce((sum, [, value]) => sum + value, 0);

const done = (series: Series) => sumOf(series, 'vidpipe_step_duration_seconds_count', '"done"');

const metricsOf = async ({ saw }: Pick<ReturnType<typeof startVidpipe>, 'saw'>): Promise<string> =>
  (await saw(/Metrics are at (\S+)\.\n/))[1] ?? '';

describe('one process that does everything', { tags: 'long' }, () => {
  let server: PaidServer;
  let url: string;
  beforeAll(async () => {
    server = await servePaidFilms({ VIDPIPE_METRICS_PORT: '0' });
    url = await metricsOf(server);
  });
  afterAll(() => server.stop());

  test(
    'tells a film’s run, steps, calls and cost',
    { timeout: FILM_MILLISECONDS, tags: 'long' },
    async () => {
      expect(await scrape(url)).toMatchObject({
        vidpipe_database_up: 1,
        'vidpipe_runs{kind="FILM",status="RUNNING"}': 0,
        vidpipe_cost_usd_total: 0,
        vidpipe_cost_reserved_usd: 0,
        vidpipe_cost_unknown_usd: 0,
        vidpipe_subscriptions: 0,
        process_cpu_seconds_total: expect.any(Number) as number,
      });
      const film = server.vidpipe(FILM);
      await expect.poll(async () => sumOf(await scrape(url), 'vidpipe_runs', 'FILM'), PATIENT).toBe(1);
      await expect
        .poll(async () => sumOf(await scrape(url), 'vidpipe_steps_running'), PATIENT)
        .toBeGreaterThan(0);
      expect((await film).code).toBe(0);
      await expect.poll(async () => (await scrape(url))[ENDED], PATIENT).toBe(1);

      // The database is asked once a second at the most.
      await expect.poll(async () => (await scrape(url))['vidpipe_cost_usd_total'], PATIENT).toBe(0.329);
      // The last steps are put away after the run has ended.
      await expect.poll(async () => sumOf(await scrape(url), 'vidpipe_queue_jobs'), PATIENT).toBe(0);
      const after = await scrape(url);
      const answered = (call: string) =>
        sumOf(after, 'vidpipe_provider_call_duration_seconds_count', `call="${call}"`, '"answered"');
      const calls = ['storyboard', 'keyframe', 'submit', 'download'];
      expect(Object.fromEntries(calls.map((call) => [call, answered(call)]))).toEqual({
        storyboard: 1,
        keyframe: 3,
        submit: 2,
        download: 2,
      });
      expect(answered('poll')).toBeGreaterThan(1);
      expect(done(after)).toBeGreaterThanOrEqual(7);
      expect(sumOf(after, 'vidpipe_steps_running')).toBe(0);
      expect(sumOf(after, OLDEST)).toBe(0);
      expect(after['vidpipe_cost_reserved_usd']).toBe(0);
      expect(sumOf(after, 'vidpipe_run_duration_seconds_sum', 'COMPLETED')).toBeGreaterThan(0);
    },
  );

  test('names keep to Prometheus’ rules, and labels hold nothing of anybody', async () => {
    const text = await read(url);
    const kinds = [...text.matchAll(/^# TYPE (vidpipe_\w+) (\w+)$/gm)];
    expect(kinds.length).toBeGreaterThan(10);
    for (const [, name = '', kind] of kinds) {
      expect({ name, isTotal: name.endsWith('_total') }).toEqual({ name, isTotal: kind === 'counter' });
      expect(name).not.toMatch(/_(ms|millis\w*|minutes|hours|cents|micro\w*|kb|mb)(_|$)/);
      expect(name.endsWith('_seconds')).toBe(kind === 'histogram' || name === OLDEST);
      expect(text).toMatch(new RegExp(`^# HELP ${name} [A-Z].+\\.$`, 'm'));
    }
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-|vp_|(project|pipeline_run|scene)_0/);
  });

  test('the port answers this machine’s names, and /metrics alone', async () => {
    const statusFor = (host: string) =>
      new Promise((resolve) =>
        request(url, { headers: { host } }, ({ statusCode }) => resolve(statusCode)).end(),
      );
    expect(await statusFor('localhost:9464')).toBe(200);
    expect(await statusFor('evil.example')).toBe(421);
    expect((await fetch(new URL('/graphql', url))).status).toBe(404);
    expect((await fetch(url, { method: 'POST' })).status).toBe(404);
  });

  test('a port that is taken is named; commands beside a server take none', { tags: 'long' }, async () => {
    const env = { PORT: '0', VIDPIPE_METRICS_PORT: new URL(url).port, VIDPIPE_DATA_DIR: newDataDir() };
    expect(await runVidpipe(['list'], env)).toMatchObject({ code: 0 });
    const { code, stderr } = await runVidpipe(['serve'], env);
    const line = expect.stringMatching(/^VIDPIPE_METRICS_PORT: \d+ is taken on 127\.0\.0\.1/) as string;
    expect({ code, stderr }).toEqual({ code: 4, stderr: line });
  });
});

describe.skipIf(findPostgres() === null)('an API and a worker in processes of their own', () => {
  test(
    'each tells what it did, and both what is in the database',
    { timeout: FILM_MILLISECONDS },
    async () => {
      const { databaseUrl, dataDir, ...made } = await makeTestDatabase();
      const env = {
        DATABASE_URL: databaseUrl ?? '',
        VIDPIPE_DATA_DIR: dataDir,
        PORT: '0',
        LOG_LEVEL: 'silent',
        VIDPIPE_METRICS_PORT: '0',
      };
      const api = startVidpipe(['serve', '--role', 'api'], env);
      const apiUrl = await metricsOf(api);
      const film = startVidpipe(FILM, env);
      // Nobody works yet.
      await expect
        .poll(async () => sumOf(await scrape(apiUrl), 'vidpipe_queue_jobs', '"ready"'), PATIENT)
        .toBe(1);
      const worker = startVidpipe(['serve', '--role', 'worker'], env);
      const workerUrl = await metricsOf(worker);
      expect((await film.ended).code).toBe(0);

      await expect.poll(async () => (await scrape(workerUrl))[ENDED], PATIENT).toBe(1);
      const [ofApi, ofWorker] = [await scrape(apiUrl), await scrape(workerUrl)];
      expect({ api: done(ofApi), runs: ofApi[ENDED] }).toEqual({ api: 0, runs: undefined });
      expect(done(ofWorker)).toBeGreaterThanOrEqual(7);
      expect([ofApi['vidpipe_subscriptions'], ofWorker['vidpipe_subscriptions']]).toEqual([0, undefined]);
      expect([ofApi['vidpipe_database_up'], ofWorker['vidpipe_database_up']]).toEqual([1, 1]);
      for (const { child, ended } of [api, worker]) {
        child.kill('SIGTERM');
        await ended;
      }
      await made.remove();
    },
  );
});
