/** Before and after each file of tests. */
import { afterAll, vi } from 'vitest';
import { restoreProcess } from './shared-process.ts';
import { removeTemporaryFolders } from './temporary/folder.ts';

/** Other files of tests would find the modules of the process twice. `import('./x.ts?anew')` loads one of them anew. */
vi.resetModules = () => {
  throw new Error('Files of tests share their modules: load one anew with a query behind its name.');
};

afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  restoreProcess();
  removeTemporaryFolders();
});
