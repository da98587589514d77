/** A platform over a fresh database, and the actor of its local workspace. */
import { type Ctx, type IngestLimits, LOCAL_WORKSPACE_ID } from '../../src/platform/context.ts';
import { openLog } from '../../src/platform/log.ts';
import type { Outbound } from '../../src/platform/outbound/outbound.ts';
import { openPlatform, type Platform } from '../../src/platform/platform.ts';
import { policies } from '../../src/worker/handlers.ts';
import { startWorker } from '../../src/worker/worker.ts';
import { useFixture } from './fixture.ts';
import { takePlatform, type TakenPlatform } from './kept-platform.ts';
import { findPostgres } from './needs.ts';
import { makeTestDatabase } from './test-database.ts';

/** As in setting `VIDPIPE_SECRET_KEY`. */
export const TEST_SECRET_KEY = Buffer.alloc(32, 'test').toString('base64');

/** A worker that takes longer to stop has left something at work. Milliseconds. */
const STOPPED_MS = 4_000;

export type TestPlatform = Platform & {
  /** Acts for the local workspace. */
  ctx: Ctx;
  /** Closes the platform and removes everything it left. */
  remove(): Promise<void>;
};

export type TestPlatformOptions = {
  /** Jobs of one kind that are worked on at a time; none at all without it. */
  workers?: number;
  /** How PostgreSQL is reached: through what lies before it. */
  through?: (databaseUrl: string) => Promise<string>;
  /** Where files are kept; in a folder of the test's own without it. */
  storageUrl?: string;
  /** How strangers' addresses are called; only public ones without it. */
  outbound?: Outbound;
  /** What may be brought in from outside; as without settings unless given. */
  ingest?: IngestLimits;
  /** As in setting `VIDPIPE_SECRET_KEY`; {@link TEST_SECRET_KEY} unless given. */
  secretKey?: string | null;
};

/** For a file of tests: one platform for all of them; see {@link openTestPlatform}. `options` may ask another fixture. */
export const useTestPlatform = (
  options: TestPlatformOptions | (() => TestPlatformOptions) = {},
): TestPlatform =>
  useFixture(
    () => openTestPlatform(typeof options === 'function' ? options() : options),
    (platform) => platform.remove(),
  );

/** Opens it; with `workers`, jobs are worked on too. */
export async function openTestPlatform(options: TestPlatformOptions = {}): Promise<TestPlatform> {
  const { workers = 0, outbound, ingest } = options;
  const log = openLog(process.env['LOG_LEVEL'] ?? 'fatal');
  const { platform, giveBack } = (await takeKept(options)) ?? (await openFresh(options));
  const ctx: Ctx = {
    ...platform,
    ...(outbound && { outbound }),
    ...(ingest && { ingest }),
    actor: { name: 'test', workspaceId: LOCAL_WORKSPACE_ID },
  };
  const worker = workers > 0 ? await startWorker(ctx, { concurrency: workers, log }) : null;
  return {
    ...platform,
    ctx,
    async remove() {
      const from = performance.now();
      await worker?.close();
      await giveBack(performance.now() - from < STOPPED_MS);
    },
  };
}

/** The one that files share, for whoever needs nothing special. */
const takeKept = async ({
  through,
  storageUrl,
  secretKey,
}: TestPlatformOptions): Promise<TakenPlatform | null> =>
  through || storageUrl || secretKey !== undefined || findPostgres() !== null
    ? null
    : takePlatform(TEST_SECRET_KEY);

async function openFresh(options: TestPlatformOptions): Promise<TakenPlatform> {
  const { storageUrl = null, secretKey = TEST_SECRET_KEY } = options;
  const { databaseUrl: home, dataDir, ...made } = await makeTestDatabase();
  const databaseUrl = home === null || !options.through ? home : await options.through(home);
  const log = openLog(process.env['LOG_LEVEL'] ?? 'fatal');
  const platform = await openPlatform({ databaseUrl, dataDir, storageUrl, secretKey, policies }, log);
  const giveBack = async () => {
    await platform.close();
    await made.remove();
  };
  return { platform, giveBack };
}
