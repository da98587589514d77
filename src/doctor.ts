/** Looks at everything a film needs, without making one. */
import { type Finding, problem } from './core/finding.ts';
import { checkFfmpeg } from './media/child/check-ffmpeg.ts';
import type { Config } from './platform/config.ts';
import { checkDatabase } from './platform/database/check-database.ts';
import { checkStorage } from './platform/storage/check-storage.ts';
import { configureProviders, providers } from './providers/registry.ts';

/** Longest that a provider may take, in milliseconds. */
const PROVIDER_LIMIT_MS = 60_000;

/** What was found, one after the other. Changes nothing and costs nothing. */
export async function* examine(config: Config): AsyncGenerator<Finding> {
  yield { name: 'node', state: 'OK', detail: `${process.version} on ${process.platform} ${process.arch}.` };
  yield await checkDatabase(config.databaseUrl);
  yield* await checkStorage(config);
  yield await checkFfmpeg();
  const refusal = tryToConfigure(config);
  if (refusal) yield refusal;
  for (const provider of Object.values(providers)) {
    yield* (await provider.check?.({ signal: AbortSignal.timeout(PROVIDER_LIMIT_MS) })) ?? [];
  }
  if (providers.GOOGLE || refusal) return;
  const detail =
    'Not set up: GEMINI_API_KEY, or GOOGLE_GENAI_USE_VERTEXAI and GOOGLE_CLOUD_PROJECT (docs/google.md).';
  yield { name: 'google', state: 'OK', detail };
}

function tryToConfigure(config: Config): Finding | null {
  try {
    configureProviders(config);
    return null;
  } catch (error) {
    return problem('google', error);
  }
}
