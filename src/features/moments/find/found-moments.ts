/** What a moment is judged by. The last three of these lists count against it. */
export type MomentFeature =
  | 'HOOK'
  | 'LANDING'
  | 'CLAIMS'
  | 'STORY'
  | 'FEELING'
  | 'NUMBERS'
  | 'QUESTIONS'
  | 'PERSON'
  | 'ENERGY'
  | 'REACTION'
  | 'TOPIC_EDGES'
  | 'SHOTS'
  | 'REPETITION'
  | 'FILLERS'
  | 'FRAME_WORDS';

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
