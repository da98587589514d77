import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Decoder, Encoder, FilterAPI } from 'node-av/api';
import * as av from 'node-av/constants';
import type { Frame } from 'node-av/lib';
import { DomainError } from '../../core/errors.ts';
import { serveChildJob } from '../child/main.ts';
import { requirePicture } from '../cut/picture-times.ts';
import { readLook } from '../read/look.ts';
import { namingFile, openMedia, packetsOf } from '../read/open-media.ts';
import { toUpright } from '../still/to-film.ts';
import type { SpriteJob } from './make-sprite.ts';
import { SPRITE, spriteIndex } from './sprite-index.ts';

/** Of FFmpeg's scale from 2, the best, to 31. */
const JPEG_QUALITY = 5;

serveChildJob((job: SpriteJob) => namingFile(job.file, () => writeSprite(job)));

async function writeSprite({ file, durationSeconds, directory, everySeconds }: SpriteJob): Promise<void> {
  await using media = await openMedia(file);
  const stream = requirePicture(media.video(), file);
  using decoder = await Decoder.create(stream, { options: { skip_frame: 'nokey' } });
  const { width, height, columns, rows } = SPRITE;
  const toTiles = FilterAPI.create(
    `${toUpright(await readLook(file))},fps=1/${everySeconds}:round=down:start_time=0,` +
      `scale=${width}:${height}:force_original_aspect_ratio=decrease:flags=area,pad=${width}:${height}:-1:-1,setsar=1,` +
      `tile=${columns}x${rows},scale=out_color_matrix=bt601:out_range=pc,format=yuvj420p`,
  );
  let pages = 0;
  const write = async (tiles: Iterable<Frame>) => {
    for (const page of tiles) {
      const jpeg = await Encoder.encodeOne(av.FF_ENCODER_MJPEG, page, {
        options: { qmin: JPEG_QUALITY, qmax: JPEG_QUALITY },
      });
      await writeFile(join(directory, `sprite-${pages}.jpg`), jpeg);
      page.free();
      pages += 1;
    }
  };
  const take = async (frame: Frame) => {
    await write(toTiles.processAllSync(frame));
    frame.free();
  };
  for (const packet of packetsOf(media, stream)) {
    if (packet.isKeyframe) for (const frame of decoder.decodeAllSync(packet)) await take(frame);
  }
  decoder.flushSync();
  for (const frame of decoder.flushFramesSync()) await take(frame);
  toTiles.flushSync();
  await write(toTiles.flushFramesSync());
  if (pages === 0) throw new DomainError('MEDIA_FAILED', `${file}: none of its pictures can be decoded.`);
  await writeFile(join(directory, 'sprite.vtt'), spriteIndex(durationSeconds, everySeconds, pages));
}
