/** Machines that share a database and a bucket, and no disk. */
import { startApi } from '../../../src/api/http/server.ts';
import { openTo } from '../../../src/features/api-keys/key-ring.ts';
import type { Ctx } from '../../../src/platform/context.ts';
import { openLog } from '../../../src/platform/log.ts';
import { openStorage } from '../../../src/platform/storage/open-storage.ts';
import { useFixture } from '../../support/fixture.ts';
import { type RefusingFront, startRefusingFront } from '../../support/refusing-front.ts';
import { startS3Server } from '../../support/s3-server.ts';
import { temporaryFolder } from '../../support/temporary/folder.ts';
import { openTestPlatform, type TestPlatform } from '../../support/test-platform.ts';

export type Machines = {
  platform: TestPlatform;
  /** Addresses of the APIs of two of them. */
  urls: [string, string];
  /** A third one's, for workers. */
  third: Ctx;
  /** What lies before the bucket. */
  front: RefusingFront;
};

export const useMachines = (): Machines =>
  useFixture<Machines & { close: () => Promise<void> }>(open, (machines) => machines.close());

const start = (ctx: Ctx) =>
  startApi({ ctx, admission: openTo(ctx.actor), host: '127.0.0.1', port: 0, log: openLog('silent') });

async function open() {
  const server = await startS3Server();
  const { port } = new URL(new URL(server.urlOf('films')).searchParams.get('endpoint') ?? '');
  const front = await startRefusingFront(Number(port));
  const storageUrl = `s3://films/uploads?endpoint=http://127.0.0.1:${front.port}`;
  const platform = await openTestPlatform({ storageUrl });
  const elsewhere = async (): Promise<Ctx> => ({
    ...platform.ctx,
    storage: await openStorage({ url: storageUrl, dataDir: temporaryFolder('machine') }),
  });
  const [second, third] = [await elsewhere(), await elsewhere()];
  const apis = [await start(platform.ctx), await start(second)] as const;
  const urls: [string, string] = [apis[0].url, apis[1].url];
  const close = async () => {
    front.letThrough();
    for (const api of apis) await api.close();
    for (const { storage } of [second, third]) await storage.close();
    await platform.remove();
    await front.close();
    await server.remove();
  };
  return { platform, urls, third, front, close };
}
