/** What the paid test provider delivers: small, but real. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { writeWhole } from '../../../src/media/write/atomic-file.ts';
import { runInChild } from '../../../src/media/child/child.ts';
import { FRAME_RATE } from '../../../src/media/encoding.ts';
import { encodePng } from '../../../src/providers/animatic/png.ts';
import { sentencesOf } from '../../../src/script/sentences.ts';
import type { Size } from '../../../src/providers/aspect-ratio.ts';
import type { StoryboardAnswer } from '../../../src/providers/storyboard-answer.ts';
import type { DrawnClip } from '../../media/support/clips.ts';

const DRAW_CLIPS = new URL('../../media/support/draw-clips.child.ts', import.meta.url);

/** A scene a sentence; each of its prompts contains the sentence, and none contains another's. */
export function makeStoryboard(prompt: string, maxScenes: number): StoryboardAnswer {
  const sentences = sentencesOf(prompt).slice(0, maxScenes);
  return {
    style_guide: { visual_style: 'Plain.', color_palette: 'One colour.', camera_style: 'Still.' },
    scenes: sentences.map((sentence, index) => ({
      scene_index: index,
      scene_description: sentence,
      start_frame_prompt: `First frame: ${sentence}`,
      end_frame_prompt: `Last frame: ${sentence}`,
      video_motion_prompt: `The camera rests: ${sentence}`,
      transition_notes: `Cut: ${sentence}`,
    })),
  };
}

/** A PNG of one colour, another for another prompt. */
export function makePicture(prompt: string, size: Size): Buffer {
  const [red = 0, green = 0, blue = 0] = createHash('sha256').update(prompt).digest();
  const pixel = Buffer.from([red, green, blue, 255]);
  return encodePng(Buffer.alloc(size.width * size.height * 4, pixel), size, null);
}

/** Clips of each size and length, made at first need and kept in a directory. */
export class ClipShelf {
  readonly #directory: string;
  readonly #making = new Map<string, Promise<string>>();

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** File of a clip: H.264 and AAC of the film profile, with a tone. */
  take(size: Size, durationSeconds: number): Promise<string> {
    const name = `${size.width}x${size.height}-${durationSeconds}s.mp4`;
    const made =
      this.#making.get(name) ?? this.#make(path.join(this.#directory, name), size, durationSeconds);
    this.#making.set(name, made);
    return made;
  }

  async #make(toFile: string, size: Size, durationSeconds: number): Promise<string> {
    if (existsSync(toFile)) return toFile;
    await mkdir(this.#directory, { recursive: true });
    const frames = durationSeconds * FRAME_RATE;
    return writeWhole(toFile, async (directory) => {
      const file = path.join(directory, 'clip.mp4');
      const clip: DrawnClip = { file, ...size, frames, frameRate: FRAME_RATE, grey: 40, sound: 'TONE' };
      await runInChild(DRAW_CLIPS, [clip]);
      return { file, result: toFile };
    });
  }
}
