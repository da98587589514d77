import { Option } from 'commander';
import { defineCommand } from '../command/command.ts';
import { EXIT, type ExitCode } from '../command/exit-codes.ts';
import { count } from '../command/option-values.ts';
import { SearchTranscriptsDocument } from '../generated/graphql.ts';
import { printJson } from '../output/json.ts';
import { oneLine } from '../output/text-width.ts';
import { clock } from '../output/words.ts';
import { asking } from '../server/asking.ts';
import { given } from '../server/refusals.ts';
import { type CommonOptions, withServer } from '../server/session.ts';

type Options = CommonOptions & {
  /** Id of the video that is searched; all of them unless given. */
  video?: string;
  /** At most so many. */
  limit: number;
};

/** `vidpipe moments search`. */
export const search = defineCommand({
  name: 'search',
  summary: 'find what was said, in all videos',
  kinds: [asking],
  takes: (command) =>
    command
      .argument('<words>', 'as in a search engine: "in this order", this or that, -without')
      .option('--video <id>', 'in this one only')
      .addOption(new Option('--limit <count>', 'at most so many').argParser(count).default(20)),
  fields: { query: 'WORDS' },
  run: searchTranscripts,
});

/** Prints the sentences that have the words, what fits best first, with where and when they are said. */
function searchTranscripts(query: string, { video, limit, json, ...options }: Options): Promise<ExitCode> {
  return withServer(options, 'api', async ({ api }) => {
    const wish = { query, first: limit, ...(video !== undefined && { videoId: video }) };
    const { edges } = given((await api.request(SearchTranscriptsDocument, wish)).searchTranscripts);
    for (const { node } of edges) {
      const { sentence, video: shown, isGuess } = node;
      if (json) printJson(node);
      else
        console.log(
          `${clock(sentence.startSeconds)}  ${oneLine(sentence.text)}  ${shown?.id ?? ''}${isGuess ? '  (something like it)' : ''}`,
        );
    }
    if (!json && edges.length === 0) console.error('Nobody says that.');
    return EXIT.ok;
  });
}
