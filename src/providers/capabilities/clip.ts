/** Films a scene: on this machine, or elsewhere, for money and within minutes. */
import { cleanText, LONGEST_MESSAGE } from '../../core/outside-text.ts';
import type { VideoClipSource } from '../../generated/prisma/client.ts';
import type { AspectRatio, Size } from '../aspect-ratio.ts';
import type { ClipBill, ClipVerdict } from '../clip-verdict.ts';
import type { Receipt } from '../price.ts';
import type { TimedWord } from '../../text/timed-words.ts';
import type { Reservation } from '../reservation.ts';
import type { ReferencePicture, SceneBrief } from '../scene-brief.ts';
import type { Speech, SpeechOrder } from '../speech.ts';
import {
  asItIs,
  type CallOptions,
  type Capability,
  cleaned,
  cleanName,
  cleanReceipt,
  defineCapability,
} from './capability.ts';

export const CLIP_OPTIONS = ['seed', 'negativePrompt', 'soundOff'] as const;
/** What a video model may take beside words and frames: a seed, what not to show, and to leave the sound out. */
export type ClipOption = (typeof CLIP_OPTIONS)[number];

/** What the price of a clip depends on. */
export type ClipQuoteRequest = {
  durationSeconds: number;
  aspectRatio: AspectRatio;
  /** The scene's frames unless given. */
  clipsFrom?: VideoClipSource;
  /** Reference images it is filmed from, where it is filmed from them; as many as the model takes unless given. */
  references?: number;
  /** Whether it has sound; it has unless given. */
  sound?: boolean;
};

/** What clips can be asked for, as data: forms and validation read it, nothing branches on a vendor's name. */
export type ClipLimits = {
  aspectRatios: readonly AspectRatio[];
  /** Whole seconds a clip may be asked to last, smallest and largest. */
  seconds: { min: number; max: number };
  /**
   * Seconds that clips filmed from these are made to last, in order: what is asked for in between is made, and charged, as
   * the next of them. Any whole number within `seconds` unless given.
   */
  lengths?: (clipsFrom: VideoClipSource) => readonly number[];
  /** Frame size of each of its aspect ratios. */
  sizes: Readonly<Partial<Record<AspectRatio, Size>>>;
  /** Whether it speaks a scene's narration. */
  narration: boolean;
  /** What may be asked of its clips besides; nothing unless given. */
  options?: readonly ClipOption[];
  /** Reference images that a clip is filmed from at most, in place of a first and a last frame; 0 where frames alone do. */
  maxReferences: number;
};

type Clips = Capability<ClipQuoteRequest> &
  ClipLimits & {
    /** What its clips will speak of a narration, as far as it is known before they are made; all of it unless given. Pure. */
    speak?(order: SpeechOrder): Speech;
    /** What tells when its clips say what; nothing does unless given. */
    voice?: Voice;
    /** Whether a scene is worded more gently when asked to, for a safety filter that has refused it; not unless given. */
    softens?: boolean;
  };

/** A narration as a clip was asked to speak it. */
export type VoiceOrder = {
  /** Just what is heard of it. */
  words: string;
  /** The project's style: voices differ by it. */
  style: string;
  /** Of the clip as it was asked for. */
  durationSeconds: number;
};

/** A voice that tells when it says what. */
export type Voice = {
  /** Tag of the language that it speaks. */
  language: string;
  /** When each word is said, from the clip's start: it says them again, to nobody, just as it did. */
  timesOf(order: VoiceOrder, options: CallOptions): Promise<TimedWord[]>;
};

/** The first and the last frame of a clip. */
export type ClipFrames = { startFrameFile: string; endFrameFile: string };

/** What a clip is filmed from: its frames, or reference images. No model takes both. */
export type ClipOrder = {
  scene: SceneBrief;
  /** Seconds. */
  durationSeconds: number;
} & (ClipFrames | { references: readonly ReferencePicture[] });

/** What a clip is rendered from on this machine. */
export type ClipRequest = {
  scene: SceneBrief;
  /** Seconds. */
  durationSeconds: number;
  /** Where the clip is to be written; the caller moves it into the storage. */
  toFile: string;
} & ClipFrames;

export type ClipResult = {
  /** Measured from the written file, not the request's. */
  durationSeconds: number;
};

/** A clip that was rendered on this machine. */
export type RenderedClip = ClipResult & {
  /** Words that are heard in it: the narration, or as much of it as there was time for; null for none. Not known unless given. */
  spoken?: string | null;
};

/** Renders a clip on this machine: nobody is paid, and a lost one is made again. */
export type LocalClips = Clips & {
  kind: 'LOCAL';
  render: (request: ClipRequest, options: CallOptions) => Promise<RenderedClip>;
};

/** Of a call that buys a clip. */
export type SubmitOptions = CallOptions & {
  /**
   * Told the operation's name as soon as it is known, perhaps minutes before the answer is whole: who has it, can go on
   * with the clip after a crash. The call goes on once it is written down, or could not be.
   */
  onNamed?: (operationName: string) => Promise<void>;
  /** Where a film is to be written that comes with the answer; the caller moves it into the storage. */
  toFile?: string;
};

/** A clip that was bought. */
export type BoughtClip = {
  operationName: string;
  /** Where the answer says more of the clip than that it is accepted. */
  verdict?: ClipVerdict;
  /** Where the film was written to `toFile`. */
  film?: ClipResult;
} & Pick<Receipt, 'requestId'>;

/**
 * Has clips made elsewhere, for money and within minutes: bought once, asked about until they are done.
 * Each call throws `ProviderError`, which says whether the same call may be made again.
 */
export type RemoteClips = Clips & {
  kind: 'OPERATION';
  /** Buys a clip. Never sends twice by itself. Its `signal` is a time limit, not a cancel. */
  submit: (order: ClipOrder, reservation: Reservation, options: SubmitOptions) => Promise<BoughtClip>;
  /** Seconds within which `submit` answers; after that nobody knows. 60 unless given. */
  submitSeconds?: number;
  /** Asks where a bought clip stands; free. */
  poll: (operationName: string, options: CallOptions) => Promise<ClipVerdict>;
  /** Longest that a `poll` may take, in seconds: an answer may have the film in it. 8 unless given. */
  pollLimitSeconds?: number;
  /** Fetches the file to `toFile` and measures it; free, and may be done again. REFUSED: not to be had at this address. */
  download: (uri: string, toFile: string, options: CallOptions) => Promise<ClipResult>;
  /** Asks the provider to stop; its bill then. Null: it cannot, or it is too late. */
  cancel: (operationName: string, options: CallOptions) => Promise<ClipBill | null>;
  /** Seconds between two polls of a clip. */
  pollSeconds: number;
  /** Polls after which a clip counts as timed out. */
  maxPolls: number;
  /** Seconds for which it is asked again about a clip that it does not know, though it gave its name. */
  missingSeconds: number;
  /** Seconds before a clip that failed for now is ordered anew, unless it says how long. */
  orderAnewSeconds: number;
  /** Hours for which it keeps the file of a clip that is done. */
  keepsFilesHours: number;
};

export type ClipCapability = LocalClips | RemoteClips;

export const clip = defineCapability<ClipCapability>({
  does: 'Makes a clip.',
  edges: {
    render: asItIs,
    submit:
      (submit) =>
      async (order, reservation, { onNamed, ...options }) =>
        cleanBought(
          await submit(order, reservation, {
            ...options,
            ...(onNamed && { onNamed: (name) => onNamed(cleanName(name)) }),
          }),
        ),
    poll: cleaned(cleanVerdict),
    download: asItIs,
    cancel: asItIs,
  },
});

const cleanBought = ({ operationName, verdict, film, requestId }: BoughtClip): BoughtClip => ({
  operationName: cleanName(operationName),
  ...(verdict && { verdict: cleanVerdict(verdict) }),
  ...(film && { film }),
  ...cleanReceipt({ requestId }),
});

function cleanVerdict(told: ClipVerdict): ClipVerdict {
  if ('words' in told) return { ...told, words: cleanText(told.words, LONGEST_MESSAGE) };
  return 'uri' in told ? { ...told, uri: cleanName(told.uri) } : told;
}
