/** The `vidpipe` command. */
import { enableCompileCache } from 'node:module';
import { COMPILE_CACHE } from './platform/compile-cache.ts';

enableCompileCache(COMPILE_CACHE);
// Only what is imported from here on is kept.
const { endWithReader } = await import('./cli/output/unread.ts');
const { obeyProxy } = await import('./platform/outbound/environment-proxy.ts');
const { runCli } = await import('./cli/run-cli.ts');

endWithReader();
process.exitCode = await runCli(process.argv.slice(2), obeyProxy);
