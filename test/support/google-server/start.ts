import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { credentialsFor } from './credentials.ts';
import type { RefusedEntry } from './play.ts';
import type { Cue, Scenario } from './scenario.ts';
import { scenarioNamed } from './scenarios.ts';
import type { World } from './world.ts';
import { control, type PaidProviderProcess, startPaidProvider } from '../paid-provider/start.ts';

/** A request as it came in, word for word. */
export type RecordedRequest = {
  method: string;
  /** Without the query. */
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  /** Parsed if it was JSON, else its text; null without one. */
  body: unknown;
};

export type Surface = 'GEMINI' | 'VERTEX';

export type GoogleServerProcess = PaidProviderProcess & {
  /** Everything that came in since the start, in order, but what tests say. */
  requests(): Promise<RecordedRequest[]>;
  /** Everything that was refused by scenarios and of which nothing was bought. */
  refusals(): Promise<RefusedEntry[]>;
  /** Plays scenarios (`scenarios.ts`), behind those that are there; {@link Cue} says whom they strike. */
  play(...cues: (Omit<Cue, 'scenario'> & { scenario: Scenario | string })[]): Promise<void>;
  /** Forgets scenarios that have not struck yet; so does a restart. */
  clearScenarios(): Promise<void>;
  /** Changes how Google is; a restart makes it as usual. */
  world(changes: Partial<World>): Promise<void>;
  /** Environment of a process that takes this server for Google. */
  environment(surface: Surface): Record<string, string>;
};

const SERVER = fileURLToPath(new URL('server.ts', import.meta.url));

/** The only key that the server takes. */
export const API_KEY = 'AIza-test-key-0123456789';
export const PROJECT = 'vidpipe-test';

/** Starts a server that speaks both of Google's surfaces, and makes credentials that it takes. */
export async function startGoogleServer(
  options: { ledger?: string; port?: number } = {},
): Promise<GoogleServerProcess> {
  const server = await startPaidProvider({ ...options, server: SERVER });
  const credentials = await credentialsFor(path.dirname(server.ledgerFile), server.url);
  return {
    ...server,
    requests: () => control<RecordedRequest[]>(server.url, 'GET', 'requests'),
    refusals: () => control<RefusedEntry[]>(server.url, 'GET', 'refusals'),
    play: (...cues) => control(server.url, 'POST', 'scenarios', cues.map(withScenario)),
    clearScenarios: () => control(server.url, 'DELETE', 'scenarios'),
    world: (changes) => control(server.url, 'POST', 'world', changes),
    environment: (surface) =>
      surface === 'GEMINI'
        ? {
            GEMINI_API_KEY: API_KEY,
            GOOGLE_GEMINI_BASE_URL: server.url,
            // Most tests are about polls; how clips are ordered otherwise has its own.
            VIDPIPE_GOOGLE_OMNI_TRANSPORT: 'background',
          }
        : {
            GOOGLE_GENAI_USE_VERTEXAI: 'true',
            GOOGLE_CLOUD_PROJECT: PROJECT,
            GOOGLE_VERTEX_BASE_URL: server.url,
            GOOGLE_APPLICATION_CREDENTIALS: credentials,
            // Past its day, but the one model that only Vertex has.
            VIDPIPE_GOOGLE_VIDEO_MODEL: 'veo-3.1-generate-001',
          },
  };
}

const withScenario = ({
  scenario,
  ...cue
}: Omit<Cue, 'scenario'> & { scenario: Scenario | string }): Cue => ({
  ...cue,
  scenario: typeof scenario === 'string' ? scenarioNamed(scenario) : scenario,
});
