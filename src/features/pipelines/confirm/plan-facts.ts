/** What matters to the cost of a run: two looks that see the same things have the same digest. */
import type { RunStage } from '../../../generated/prisma/client.ts';
import type { FilmProvider } from '../../../providers/adapter.ts';
import type { SpentByCall } from '../../budget/estimate.ts';
import { digestOf } from '../../idempotency/idempotency-key.ts';
import type { Film } from '../film/read-film.ts';

/** A fingerprint of each thing that matters, by the name a person is told. */
export type PlanFacts = Record<string, string>;

/** What is known of a project besides its film. */
export type Circumstances = {
  stopAfter: RunStage | null;
  /** Its newest run; null before the first. */
  lastRunId: string | null;
  /** In cents: of the project, of its workspace, and of each of the workspace's days. */
  caps: (number | null)[];
  /** What it has cost so far. */
  spent: SpentByCall;
};

/** Takes the fingerprints. */
export function factsOf(film: Film, { capabilities }: FilmProvider, circumstances: Circumstances): PlanFacts {
  const {
    prompt,
    style,
    aspectRatio,
    targetClipDuration,
    targetDuration,
    clipsFrom,
    sound,
    provider,
    scenes,
  } = film;
  const { stopAfter, lastRunId, caps, spent } = circumstances;
  const { STORYBOARD, KEYFRAME, CLIP } = capabilities;
  const facts: Record<string, Record<string, unknown>> = {
    'the last stage': { stopAfter },
    'the project': { prompt, style, aspectRatio, targetClipDuration, targetDuration, clipsFrom, sound },
    'the reference images': { referenceIds: film.referenceIds },
    'the provider': { provider },
    'the prices': { models: { STORYBOARD: STORYBOARD.model, KEYFRAME: KEYFRAME.model, CLIP: CLIP.model } },
    'the scenes': { scenes: scenes.map(wordsOf) },
    'the frames': { frames: scenes.map(({ keyframes }) => keyframes.map(({ id }) => id).toSorted()) },
    'the caps': { caps },
    'what was paid': spent,
    'the clips': { clips: scenes.map(({ clips }) => clips.map(({ id, status }) => `${id} ${status}`)) },
    'another run': { lastRunId },
  };
  return Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, digestOf(fact)]));
}

const wordsOf = ({
  id,
  startFramePrompt,
  endFramePrompt,
  videoMotionPrompt,
  ...scene
}: Film['scenes'][number]) => [
  id,
  scene.sceneDescription,
  startFramePrompt,
  endFramePrompt,
  videoMotionPrompt,
  scene.transitionNotes,
  scene.narration,
];

/** Names of what differs, in the order above. */
export const changedSince = (before: PlanFacts, now: PlanFacts): string[] =>
  Object.keys(now).filter((name) => before[name] !== now[name]);
