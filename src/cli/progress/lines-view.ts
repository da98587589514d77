import { stageWords } from '../../core/stages/flow-stages.ts';
import type { VideoClipStatus } from '../generated/graphql.ts';
import { billWords } from '../output/money.ts';
import type { ProgressView, RunEvent } from './run-event.ts';
import { oneLine } from '../output/text-width.ts';
import { clock, VIDEO_CLIP_WORDS, SCENE_WORDS, timeLeft } from '../output/words.ts';

const TROUBLE: ReadonlySet<VideoClipStatus> = new Set([
  'RAI_FILTERED',
  'FAILED',
  'TIMED_OUT',
  'LOST',
  'UNKNOWN',
]);

/**
 * One plain line an event, for pipes and logs.
 *
 * @param write gets each line without its line break.
 */
export function linesView(write: (line: string) => void): ProgressView {
  const started = performance.now();
  let last = '';
  const print = (text: string | undefined) => {
    if (text === undefined || text === last) return;
    last = text;
    write(`${clock((performance.now() - started) / 1_000)}  ${oneLine(text)}`);
  };
  return { show: (event) => print(describe(event)), note: print, close: () => {} };
}

/** Undefined for what the scene's own event tells as well. */
function describe(event: RunEvent): string | undefined {
  if (event.type === 'scene') {
    const number = event.sceneIndex + 1;
    if (event.previousStatus === null) return `Scene ${number}: ${event.description}`;
    return `Scene ${number}: ${SCENE_WORDS[event.status]}`;
  }
  if (event.type === 'videoClip') {
    return TROUBLE.has(event.status)
      ? `Scene ${event.sceneIndex + 1}: ${VIDEO_CLIP_WORDS[event.status]}`
      : undefined;
  }
  const { percent, stage, message, estimatedSecondsLeft, cost } = event;
  const parts = [
    `${Math.floor(percent)} %`,
    stage && stageWords(stage),
    message,
    timeLeft(estimatedSecondsLeft),
    billWords(cost),
  ];
  return parts.filter(Boolean).join(' · ');
}
