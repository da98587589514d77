import { InvalidArgumentError, Option } from 'commander';
import { defineCommand } from '../command/command.ts';
import { CliFailure, EXIT, type ExitCode } from '../command/exit-codes.ts';
import { lowerCase } from '../command/option-values.ts';
import { type SubtitleFormat, TranscriptOfDocument } from '../generated/graphql.ts';
import { asking } from '../server/asking.ts';
import { type CommonOptions, withServer } from '../server/session.ts';
import { noVideo } from './list.ts';

type Options = CommonOptions & { format: SubtitleFormat };

/** As a person writes them. */
const FORMATS: Record<string, SubtitleFormat> = { text: 'TEXT', srt: 'SRT', vtt: 'WEBVTT', json: 'JSON' };

function formatOf(text: string): SubtitleFormat {
  const found = FORMATS[lowerCase(text)];
  if (found) return found;
  throw new InvalidArgumentError(`Must be ${Object.keys(FORMATS).join(', ')}.`);
}

/** `vidpipe moments transcript`. */
export const transcript = defineCommand({
  name: 'transcript',
  summary: 'print what is said in a video',
  kinds: [asking],
  takes: (command) =>
    command
      .argument('<video>', 'its id')
      .addOption(
        new Option('--format <format>', Object.keys(FORMATS).join(', '))
          .argParser(formatOf)
          .default('TEXT', 'text'),
      ),
  run: printTranscript,
});

/** Prints the transcript of a video as the text of a file. */
function printTranscript(videoId: string, { format, ...options }: Options): Promise<ExitCode> {
  return withServer(options, 'api', async ({ api }) => {
    const { video } = await api.request(TranscriptOfDocument, { id: videoId, format }, { id: 'VIDEO' });
    if (!video) throw noVideo(videoId);
    if (!video.transcript)
      throw new CliFailure(EXIT.failed, `${videoId} has no transcript yet.`, { code: 'NOT_FOUND' });
    process.stdout.write(video.transcript.subtitles);
    return EXIT.ok;
  });
}
