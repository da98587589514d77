import { serveChildJob } from './child-main.ts';
import { measure, trackSeconds } from './measure.ts';
import type { Probe, ProbeJob } from './probe.ts';

serveChildJob(async ({ file }: ProbeJob): Promise<Probe> => {
  const { fileSizeBytes, picture, sound } = await measure(file);
  return {
    durationSeconds: trackSeconds(picture),
    fileSizeBytes,
    width: picture.width,
    height: picture.height,
    frameRate: picture.frameRate,
    videoCodec: picture.codec,
    audioCodec: sound?.codec ?? null,
    audioSeconds: sound ? trackSeconds(sound) : 0,
    sampleRate: sound?.sampleRate ?? null,
    channels: sound?.channels ?? null,
    signature: `${picture.signature}/${sound?.signature ?? 'silent'}`,
  };
});
