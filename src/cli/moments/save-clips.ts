/** Puts clips, with their subtitles, into a folder. */
import { createWriteStream } from 'node:fs';
import { link, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CliFailure, EXIT } from '../command/exit-codes.ts';
import type { CutFragment } from '../generated/graphql.ts';
import type { SavedClip } from '../watching/moments-report.ts';

export type ClipTarget = { folder: string; force: boolean };

/** As `saveClips` names its files, whatever the titles will be. */
const CLIP_FILE = /^\d{2,}-.+\.(?:mp4|srt)$/;

/**
 * Makes the folder that clips go to: before anything is begun, so that it is there at the end, and so that clips of
 * another run that are in it are told of before anything is sent or made.
 *
 * @throws {CliFailure} naming `--out`.
 */
export async function takeFolder(out: string | undefined, force = false): Promise<ClipTarget | undefined> {
  if (out === undefined) return undefined;
  const folder = path.resolve(out);
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw new CliFailure(EXIT.badInput, `--out: ${out} cannot be made a folder (${codeOf(error)}).`, {
      cause: error,
    });
  });
  if (!force) await refuseClips(out, folder);
  return { folder, force };
}

async function refuseClips(out: string, folder: string): Promise<void> {
  const there = (await readdir(folder)).filter((name) => CLIP_FILE.test(name)).toSorted();
  const [first] = there;
  if (first === undefined) return;
  const more = there.length > 1 ? ` and ${there.length - 1} more` : '';
  throw new CliFailure(
    EXIT.badInput,
    `--out: ${out} has ${first}${more} already; name another folder, or add --force to replace files.`,
  );
}

/**
 * Downloads the clips of moments as `01-title.mp4`, each with its words as `01-title.srt`; a file is there whole or not at all.
 *
 * @throws {CliFailure} naming `--out`, if a file is there already and is not to be replaced, or cannot be written.
 */
export async function saveClips(moments: readonly CutFragment[], target: ClipTarget): Promise<SavedClip[]> {
  const saved: SavedClip[] = [];
  for (const { id, title, clip } of moments) {
    if (!clip) continue;
    const number = String(saved.length + 1).padStart(2, '0');
    const file = path.join(target.folder, `${number}-${slugOf(title)}`);
    await whole(`${file}.mp4`, target, async (part) => {
      const response = await fetch(clip.url);
      if (!response.ok || !response.body) throw new Error(`${clip.url} answered HTTP ${response.status}`);
      await pipeline(response.body, createWriteStream(part));
    });
    if (clip.subtitles.trim() !== '')
      await whole(`${file}.srt`, target, (part) => writeFile(part, clip.subtitles));
    saved.push({ momentId: id, file: `${file}.mp4` });
  }
  return saved;
}

async function whole(
  file: string,
  { force }: ClipTarget,
  write: (part: string) => Promise<void>,
): Promise<void> {
  const part = `${file}.${process.pid}.part`;
  try {
    await write(part);
    await (force ? rename(part, file) : link(part, file));
  } catch (error) {
    const reason = codeOf(error) === 'EEXIST' ? 'is there already; add --force to replace it' : String(error);
    throw new CliFailure(EXIT.failed, `--out: ${file} ${reason}. The clips are safe: vidpipe moments list`, {
      cause: error,
    });
  } finally {
    await rm(part, { force: true });
  }
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);

/** Letters and digits of a title. */
const slugOf = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 50) || 'clip';
