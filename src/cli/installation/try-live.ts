/** `vidpipe doctor --live`: what a person is asked before it, and told after it. */
import { writeFile } from 'node:fs/promises';
import type { AnswerFile, LivePlan } from '../../live-try.ts';
import type { Config } from '../../platform/config.ts';
import { CliFailure, EXIT, type ExitCode } from '../command/exit-codes.ts';
import { askYes, canAsk } from '../input/ask-yes.ts';
import { printJson } from '../output/json.ts';
import { dollars } from '../output/money.ts';
import { oneLine } from '../output/text-width.ts';
import { whileSaying } from '../output/while-saying.ts';
import type { CommonOptions } from '../server/session.ts';

export type LiveOptions = { capCents?: number; yes?: boolean };

const DEFAULT_CAP_CENTS = 50;
/** Characters of an answer that are printed. */
const LONGEST_SHOWN = 240;

/**
 * Makes the shortest film by Google, for money, once a person has said yes, and writes the answers to a file here.
 *
 * @returns `ok` if there is a clip.
 * @throws {CliFailure} `badInput` where Google is not set up, it could cost more than the cap, or nobody can be asked.
 */
export async function tryLive(config: Config, options: CommonOptions & LiveOptions): Promise<ExitCode> {
  const { capCents = DEFAULT_CAP_CENTS, json = false } = options;
  // Loaded here: the whole engine, which no other command needs in its own process.
  const { makeLiveTry, planLiveTry } = await import('../../live-try.ts');
  const plan = planLiveTry(config);
  if (!plan) {
    const ways = 'Set GEMINI_API_KEY, or GOOGLE_GENAI_USE_VERTEXAI=true and GOOGLE_CLOUD_PROJECT';
    throw new CliFailure(EXIT.badInput, `${ways} (docs/google.md).`);
  }
  await agree(plan, capCents, options);
  const made = await whileSaying('Making one storyboard, two frames and a clip ...', () =>
    makeLiveTry(plan, capCents),
  );
  const name = await keep(made.file);
  if (json) printJson({ type: 'live', file: name, dataDir: made.dataDir, ...made.file.outcome });
  else for (const line of linesOf(made.file)) console.log(line);
  if (!json) {
    console.log(`\nLedger and film: VIDPIPE_DATA_DIR=${made.dataDir}`);
    console.log(`Answers, without anybody's key, project or path: ${name}`);
  }
  return made.file.outcome.clips.at(-1) === 'COMPLETE' ? EXIT.ok : EXIT.failed;
}

async function agree(
  { settings, seconds, cents }: LivePlan,
  cap: number,
  options: CommonOptions & LiveOptions,
) {
  const { STORYBOARD, KEYFRAME, CLIP } = settings.models;
  const what = `One storyboard by ${STORYBOARD.name}, two frames by ${KEYFRAME.name}, a clip of ${seconds} s in ${settings.resolution} by ${CLIP.name}: at most ${cents} cents.`;
  if (cents > cap)
    throw new CliFailure(
      EXIT.badInput,
      `${what} That is more than ${cap} cents (--cap-cents); nothing was begun.`,
    );
  process.stderr.write(`${what} Whatever has to be repeated, not more than ${cap}.\n`);
  if (options.yes) return;
  if (!canAsk(options.json ?? false))
    throw new CliFailure(EXIT.badInput, 'It costs money: add --yes; nothing was begun.');
  if (!(await askYes('Make it? [y/N] ')))
    throw new CliFailure(EXIT.cancelled, 'Not made; nothing was spent.');
}

/** Writes the file under a name that is not taken. */
async function keep(file: AnswerFile): Promise<string> {
  for (let nth = 1; ; nth += 1) {
    const name = `google-answers-${file.day}${nth === 1 ? '' : `-${nth}`}.json`;
    try {
      await writeFile(name, `${JSON.stringify(file, null, 2)}\n`, { flag: 'wx' });
      return name;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

const works = (name: string, does: boolean): string => `${does ? 'ok     ' : 'PROBLEM'}  ${name}`;

function linesOf({ exchanges, outcome, transport }: AnswerFile): string[] {
  const said = exchanges.map(({ method, path, status, seconds, headers, body }) =>
    [
      `${method} ${path}: ${status}, ${seconds} s`,
      `  ${oneLine(
        Object.entries(headers)
          .map((header) => header.join(': '))
          .join('; '),
      ).slice(0, LONGEST_SHOWN)}`,
      `  ${oneLine(JSON.stringify(body)).slice(0, LONGEST_SHOWN)}`,
    ].join('\n'),
  );
  const { storyboards, frames, clips, hasFilm, status, errorCode, ledger } = outcome;
  return [
    ...said,
    '',
    works('storyboard', storyboards > 0),
    works(`${frames} frames`, frames > 0),
    works(
      `clip ${clips.at(-1) ?? 'not ordered'}${transport ? `, by ${transport}` : ''}`,
      clips.at(-1) === 'COMPLETE',
    ),
    works(`film ${status}${errorCode ? `, ${errorCode}` : ''}`, hasFilm),
    '',
    ...ledger
      .filter(({ kind }) => kind !== 'RESERVE')
      .map(
        ({ call, kind, model, microUsd, usage }) =>
          `${kind.padEnd(8)} ${call.padEnd(10)} ${model.padEnd(26)} ${dollars(microUsd)} ${JSON.stringify(usage)}`,
      ),
  ];
}
