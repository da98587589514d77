import { animatic } from './animatic/index.ts';
import { DomainError } from '../core/errors.ts';
import type { Provider } from '../generated/prisma/client.ts';
import type { ProviderAdapter } from './provider.ts';

/** Every provider there is, by name. A new one is one line here. */
export const providers: Partial<Record<Provider, ProviderAdapter>> = {
  ANIMATIC: animatic,
};

/**
 * The provider of that name.
 *
 * @throws {DomainError} PROVIDER_NOT_CONFIGURED: it needs a key or credentials that this process was not given.
 */
export function getProvider(name: Provider): ProviderAdapter {
  const adapter = providers[name];
  if (adapter) return adapter;
  throw new DomainError('PROVIDER_NOT_CONFIGURED', `Provider ${name} is not configured on this server.`);
}

/** Puts another adapter in a provider's place, in this process; before the server starts. */
export const installProvider = (adapter: ProviderAdapter): void => {
  providers[adapter.name] = adapter;
};
