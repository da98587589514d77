import pino from 'pino';
import pretty from 'pino-pretty';
import { redactText } from '../core/redact/redact.ts';

/** Writes log lines; `child({ runId, sceneId })` adds the ids to every line of it. */
export type Log = pino.Logger;

const SECRET_KEYS = [
  'password',
  'token',
  'secret',
  'secretKey',
  'apiKey',
  'authorization',
  'cookie',
  'databaseUrl',
  'connectionString',
];

/** At the top and up to three levels down. */
const SECRET_PATHS = ['', '*.', '*.*.', '*.*.*.'].flatMap((depth) => SECRET_KEYS.map((key) => depth + key));

const STDERR = 2;

/**
 * The log of this process: coloured lines for a person at a terminal, JSON on a pipe; on stderr, so that
 * stdout holds results alone.
 *
 * @param level least important level that is written.
 * @param stream where to instead of stderr, as JSON.
 */
export function openLog(level: string, stream?: pino.DestinationStream): Log {
  const options = {
    level,
    redact: { paths: SECRET_PATHS, censor: '***' },
    base: null,
    // Whatever a message or a stack repeats.
    hooks: { streamWrite: redactText },
  };
  if (stream) return pino(options, stream);
  if (!process.stderr.isTTY) return pino(options, pino.destination({ dest: STDERR, sync: true }));
  const colorize = !process.env['NO_COLOR'];
  return pino(options, pretty({ destination: STDERR, sync: true, colorize, translateTime: 'SYS:HH:MM:ss' }));
}
