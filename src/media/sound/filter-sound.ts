import { FilterAPI } from 'node-av/api';
import type { Frame } from 'node-av/lib';
import { CHANNELS } from '../encoding.ts';
import { soundFrame } from '../write/new-frame.ts';
import { toPlanar } from '../write/sound-encoder.ts';

/** Sends interleaved 48 kHz stereo through an FFmpeg filter chain and gives the frames that come out. The taker frees them. */
export async function* filterSound(
  chunks: AsyncIterable<Float32Array>,
  chain: string,
): AsyncGenerator<Frame> {
  using filter = FilterAPI.create(chain);
  let sent = 0;
  for await (const chunk of chunks) {
    const frame = soundFrame(toPlanar(chunk), sent);
    sent += chunk.length / CHANNELS;
    yield* filter.processAllSync(frame);
    frame.free();
  }
  filter.flushSync();
  yield* filter.flushFramesSync();
}
