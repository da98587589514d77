import { open } from 'node:fs/promises';
import * as av from 'node-av/constants';
import type { Demuxer } from 'node-av/api';
import type { Stream } from 'node-av/lib';
import { clock } from '../../text/clock.ts';
import { serveChildJob } from '../child/main.ts';
import { namingFile, openMedia, packetsOf } from './open-media.ts';
import { isText, textOfPacket } from './subtitle-cue.ts';
import type { SubtitleTrack, SubtitleTrackJob } from './subtitle-track.ts';

serveChildJob((job: SubtitleTrackJob) => namingFile(job.file, () => readTrack(job)));

async function readTrack({ file, language, toFile }: SubtitleTrackJob): Promise<SubtitleTrack | null> {
  await using media = await openMedia(file);
  const stream = choose(media, language);
  if (!stream) return null;
  if (toFile !== null) await writeCues(media, stream, toFile);
  return { index: stream.index, language: languageOf(stream) };
}

/** Of the language, then the one that players show, then the first; what is shown of a film in one's own language only where there is no other. */
function choose(media: Demuxer, language: string | null): Stream | undefined {
  const isAsked = (stream: Stream) =>
    language === null || (languageOf(stream) ?? language).split('-')[0] === language.split('-')[0];
  const tracks = media.streams.filter(
    ({ codecpar }) => codecpar.codecType === av.AVMEDIA_TYPE_SUBTITLE && isText(codecpar.codecId),
  );
  return tracks.filter(isAsked).toSorted((one, other) => rank(one) - rank(other))[0];
}

const has = (stream: Stream, flag: number): boolean => (stream.disposition & flag) !== 0;

/** The lower, the sooner it is taken. */
const rank = (stream: Stream): number =>
  (has(stream, av.AV_DISPOSITION_FORCED) ? 2 : 0) + (has(stream, av.AV_DISPOSITION_DEFAULT) ? 0 : 1);

/** `en` of `eng`. */
function languageOf(stream: Stream): string | null {
  const told = stream.metadata?.get('language') ?? '';
  try {
    const [tag = 'und'] = Intl.getCanonicalLocales(told);
    return tag === 'und' ? null : tag;
  } catch {
    return null;
  }
}

async function writeCues(media: Demuxer, stream: Stream, toFile: string): Promise<void> {
  await using out = await open(toFile, 'w');
  const { num, den } = stream.timeBase;
  const seconds = (ticks: bigint) => Math.max(0, (Number(ticks) * num) / den);
  for await (const packet of packetsOf(media, stream)) {
    const { data, pts, duration } = packet;
    const text = data && data.length > 1 ? textOfPacket(stream.codecpar.codecId, data) : '';
    // A blank line would end the cue.
    const lines = text.split(/\r\n|[\r\n]/).filter((line) => line.trim() !== '');
    if (lines.length > 0 && pts !== av.AV_NOPTS_VALUE)
      await out.write(
        `${clock(seconds(pts), ',')} --> ${clock(seconds(pts + duration), ',')}\n${lines.join('\n')}\n\n`,
      );
  }
}
