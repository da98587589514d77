/** The commands of the command line, in the order of `vidpipe --help`; what they take and do, their own files say. */
import { Command } from 'commander';
import { cancel as cancelBatch } from './batch/cancel.ts';
import { deleteBatch } from './batch/delete.ts';
import { follow as followBatch } from './batch/follow.ts';
import { listBatch } from './batch/list.ts';
import { pause as pauseBatch } from './batch/pause.ts';
import { preview } from './batch/preview.ts';
import { resume as resumeBatch } from './batch/resume.ts';
import { results } from './batch/results.ts';
import { retry as retryBatch } from './batch/retry.ts';
import { run } from './batch/run.ts';
import { skip } from './batch/skip.ts';
import { start } from './batch/start.ts';
import { status as batchStatus } from './batch/status.ts';
import { update } from './batch/update.ts';
import { addTo, type CliCommand, type CliNoun } from './command/command.ts';
import type { ExitCode } from './command/exit-codes.ts';
import { demo } from './films/demo.ts';
import { estimate } from './films/estimate.ts';
import { generate } from './films/generate.ts';
import { open } from './films/open.ts';
import { stitch } from './films/stitch.ts';
import { config } from './installation/config.ts';
import { doctor } from './installation/doctor.ts';
import { serve } from './installation/serve.ts';
import { createKey } from './keys/create.ts';
import { listKeys } from './keys/list.ts';
import { revokeKey } from './keys/revoke.ts';
import { cut } from './moments/cut.ts';
import { list as listMoments } from './moments/list.ts';
import { run as runMoments } from './moments/run.ts';
import { search } from './moments/search.ts';
import { transcript } from './moments/transcript.ts';
import { usage } from './money/usage.ts';
import { list } from './projects/list.ts';
import { status } from './projects/status.ts';
import { cancel } from './runs/cancel.ts';
import { follow } from './runs/follow.ts';
import { pause } from './runs/pause.ts';
import { resume } from './runs/resume.ts';
import { retry } from './runs/retry.ts';
import { version } from './version.ts';

const keys: CliNoun = {
  name: 'keys',
  summary: "make, list and revoke API keys, on the server's database",
  commands: [createKey, listKeys, revokeKey],
};

const batch: CliNoun = {
  name: 'batch',
  summary: 'make a film for each row of a sheet',
  commands: [
    run,
    preview,
    start,
    listBatch,
    batchStatus,
    followBatch,
    pauseBatch,
    resumeBatch,
    retryBatch,
    update,
    skip,
    cancelBatch,
    results,
    deleteBatch,
  ],
};

const moments: CliNoun = {
  name: 'moments',
  summary: 'find the parts of a video that are worth posting, and cut them',
  commands: [runMoments, listMoments, cut, transcript, search],
};

/** Everything that `vidpipe` can be told to do. */
export const COMMANDS: readonly (CliCommand | CliNoun)[] = [
  serve,
  generate,
  estimate,
  status,
  list,
  stitch,
  open,
  pause,
  resume,
  follow,
  retry,
  cancel,
  batch,
  moments,
  usage,
  demo,
  keys,
  config,
  doctor,
];

/**
 * The program.
 *
 * @param finish gets the exit code of the command that ran.
 */
export function createProgram(finish: (code: ExitCode) => void): Command {
  const program = new Command('vidpipe')
    .description('Words into finished video: storyboard, keyframes, clips, one film.')
    .version(version(), '--version', 'print the version')
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  for (const command of COMMANDS) addTo(program, command, finish);
  return program;
}
