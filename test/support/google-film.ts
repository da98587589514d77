/** Films that the real engine makes with the real SDK and the server that stands for Google. */
import { installProvider, providers } from '../../src/providers/registry.ts';
import { useFixture } from './fixture.ts';
import { googleAt } from './google-server/adapter.ts';
import { type GoogleServerProcess, startGoogleServer, type Surface } from './google-server/start.ts';
import { PaidFilm } from './paid-film.ts';
import { openTestPlatform, type TestPlatform } from './test-platform.ts';

export type GoogleStudio = {
  platform: TestPlatform;
  server: GoogleServerProcess;
  /** A film to be made by Google, of four seconds a scene; its words are in no other. */
  film(options?: { scenes?: 1 | 2 }): GoogleFilm;
  /** Puts a provider in place of this one that remembers nothing, as after the start of a process. */
  restart: () => void;
  /** Closes and removes all of it, and the provider with it. */
  remove(): Promise<void>;
};

/** A film of the provider GOOGLE. */
export class GoogleFilm extends PaidFilm {
  override launch = (options: Parameters<PaidFilm['launch']>[0] = {}) =>
    super.launch({ clipSeconds: 4, provider: 'GOOGLE', ...options });

  /** What its ledger has booked as an estimate, in micro-USD, because the provider does not say what was charged. */
  async estimated(): Promise<number> {
    const entries = await this.ledger();
    return entries
      .filter(({ kind, isEstimate }) => kind === 'SETTLE' && isEstimate)
      .reduce((sum, { amountMicroUsd }) => sum + Number(amountMicroUsd), 0);
  }

  /** Scenes without a clip of which nothing says why. */
  async unnamedGaps(): Promise<string[]> {
    return (await this.scenes()).flatMap(({ sceneIndex, status, clips: [clip] }) =>
      clip?.status === 'COMPLETE' || clip?.errorMessage
        ? []
        : [`scene ${sceneIndex + 1} is ${status}, its clip ${clip?.status ?? 'not ordered'}`],
    );
  }
}

/** For a file of tests: one studio for all of them; see {@link openGoogleStudio}. */
export const useGoogleStudio = (
  surface: Surface,
  environment?: Record<string, string>,
  workers?: number,
): GoogleStudio =>
  useFixture(
    () => openGoogleStudio(surface, environment, workers),
    (studio) => studio.remove(),
  );

/** Opens a platform with workers, four unless given, and a server of its own. */
export async function openGoogleStudio(
  surface: Surface,
  environment: Record<string, string> = {},
  workers = 4,
): Promise<GoogleStudio> {
  const server = await startGoogleServer();
  await server.settings({ operationMs: 200 });
  const plenty = {
    VIDPIPE_GOOGLE_CLIPS_PER_MINUTE: '1000',
    VIDPIPE_GOOGLE_CLIPS_PER_DAY: '100000',
    VIDPIPE_GOOGLE_FRAMES_PER_MINUTE: '1000',
    ...environment,
  };
  const restart = () => installProvider(googleAt(server, surface, plenty));
  restart();
  const platform = await openTestPlatform({ workers });
  let films = 0;
  return {
    platform,
    server,
    restart,
    film: ({ scenes = 2 } = {}) => new GoogleFilm(platform, server, `film${(films += 1)}x`, scenes),
    async remove() {
      await platform.remove();
      await server.stop();
      delete providers.GOOGLE;
    },
  };
}
