import { animatic } from '../../src/providers/animatic/index.ts';
import { installProvider } from '../../src/providers/registry.ts';
import { useFixture } from './fixture.ts';
import { paidProvider } from './paid-provider/adapter.ts';
import { type PaidProviderProcess, startPaidProvider } from './paid-provider/start.ts';
import type { Settings } from './paid-provider/protocol.ts';

/** For a file of tests: one paid test provider for all of them, with settings of its own. */
export const usePaidProvider = (settings: Partial<Settings>): PaidProviderProcess =>
  useFixture(
    () => openPaidProvider(settings),
    (server) => server.stop(),
  );

/**
 * The same, in the animatic's place until the file has ended. Its clips are delivered where the animatic's are rendered,
 * which takes ten times as long.
 */
export const usePaidFilms = (settings: Partial<Settings> = {}): PaidProviderProcess =>
  useFixture(
    async () => {
      const server = await openPaidProvider({ operationMs: 100, ...settings });
      installProvider(paidProvider(server.url, { pollSeconds: 0.1 }));
      return server;
    },
    async (server) => {
      installProvider(animatic);
      await server.stop();
    },
  );

async function openPaidProvider(settings: Partial<Settings>): Promise<PaidProviderProcess> {
  const server = await startPaidProvider();
  await server.settings(settings);
  return server;
}
