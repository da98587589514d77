/** The step that finds moments by what is said and heard, on this machine and free of charge. */
import { defineStep } from '../runs/engine/step.ts';
import { titleOf } from '../projects/title.ts';
import { sentencesIn, wordsOf } from '../transcripts/text-columns.ts';
import { surveyOf } from '../videos/survey/survey.ts';
import { videoInput, type VideoInput } from '../videos/survey/survey-video.jobs.ts';
import { findFromSound } from './find/find-from-sound.ts';
import { findMoments } from './find/find-moments.ts';
import type { FinderInput, SoundInput } from './find/finder-input.ts';
import { configOf, type Found, keepFound, takeFound } from './keep-found.ts';

type Search = { sound: SoundInput; spoken: Pick<FinderInput, 'words' | 'sentences' | 'language'> | null };

/** Finds the moments of a video with its run's configuration. Those that it found before count, and it does not look again. */
export const findMomentsStep = defineStep<VideoInput, Search, Found>({
  name: 'find-moments',
  input: videoInput,
  key: () => 'find',
  retryPolicy: { limit: 3, delaySeconds: 1 },

  async begin(tx, _ctx, run, { videoId }) {
    if (run.totalMoments !== null) return null;
    const video = await tx.video.findUniqueOrThrow({
      where: { id: videoId },
      include: { survey: true, transcript: true },
    });
    const { survey, transcript, durationSeconds } = video;
    const config = await configOf(tx, run);
    if (await takeFound(tx, run, { videoId, since: transcript?.createdAt ?? null })) return null;
    const { shotChanges = [], loudness = null } = survey ? surveyOf(survey) : {};
    const spoken = transcript && {
      words: wordsOf(transcript),
      sentences: sentencesIn(transcript).map(({ from, to }) => ({ startWord: from, endWord: to })),
      language: transcript.language,
    };
    const sound = { durationSeconds, cuts: shotChanges, limits: config, ...(loudness && { loudness }) };
    return { sound, spoken };
  },

  work: async (_ctx, { sound, spoken }) => (spoken ? fromWords({ ...sound, ...spoken }) : fromSound(sound)),

  finish: (tx, ctx, run, { videoId }, found) => keepFound(tx, ctx.actor, { run, videoId }, found),

  // The plan sees the failure on the run: there is no row of its own to mark.
  async fail() {},
});

function fromWords(input: FinderInput): Found {
  const { moments, shortfall, foundBy } = findMoments(input);
  const text = (from: number, to: number) =>
    input.words
      .slice(from, to)
      .map(({ word }) => word)
      .join(' ');
  return {
    model: foundBy,
    shortfall,
    moments: moments.map(({ startWord, endWord, ...moment }) => ({
      ...moment,
      title: titleOf(text(startWord, endWord)),
    })),
  };
}

function fromSound(input: SoundInput): Found {
  const { moments, shortfall, foundBy } = findFromSound(input);
  return {
    model: foundBy,
    shortfall,
    moments: moments.map((moment) => ({ ...moment, title: `From ${clockOf(moment.startSeconds)}` })),
  };
}

/** `1:02:03` */
function clockOf(seconds: number): string {
  const whole = Math.floor(seconds);
  const parts = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60, whole % 60];
  const [first = 0, ...rest] = parts[0] === 0 ? parts.slice(1) : parts;
  return [String(first), ...rest.map((part) => String(part).padStart(2, '0'))].join(':');
}
