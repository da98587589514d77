import type { Finding } from '../core/finding.ts';
import type { VideoClipSource, Provider, ReferenceKind } from '../generated/prisma/client.ts';
import type { ClipBill, ClipVerdict } from './clip-verdict.ts';
import type { Notes } from './notes.ts';
import type { ModelStanding } from './model-standing.ts';
import type { Quote, Receipt } from './price.ts';
import type { Reservation } from './reservation.ts';
import type { Speech, SpeechOrder } from './speech.ts';
import type { PaidCall } from './paid-call.ts';
import type { Softening } from './softening.ts';
import type { Model } from './model.ts';
import type { RateLimit } from './rate-limit.ts';

export const ASPECT_RATIOS = ['16:9', '9:16', '1:1'] as const;
export type AspectRatio = (typeof ASPECT_RATIOS)[number];

/** Pixels of a picture. */
export type Size = { width: number; height: number };

/** What a provider can do, as data: forms and validation read it, nothing branches on a name. */
export type Capabilities = {
  styles: readonly string[];
  aspectRatios: readonly AspectRatio[];
  /** Whole seconds a clip may be asked to last, smallest and largest. */
  clipSeconds: { min: number; max: number };
  /**
   * Seconds that clips filmed from these are made to last, in order: what is asked for in between is made, and charged, as
   * the next of them. Any whole number within `clipSeconds` unless given.
   */
  clipLengths?: (clipsFrom: VideoClipSource) => readonly number[];
  /** Frame size of each of its aspect ratios. */
  sizes: Readonly<Partial<Record<AspectRatio, Size>>>;
  /** Whether it speaks a scene's narration. */
  narration: boolean;
  /** What may be asked of its clips besides; nothing unless given. */
  clipWishes?: readonly ClipWish[];
  /** What its models do with reference images; nothing unless given. */
  references?: ReferenceLimits;
};

/** Reference images that models take. */
export type ReferenceLimits = {
  /** Most that a frame is drawn from; 0 where frames are drawn from words alone. */
  maxPerFrame: number;
  /** Most that a clip is filmed from, in place of a first and a last frame; 0 where clips are filmed from frames alone. */
  maxPerClip: number;
};

export const NO_REFERENCES: ReferenceLimits = { maxPerFrame: 0, maxPerClip: 0 };

export const CLIP_WISHES = ['seed', 'negativePrompt', 'soundOff'] as const;
/** What a video model may take beside words and frames: a seed, what not to show, and to leave the sound out. */
export type ClipWish = (typeof CLIP_WISHES)[number];

export type StoryboardRequest = {
  prompt: string;
  style: string;
  aspectRatio: AspectRatio;
  /** Seconds. */
  targetClipDuration: number;
  /** Seconds the film should last; null lets the prompt decide. */
  targetDuration: number | null;
  /** Most scenes the answer may have. */
  maxScenes: number;
  /** What was wrong with the answer before; absent for the first. */
  before?: Shortfall | null;
};

/** Why an answer makes no film. */
export type Shortfall = {
  /** In a sentence. */
  problem: string;
  /** Whether it, or one before it, ended before its time: the next one gets more room. */
  needsRoom: boolean;
};

/** A storyboard as a model wrote it. */
export type WrittenStoryboard = {
  /** JSON, or the text in which it stands. */
  answer: unknown;
  /** Why it ended before its time, in a sentence; absent where it did not. */
  cut?: string | null;
};

/** A scene as frames and clips need it. */
export type SceneBrief = {
  /** As they are written unless given. */
  softening?: Softening;
  sceneIndex: number;
  sceneCount: number;
  title: string;
  sceneDescription: string;
  startFramePrompt: string;
  endFramePrompt: string;
  videoMotionPrompt: string;
  transitionNotes: string;
  /** Words that are to be spoken; null for none. */
  narration: string | null;
  style: string;
  aspectRatio: AspectRatio;
  /** 0 to 2^31 - 1; a new one each time unless given. */
  seed?: number | null;
  /** What must not be seen. */
  negativePrompt?: string | null;
  /** Whether its clip has sound; it has unless given. */
  sound?: boolean;
};

/** A picture of somebody or something that must look the same wherever the scene has it. */
export type ReferencePicture = { name: string; kind: ReferenceKind; file: string };

export type KeyframeRequest = {
  scene: SceneBrief;
  /** Who and what it is drawn from besides; at most the capabilities' `maxPerFrame`, none unless given. */
  references?: readonly ReferencePicture[];
  position: 'START' | 'END';
  /** File of the picture this one starts from: the scene's first frame, for its last. Null for a first frame. */
  fromFile: string | null;
  /** Where the picture is to be written; the caller moves it into the storage. */
  toFile: string;
};

export type KeyframeResult = Size & { mimeType: 'image/png' | 'image/jpeg'; promptUsed: string };

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

export type CallOptions = {
  /** Stops the work; the call then rejects with the signal's reason. */
  signal: AbortSignal;
  /** Called now and then with the share done, 0 to 1. */
  onProgress?: (share: number) => void;
  /** Where the adapter writes down what it learns; in the process alone unless given. */
  notes?: Notes;
};

/** Renders a clip on this machine: nobody is paid, and a lost one is made again. */
export type LocalClips = {
  kind: 'LOCAL';
  render(request: ClipRequest, options: CallOptions): Promise<RenderedClip>;
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
export type RemoteClips = {
  kind: 'OPERATION';
  /** Buys a clip. Never sends twice by itself. Its `signal` is a time limit, not a cancel. */
  submit(order: ClipOrder, reservation: Reservation, options: SubmitOptions): Promise<BoughtClip>;
  /** Seconds within which `submit` answers; after that nobody knows. 60 unless given. */
  submitSeconds?: number;
  /** Asks where a bought clip stands; free. */
  poll(operationName: string, options: CallOptions): Promise<ClipVerdict>;
  /** Longest that a `poll` may take, in seconds: an answer may have the film in it. 8 unless given. */
  pollLimitSeconds?: number;
  /** Fetches the file to `toFile` and measures it; free, and may be done again. REFUSED: not to be had at this address. */
  download(uri: string, toFile: string, options: CallOptions): Promise<ClipResult>;
  /** Asks the provider to stop; its bill then. Null: it cannot, or it is too late. */
  cancel(operationName: string, options: CallOptions): Promise<ClipBill | null>;
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

/** Says what calls will use, before they are made. */
export type Quotes = {
  STORYBOARD(request: StoryboardRequest): Quote;
  /** @param request.references reference images it is drawn from; none unless given. */
  KEYFRAME(
    request: Pick<KeyframeRequest, 'position'> & { aspectRatio: AspectRatio; references?: number },
  ): Quote;
  CLIP(request: ClipQuoteRequest): Quote;
};

/** A vendor behind one face. Files in, files out; knows nothing of rows or runs, and of money only its prices. */
export type ProviderAdapter = {
  name: Provider;
  /** For people. */
  label: string;
  capabilities: Capabilities;
  /** Absent for what has no limit. */
  rateLimits: Partial<Record<PaidCall, RateLimit>>;
  /** The model it uses for each kind of call. */
  models: Readonly<Record<PaidCall, Model>>;
  quotes: Quotes;
  /** The model's `answer` as it came, whole or not; the caller reads it with `readStoryboard`. */
  writeStoryboard(
    request: StoryboardRequest,
    reservation: Reservation,
    options: CallOptions,
  ): Promise<WrittenStoryboard & Receipt>;
  drawKeyframe(
    request: KeyframeRequest,
    reservation: Reservation,
    options: CallOptions,
  ): Promise<KeyframeResult & Receipt>;
  /** What its clips will speak of a narration, as far as it is known before they are made; all of it unless given. Pure. */
  speak?(order: SpeechOrder): Speech;
  /** Whether its storyboard follows from the request alone, by the animatic's rules; not unless given. */
  writesByRules?: boolean;
  clips: LocalClips | RemoteClips;
  /** Whether it words a scene more gently when asked to, for a safety filter that has refused it; not unless given. */
  softens?: boolean;
  /**
   * Asks for the models of these calls: free, remembered for a while, and never throws. Absent where there is nobody to
   * ask.
   */
  askForModels?(calls: readonly PaidCall[]): Promise<ModelStanding[]>;
  /** Looks whether it can work here: free, and never throws. Absent where there is nothing to look at. */
  check?(options: CallOptions): Promise<Finding[]>;
};
