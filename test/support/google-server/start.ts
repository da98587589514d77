import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
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
  const credentials = await writeCredentials(path.dirname(server.ledgerFile), server.url);
  return {
    ...server,
    requests: () => control<RecordedRequest[]>(server.url, 'GET', 'requests'),
    environment: (surface) =>
      surface === 'GEMINI'
        ? { GEMINI_API_KEY: API_KEY, GOOGLE_GEMINI_BASE_URL: server.url }
        : {
            GOOGLE_GENAI_USE_VERTEXAI: 'true',
            GOOGLE_CLOUD_PROJECT: PROJECT,
            GOOGLE_VERTEX_BASE_URL: server.url,
            GOOGLE_APPLICATION_CREDENTIALS: credentials,
          },
  };
}

/** Application default credentials of a workload: the one kind whose token endpoint can be named. */
async function writeCredentials(directory: string, url: string): Promise<string> {
  const subject = path.join(directory, 'subject-token');
  const file = path.join(directory, 'credentials.json');
  await writeFile(subject, 'subject-token');
  const credentials = {
    type: 'external_account',
    audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/test/providers/test',
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: new URL('/token', url).href,
    credential_source: { file: subject },
  };
  await writeFile(file, JSON.stringify(credentials));
  return file;
}
