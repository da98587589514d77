import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Face, fileOf } from '../fonts/faces.ts';
import type { AssFile } from './ass.ts';

const SUBTITLES = 'captions.ass';
const FONTS = 'fonts';

/**
 * Makes the FFmpeg filter that draws subtitles with our fonts only, from files that it writes to `directory`, and goes there:
 * a filter's arguments take no path as it stands. Once in a media child, before any other subtitle is drawn.
 */
export async function burnFilter(directory: string, { text, faces }: AssFile): Promise<string> {
  const fonts = join(directory, FONTS);
  await mkdir(fonts, { recursive: true });
  for (const face of faces) await linkFont(fonts, face);
  await writeFile(join(directory, SUBTITLES), text);
  await writeFile(join(directory, 'fonts.conf'), fontsConf(fonts));
  // fontconfig reads it once, and would take the machine's fonts for letters that ours lack.
  process.env['FONTCONFIG_FILE'] = join(directory, 'fonts.conf');
  process.chdir(directory);
  return `ass=filename=${SUBTITLES}:fontsdir=${FONTS}`;
}

async function linkFont(fonts: string, face: Face): Promise<void> {
  const file = fileOf(face);
  try {
    await symlink(file, join(fonts, basename(file)));
  } catch (error) {
    // A job that is done once more finds its own.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

const fontsConf = (fonts: string): string =>
  `<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>` +
  `<dir>${xml(fonts)}</dir><cachedir>${xml(fonts)}/cache</cachedir></fontconfig>\n`;

const xml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
