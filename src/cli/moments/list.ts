import { Option } from 'commander';
import { defineCommand } from '../command/command.ts';
import { CliFailure, EXIT, type ExitCode } from '../command/exit-codes.ts';
import { count } from '../command/option-values.ts';
import { ListMomentsDocument } from '../generated/graphql.ts';
import { printJson } from '../output/json.ts';
import { asking } from '../server/asking.ts';
import { type CommonOptions, withServer } from '../server/session.ts';
import { placeOf } from '../watching/film-file.ts';
import { momentLine } from '../watching/moments-report.ts';

type Options = CommonOptions & {
  /** At most so many. */
  limit: number;
};

/** `vidpipe moments list`. */
export const list = defineCommand({
  name: 'list',
  summary: 'list the moments of a video, with their clips',
  kinds: [asking],
  takes: (command) =>
    command
      .argument('<video>', 'its id')
      .addOption(new Option('--limit <count>', 'at most so many').argParser(count).default(100)),
  run: listMoments,
});

/** Prints the moments of a video that are kept, in its order; a clip's place stands below its moment. */
function listMoments(videoId: string, { limit, json, ...options }: Options): Promise<ExitCode> {
  return withServer(options, 'api', async ({ api }) => {
    const { video } = await api.request(ListMomentsDocument, { id: videoId, first: limit }, { id: 'VIDEO' });
    if (!video) throw noVideo(videoId);
    const { edges, totalCount } = video.moments;
    for (const { node } of edges) {
      if (json) printJson(node);
      else console.log([momentLine(node), ...(node.clip ? [`  ${placeOf(node.clip)}`] : [])].join('\n'));
    }
    if (!json && edges.length === 0)
      console.error(`No moments yet. Find some: vidpipe moments run ${videoId}`);
    if (!json && totalCount > edges.length)
      console.error(`${edges.length} of ${totalCount}; more with --limit.`);
    return EXIT.ok;
  });
}

/** What a person is told who names none. */
export const noVideo = (videoId: string): CliFailure =>
  new CliFailure(EXIT.failed, `VIDEO: there is no ${videoId}; see vidpipe open --json.`, {
    code: 'NOT_FOUND',
  });
