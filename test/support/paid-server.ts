/** A server whose films are made by the paid test provider, and the command line beside it. */
import { type PaidProviderProcess, startPaidProvider } from './paid-provider/start.ts';
import { type Ended, runVidpipe, serveVidpipe } from './vidpipe-process.ts';

export type PaidServer = {
  paid: PaidProviderProcess;
  /** Runs `vidpipe` against the server. */
  vidpipe(args: string[], env?: Record<string, string>): Promise<Ended>;
  /** Ends both. */
  stop(): Promise<void>;
};

/** Starts both; the provider makes a clip in 0.1 s. */
export async function servePaidFilms(): Promise<PaidServer> {
  const paid = await startPaidProvider();
  await paid.settings({ operationMs: 100 });
  const server = await serveVidpipe({
    PAID_PROVIDER_URL: paid.url,
    PAID_PROVIDER_OPTIONS: JSON.stringify({ pollSeconds: 0.1 }),
  });
  return {
    paid,
    vidpipe: (args, env = {}) => runVidpipe(args, { ...server.env, ...env }),
    async stop() {
      await server.stop();
      await paid.stop();
    },
  };
}
