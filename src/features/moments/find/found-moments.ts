/** What a moment is judged by. The last three count against it. */
export const MOMENT_FEATURES = {
  HOOK: 'How it begins: a question, a claim, the beginning of a story, a number; without words, a rise in loudness.',
  LANDING: 'How it ends: a conclusion, a claim, a short sentence after a long one, laughter after it.',
  CLAIMS: 'Strong words and conclusions.',
  STORY: 'Something is told: "one night", "my father", verbs of telling, marks of speech.',
  FEELING: 'Words of strong feeling, of either sign.',
  NUMBERS: 'Numbers, at most two a sentence.',
  QUESTIONS: 'Sentences that ask.',
  PERSON: 'I, you, we; names.',
  ENERGY: 'Loudness.',
  REACTION: 'Laughter and applause.',
  TOPIC_EDGES: 'It begins and ends where the subject changes.',
  MODEL: 'In the words of the model that chose it.',
  SHOTS: 'How fast shots follow each other.',
  REPETITION: 'What was just said is said again; counts against it.',
  FILLERS: '"Sort of", "anyway", "as I said"; counts against it.',
  FRAME_WORDS: 'What keeps house: agenda, slides, thanks, sponsors, subscriptions; counts against it.',
} as const;

export type MomentFeature = keyof typeof MOMENT_FEATURES;

/** Why a moment was chosen: what a feature added to its score, or took from it. */
export type MomentReason = {
  feature: MomentFeature;
  /** Against the rest of the same video; 0 is its average. */
  points: number;
  /** The words that were counted. */
  evidence?: string;
};

export type FoundMoment = {
  startSeconds: number;
  endSeconds: number;
  /** 0 to 10; 5 is the average stretch of this video, so scores of two videos do not compare. */
  score: number;
  /** What weighs most, first. */
  reasons: MomentReason[];
};

/** The words of a moment: from `startWord` up to, and without, `endWord`, as the input counts them. */
export type SpokenMoment = FoundMoment & { startWord: number; endWord: number };

/** Why fewer were found than `minMoments`: the video is shorter than one of them, nothing was said, or no more find room. */
export type Shortfall = 'VIDEO_TOO_SHORT' | 'NO_WORDS' | 'NO_ROOM';

export type Findings<M extends FoundMoment = FoundMoment> = {
  /** The best first. */
  moments: M[];
  shortfall: Shortfall | null;
};
