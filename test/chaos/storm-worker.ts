/** A worker in a process of its own that makes films of nothing, at once: `DATABASE_URL`, `VIDPIPE_DATA_DIR`. */
import { LOCAL_WORKSPACE_ID } from '../../src/platform/context.ts';
import { openLog } from '../../src/platform/log.ts';
import { openPlatform } from '../../src/platform/platform.ts';
import { installProvider } from '../../src/providers/registry.ts';
import { policies } from '../../src/worker/handlers.ts';
import { startWorker } from '../../src/worker/worker.ts';
import { instantFlows, instantRenderer } from '../support/instant-provider.ts';

const { DATABASE_URL: databaseUrl = '', VIDPIPE_DATA_DIR: dataDir = '' } = process.env;
const log = openLog('error');
installProvider(instantRenderer);
const platform = await openPlatform({ databaseUrl, dataDir, policies }, log);
const actor = { name: 'worker', workspaceId: LOCAL_WORKSPACE_ID };
await startWorker({ ...platform, actor }, { concurrency: 4, log, flows: instantFlows });
console.log('vidpipe is working.');
