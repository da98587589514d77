import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type ChildOptions, runInChild, siblingScript } from '../child/child.ts';

export type SpriteRequest = {
  /** Of a film with keyframes far apart, some tiles show the same picture: its proxy has one a second. */
  file: string;
  durationSeconds: number;
  /** Where pages and their index are put. */
  toDirectory: string;
};

/** Small pictures of a film for a player's seek bar. */
export type Sprite = {
  /** Names of JPEGs of ten by ten tiles, in order. */
  pages: string[];
  /** Name of the WebVTT file that says which tile is whose; its addresses are beside it. */
  index: string;
  /** From one tile to the next. */
  everySeconds: number;
};

export type SpriteJob = { file: string; durationSeconds: number; directory: string; everySeconds: number };

const INDEX = 'sprite.vtt';
const isPage = (name: string): boolean => /^sprite-\d+\.jpg$/.test(name);

/** Most tiles of a film; what a seek bar has places for. */
const MOST_TILES = 600;

/**
 * Writes pictures of a film, one every second or of a long film every few, in a process of its own. Only keyframes are decoded.
 * Files appear when all are whole, the index last; pages of a longer sprite that was there go.
 *
 * @throws {DomainError} MEDIA_FAILED, naming the file, when it cannot be decoded.
 */
export async function makeSprite(
  { file, durationSeconds, toDirectory }: SpriteRequest,
  { signal }: Pick<ChildOptions, 'signal'> = {},
): Promise<Sprite> {
  const directory = await mkdtemp(join(toDirectory, '.making-'));
  try {
    const everySeconds = Math.max(1, Math.ceil(durationSeconds / MOST_TILES));
    const job: SpriteJob = { file, durationSeconds, directory, everySeconds };
    await runInChild(siblingScript(import.meta.url, './sprite.child'), job, { signal });
    const pages = (await readdir(directory)).filter(isPage).toSorted(byNumber);
    // The index comes last, so that it names no page that is not there yet.
    for (const name of [...pages, INDEX]) await rename(join(directory, name), join(toDirectory, name));
    const old = (await readdir(toDirectory)).filter((name) => isPage(name) && !pages.includes(name));
    for (const name of old) await rm(join(toDirectory, name), { force: true });
    return { pages, index: INDEX, everySeconds };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

const byNumber = (one: string, other: string): number => one.localeCompare(other, 'en', { numeric: true });
