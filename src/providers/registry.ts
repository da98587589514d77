import { animatic } from './animatic/index.ts';
import type { Settings } from '../platform/settings/settings.ts';
import { DomainError } from '../core/errors.ts';
import type { Provider } from '../generated/prisma/client.ts';
import { googleSettings } from './google/google-settings.ts';
import { googleProvider } from './google/index.ts';
import { cleanAdapter } from './clean-adapter.ts';
import { measuredAdapter } from './measured-adapter.ts';
import type { ProviderAdapter } from './provider.ts';

/** Every provider there is, by name. */
export const providers: Partial<Record<Provider, ProviderAdapter>> = {
  ANIMATIC: measuredAdapter(animatic),
};

/**
 * The provider of that name.
 *
 * @throws {DomainError} PROVIDER_NOT_CONFIGURED: it needs a key or credentials that this process was not given.
 */
export function getProvider(name: Provider): ProviderAdapter {
  const adapter = providers[name];
  if (adapter) return adapter;
  const wayOut = 'set its key or credentials there (docs/google.md), or choose another provider';
  const message = `Provider ${name} is not configured on this server; ${wayOut}.`;
  throw new DomainError('PROVIDER_NOT_CONFIGURED', message, { path: ['provider'] });
}

/** Whether any provider here can be asked for its models. */
export const canBeAsked = (): boolean =>
  Object.values(providers).some((provider) => provider.askForModels !== undefined);

/**
 * Puts another adapter in a provider's place, in this process, with its texts made clean and its calls measured; before
 * the server starts.
 */
export const installProvider = (adapter: ProviderAdapter): void => {
  providers[adapter.name] = cleanAdapter(measuredAdapter(adapter));
};

/**
 * Adds the providers that the settings give access to; before the server starts. A new one is two lines here.
 *
 * @throws {InvalidSettingsError} naming each setting of a provider that does not fit the others.
 */
export function configureProviders(settings: Settings): void {
  const google = googleSettings(settings);
  if (google) installProvider(googleProvider(google));
}
