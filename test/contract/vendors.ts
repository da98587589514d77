/** Every vendor that is under contract: a line each. */
import type { ProviderAdapter } from '../../src/providers/adapter.ts';
import { animatic } from '../../src/providers/animatic/index.ts';
import { googleAt } from '../support/google-server/adapter.ts';
import { TOKEN } from '../support/google-server/credentials.ts';
import { API_KEY, startGoogleServer, type Surface } from '../support/google-server/start.ts';
import { paidProvider } from '../support/paid-provider/adapter.ts';
import { type PaidProviderProcess, startPaidProvider } from '../support/paid-provider/start.ts';
import { startWatchedFront, type WatchedFront } from '../support/watched-front.ts';
import { type Customers, filmCustomers, googleCustomers } from './customers.ts';

export type Vendor = {
  /** As a process has it that has just started. */
  fresh: () => ProviderAdapter;
  /** What stands for the vendor, and what is seen of the way there; null for one that works on this machine. */
  server: PaidProviderProcess | null;
  front: WatchedFront | null;
  /** What nobody may read anywhere. */
  secrets: string[];
  close: () => Promise<void>;
};

export type VendorUnderContract = {
  name: string;
  /** Who asks for what it offers. */
  customers: Customers;
  isLocal?: boolean;
  /** Whether `npm test` leaves it to the long rest. */
  isSlow?: boolean;
  open: () => Promise<Vendor>;
};

const customers = filmCustomers;

export const VENDORS: VendorUnderContract[] = [
  { name: 'the animatic', customers, isLocal: true, open: () => onThisMachine(animatic) },
  { name: 'the paid test provider', customers, open: () => paid() },
  { name: 'Google, the Gemini API', customers: googleCustomers, open: () => google('GEMINI', API_KEY) },
  {
    name: 'Google, Vertex AI',
    customers: googleCustomers,
    isSlow: true,
    open: () => google('VERTEX', TOKEN),
  },
];

/** One that needs no server. */
const onThisMachine = async (provider: ProviderAdapter): Promise<Vendor> => ({
  fresh: () => provider,
  server: null,
  front: null,
  secrets: [],
  close: async () => {},
});

const paid = (): Promise<Vendor> => elsewhere(startPaidProvider, (_, url) => paidProvider(url));

const google = (surface: Surface, secret: string): Promise<Vendor> =>
  elsewhere(
    startGoogleServer,
    (server, url) => googleAt(server, surface, { GOOGLE_GEMINI_BASE_URL: url, GOOGLE_VERTEX_BASE_URL: url }),
    [secret],
  );

/** One that is reached at an address, which is that of a front. */
async function elsewhere<Server extends PaidProviderProcess>(
  start: () => Promise<Server>,
  open: (server: Server, url: string) => ProviderAdapter,
  secrets: string[] = [],
): Promise<Vendor> {
  const server = await start();
  await server.settings({ operationMs: 0 });
  const front = await startWatchedFront(server.url);
  return {
    fresh: () => open(server, front.url),
    server,
    front,
    secrets,
    async close() {
      await front.close();
      await server.stop();
    },
  };
}
