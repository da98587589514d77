import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { InvalidArgumentError } from 'commander';
import { defineCommand } from '../command/command.ts';
import { CliFailure, EXIT, type ExitCode } from '../command/exit-codes.ts';
import { JobFilmsDocument, JobResultsDocument } from '../generated/graphql.ts';
import { printJson } from '../output/json.ts';
import type { ApiClient } from '../server/api-client.ts';
import { asking } from '../server/asking.ts';
import { given } from '../server/refusals.ts';
import { type CommonOptions, withServer } from '../server/session.ts';
import { put } from '../watching/film-file.ts';
import { type FilmTarget, type OutOptions, takeTarget } from '../watching/film-target.ts';
import { jobbing } from './look-at-job.ts';

type Format = 'CSV' | 'XLSX' | 'JSONL' | 'ZIP';

type ResultsOptions = CommonOptions &
  OutOptions & {
    format?: Format;
    /** Template of the films' names. */
    names?: string;
  };

const FORMATS: readonly Format[] = ['CSV', 'XLSX', 'JSONL', 'ZIP'];

function format(text: string): Format {
  const found = FORMATS.find((one) => one === text.trim().toUpperCase());
  if (found) return found;
  throw new InvalidArgumentError('Must be csv, xlsx, jsonl, or zip for the films themselves.');
}

/** `vidpipe batch results`. */
export const results = defineCommand({
  name: 'results',
  summary: 'fetch the sheet with what came of each row, or the films in an archive',
  kinds: [asking, jobbing],
  takes: (command) =>
    command
      .option('-o, --out <file>', 'put it there; its ending says the format. CSV on stdout unless given')
      .option('--force', 'let --out replace a file')
      .option('--format <format>', 'csv, xlsx, jsonl, or zip for the films', format)
      .option('--names <template>', "films' names from columns, as in '{title}.mp4'"),
  fields: { names: '--names' },
  names: { jobResults: 'vidpipe batch results', jobFilms: 'vidpipe batch results -o films.zip' },
  run: fetchResults,
});

/** Fetches the results of a job, as far as it is; a file is there whole or not at all. */
async function fetchResults(jobId: string, options: ResultsOptions): Promise<ExitCode> {
  const wanted = options.format ?? formatOf(options.out);
  const target = takeTarget(options);
  return withServer(options, 'api', async ({ api }) => {
    const url = await addressOf(api, jobId, wanted, options.names ?? null);
    if (target) await save(url, target);
    else await pipeline(await bodyOf(url), process.stdout, { end: false });
    if (options.json && target) printJson({ type: 'result', format: wanted, savedAs: target.file });
    else if (target) console.log(target.file);
    return EXIT.ok;
  });
}

/** As the file is called; CSV for a name without an ending. */
function formatOf(out = ''): Format {
  const ending = path.extname(out);
  const found = ending === '' ? 'CSV' : FORMATS.find((one) => `.${one}` === ending.toUpperCase());
  if (found) return found;
  const message = `--out: ${ending} says no format; .csv, .xlsx, .jsonl and .zip do, or say --format.`;
  throw new CliFailure(EXIT.badInput, message);
}

async function addressOf(
  api: ApiClient,
  jobId: string,
  wanted: Format,
  names: string | null,
): Promise<string> {
  if (wanted === 'ZIP') return given((await api.request(JobFilmsDocument, { jobId, names })).jobFilms);
  const variables = { jobId, format: wanted, names };
  return given((await api.request(JobResultsDocument, variables)).jobResults);
}

async function save(url: string, target: FilmTarget): Promise<void> {
  try {
    await pipeline(await bodyOf(url), createWriteStream(target.part));
    await put(target);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `--out: cannot write ${target.file}: ${reason}; say it again, nothing is lost.`;
    throw new CliFailure(EXIT.failed, message, { cause: error });
  } finally {
    await rm(target.part, { force: true });
  }
}

async function bodyOf(url: string): Promise<ReadableStream<Uint8Array>> {
  const response = await fetch(url);
  if (response.ok && response.body) return response.body;
  throw new CliFailure(EXIT.failed, `The server answered HTTP ${response.status} for the results.`);
}
