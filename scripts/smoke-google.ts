/**
 * The first live try, for a person with a key: `npm run smoke:google -- --yes` is `vidpipe doctor --live --yes`. With
 * `--replay google-answers-<date>.json` nobody is paid: the answers of that file are played to the adapter, and what comes
 * of it must be what came of them then. Exits with 1 where it is not.
 */
import { spawnSync } from 'node:child_process';
import { makeLiveTry, planLiveTry } from '../src/live-try.ts';
import { loadConfig } from '../src/platform/config.ts';
import { readAnswers, startReplay } from '../test/support/google-server/replay.ts';
import { temporaryFolder } from '../test/support/temporary/folder.ts';
import { readOptions } from './read-options.ts';
import { enterRunFolderUntilExit } from '../test/support/temporary/run-folder.ts';

const USAGE = 'Usage: npm run smoke:google -- [--yes] [--cap-cents 50] | --replay google-answers-<date>.json';
/** Nothing is charged. */
const NO_CAP_CENTS = 10_000;

async function replay(name: string): Promise<number> {
  enterRunFolderUntilExit();
  const answers = await readAnswers(name);
  const heard = await startReplay(answers);
  const dataDir = temporaryFolder('replay');
  try {
    // Where the SDK looks for them.
    Object.assign(process.env, heard.environment);
    const { PATH = '' } = process.env;
    const plan = planLiveTry(loadConfig({ PATH, ...heard.environment, VIDPIPE_DATA_DIR: dataDir }));
    if (!plan) throw new Error('The file names no way to Google.');
    const { file } = await makeLiveTry(plan, NO_CAP_CENTS);
    const [then, now] = [answers.outcome, file.outcome].map((outcome) => JSON.stringify(outcome, null, 2));
    if (then === now)
      console.log(`The same run: ${file.outcome.status}, ${file.outcome.ledger.length} entries.`);
    else console.log(`Another run.\nThen: ${then}\nNow: ${now}`);
    for (const request of heard.strange()) console.log(`The file has no answer to ${request}.`);
    return then === now ? 0 : 1;
  } finally {
    await heard.stop();
  }
}

function pay(yes: boolean, capCents: number | undefined): number {
  const cap = capCents === undefined ? [] : ['--cap-cents', String(capCents)];
  const args = ['src/main.ts', 'doctor', '--live', ...cap, ...(yes ? ['--yes'] : [])];
  return spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
}

const options = readOptions(USAGE, { replay: 'text', yes: 'switch', 'cap-cents': 'count' });
process.exitCode =
  options.replay === undefined
    ? pay(options.yes === true, options['cap-cents'])
    : await replay(options.replay);
