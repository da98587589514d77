export const ASPECT_RATIOS = ['16:9', '9:16', '1:1'] as const;
export type AspectRatio = (typeof ASPECT_RATIOS)[number];

/** Pixels of a picture. */
export type Size = { width: number; height: number };

/** What a provider can do, as data: forms and validation read it, nothing branches on a name. */
export type Capabilities = {
  styles: readonly string[];
  aspectRatios: readonly AspectRatio[];
  /** Whole seconds a clip may last, smallest and largest. */
  clipSeconds: { min: number; max: number };
  /** Frame size of each aspect ratio. */
  sizes: Readonly<Record<AspectRatio, Size>>;
  /** Whether it speaks a scene's narration. */
  narration: boolean;
};

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
  /** 0 for the first try, 1 for the second, ...: a model lowers its temperature with it. */
  attempt: number;
};

/** A scene as frames and clips need it. */
export type SceneBrief = {
  sceneIndex: number;
  sceneCount: number;
  title: string;
  sceneDescription: string;
  startFramePrompt: string;
  endFramePrompt: string;
  videoMotionPrompt: string;
  transitionNotes: string;
  narration: string | null;
  style: string;
  aspectRatio: AspectRatio;
};

export type KeyframeRequest = {
  scene: SceneBrief;
  position: 'START' | 'END';
  /** File of the picture this one starts from: the scene's first frame, for its last. Null for a first frame. */
  fromFile: string | null;
  /** Where the picture is to be written; the caller moves it into the storage. */
  toFile: string;
};

export type KeyframeResult = Size & { mimeType: 'image/png' | 'image/jpeg'; promptUsed: string };

export type ClipRequest = {
  scene: SceneBrief;
  startFrameFile: string;
  endFrameFile: string;
  /** Seconds. */
  durationSeconds: number;
  /** Where the clip is to be written; the caller moves it into the storage. */
  toFile: string;
};

export type ClipResult = {
  /** Measured from the written file, not the request's. */
  durationSeconds: number;
};

export type CallOptions = {
  /** Stops the work; the call then rejects with the signal's reason. */
  signal: AbortSignal;
  /** Called now and then with the share done, 0 to 1. */
  onProgress?: (share: number) => void;
};

/** A vendor behind one face. Files in, files out; knows nothing of rows, runs or money. */
export type ProviderAdapter = {
  name: 'ANIMATIC';
  /** For people. */
  label: string;
  capabilities: Capabilities;
  /** The model's answer as it came; the caller validates it with `storyboardAnswer`. */
  writeStoryboard(request: StoryboardRequest, options: CallOptions): Promise<unknown>;
  drawKeyframe(request: KeyframeRequest, options: CallOptions): Promise<KeyframeResult>;
  renderClip(request: ClipRequest, options: CallOptions): Promise<ClipResult>;
};
