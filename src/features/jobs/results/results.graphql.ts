import { requireId } from '../../../core/ids.ts';
import { builder } from '../../../graphql/builder.ts';
import type { ApiContext } from '../../../graphql/context.ts';
import { addressOf, type Download, RESULT_FORMATS } from './downloads.ts';
import { findDownload } from './find-download.ts';

const ResultFormatEnum = builder.enumType('JobResultFormat', {
  description: 'How the results of a job are written.',
  values: {
    CSV: {
      description:
        'Comma-separated, UTF-8 with a mark; text that a spreadsheet would run has a quote in front.',
    },
    XLSX: { description: 'A workbook; text of more than 32,767 characters is cut.' },
    JSONL: { description: 'An object a line.' },
  } satisfies Record<(typeof RESULT_FORMATS)[number], object>,
});

const NAMES =
  'Names of the films, columns of the sheet in braces, as in `{title}.mp4`; besides there are `{rowNumber}` and `{title}`. `{rowNumber} {title}` unless given.';
const OPENS =
  'Where keys are asked for, this address alone opens it, without a key and for six to seven hours, as those of films do.';

builder.queryFields((t) => ({
  jobResults: t.field({
    type: 'URL',
    description: `Address of a job's rows with what came of each: the sheet's own columns, then row, status, gaps, addresses of film and poster, the film's name in \`jobFilms\`, its duration, cost, error and project. Also while it runs. ${OPENS} \`JOB_STATE\` if the job never ran.`,
    args: {
      jobId: t.arg.id({ description: 'Id of a Job.' }),
      format: t.arg({ type: ResultFormatEnum, description: 'How they are written.' }),
      names: t.arg.string({ required: false, description: NAMES }),
    },
    resolve: (_root, { jobId, format, names = null }, ctx) =>
      offer(ctx, { jobId: requireId('Job', jobId, ['jobId']), format, names }),
  }),
  jobFilms: t.field({
    type: 'URL',
    description: `Address of an archive (ZIP) of a job's films; with Range requests and ETag. One whose file is gone is told of in its \`missing.txt\`. ${OPENS} \`JOB_STATE\` if the job never ran, or no row has a film.`,
    args: {
      jobId: t.arg.id({ description: 'Id of a Job.' }),
      names: t.arg.string({ required: false, description: NAMES }),
    },
    resolve: (_root, { jobId, names = null }, ctx) =>
      offer(ctx, { jobId: requireId('Job', jobId, ['jobId']), format: null, names }),
  }),
}));

async function offer({ db, actor, origin, mediaQuery }: ApiContext, download: Download): Promise<string> {
  await findDownload(db, actor, download);
  return addressOf(origin, download, mediaQuery);
}
