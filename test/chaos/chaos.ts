/**
 * Kills vidpipe at random and looks whether anything was lost or paid twice:
 * `npm run chaos -- [--kills 60] [--only embedded|postgres|live|network|jobs] [--google GEMINI|VERTEX]`; `live`
 * looks whether a subscriber missed anything, `jobs` kills what works on the `--rows 1000` of a job, `network` loses the way to PostgreSQL for `--minutes 20`;
 * `--google-as-it-is [--runs 500] [--at-once 10] [--seed <text>]` kills nothing, and makes films of a Google that refuses, is overloaded and
 * answers as others met it. PostgreSQL is the server that `TEST_DATABASE_URL` names; without one its parts are left
 * out, and said so. Exits with 1 on any violation.
 */
import { readOptions, refuseOptions } from '../../scripts/read-options.ts';
import { filmGoogleAsItIs } from './google-as-it-is.ts';
import { findPostgres } from '../support/needs.ts';
import { enterRunFolderUntilExit } from '../support/temporary/run-folder.ts';
import { makeTestDatabase } from '../support/test-database.ts';
import type { Verdict } from './judge.ts';
import { killJobs } from './kill-jobs.ts';
import { killAtRandom, type Ordeal } from './kill-at-random.ts';
import { raiseStorm } from './live-storm.ts';
import { loseNetwork } from './lose-network.ts';
import { staleResult, takeOver } from './take-over.ts';

const PARTS = ['embedded', 'postgres', 'live', 'network', 'jobs'] as const;
const USAGE = `Usage: npm run chaos -- [--kills 60] [--only ${PARTS.join('|')}] [--google GEMINI|VERTEX] [--minutes 20] [--rows 1000] | --google-as-it-is [--runs 500] [--at-once 10] [--seed text]`;
const values = readOptions(USAGE, {
  kills: 'count',
  only: PARTS,
  google: ['GEMINI', 'VERTEX'],
  minutes: 'count',
  rows: 'count',
  'google-as-it-is': 'switch',
  runs: 'count',
  'at-once': 'count',
  seed: 'text',
});
const minutes = values.minutes ?? 20;
const kills = values.kills ?? 60;
/** With Google's provider in the paid test provider's place. */
const vendor = values.google === undefined ? {} : { google: values.google };
const wants = (part: (typeof PARTS)[number]) => values.only === undefined || values.only === part;
const hasPostgres = findPostgres() !== null;
// Nothing would be tried, and no violation found.
if (values.google !== undefined && (values.only === 'live' || values.only === 'network'))
  refuseOptions(USAGE, `--google: goes with --only embedded or postgres, not with ${values.only}.`);
if (values.only !== undefined && values.only !== 'embedded' && values.only !== 'jobs' && !hasPostgres)
  refuseOptions(
    USAGE,
    `--only ${values.only}: needs PostgreSQL; set TEST_DATABASE_URL to a server of yours.`,
  );
/** Films at work at a time. */
const AT_ONCE = 6;
/** Seconds in which the work of a dead worker must go on elsewhere. */
const TAKE_OVER_SECONDS = 15;

/** Seconds from a commit to a subscriber, whatever becomes of connections that were open. */
const EVENT_SECONDS = 15;
/** Seconds from the end of a fault of the network until a new film is asked for, taken and worked on. */
const RECOVERY_SECONDS = 30;

enterRunFolderUntilExit();
let violations = 0;
const row = (claim: string, found: string, holds: boolean) => {
  if (!holds) violations += 1;
  console.log(`${holds ? 'ok  ' : 'FAIL'}  ${claim.padEnd(58)} ${found}`);
};

type Judged = Verdict & Pick<Ordeal, 'films' | 'unfinished' | 'mishaps'>;

function reportVerdict(verdict: Judged): void {
  const { films, unfinished, clips, notOnce, reconciled, orphans, missing, partial, mishaps } = verdict;
  const { boughtTwice, difference, setAside } = verdict;
  row('every film is complete', `${films - unfinished.length} of ${films}`, unfinished.length === 0);
  row('the provider sold every clip exactly once', notOnce.join('; ') || String(clips), notOnce.length === 0);
  const strays = `${orphans.join('; ') || '0'} (${reconciled} before it)`;
  row('no file without a row after a turn of reconciling', strays, orphans.length === 0);
  row('no row without a file', missing.join('; ') || '0', missing.length === 0);
  row('no partial and no temporary file', partial.join('; ') || '0', partial.length === 0);
  row('no process ended of itself, or of an uncaught error', mishaps.join('; ') || '0', mishaps.length === 0);
  row('no frame or storyboard was bought again by itself', String(boughtTwice), boughtTwice === 0);
  row('the ledger is the provider’s bill (micro-USD apart)', String(difference), difference === 0);
  row('no money is set aside for nothing (micro-USD)', String(setAside), setAside === 0);
}

function report(name: string, ordeal: Ordeal): void {
  const { kills: killed, films, clips, seconds } = ordeal;
  console.log(`\n${name}: ${killed} kill -9s, ${films} films, ${clips} clips, ${seconds} s`);
  reportVerdict(ordeal);
}

/** Each part on a database of its own. */
async function onPostgres<Result>(work: (databaseUrl: string) => Promise<Result>): Promise<Result> {
  const { databaseUrl, ...made } = await makeTestDatabase();
  if (databaseUrl === null) throw new Error('TEST_DATABASE_URL is not set.');
  try {
    return await work(databaseUrl);
  } finally {
    await made.remove();
  }
}

async function reportStorm(): Promise<void> {
  const storm = { clients: 200, runs: 50 };
  const { events, unfinished, kills: killed, connections, wrong, seconds } = await raiseStorm(storm);
  console.log(
    `\nLive, three API processes: ${killed} kill -9s, ${connections} connections of ${storm.clients} clients, ${seconds} s`,
  );
  row('every run is complete', `${storm.runs - unfinished} of ${storm.runs}`, unfinished === 0);
  row(
    'clients that heard exactly the log, in order',
    `${storm.clients - wrong}, ${events} events each`,
    wrong === 0,
  );
}

async function reportNetwork(): Promise<void> {
  const ordeal = await onPostgres((url) => loseNetwork(url, minutes * 60));
  const { faults, films, clips, events, heardAll, slowestEvent, slowestRecovery, seconds } = ordeal;
  const struck = Object.values(faults).reduce((sum, count) => sum + count, 0);
  console.log(
    `\nNetworks of an API and two workers: ${struck} faults, ${films} films, ${clips} clips, ${seconds} s`,
  );
  reportVerdict(ordeal);
  row('a subscriber heard exactly the log, in order', `${events} events`, heardAll);
  row('no event came later than 15 s', `${slowestEvent.toFixed(1)} s at most`, slowestEvent <= EVENT_SECONDS);
  for (const [fault, longest] of Object.entries(slowestRecovery)) {
    const found = `${longest.toFixed(1)} s at most, ${faults[fault]} times`;
    row(`a new film is at work within 30 s: ${fault}`, found, longest <= RECOVERY_SECONDS);
  }
}

async function reportJobs(databaseUrl: string | null): Promise<void> {
  const ordeal = await killJobs({ rows: values.rows ?? 1_000, kills, databaseUrl });
  const { kills: killed, rows, unfinished, notOnce, miscounted, misheard, mishaps, seconds } = ordeal;
  const where = databaseUrl === null ? 'embedded' : 'PostgreSQL, an API and two workers';
  console.log(`\nRows of a job, ${where}: ${killed} kill -9s, ${rows} rows, ${seconds} s`);
  row('every row has its result', `${rows - unfinished} of ${rows}`, unfinished === 0);
  row('nothing was bought again by itself', notOnce.join('; ') || '0', notOnce.length === 0);
  row('counters equal the rows', miscounted.join('; ') || 'all', miscounted.length === 0);
  row('progress never went back', ordeal.wentBack ? 'IT DID' : 'never', !ordeal.wentBack);
  row('a subscriber heard each move of a row exactly once', `${misheard} otherwise`, misheard === 0);
  row('no process ended of itself, or of an uncaught error', mishaps.join('; ') || '0', mishaps.length === 0);
}

async function reportGoogle(surface: 'GEMINI' | 'VERTEX', runs: number, seed: string): Promise<void> {
  const account = await filmGoogleAsItIs(surface, runs, seed, values['at-once']);
  const { films, ends, unnamed, twice, differ, sold, refused, nobodyKnows, waited, dead, seconds } = account;
  console.log(
    `\nGoogle as it is, ${surface}, seed ${seed}: ${films} films, ${sold} sold, ${refused} refused, ${seconds} s`,
  );
  console.log(
    `      ${JSON.stringify(ends)}; of ${nobodyKnows} calls nobody knows whether they are charged; ${waited} films waited until their clips could be read`,
  );
  row('every film is complete, or names its gap', unnamed.join('; ') || String(films), unnamed.length === 0);
  row('no clip was bought again beside a good one', twice.join('; ') || '0', twice.length === 0);
  row(
    'the ledger is the bill, and UNKNOWN where nobody knows',
    differ.join('; ') || '0',
    differ.length === 0,
  );
  const told = [...new Set(dead.refusals)].join();
  row(
    'a dead model costs nothing',
    `${dead.bought} bought; ${dead.refusals.length} launches: ${told}`,
    dead.bought === 0 && told === 'MODEL_NOT_FOUND',
  );
}

if (values['google-as-it-is'] === true) {
  const { runs = 500, seed = 'vidpipe' } = values;
  await reportGoogle('GEMINI', Math.ceil(runs / 2), seed);
  await reportGoogle('VERTEX', Math.floor(runs / 2), seed);
  console.log(violations === 0 ? '\nNo violation.' : `\n${violations} violations.`);
  process.exit(violations === 0 ? 0 : 1);
}

if (wants('embedded')) {
  const setting = { kills, atOnce: AT_ONCE, databaseUrl: null, ...vendor };
  report('Embedded, one process', await killAtRandom(setting));
}
if (!hasPostgres) console.log('\nPostgreSQL: left out (TEST_DATABASE_URL names no server).');
if (hasPostgres && wants('postgres')) {
  const twoWorkers = (databaseUrl: string) =>
    killAtRandom({ kills, atOnce: AT_ONCE, databaseUrl, ...vendor });
  report('PostgreSQL, an API and two workers', await onPostgres(twoWorkers));
}
if (hasPostgres && wants('postgres') && values.google === undefined) {
  const seconds = await onPostgres((url) => takeOver(url));
  const within = seconds <= TAKE_OVER_SECONDS;
  row('a worker killed for good: its step is done elsewhere', `after ${seconds.toFixed(1)} s`, within);
  const { completions, isUntouched, isFinished } = await onPostgres((url) => staleResult(url));
  const refused = completions === 1 && isUntouched && isFinished;
  const found = `${completions} completion, file ${isUntouched ? 'untouched' : 'CHANGED'}, film ${isFinished ? 'finished' : 'OPEN'}`;
  row('SIGSTOP, takeover, SIGCONT: the stale result is refused', found, refused);
}
if (hasPostgres && wants('live') && values.google === undefined) await reportStorm();
if (hasPostgres && wants('network') && values.google === undefined) await reportNetwork();
if (values.only === 'jobs') await reportJobs(null);
if (hasPostgres && values.only === 'jobs') await onPostgres(reportJobs);
console.log(violations === 0 ? '\nNo violation.' : `\n${violations} violations.`);
process.exitCode = violations === 0 ? 0 : 1;
