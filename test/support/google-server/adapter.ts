/** The real Google provider, with the real SDK, against the server for tests. */
import { loadConfig } from '../../../src/platform/config.ts';
import { googleSettings } from '../../../src/providers/google/google-settings.ts';
import { type GoogleProvider, googleProvider } from '../../../src/providers/google/index.ts';
import type { GoogleServerProcess, Surface } from './start.ts';

/** The provider as a process with this environment has it. Credentials are found where the SDK looks: in the process. */
export function googleAt(
  server: GoogleServerProcess,
  surface: Surface,
  more: Record<string, string> = {},
): GoogleProvider {
  const environment: Record<string, string> = {
    VIDPIPE_GOOGLE_POLL_SECONDS: '1',
    VIDPIPE_GOOGLE_WAIT_SECONDS: '1',
    ...server.environment(surface),
    ...more,
  };
  const credentials = environment['GOOGLE_APPLICATION_CREDENTIALS'];
  if (credentials) process.env['GOOGLE_APPLICATION_CREDENTIALS'] = credentials;
  const settings = googleSettings(loadConfig(environment));
  if (!settings) throw new Error('Google is not configured.');
  return googleProvider(settings);
}
