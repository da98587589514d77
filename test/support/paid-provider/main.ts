/**
 * The `vidpipe` command with the paid test provider in the animatic's place: `PAID_PROVIDER_URL` names its server,
 * `PAID_PROVIDER_OPTIONS` is `PaidProviderOptions` as JSON.
 */
import { enableCompileCache } from 'node:module';
import { COMPILE_CACHE } from '../../../src/platform/compile-cache.ts';

enableCompileCache(COMPILE_CACHE);
// Only what is imported from here on is kept.
const { installProvider } = await import('../../../src/providers/registry.ts');
const { paidProvider } = await import('./adapter.ts');
const { runCli } = await import('../../../src/cli/run-cli.ts');

const { PAID_PROVIDER_URL: url, PAID_PROVIDER_OPTIONS: options = '{}' } = process.env;
if (!url) throw new Error('PAID_PROVIDER_URL is missing.');
installProvider(paidProvider(url, JSON.parse(options)));
process.exitCode = await runCli(process.argv.slice(2));
