import { DomainError, InvalidInputError } from '../core/errors.ts';
import type { Provider } from '../generated/prisma/client.ts';
import type { Settings } from '../platform/settings/settings.ts';
import type { ProviderAdapter } from './adapter.ts';
import { animatic } from './animatic/index.ts';
import type { CapabilityOf } from './capabilities/capabilities.ts';
import { googleSettings } from './google/google-settings.ts';
import { googleProvider } from './google/index.ts';
import { guardedAdapter } from './guarded-adapter.ts';
import type { PaidCall } from './paid-call.ts';

/** Every provider there is, by name. */
export const providers: Partial<Record<Provider, ProviderAdapter>> = {
  ANIMATIC: guardedAdapter(animatic),
};

/**
 * The provider of that name.
 *
 * @param field what asked for it, as a refusal names it.
 * @throws {DomainError} PROVIDER_NOT_CONFIGURED naming `field`: it needs a key or credentials that this process was not given.
 */
export function getProvider(name: Provider, field = 'provider'): ProviderAdapter {
  const adapter = providers[name];
  if (adapter) return adapter;
  const wayOut = `set its key or credentials there (docs/google.md), or choose another ${field}`;
  const message = `Provider ${name} is not configured on this server; ${wayOut}.`;
  throw new DomainError('PROVIDER_NOT_CONFIGURED', message, { path: [field] });
}

/**
 * What the provider of that name offers of a capability: the one door to it.
 *
 * @param field what asked for it, as a refusal names it.
 * @throws {DomainError} PROVIDER_NOT_CONFIGURED, as {@link getProvider} does.
 * @throws {InvalidInputError} naming `field` and who does offer it, if this one does not.
 */
export function requireCapability<Name extends PaidCall>(
  provider: Provider,
  name: Name,
  field = 'provider',
): CapabilityOf[Name] {
  const { label, capabilities } = getProvider(provider, field);
  const offered: Partial<CapabilityOf>[Name] = capabilities[name];
  if (offered) return offered;
  const makers = Object.values(providers).filter((other) => other.capabilities[name] !== undefined);
  const elsewhere =
    makers.length > 0 ? `choose ${makers.map((maker) => maker.name).join(' or ')}` : 'nobody here does';
  const message = `${label} does not offer ${name}; ${elsewhere}.`;
  throw new InvalidInputError([{ path: [field], message }]);
}

/** Whether any provider here can be asked for its models. */
export const canBeAsked = (): boolean =>
  Object.values(providers)
    .flatMap(({ capabilities }) => Object.values(capabilities))
    .some(({ askForModel }) => askForModel !== undefined);

/**
 * Puts another adapter in a provider's place, in this process, with its texts made clean and its calls measured; before
 * the server starts.
 */
export const installProvider = (adapter: ProviderAdapter): void => {
  providers[adapter.name] = guardedAdapter(adapter);
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
