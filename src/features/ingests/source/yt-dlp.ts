/** Films behind pages of the web, by `yt-dlp` where a person has installed it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { access, constants, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { DomainError } from '../../../core/errors.ts';
import { cleanText, messageOf } from '../../../core/outside-text.ts';
import type { FilmFetcher } from '../../../platform/outbound/outbound.ts';
import { openGate } from './gate.ts';
import { HEAD_BYTES, refused, sniff } from './sniff.ts';

const PROGRAM = 'yt-dlp';
/** Longest by the clock; a film of hours over a slow line. */
const WALL_SECONDS = 6 * 3_600;
const CPU_SECONDS = 3_600;
/** Without a word of its own for so long it hangs: it tells its progress every second. */
const SILENCE_SECONDS = 300;
const STDERR_CHARACTERS = 2_000;
const BLOCK_BYTES = 512;

export type Asked = {
  folder: string;
  mostBytes: number;
  signal: AbortSignal;
  onProgress: (share: number) => void;
};

/** Where it is; null where nobody has installed it. */
export async function findYtDlp(): Promise<string | null> {
  for (const folder of (process.env['PATH'] ?? '').split(path.delimiter).filter(Boolean)) {
    const file = path.join(folder, PROGRAM);
    if (
      await access(file, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return file;
  }
  return null;
}

/**
 * Fetches the film of a page into a folder; goes on with what an earlier try left there. The program is in a group of its own, under limits of time and
 * output, with none of our settings or secrets, and reaches the network through our gate alone.
 *
 * @throws {DomainError} `SOURCE_FAILED`, with its last words.
 */
export async function fetchByYtDlp(
  program: string,
  films: FilmFetcher,
  url: URL,
  asked: Asked,
): Promise<string> {
  const folder = path.join(asked.folder, 'yt-dlp');
  await mkdir(folder, { recursive: true });
  const gate = await openGate(films);
  try {
    await run(program, argumentsOf(url, gate.url, folder, asked.mostBytes), folder, asked);
  } finally {
    await gate.close();
  }
  return theFilmIn(folder, asked.mostBytes);
}

/** Nothing of a person's own settings, nothing that runs other programs at its word, and the address after `--`. */
const argumentsOf = (url: URL, proxy: string, folder: string, mostBytes: number): string[] => [
  '--ignore-config',
  '--no-exec',
  '--no-playlist',
  '--no-cache-dir',
  '--no-mtime',
  '--no-update',
  '--no-colors',
  '--newline',
  '--hls-prefer-native',
  '--socket-timeout=30',
  '--retries=5',
  `--max-filesize=${mostBytes}`,
  `--proxy=${proxy}`,
  '--format=bv*[ext=mp4]+ba[ext=m4a]/b[ext=mp4]/bv*+ba/b',
  '--merge-output-format=mp4/mkv',
  `--output=${path.join(folder, 'film.%(ext)s')}`,
  '--',
  url.href,
];

/** As media children are: a soft limit of CPU time that tells, a hard one behind it, and one of what is written. */
const LIMITED_EXEC =
  '{ ulimit -St "$1"; ulimit -Ht "$(($1 + 5))"; ulimit -f "$2"; } 2>/dev/null; shift 2; exec "$@"';

async function run(program: string, args: string[], home: string, asked: Asked): Promise<void> {
  const { signal, mostBytes, onProgress } = asked;
  signal.throwIfAborted();
  const limits = [CPU_SECONDS, Math.ceil(mostBytes / BLOCK_BYTES)].map(String);
  const child = spawn('sh', ['-c', LIMITED_EXEC, 'sh', ...limits, program, ...args], {
    cwd: home,
    stdio: ['ignore', 'pipe', 'pipe'],
    // What it starts itself ends with it.
    detached: true,
    env: { PATH: process.env['PATH'], HOME: home, TMPDIR: home, LANG: 'C.UTF-8' },
  });
  let why: string | null = null;
  const kill = (reason: string | null) => {
    why ??= reason;
    killGroup(child);
  };
  const onAbort = () => kill(null);
  signal.addEventListener('abort', onAbort, { once: true });
  const late = setTimeout(
    () => kill(`it took more than ${WALL_SECONDS / 3_600} hours`),
    WALL_SECONDS * 1_000,
  );
  const silent = setTimeout(() => kill('it stood still'), SILENCE_SECONDS * 1_000);
  let words = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    silent.refresh();
    const [, percent] = /\[download\]\s+(\d+(?:\.\d+)?)%/.exec(text) ?? [];
    if (percent !== undefined) onProgress(Number(percent) / 100);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    silent.refresh();
    words = (words + text).slice(-STDERR_CHARACTERS);
  });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject).once('close', resolve);
    });
    signal.throwIfAborted();
    if (code !== 0) throw failed(why ?? lastLine(words) ?? 'it ended without a word');
  } finally {
    killGroup(child);
    clearTimeout(late);
    clearTimeout(silent);
    signal.removeEventListener('abort', onAbort);
  }
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It is gone, and so is everything that it started.
  }
}

const failed = (why: string) =>
  new DomainError('SOURCE_FAILED', `yt-dlp could not fetch it: ${messageOf(new Error(why))}`);

const lastLine = (text: string): string | undefined =>
  cleanText(text.trim().split('\n').at(-1) ?? '') || undefined;

/** What it has left there: it may have put parts together, or stopped at a film that is too large with a good word. */
async function theFilmIn(folder: string, mostBytes: number): Promise<string> {
  const found: { file: string; size: number }[] = [];
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    const { size } = await stat(file);
    if (/^film\.\w+$/.test(name) && (await isFilm(file))) found.push({ file, size });
  }
  const [largest] = found.toSorted((one, other) => other.size - one.size);
  if (largest && largest.size <= mostBytes) return largest.file;
  await rm(folder, { recursive: true, force: true });
  throw refused('yt-dlp brought no film that can be read, or only a larger one than may be');
}

async function isFilm(file: string): Promise<boolean> {
  await using handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
  return sniff(buffer.subarray(0, bytesRead)).kind === 'FILM';
}
