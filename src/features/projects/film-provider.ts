/** Providers that make whole films: they write, draw and film. */
import { FILM_STAGES } from '../../core/stages/flow-stages.ts';
import type { Provider } from '../../generated/prisma/client.ts';
import type { FilmProvider, ProviderAdapter } from '../../providers/adapter.ts';
import { getProvider, providers, requireCapability } from '../../providers/registry.ts';

export const FILM_CALLS = FILM_STAGES.flatMap(({ buys }) => buys);
/** What a film is bought by. */
export type FilmCall = (typeof FILM_CALLS)[number];

const makesFilms = (provider: ProviderAdapter): provider is FilmProvider =>
  FILM_CALLS.every((call) => provider.capabilities[call] !== undefined);

/** All that there are here; the free animatic first. */
export const filmProviders = (): FilmProvider[] => Object.values(providers).filter(makesFilms);

/**
 * The provider of that name, which makes films.
 *
 * @throws {DomainError} PROVIDER_NOT_CONFIGURED, and INVALID_INPUT naming `provider`, as `requireCapability` does.
 */
export function requireFilmProvider(name: Provider): FilmProvider {
  const provider = getProvider(name);
  const capabilities = {
    STORYBOARD: requireCapability(name, 'STORYBOARD'),
    KEYFRAME: requireCapability(name, 'KEYFRAME'),
    CLIP: requireCapability(name, 'CLIP'),
  };
  return { ...provider, capabilities };
}
