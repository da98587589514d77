import { writeFile } from 'node:fs/promises';
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
import { SPRITE, spriteTiles } from './sprite-index.ts';

/** Of FFmpeg's scale from 2, the best, to 31. */
const JPEG_QUALITY = 5;

serveChildJob((job: SpriteJob) => namingFile(job.file, () => writeSprite(job)));

async function writeSprite({ file, durationSeconds, toFile, everySeconds }: SpriteJob): Promise<void> {
  await using media = await openMedia(file);
  const stream = requirePicture(media.video(), file);
  using decoder = await Decoder.create(stream, { options: { skip_frame: 'nokey' } });
  const { width, height, columns } = SPRITE;
  const rows = Math.ceil(spriteTiles(durationSeconds, everySeconds) / columns);
  const toSheet = FilterAPI.create(
    `${toUpright(await readLook(file))},fps=1/${everySeconds}:round=down:start_time=0,` +
      `scale=${width}:${height}:force_original_aspect_ratio=decrease:flags=area,pad=${width}:${height}:-1:-1,setsar=1,` +
      // A film may end a little before it said: its last picture stands for the rest.
      `tpad=stop_mode=clone:stop_duration=${columns * rows * everySeconds},` +
      `tile=${columns}x${rows},scale=out_color_matrix=bt601:out_range=pc,format=yuvj420p`,
  );
  let isWritten = false;
  const write = async (sheets: Iterable<Frame>) => {
    for (const sheet of sheets) {
      if (!isWritten) {
        const options = { qmin: JPEG_QUALITY, qmax: JPEG_QUALITY };
        await writeFile(toFile, await Encoder.encodeOne(av.FF_ENCODER_MJPEG, sheet, { options }));
        isWritten = true;
      }
      sheet.free();
    }
  };
  const take = async (frame: Frame) => {
    await write(toSheet.processAllSync(frame));
    frame.free();
  };
  for await (const packet of packetsOf(media, stream)) {
    if (packet.isKeyframe) for (const frame of decoder.decodeAllSync(packet)) await take(frame);
  }
  decoder.flushSync();
  for (const frame of decoder.flushFramesSync()) await take(frame);
  toSheet.flushSync();
  await write(toSheet.flushFramesSync());
  if (!isWritten) throw new DomainError('MEDIA_FAILED', `${file}: no picture of it can be decoded.`);
}
