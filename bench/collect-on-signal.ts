/** Preloaded by a program that is measured: at SIGUSR2 it collects its garbage, and prints what it still holds. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

process.on('SIGUSR2', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  // What finalisers let go is garbage of the second time.
  collect();
  collect();
  console.log(`holds ${process.memoryUsage().heapUsed} bytes`);
});
