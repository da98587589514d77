/** A server whose films are made by the paid test provider, and the command line beside it. */
import { type PaidProviderProcess, startPaidProvider } from './paid-provider/start.ts';
import { type Ended, runVidpipe, serveVidpipe, type VidpipeProcess } from './vidpipe-process.ts';

export type PaidServer = {
  paid: PaidProviderProcess;
  /** What the server prints. */
  saw: VidpipeProcess['saw'];
  /** Runs `vidpipe` against the server. */
  vidpipe(args: string[], env?: Record<string, string>): Promise<Ended>;
  /** Sends an operation to the server; it must succeed. */
  ask<Data>(query: string, variables?: Record<string, unknown>): Promise<Data>;
  /** Ends both. */
  stop(): Promise<void>;
};

/**
 * Starts both; the provider makes a clip in 0.1 s.
 *
 * @param more of the server's environment alone.
 */
export async function servePaidFilms(more: Record<string, string> = {}): Promise<PaidServer> {
  const paid = await startPaidProvider();
  await paid.settings({ operationMs: 100 });
  const server = await serveVidpipe({
    PAID_PROVIDER_URL: paid.url,
    PAID_PROVIDER_OPTIONS: JSON.stringify({ pollSeconds: 0.1 }),
    ...more,
  });
  return {
    paid,
    saw: (pattern) => server.saw(pattern),
    vidpipe: (args, env = {}) => runVidpipe(args, { ...server.env, ...env }),
    async ask<Data>(query: string, variables: Record<string, unknown> = {}) {
      const response = await fetch(server.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      const { data, errors } = (await response.json()) as { data?: Data; errors?: object[] };
      if (!data || errors) throw new Error(JSON.stringify(errors));
      return data;
    },
    async stop() {
      await server.stop();
      await paid.stop();
    },
  };
}
