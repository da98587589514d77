import { useFixture } from './fixture.ts';
import { type PaidProviderProcess, startPaidProvider } from './paid-provider/start.ts';
import type { Settings } from './paid-provider/protocol.ts';

/** For a file of tests: one paid test provider for all of them, with settings of its own. */
export const usePaidProvider = (settings: Partial<Settings>): PaidProviderProcess =>
  useFixture(
    async () => {
      const server = await startPaidProvider();
      await server.settings(settings);
      return server;
    },
    (server) => server.stop(),
  );
