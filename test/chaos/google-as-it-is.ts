/** Films by Google as others met it: refusals, spells and oddities at the rates they told, drawn from a seed. */
import { scenarioNamed } from '../support/google-server/scenarios.ts';
import type { GoogleServerProcess, Surface } from '../support/google-server/start.ts';
import { resumeProject } from '../../src/features/pipelines/control/control.ts';
import { providers } from '../../src/providers/registry.ts';
import { differenceOf } from '../support/google-books.ts';
import { GoogleFilm, type GoogleStudio, openGoogleStudio } from '../support/google-film.ts';
import type { LedgerEntry } from '../support/paid-provider/protocol.ts';
import type { TestPlatform } from '../support/test-platform.ts';

/** Of all calls at that place, how many it strikes. What nobody has counted is ours. */
type Rate = readonly [scenario: string, probability: number];

/** Overload and quotas: worst in bad hours (images, 503: 5 of 5; text less), told of every call. */
const SPELLS: readonly Rate[] = (['STORYBOARD', 'KEYFRAME', 'SUBMIT'] as const).flatMap((at): Rate[] => [
  [`veo-images-text/told.errors 503-high-demand ${at}`, 0.08],
  [`veo-images-text/told.errors 429-vertex-shared ${at}`, 0.04],
]);

const PICTURES: readonly Rate[] = [
  ['veo-images-text/told.image-other', 0.04],
  ['veo-images-text/image-no-image.200', 0.02],
  ['picture STOP with text only', 0.02],
  ['veo-images-text/told.image-safety-null-parts', 0.01],
];

const RATES: Readonly<Record<Surface, readonly Rate[]>> = {
  GEMINI: [
    ...SPELLS,
    ...PICTURES,
    ['omni/poll-too-many-requests', 0.04],
    ['omni too many requests in a 200', 0.02],
    ['omni/poll-400-generic-passing', 0.05],
    ['omni requires_continuation for a while', 0.02],
    ['omni/poll-400-input-blocked', 0.03],
    ['omni/poll-completed-text-only-refusal', 0.02],
    ['omni/vertex-failed-content-blocked', 0.02],
    ['omni failed to generate', 0.01],
    ['omni completed with nothing', 0.01],
    ['omni/files processing', 0.1],
  ],
  VERTEX: [
    ...SPELLS,
    ...PICTURES,
    // 4 of 6, and 4 of 4, with sounds that it does not like; most films have none.
    ['veo-images-text/told.veo-vertex filtered-audio', 0.25],
    ['veo-images-text/told.veo-vertex error-internal', 0.05],
    ['veo-images-text/told.veo-vertex filtered-output', 0.03],
    ['veo-images-text/told.veo-vertex error-words', 0.03],
    ['veo-images-text/told.veo-vertex error-input-image', 0.02],
  ],
};

/** Everything waits a second where it would wait half a minute. */
const QUICK = {
  VIDPIPE_GOOGLE_POLL_SECONDS: '1',
  VIDPIPE_GOOGLE_WAIT_SECONDS: '1',
  VIDPIPE_GOOGLE_CLIPS_PER_MINUTE: '1000',
};
const OPERATION_MS = 300;
const FILE_MS = 700;
/** Films at work at a time, unless told otherwise. */
const AT_ONCE = 10;
/** Launches with each model that is dead. */
const DEAD_FILMS = 2;
const LONGEST_MS = 45 * 60_000;

export type Account = {
  films: number;
  /** How films ended: `COMPLETED`, `PARTIAL`, or `FAILED` and why. */
  ends: Record<string, number>;
  /** Films that ended otherwise than complete, with a gap that is named. */
  unnamed: string[];
  /** Scenes whose clip was bought again though there was a good one. */
  twice: string[];
  /** Films whose ledger is not the server's bill. */
  differ: string[];
  /** What the server was asked to sell, refused, and of which nobody knows. */
  sold: number;
  refused: number;
  nobodyKnows: number;
  /** Films with clips that could not be read for a while, and were gone on with once they could. */
  waited: number;
  /** What became of films whose model is dead, and what was bought for them. */
  dead: { refusals: string[]; bought: number };
  seconds: number;
};

/** Makes films on one surface, and a few more of a model that is dead, of which nothing may be bought. */
export async function filmGoogleAsItIs(
  surface: Surface,
  runs: number,
  seed: string,
  atOnce = AT_ONCE,
): Promise<Account> {
  const begun = performance.now();
  const more =
    surface === 'GEMINI'
      ? { VIDPIPE_GOOGLE_RESOLUTION: '360p', VIDPIPE_GOOGLE_OMNI_TRANSPORT: 'auto' }
      : { ...VEO };
  const studio = await openGoogleStudio(surface, { ...QUICK, ...more });
  try {
    const { server, platform } = studio;
    await server.settings({ operationMs: OPERATION_MS });
    await server.world({ seed, fileMs: FILE_MS });
    if (surface === 'GEMINI') await haveKnownBackground(platform);
    await server.play(...RATES[surface].map(([scenario, probability]) => ({ scenario, probability })));
    const films = await inTurns(runs, atOnce, async (nth) => {
      if (surface === 'GEMINI') await server.world(backgroundAt(nth / runs));
      return makeOne(platform, server, `take${nth}x`, nth % 2 === 0 ? 1 : 2);
    });
    const waited = await readAgain(studio, films);
    const account = { waited, ...(await judgeFilms(server, films)), dead: await filmWithDeadModels(studio) };
    return { ...account, seconds: Math.round((performance.now() - begun) / 1_000) };
  } finally {
    await studio.remove();
  }
}

/** As in October 2026: what is made in the background can be read, then by one way alone, then by none (omni facts, 13). */
const backgroundAt = (share: number) =>
  share < 1 / 3
    ? { readsBackground: true }
    : ({ readsBackground: false, readsBackgroundBy: share < 2 / 3 ? 'V1' : 'NONE' } as const);

/** An installation that has filmed in the background until then: `auto` goes on with what has worked. */
async function haveKnownBackground({ db }: TestPlatform): Promise<void> {
  const background = { state: 'WORKS', lost: 0, at: new Date().toISOString() };
  const text = JSON.stringify({ transports: { background }, way: null });
  const name = `omni GEMINI ${providers.GOOGLE?.capabilities.CLIP?.model.name ?? ''}`;
  await db.providerNote.create({ data: { provider: 'GOOGLE', name, text } });
}

/** Veo is what is asked of Vertex here: Omni is the other surface's. */
const VEO = { VIDPIPE_GOOGLE_VIDEO_MODEL: 'veo-3.1-generate-001' };

async function inTurns(
  runs: number,
  atOnce: number,
  work: (nth: number) => Promise<GoogleFilm>,
): Promise<GoogleFilm[]> {
  const films: GoogleFilm[] = [];
  let next = 0;
  const lane = async () => {
    while (next < runs) films.push(await work(next++));
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, runs) }, lane));
  return films;
}

async function makeOne(
  platform: TestPlatform,
  server: GoogleServerProcess,
  tag: string,
  scenes: 1 | 2,
): Promise<GoogleFilm> {
  const film = new GoogleFilm(platform, server, tag, scenes);
  await film.launch();
  await Promise.race([film.end(), tooLong(tag)]);
  return film;
}

/** A person resumes what timed out, once it can be read again: nothing is bought for it (judged by `twice`). @returns how many films. */
async function readAgain({ server, platform }: GoogleStudio, films: GoogleFilm[]): Promise<number> {
  await server.world({ readsBackground: true });
  const clips = await platform.db.videoClip.findMany({
    where: { status: 'TIMED_OUT', supersededAt: null },
    select: { scene: { select: { projectId: true } } },
  });
  const waiting = new Set(clips.map(({ scene }) => scene.projectId));
  for (const film of films.filter(({ projectId }) => waiting.has(projectId))) {
    film.follow(await resumeProject(platform.ctx, { projectId: film.projectId }));
    await film.end();
  }
  return waiting.size;
}

/** The provider that is installed by then remembers nothing of what was alive. */
async function filmWithDeadModels({ server, platform, restart }: GoogleStudio): Promise<Account['dead']> {
  const sold = (await server.ledger()).length;
  const refusals: string[] = [];
  for (const call of ['STORYBOARD', 'KEYFRAME', 'CLIP'] as const) {
    await server.world({ deadModels: [providers.GOOGLE?.capabilities[call]?.model.name ?? ''] });
    for (let nth = 0; nth < DEAD_FILMS; nth += 1) {
      restart();
      // Asked for before, as on a machine that is not busy: a launch waits for seconds only.
      await providers.GOOGLE?.capabilities[call]?.askForModel?.();
      const film = new GoogleFilm(platform, server, `dead${call}${nth}x`, 1);
      refusals.push(await film.launch().then(() => 'LAUNCHED', codeOf));
    }
  }
  return { refusals, bought: (await server.ledger()).length - sold };
}

const codeOf = ({ code, message }: { code?: string; message?: string }): string =>
  code ?? message ?? 'UNTOLD';

async function tooLong(tag: string): Promise<never> {
  await new Promise((resolve) => setTimeout(resolve, LONGEST_MS).unref());
  throw new Error(`${tag} has not ended.`);
}

/** Ends of a run that name what is missing. */
const NAMING = new Set(['PROMPT_BLOCKED', 'SAFETY_FILTERED', 'MODEL_NOT_FOUND']);
/** So does one whose only clip nobody knows of, by the name under which the provider has it, or that it could not make, by its words. */
const NAMES_GAP =
  /Nobody knows what became of operation \S+|^Not one clip could be made\. failed to generate/;

async function judgeFilms(
  server: GoogleServerProcess,
  films: GoogleFilm[],
): Promise<Omit<Account, 'seconds' | 'dead' | 'waited'>> {
  const books = await server.ledger();
  const ends: Record<string, number> = {};
  const [unnamed, twice, differ]: string[][] = [[], [], []];
  for (const film of films) {
    const run = await film.end();
    const end = run.status === 'FAILED' ? `FAILED: ${run.errorCode}` : run.status;
    ends[end] = (ends[end] ?? 0) + 1;
    const own = books.filter(({ subject }) => subject.includes(film.tag));
    // A run that failed names what it failed of itself.
    const gaps = run.status === 'FAILED' ? [] : await film.unnamedGaps();
    const isNamed = NAMING.has(run.errorCode ?? '') || NAMES_GAP.test(run.errorMessage ?? '');
    if (run.status === 'FAILED' && !isNamed) gaps.push(`${end}, ${run.errorMessage}`);
    unnamed?.push(...gaps.map((gap) => `${film.tag}: ${gap}`));
    twice?.push(...boughtTwice(own));
    differ?.push(...(await differenceOf(film, own)));
  }
  return {
    films: films.length,
    ends,
    unnamed: unnamed ?? [],
    twice: twice ?? [],
    differ: differ ?? [],
    sold: books.length,
    refused: (await server.refusals()).length,
    nobodyKnows: books.filter(({ isKnown }) => !isKnown).length,
  };
}

/** Whether a purchase comes to a film in the end. */
const isGood = ({ kind, scenario }: LedgerEntry): boolean =>
  kind === 'CLIP' &&
  (scenario === null || scenarioNamed(scenario).passes === true || scenarioNamed(scenario).at === 'FILE');

function boughtTwice(own: LedgerEntry[]): string[] {
  const good = own.filter(isGood).map(({ subject }) => subject);
  return [...new Set(good)].filter((subject) => good.filter((each) => each === subject).length > 1);
}
