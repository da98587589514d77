/** Tells in one line why a server did not start: the setting, and the way out. */
import { fileURLToPath } from 'node:url';
import type { Config } from '../../platform/config.ts';
import { nameOfSetting } from '../../platform/config.ts';
import { maskPassword } from '../../platform/config-description.ts';
import { CliFailure, EXIT } from '../command/exit-codes.ts';

const FILE_CODES = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT']);

/** PostgreSQL's classes of errors that speak of the connection (PostgreSQL 15, appendix A). */
const CONNECTION_SQLSTATE = /^(08|28|3D|53|57P)/;

/** Node's codes of a connection that could not be made. */
const CONNECTION_CODE = /^(ECONN|ENOTFOUND|ETIMEDOUT|EHOST|ENET|EAI_)/;

/** Every error on the way to the root cause, the outermost first. */
function* chain(error: unknown): Generator<NodeJS.ErrnoException> {
  if (!(error instanceof Error)) return;
  yield error;
  if (error instanceof AggregateError) for (const inner of error.errors) yield* chain(inner);
  yield* chain(error.cause);
}

/** Whether a server did not start because another process has the data directory. */
export const isDirectoryInUse = (error: unknown): boolean =>
  [...chain(error)].some(({ name }) => name === IN_USE);

const IN_USE = 'DirectoryInUseError';

/** The failure a person is told when the server of `config` does not start because of `error`. */
export function startFailure(error: unknown, config: Config): CliFailure {
  if (error instanceof CliFailure) return error;
  const causes = [...chain(error)];
  const lines = causes.map((cause) => explain(cause, config)).filter((line) => line !== undefined);
  const message = lines[0] ?? `The server did not start: ${causes.at(-1)?.message ?? String(error)}`;
  return new CliFailure(EXIT.noServer, message, { cause: error });
}

/** What a person is told of a data directory that another process has, which serves at `servedAt`, or answers nowhere. */
export function directoryInUse(dataDir: string, error: unknown, servedAt: string | null): string {
  const { holder } = [...chain(error)].find(({ name }) => name === IN_USE) as { holder?: Holder | null };
  const who = holder ? ` ${holder.pid} (since ${holder.since})` : '';
  const what = servedAt === null ? 'which answers at no address' : `which serves ${servedAt}`;
  return `VIDPIPE_DATA_DIR: ${dataDir} is in use by another vidpipe process${who}, ${what}; stop that one or choose another folder.`;
}

type Holder = { pid: number; since: string };

function explain(error: NodeJS.ErrnoException, config: Config): string | undefined {
  const { name, code = '', syscall, port } = error as NodeJS.ErrnoException & { port?: number };
  const { dataDir } = config;
  if (syscall === 'listen') return explainListen(code, config, port);
  if (name === IN_USE) {
    return directoryInUse(dataDir, error, null);
  }
  if (name === 'DirectoryUnusableError')
    return `VIDPIPE_DATA_DIR: ${error.message}; choose a folder that this user may read and write.`;
  if (code === 'ENOSPC') return `VIDPIPE_DATA_DIR: the disk of ${dataDir} is full; free some space.`;
  if (
    config.databaseUrl !== null &&
    (CONNECTION_CODE.test(code) || CONNECTION_SQLSTATE.test(code) || isTimeout(error))
  ) {
    const address = maskPassword(config.databaseUrl);
    return `DATABASE_URL: cannot reach PostgreSQL at ${address} (${error.message || code}); start it or mend the address.`;
  }
  if (name === 'StorageUnreachableError') {
    return `VIDPIPE_STORAGE_URL: ${error.message}; mend the bucket, the address or the credentials in the environment.`;
  }
  const storageDir = config.storageUrl?.startsWith('file:') ? fileURLToPath(config.storageUrl) : undefined;
  if (FILE_CODES.has(code) && storageDir !== undefined && error.path?.startsWith(storageDir)) {
    return `VIDPIPE_STORAGE_URL: cannot use ${storageDir} (${code}); choose a folder that this user may read and write.`;
  }
  if (FILE_CODES.has(code) && error.path?.startsWith(dataDir)) {
    return `VIDPIPE_DATA_DIR: cannot use ${dataDir} (${code}); choose a folder that this user may read and write.`;
  }
  return undefined;
}

function explainListen(code: string, config: Config, port = config.port): string {
  const { host, sources } = config;
  const key = port !== config.port && port === config.metricsPort ? 'metricsPort' : 'port';
  const [typedHost, typedPort] = [nameOfSetting('host', sources.host), nameOfSetting(key, sources[key])];
  if (code === 'EADDRINUSE') {
    return `${typedPort}: ${port} is taken on ${host}; stop the program there or choose another (0 takes any free one).`;
  }
  if (code === 'EACCES') return `${typedPort}: ${port} is for privileged programs; choose one from 1024 on.`;
  return `${typedHost}: cannot listen on ${host}:${port} (${code}); choose an address of this machine.`;
}

/** pg gives its own connection timeout no code. */
const isTimeout = ({ message }: Error) =>
  /timeout e(xceeded|xpired)|Connection terminated|did not answer in time/.test(message);
