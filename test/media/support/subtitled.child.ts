import { Demuxer, Muxer } from 'node-av/api';
import * as av from 'node-av/constants';
import { Dictionary } from 'node-av/lib';
import { serveChildJob } from '../../../src/media/child/main.ts';
import type { SubtitledJob } from './subtitled.ts';

/** Puts a sound and subtitles of several languages into one file, without coding any of it anew. */
serveChildJob(async ({ sound, subtitles, toFile }: SubtitledJob): Promise<string> => {
  const muxer = await Muxer.open(toFile, { useAsyncWrite: false, useSyncQueue: false });
  const inputs = await Promise.all(
    [sound, ...subtitles.map(({ file }) => file)].map((file) => Demuxer.open(file)),
  );
  const places = inputs.map((input) => muxer.addStream(input.streams[0]!));
  for (const [index, { language, isForced }] of subtitles.entries()) {
    const stream = muxer.getFormatContext().streams[index + 1]!;
    stream.metadata = Dictionary.fromObject({ language });
    if (isForced) stream.disposition = av.AV_DISPOSITION_FORCED;
  }
  for (const [index, input] of inputs.entries())
    for (const packet of input.packetsSync(0)) if (packet) muxer.writePacketSync(packet, places[index]!);
  muxer.closeSync();
  return toFile;
});
