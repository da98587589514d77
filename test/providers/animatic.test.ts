import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { beforeAll, describe, expect, test } from 'vitest';
import { probe } from '../../src/media/read/probe.ts';
import { freeReservation } from '../support/free-reservation.ts';
import type { ClipRequest, LocalClips } from '../../src/providers/capabilities/clip.ts';
import type { SceneBrief } from '../../src/providers/scene-brief.ts';
import { requireCapability } from '../../src/providers/registry.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';
import { SIZES, brief } from './support/brief.ts';
import { loudnessOf } from './support/loudness.ts';

const keyframe = requireCapability('ANIMATIC', 'KEYFRAME');
const clips = requireCapability('ANIMATIC', 'CLIP');

function renderClip(...call: Parameters<LocalClips['render']>) {
  if (clips.kind !== 'LOCAL') throw new Error('The animatic renders here.');
  return clips.render(...call);
}
/** Of this process, on Linux; null elsewhere. */
function childrenOf(): number[] | null {
  const file = `/proc/self/task/${process.pid}/children`;
  return existsSync(file) ? (readFileSync(file, 'utf8').match(/\d+/g) ?? []).map(Number) : null;
}
const { signal } = new AbortController();
const sha = async (file: string) =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex');

let directory = '';
const at = (name: string) => join(directory, name);
beforeAll(async () => {
  directory = temporaryFolder('animatic');
});

const first: SceneBrief = brief();
const second: SceneBrief = brief({
  sceneIndex: 1,
  sceneDescription: 'The keeper lights the lamp in his room.',
  endFramePrompt: 'Insert shot of the lamp.',
  videoMotionPrompt: 'Camera: a gentle pan left.',
});

const free = freeReservation('frame');
const draw = (scene: SceneBrief, position: 'START' | 'END', fromFile: string | null, name: string) =>
  keyframe.call({ scene, position, fromFile, toFile: at(name) }, free, { signal });

const render = (more: Partial<ClipRequest>, name: string) =>
  renderClip(
    {
      scene: first,
      startFrameFile: at('start.png'),
      endFrameFile: at('end.png'),
      durationSeconds: 1,
      toFile: at(name),
      ...more,
    },
    { signal },
  );

beforeAll(async () => {
  await draw(first, 'START', null, 'start.png');
  await draw(first, 'END', at('start.png'), 'end.png');
});

describe('a keyframe', () => {
  test('is the same to the byte when it is drawn again', async () => {
    await draw(first, 'END', at('start.png'), 'again.png');
    expect(await sha(at('again.png'))).toBe(await sha(at('end.png')));
    expect(await sha(at('start.png'))).not.toBe(await sha(at('end.png')));
  });

  test.each(['9:16', '1:1'] as const)('has the size of %s', { tags: 'long' }, async (aspectRatio) => {
    const result = await draw(brief({ aspectRatio, style: 'watercolor' }), 'START', null, 'shape.png');
    expect(result).toMatchObject({ ...SIZES[aspectRatio], mimeType: 'image/png' });
    const image = await loadImage(at('shape.png'));
    expect({ width: image.width, height: image.height }).toEqual(SIZES[aspectRatio]);
  });

  test('looks different in each style and for each text', { tags: 'long' }, async () => {
    const sums = new Set<string>();
    for (const style of ['cinematic', 'noir', 'anime']) {
      for (const sceneDescription of ['A ship at sea.', 'A train in the mountains.']) {
        await draw(brief({ style, sceneDescription }), 'START', null, 'one.png');
        sums.add(await sha(at('one.png')));
      }
    }
    expect(sums.size).toBe(6);
  });

  test('can start from a picture that a person brought', async () => {
    await writeFile(at('photo.png'), createCanvas(300, 200).toBuffer('image/png'));
    await draw(second, 'END', at('photo.png'), 'from-photo.png');
    expect((await loadImage(at('from-photo.png'))).width).toBe(1280);
  });
});

describe('a clip', () => {
  test('is H.264 and AAC at 24 frames a second, exactly as long as asked', { tags: 'long' }, async () => {
    await render({ durationSeconds: 2 }, 'silent.mp4');
    expect(await probe(at('silent.mp4'))).toMatchObject({
      videoCodec: 'h264',
      audioCodec: 'aac',
      width: 1280,
      height: 720,
      frameRate: 24,
      durationSeconds: 2,
      sampleRate: 48_000,
      channels: 2,
    });
    expect(await loudnessOf(at('silent.mp4'))).toBe(0);
  });

  test('speaks its narration and leaves no file of the voice behind', { tags: 'long' }, async () => {
    await render({ scene: { ...first, narration: 'The lamp is lit.' }, durationSeconds: 2 }, 'spoken.mp4');
    expect(await loudnessOf(at('spoken.mp4'))).toBeGreaterThan(0.01);
    expect((await readdir(directory)).filter((name) => name.startsWith('voice-'))).toEqual([]);
  });

  test('goes from a picture that a person brought to ours', { tags: 'long' }, async () => {
    const canvas = createCanvas(640, 480);
    const ctx = canvas.getContext('2d');
    ctx.fillStyle = '#ff0000';
    ctx.fillRect(0, 0, 640, 480);
    await writeFile(at('red.png'), canvas.toBuffer('image/png'));
    await render({ startFrameFile: at('red.png') }, 'joined.mp4');
    expect((await probe(at('joined.mp4'))).durationSeconds).toBe(1);
  });

  test('says which file it could not read, and leaves nothing behind', async () => {
    await writeFile(at('broken.png'), 'no picture');
    await expect(render({ endFrameFile: at('broken.png') }, 'never.mp4')).rejects.toMatchObject({
      code: 'PROVIDER_FAILED',
      message: expect.stringContaining('broken.png'),
    });
    expect(await readdir(directory)).not.toContain('never.mp4');
  });

  test.skipIf(childrenOf() === null)(
    'whose processes somebody kills again and again says so, as media',
    async () => {
      const killing = setInterval(() => {
        for (const pid of childrenOf() ?? []) process.kill(pid, 'SIGKILL');
      }, 50);
      await expect(
        render({ durationSeconds: 4 }, 'killed.mp4').finally(() => clearInterval(killing)),
      ).rejects.toMatchObject({
        code: 'MEDIA_FAILED',
        message: expect.stringContaining('was ended by SIGKILL'),
      });
    },
  );

  test('stops at once when it is called off, and leaves nothing behind', async () => {
    const stop = new AbortController();
    const request = {
      scene: first,
      startFrameFile: at('start.png'),
      endFrameFile: at('end.png'),
      durationSeconds: 15,
      toFile: at('stopped.mp4'),
    };
    const rendering = renderClip(request, {
      signal: stop.signal,
      onProgress: () => stop.abort(new Error('called off')),
    });
    await expect(rendering).rejects.toThrow('called off');
    const left = await readdir(directory);
    expect(left.filter((name) => name.startsWith('stopped') || name.startsWith('voice-'))).toEqual([]);
  });
});
