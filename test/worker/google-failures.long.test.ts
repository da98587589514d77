/**
 * Each fault at each of Google's calls, through the engine: what the run ends with, what a person sees and what was sold.
 * `docs/failures.md` is written from here (`npx vitest run test/worker/google-failures.long.test.ts -u`), a
 * row for both surfaces where they agree.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { type GoogleFilm, useGoogleStudio } from '../support/google-film.ts';
import type { Surface } from '../support/google-server/start.ts';
import type { Call, Trouble } from '../support/paid-provider/protocol.ts';

/** Seconds in which the provider gives up a call that is not answered; enough for one that is, on a busy machine. */
const PATIENCE = '12';

const status = (code: number, more: object = {}): Trouble => ({ kind: 'STATUS', status: code, ...more });

const PAID: [string, Trouble][] = [
  ['429, wait 2 s', status(429, { retryAfterSeconds: 2 })],
  ['400', status(400)],
  ['403', status(403)],
  ['404', status(404)],
  ['500', status(500)],
  ['503', status(503)],
  ['connection reset', { kind: 'RESET' }],
  ['connection reset after acceptance', { kind: 'RESET', accepted: true }],
  ['no answer', { kind: 'HANG', accepted: true }],
  ['answer malformed', { kind: 'MALFORMED' }],
  ['answer cut', { kind: 'CUT' }],
];

const FREE: [string, Trouble][] = [
  ['429, wait 2 s', status(429, { retryAfterSeconds: 2 })],
  ['400', status(400)],
  ['403', status(403)],
  ['404', status(404)],
  ['500', status(500)],
  ['503', status(503)],
  ['connection reset', { kind: 'RESET' }],
  ['answer malformed', { kind: 'MALFORMED' }],
  ['answer of nothing', { kind: 'USELESS' }],
  ['answer cut', { kind: 'CUT' }],
];

const BLOCKED: [string, Trouble, number?][] = [
  ['refused by the safety filter', { kind: 'BLOCKED' }],
  ['refused whatever the words', { kind: 'BLOCKED' }, 3],
];

const ENDS: [string, Trouble][] = [
  ['words refused after acceptance', { kind: 'ENDS', end: 'BLOCKED' }],
  ['clip refused once it was made', { kind: 'ENDS', end: 'FILTERED' }],
  ['failed at Google', { kind: 'ENDS', end: 'FAILED' }],
];

/** The last one is how often it strikes; once unless given. */
type Fault = [name: string, trouble: Trouble, times?: number];

/**
 * At a poll on the Gemini API, what has an interaction read in another way, which is remembered: what is polled later meets its
 * own fault elsewhere, or not at all.
 */
const TEACHES = new Set(['400', '404']);
const isLate = (name: string, [fault]: Fault): boolean => name === 'poll' && TEACHES.has(fault);

const CALLS: [name: string, call: Call, faults: Fault[]][] = [
  ['storyboard', 'STORYBOARD', [...PAID, ...BLOCKED.slice(0, 1)]],
  ['first frame', 'KEYFRAME', [...PAID, ...BLOCKED]],
  ['clip', 'SUBMIT', [...PAID, ...BLOCKED, ...ENDS]],
  ['poll', 'POLL', FREE],
  ['download', 'DOWNLOAD', FREE],
];

const HEAD = `# What each fault comes to

One scene by Google, and one fault at one of its calls. What the run ends with, what a person sees, what was sold and
charged in the end (S storyboards, F frames, C clips; a film of one scene is S1 F2 C1), and what our ledger says of that.
Written by the test \`test/worker/google-failures.long.test.ts\` from what happened against a server that stands for Google, on
both surfaces.

Google charges nothing for a storyboard or a frame that ends in an error, so those are asked for again. A clip is an
operation that may have begun: of one that was not answered nobody knows, and it is not bought again by itself. What the
safety filter refuses is not charged; a frame or a clip is then tried again with softened words, a storyboard is not.
What Google is overloaded for, or takes no more of, is waited for, without counting tries. A frame of which no answer comes in
time is booked at its most and asked for again; a clip that failed for now is ordered anew, twice at most.

| call | fault | on | the run ends | what a person sees | sold | our ledger |
| --- | --- | --- | --- | --- | --- | --- |
`;

const SURFACES = { GEMINI: 'Gemini API', VERTEX: 'Vertex AI' } as const;

type Row = { beginning: string; outcome: string };
const rowsOf: Partial<Record<Surface, Row[]>> = {};

describe.each<Surface>(['GEMINI', 'VERTEX'])('on %s', (surface) => {
  const studio = useGoogleStudio(surface, {
    VIDPIPE_GOOGLE_TIMEOUT_SECONDS: PATIENCE,
    ...(surface === 'VERTEX' && { VIDPIPE_GOOGLE_OUTPUT_URI: 'gs://films/test' }),
  });
  beforeAll(async () => {
    // Charged as soon as it is bought, so that what was charged does not depend on when it is looked at.
    await studio.server.settings({ operationMs: 0 });
  });

  const rowOf = async (name: string, call: Call, [fault, trouble, times = 1]: Fault): Promise<Row> => {
    const film = studio.film({ scenes: 1 });
    await film.fault(call, call === 'STORYBOARD' ? null : 1, trouble, times);
    return { beginning: `| ${name} | ${fault} |`, outcome: await outcomeOf(film) };
  };

  test('every fault at every call comes to an end', { timeout: 480_000 }, async () => {
    const rows = CALLS.map(async ([name, call, faults]) => {
      if (name !== 'clip') {
        const rowsWhere = (late: boolean) =>
          Promise.all(
            faults.filter((fault) => isLate(name, fault) === late).map((fault) => rowOf(name, call, fault)),
          );
        return [...(await rowsWhere(false)), ...(await rowsWhere(true))];
      }
      const told: Row[] = [];
      for (const fault of faults) {
        told.push(await rowOf(name, call, fault));
        // Three clips in a row of which nobody knows, and Omni would not be asked for more.
        await studio.film({ scenes: 1 }).make({ stopAfter: 'CLIPS' });
      }
      return told;
    });
    rowsOf[surface] = (await Promise.all(rows)).flat();
    expect(rowsOf[surface].length).toBeGreaterThan(CALLS.length);
  });
});

test('what the documentation says of them is so', async () => {
  const { GEMINI = [], VERTEX = [] } = rowsOf;
  expect(GEMINI).toHaveLength(VERTEX.length);
  const lines = GEMINI.flatMap(({ beginning, outcome }, index) => {
    const other = VERTEX[index]?.outcome;
    if (other === outcome) return `${beginning} both | ${outcome} |`;
    return [`${beginning} ${SURFACES.GEMINI} | ${outcome} |`, `${beginning} ${SURFACES.VERTEX} | ${other} |`];
  });
  await expect(`${HEAD}${lines.join('\n')}\n`).toMatchFileSnapshot('../../docs/failures.md');
});

async function outcomeOf(film: GoogleFilm): Promise<string> {
  const run = await film.make({ stopAfter: 'CLIPS' });
  const told = (await film.events('WARNING')).map(({ message }) => message);
  const seen = run.errorMessage ?? `A warning: ${told.at(-1) ?? 'none'}`;
  const sold = async (kind: 'STORYBOARD' | 'KEYFRAME' | 'CLIP') =>
    (await film.bought(kind)).filter(({ chargedMicroUsd }) => chargedMicroUsd > 0).length;
  const counts = `S${await sold('STORYBOARD')} F${await sold('KEYFRAME')} C${await sold('CLIP')}`;
  return `${run.status}${run.errorCode ? `, ${run.errorCode}` : ''} | ${plain(seen)} | ${counts} | ${await ledgerOf(film)}`;
}

/** What our ledger says of the film's money, next to what the server charged. */
async function ledgerOf(film: GoogleFilm): Promise<string> {
  const { settled, reserved, unknown } = await film.cost();
  const charged = await film.bill();
  if (reserved > 0) return 'still set aside';
  if ((await film.estimated()) > 0 && settled >= charged) return 'no less than charged, by an estimate';
  if (unknown > 0) return charged > settled ? 'unknown, and charged' : 'unknown, and not charged';
  return settled === charged ? 'as charged' : `${settled} where ${charged} was charged`;
}

/** Without what differs from run to run, or from surface to surface. */
const plain = (message: string): string =>
  message
    .replaceAll(
      /Google (?:(?:gemini|veo)-[\w.-]+|projects\/\S+|interactions\/[\w-]+|files\/[\w-]+|gs:\/\/\S+?(?=:))/g,
      'Google',
    )
    .replaceAll(/in \d+(\.\d)? s(?=[:.])/g, 'in a while')
    .replaceAll(/ \(code \w+\)( It may well succeed when it is made anew \(retryScene\)\.)?/g, '')
    .replaceAll(/the call \w+:[\w:-]+/g, 'the call (its key)')
    .replaceAll(/Asked on (the Gemini API|Vertex AI) for \S+\./g, 'Asked on (surface) for (model).')
    .replaceAll(
      /(Its replacement is \S+: set \w+ to that|Set \w+ to another one: [^;]*?)\.(?=$| [A-Z])/g,
      '(What to set.)',
    )
    .replaceAll('|', '/');
