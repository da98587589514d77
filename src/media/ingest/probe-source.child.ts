import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Demuxer } from 'node-av/api';
import * as av from 'node-av/constants';
import { avGetCodecName, type Stream } from 'node-av/lib';
import { DomainError } from '../../core/errors.ts';
import { cleanText } from '../../core/outside-text.ts';
import { type ReportProgress, serveChildJob } from '../child/main.ts';
import { describe } from '../read/describe.ts';
import { type Measured, measure, trackSeconds } from '../read/measure.ts';
import { namingFile, openMedia } from '../read/open-media.ts';
import { defaultSound } from '../sound/default-track.ts';
import { turnOf } from '../read/turn.ts';
import type { SourceJob, SourceProbe, SubtitleStream } from './probe-source.ts';

/** What a file says of its subtitles is cut here, in letters. */
const MAX_TEXT = 100;
/** More of them than anybody shows. */
const MAX_STREAMS = 100;

serveChildJob(({ file }: SourceJob, progress) => namingFile(file, () => probe(file, progress)));

async function probe(file: string, progress: ReportProgress): Promise<SourceProbe> {
  const told = await readStreams(file);
  // Packets first: they are fewer to read of what is refused.
  const measured = await measure(file);
  const sha256 = await hash(file, measured.fileSizeBytes, progress);
  return { ...describe(measured), frameRate: frameRateOf(measured), sha256, ...told };
}

async function readStreams(file: string) {
  await using media = await openMedia(file);
  const picture = media.video();
  if (!picture || isCover(picture))
    throw new DomainError('MEDIA_FAILED', `${file}: there is no moving picture in it, only sound.`);
  const sounds = media.streams.filter(({ codecpar }) => codecpar.codecType === av.AVMEDIA_TYPE_AUDIO);
  const played = defaultSound(media)?.codecpar;
  return {
    audioCodec: played ? (avGetCodecName(played.codecId) ?? 'unknown') : null,
    channels: played ? played.channels : null,
    rotationDegrees: degreesOf(turnOf(picture)),
    audioTracks: sounds.length,
    subtitleStreams: subtitlesOf(media),
  };
}

/** A picture of an album, not a film. */
const isCover = ({ disposition }: Stream): boolean => (disposition & av.AV_DISPOSITION_ATTACHED_PIC) !== 0;

/** Mirrored ones count as what they are turned by besides. */
function degreesOf(turn: string | null): SourceProbe['rotationDegrees'] {
  if (turn?.startsWith('transpose=clock')) return 90;
  if (turn?.startsWith('transpose=cclock')) return 270;
  return turn === 'hflip,vflip' ? 180 : 0;
}

const subtitlesOf = (media: Demuxer): SubtitleStream[] =>
  media.streams
    .filter(({ codecpar }) => codecpar.codecType === av.AVMEDIA_TYPE_SUBTITLE)
    .slice(0, MAX_STREAMS)
    .map(({ index, codecpar, metadata }) => ({
      index,
      codec: avGetCodecName(codecpar.codecId) ?? 'unknown',
      language: told(metadata?.get('language')),
      title: told(metadata?.get('title')),
      isText: codecpar.hasProperties(av.AV_CODEC_PROP_TEXT_SUB),
    }));

const told = (text: string | null | undefined): string | null => cleanText(text ?? '', MAX_TEXT) || null;

/** A file of pictures at odd times may claim no rate: then their number tells. */
function frameRateOf({ picture }: Measured): number {
  return picture.frameRate > 0 ? picture.frameRate : picture.packets / trackSeconds(picture);
}

async function hash(file: string, sizeBytes: number, progress: ReportProgress): Promise<string> {
  const sum = createHash('sha256');
  let read = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 2 ** 20 })) {
    sum.update(chunk as Buffer);
    read += (chunk as Buffer).length;
    progress(read / sizeBytes);
  }
  const { size } = await stat(file);
  if (size !== read) throw new DomainError('MEDIA_FAILED', `${file}: it was changed while it was read.`);
  return sum.digest('hex');
}
