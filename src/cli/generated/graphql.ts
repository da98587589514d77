/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Which project, and what its picture shows. */
export type AddReferenceImageInput = {
  /** A key of your choice: sent again with the same request, it answers with the same picture. Without one, the same picture of the same name does. It is remembered for 30 days. */
  idempotencyKey?: string | null | undefined;
  /** A PNG or JPEG of at most 7 MB and 40 million pixels. */
  image: File;
  /** What it shows. */
  kind?: ReferenceKind;
  /** Whom or what it shows, as the prompt calls it; at most 100 characters, unique in the project. */
  name: string;
  /** Id of a Project without a live run. */
  projectId: string | number;
};

/** Which run to end. */
export type CancelRunInput = {
  /** Id of a PipelineRun. */
  runId: string | number;
};

/** How captions look and move. */
export type CaptionStyle =
  /** Two lines, which fill with colour as they are said. */
  | 'KARAOKE'
  /** Two lines that stand still. */
  | 'LINE'
  /** None are drawn. */
  | 'NONE'
  /** A few large words at a time; the one that is said lights up and stands out. */
  | 'WORD_POP';

/** Which job to start, and within what. */
export type ConfirmJobInput = {
  /** Its `digest`: refused with PLAN_STALE if what it stands for has changed. */
  digest: string;
  /** Id of a Job. */
  jobId: string | number;
  /** Most that all its rows may cost, in cents; null lifts the cap. Left out, it is as `setJobCostCap` left it: none at first. */
  maxCostCents?: number | null | undefined;
  /** Leaves rows out that cannot start, instead of refusing the job. */
  onlyValidRows?: boolean;
  /** Starts rows, too, that ask for what an earlier one asked for. */
  withDuplicates?: boolean;
};

/** What the film is to be. */
export type CreateProjectInput = {
  /** Shape of the picture, one of the provider's `aspectRatios`. */
  aspectRatio?: string;
  /** What clips are filmed from; `REFERENCE_IMAGES`, which `addReferenceImage` adds, where the provider's `referenceImages` has a `maxPerClip`. */
  clipsFrom?: VideoClipSource;
  /** A key of your choice: sent again with the same request, it answers with the same project. It is remembered for 30 days. */
  idempotencyKey?: string | null | undefined;
  /** Most that all its runs together may cost, in cents; no cap unless given. */
  maxCostCents?: number | null | undefined;
  /** What must not be seen, where the provider has `NEGATIVE_PROMPT` among its `clipWishes`; at most 1,000 characters. */
  negativePrompt?: string | null | undefined;
  /** What the film is about, or its whole script; at most 20,000 characters. */
  prompt: string;
  /** Who makes it. */
  provider?: Provider;
  /** Same number, same clip, where the provider has `SEED` among its `clipWishes`; from 0. */
  seed?: number | null | undefined;
  /** Whether the clips have sound; it can be left out where the provider has `SOUND_OFF`. */
  sound?: boolean;
  /** Visual style, one of the provider's `styles`. */
  style?: string;
  /** Seconds a clip is meant to last, within the provider's `clipSeconds`; from reference images, up to the longest of `references.clipSeconds`. */
  targetClipDuration?: number;
  /** Seconds the film is meant to last, at most 15 clips long; the prompt decides unless given. */
  targetDuration?: number | null | undefined;
  /** Short name, at most 200 characters; taken from the prompt unless given. */
  title?: string | null | undefined;
};

/** The file that is to come. */
export type CreateUploadInput = {
  /** What it is called, as in talk.mp4; for people. */
  fileName: string;
  /** A key of your choice: sent again with the same request, it answers with the same upload. It is remembered for 30 days. */
  idempotencyKey?: string | null | undefined;
  /** Its bytes; at most what VIDPIPE_INGEST_GIGABYTES allows. */
  sizeBytes: number;
};

/** Which job, and whether what it made goes with it. */
export type DeleteJobInput = {
  /** Also deletes the projects that its rows started, and their films; otherwise they stay. */
  deleteProjects?: boolean;
  /** Id of a Job. */
  jobId: string | number;
};

/** Which project to delete. */
export type DeleteProjectInput = {
  /** Also delete the films stitched from it; otherwise they stay in the library. */
  deleteFilms?: boolean;
  /** Id of a Project. */
  projectId: string | number;
};

/** Every failure a program may branch on. */
export type ErrorCode =
  /** The project has its film; there is nothing left to run. */
  | 'ALREADY_COMPLETE'
  /** The dead letter was put back to work before. */
  | 'ALREADY_REPLAYED'
  /** A cap has no room for the next call, which was not made; raise the cap, and the run goes on by itself. */
  | 'BUDGET_EXCEEDED'
  /** The log no longer reaches back to this cursor, or was put back to before it; read the current state and subscribe without one. */
  | 'CURSOR_EXPIRED'
  /** The idempotency key was used for a different request; choose a new one. */
  | 'IDEMPOTENCY_CONFLICT'
  /** The disk has too little room for this run; free some space and launch again. */
  | 'INSUFFICIENT_DISK'
  /** The provider no longer takes requests in the form this release sends; install one that speaks the new form. */
  | 'INTERFACE_GONE'
  /** A bug or an outage on our side; the server log has it under `extensions.errorId`. */
  | 'INTERNAL'
  /** A value is not acceptable; `issues` or `path` names the field and what would be. */
  | 'INVALID_INPUT'
  /** The job, or a row of it, does not stand where this can be done; the message says where it stands. */
  | 'JOB_STATE'
  /** A media file could not be read or written; the message says why. */
  | 'MEDIA_FAILED'
  /** The provider has no such model here; choose another one in the settings. */
  | 'MODEL_NOT_FOUND'
  /** Nobody is heard speaking in the video; bring subtitles with `createTranscript` if somebody does. */
  | 'NOTHING_SAID'
  /** The project has no finished clip; launch a run that makes clips first. */
  | 'NOTHING_TO_STITCH'
  /** No such object, or not yours. */
  | 'NOT_FOUND'
  /** There is nothing that words of the video may come from; the message tells each source, why not, and the way out. */
  | 'NO_TRANSCRIPT_SOURCE'
  /** What became of the call is known; there is nothing to settle. */
  | 'OUTCOME_KNOWN'
  /** Nobody knows whether it happened. A call to a provider: look there, then settle it with `settleUnknownVideoClip` or `settleUnknownCall`. A mutation whose end the database did not tell: send it again with the same `idempotencyKey`; without one, read first whether it was done. */
  | 'OUTCOME_UNKNOWN'
  /** The server is overloaded or waits for its database; what `path` names was not done. Try again after `extensions.retryAfterSeconds`. */
  | 'OVERLOADED'
  /** The plan no longer holds; the message says what changed since. Plan the run again. */
  | 'PLAN_STALE'
  /** The provider's safety filter refused the words; begin a project with others, or retry the scene with others. */
  | 'PROMPT_BLOCKED'
  /** The provider's account cannot pay; enable or mend its billing there. */
  | 'PROVIDER_BILLING'
  /** The provider could not make a frame or a clip; the message says why. */
  | 'PROVIDER_FAILED'
  /** The provider has no key or credentials on this server; set them and restart, or choose another one. */
  | 'PROVIDER_NOT_CONFIGURED'
  /** The key or credentials may not do this; mend them, or their rights at the provider. */
  | 'PROVIDER_PERMISSION'
  /** The provider's quota is used up; wait, or ask it for more. */
  | 'PROVIDER_QUOTA'
  /** The provider could not be reached or is overloaded; try again later. */
  | 'PROVIDER_UNAVAILABLE'
  /** The operation may ask for too much at once; ask for less, or in pages. */
  | 'QUERY_TOO_COMPLEX'
  /** The provider does not accept the request as it is; its message says what is wrong. */
  | 'REQUEST_REJECTED'
  /** The run has ended; launch another one on what it worked on. */
  | 'RUN_ENDED'
  /** The project has a live run; wait for it to end. */
  | 'RUN_IN_PROGRESS'
  /** The provider's safety filter refused the clip; retry the scene with other words. */
  | 'SAFETY_FILTERED'
  /** The scene has its clip and its project a live run; wait for its end. */
  | 'SCENE_COMPLETE'
  /** The server has no key to keep secrets with; set VIDPIPE_SECRET_KEY in every process and restart. */
  | 'SECRET_KEY_MISSING'
  /** What was to be brought in from outside could not be fetched, or is no film; the message says why. */
  | 'SOURCE_FAILED'
  /** The model gave no usable storyboard in three tries; its last answer is kept on the project. */
  | 'STORYBOARD_INVALID'
  /** The client read too slowly; subscribe again with the last cursor it saw. */
  | 'SUBSCRIPTION_OVERFLOW'
  /** The provider did not finish in time; a resumed run asks again, without buying anew. */
  | 'TIMED_OUT'
  /** There are too many operations at once on the socket, or live ones take too much memory; complete some first. */
  | 'TOO_MANY_OPERATIONS'
  /** The API key, or the server, has as many sockets and streams as it may; close some, or come back later. */
  | 'TOO_MANY_SOCKETS'
  /** The workspace has as many uploads as it may; bring them in, or end those that are no longer wanted. */
  | 'TOO_MANY_UPLOADS'
  /** The workspace has as many webhooks as it may; delete one first. */
  | 'TOO_MANY_WEBHOOKS'
  /** The video has a transcript; delete it with `deleteTranscript` to make another. */
  | 'TRANSCRIPT_EXISTS'
  /** The server asks for an API key, and there was none that holds; send one that does. */
  | 'UNAUTHENTICATED'
  /** It was changed since you read it; read it again, then change what it is now. */
  | 'VERSION_STALE'
  /** A clip was paid for and is not to be had; retry the scene to buy another. */
  | 'VIDEO_CLIP_LOST';

/** What a program may look for. */
export type EstimateWarningCode =
  /** A cap leaves less than will likely be needed: the run would pause there. */
  | 'ABOVE_CAP'
  /** Nobody knows whether a model that it needs is to be had: no answer told. */
  | 'MODEL_NOT_KNOWN'
  /** A model that it needs is surely not to be had: launching it would be refused. */
  | 'MODEL_REFUSED'
  /** A model is about to be retired, or may be already: calls of it may fail. */
  | 'MODEL_RETIRES'
  /** Narration will not be spoken as it stands: it is in a language that the voice does not speak, nothing in it can be said, or its clip is too short. */
  | 'NARRATION_NOT_SPOKEN'
  /** A price changes within days: what is bought from then on costs that. */
  | 'PRICE_CHANGES'
  /** The provider draws without reference images: those of the project are not used. */
  | 'REFERENCE_IMAGES_UNUSED'
  /** A price was read more than 90 days ago: the vendor may charge another one now. */
  | 'STALE_PRICE'
  /** The provider makes clips of other lengths, and charges for those. */
  | 'VIDEO_CLIP_LENGTH_CHANGED';

/** Who says how long a film will take. */
export type ExpectedTimeBasis =
  /** The films that this workspace has made with the provider. */
  | 'MEASURED'
  /** The provider, of its calls. */
  | 'PROVIDER';

/** What the film is to be, and how it is to be made. */
export type GenerateFilmInput = {
  /** Shape of the picture, one of the provider's `aspectRatios`. */
  aspectRatio?: string;
  /** Seconds of crossfade between scenes; 0 is a hard cut. Between clips too short for it, as much as half of the shorter one, and the run warns. */
  crossfadeSeconds?: number;
  /** A key of your choice: sent again with the same request, it answers with the same run, as long as that is there. */
  idempotencyKey?: string | null | undefined;
  /** Most the run may cost, in cents: no call is made that could pass it. No cap unless given. */
  maxCostCents?: number | null | undefined;
  /** What must not be seen, where the provider has `NEGATIVE_PROMPT` among its `clipWishes`; at most 1,000 characters. */
  negativePrompt?: string | null | undefined;
  /** Whose steps go first where workers are scarce. */
  priority?: RunPriority;
  /** What the film is about, or its whole script; at most 20,000 characters. */
  prompt: string;
  /** Who makes it. */
  provider?: Provider;
  /** Same number, same clip, where the provider has `SEED` among its `clipWishes`; from 0. */
  seed?: number | null | undefined;
  /** Whether the clips have sound; it can be left out where the provider has `SOUND_OFF`. */
  sound?: boolean;
  /** Last stage to do, to look at the result before the next; all unless given. */
  stopAfter?: RunStage | null | undefined;
  /** Visual style, one of the provider's `styles`. */
  style?: string;
  /** Seconds a clip is meant to last, within the provider's `clipSeconds`; from reference images, up to the longest of `references.clipSeconds`. */
  targetClipDuration?: number;
  /** Seconds the film is meant to last, at most 15 clips long; the prompt decides unless given. */
  targetDuration?: number | null | undefined;
  /** Short name, at most 200 characters; taken from the prompt unless given. */
  title?: string | null | undefined;
};

/** Which film to bring in: one of `url`, `path` and `uploadId`, and what it is to be called. */
export type IngestVideoInput = {
  /** A key of your choice: sent again with the same request, it answers with the same run, as long as that is there. */
  idempotencyKey?: string | null | undefined;
  /** Unique short name for people and URLs; made of the title unless given. */
  identifier?: string | null | undefined;
  /** Tag of the language that is spoken in it, as `en` or `pt-BR`. */
  language?: string | null | undefined;
  /** Path of a film in the folder of the server that VIDPIPE_INGEST_PATH names. */
  path?: string | null | undefined;
  /** Whose steps go first where workers are scarce. */
  priority?: RunPriority;
  /** What it is called. */
  title: string;
  /** Id of an Upload, all of which is here (`createUpload`). */
  uploadId?: string | number | null | undefined;
  /** A public address of a film in MP4, MOV, WebM or Matroska, as in https://example.com/talk.mp4; of a page with one, where the server has yt-dlp. */
  url?: string | null | undefined;
};

/** Which job. */
export type JobInput = {
  /** Id of a Job. */
  jobId: string | number;
};

/** What each row of a job starts. */
export type JobKind =
  /** A film, as `generateFilm` makes it. */
  | 'FILM';

/** Which input is filled from what of the sheet. */
export type JobMappingInput = {
  /** Name of a column, or a template with columns' names in braces: `{title}: {text}`. */
  from: string;
  /** Name of an input of `generateFilm`: `prompt`, `title`, `aspectRatio`, ... */
  input: string;
};

/** How the results of a job are written. */
export type JobResultFormat =
  /** Comma-separated, UTF-8 with a mark; text that a spreadsheet would run has a quote in front. */
  | 'CSV'
  /** An object a line. */
  | 'JSONL'
  /** A workbook; text of more than 32,767 characters is cut. */
  | 'XLSX';

/** Where a row of a job stands. */
export type JobRowStatus =
  /** It has its result; `hasGaps` tells whether something of it is missing. */
  | 'COMPLETED'
  /** It has no result; it can be retried. */
  | 'FAILED'
  /** Nobody knows what a provider made of a call: it is never retried by itself. */
  | 'NEEDS_REVIEW'
  /** Not started yet, or waiting to go on. */
  | 'PENDING'
  /** Its run is on its way. */
  | 'PROCESSING'
  /** It was left out, by a person or for being a duplicate. */
  | 'SKIPPED';

/** Where a job stands. */
export type JobStatus =
  /** Ended by a person; what rows had finished stays. */
  | 'CANCELLED'
  /** Every row has ended, and at least one has its result. */
  | 'COMPLETED'
  /** Every row has ended, and none has its result. */
  | 'FAILED'
  /** No row starts: a person, a cap or a refusal that holds for every row stopped it; it can be resumed. */
  | 'PAUSED'
  /** Previewed; nothing has started, and nothing will until it is confirmed. */
  | 'PENDING'
  /** Its rows are started in order, some at a time. */
  | 'RUNNING';

/** Which project to make, and how far. */
export type LaunchRunInput = {
  /** Seconds of crossfade between scenes; 0 is a hard cut. Between clips too short for it, as much as half of the shorter one, and the run warns. */
  crossfadeSeconds?: number;
  /** A key of your choice: sent again with the same request, it answers with the same run, as long as that is there. */
  idempotencyKey?: string | null | undefined;
  /** Most the run may cost, in cents: no call is made that could pass it. No cap unless given. */
  maxCostCents?: number | null | undefined;
  /** Plan it must be the run of: refused with PLAN_STALE if what it was made of has changed. */
  plan?: PlanConfirmation | null | undefined;
  /** Whose steps go first where workers are scarce. */
  priority?: RunPriority;
  /** Id of a Project. */
  projectId: string | number;
  /** Last stage to do, to look at the result before the next; all unless given. */
  stopAfter?: RunStage | null | undefined;
};

/** What an entry of the ledger says of a call to a provider. */
export type LedgerEntryKind =
  /** Not charged: the provider never took it, or gave nothing for it. */
  | 'RELEASE'
  /** Set aside before the call: the most it may cost. */
  | 'RESERVE'
  /** Charged: what it did cost. */
  | 'SETTLE'
  /** Nobody knows whether it was charged: it stays set aside until that is known. */
  | 'UNKNOWN';

/** How much of it a run of kind `MOMENTS` does. */
export type MomentsScope =
  /** Cuts moments that are there. */
  | 'CLIPS_ONLY'
  /** Finds moments and cuts them. */
  | 'FULL'
  /** Finds moments. */
  | 'MOMENTS_ONLY';

/** A call that costs money, where the provider takes any. */
export type PaidCall =
  /** Makes a clip. */
  | 'CLIP'
  /** Draws a first or a last frame. */
  | 'KEYFRAME'
  /** Chooses parts of a talk. */
  | 'MOMENTS'
  /** Writes a storyboard. */
  | 'STORYBOARD'
  /** Writes down what is said. */
  | 'TRANSCRIPT';

/** Which job, and whether its rows stop too. */
export type PauseJobInput = {
  /** Id of a Job. */
  jobId: string | number;
  /** Pauses the rows that are at work; otherwise they finish. */
  now?: boolean;
};

/** Which run to pause. */
export type PauseRunInput = {
  /** Id of a PipelineRun. */
  runId: string | number;
};

/** A plan as `planRun` gave it. */
export type PlanConfirmation = {
  /** Its digest. */
  digest: string;
  /** Id of a RunPlan. */
  planId: string | number;
};

/** The rows, and how they are to be understood. */
export type PreviewJobInput = {
  /** Rows at work at the same time, 1 to 100. */
  concurrency?: number;
  /** Inputs for rows whose cell is empty, or that have no column for it: an object with a value by the name of each. */
  defaults?: unknown;
  /** What stands between cells of a text; found by itself unless given. */
  delimiter?: SheetDelimiter | null | undefined;
  /** Encoding of a text, as `windows-1252`; found by itself unless given. */
  encoding?: string | null | undefined;
  /** CSV, TSV, XLSX or JSON Lines, told by its content; at most 50 MB and 100,000 rows. */
  file?: File | null | undefined;
  /** A key of your choice: sent again with the same request, it answers with the same job. It is remembered for 30 days. */
  idempotencyKey?: string | null | undefined;
  /** What each row starts. */
  kind?: JobKind;
  /** Which input is filled from what; those that are left out, from columns that are called like them. */
  mapping?: Array<JobMappingInput> | null | undefined;
  /** Most that one row may cost, in cents; no cap unless given. */
  maxRowCostCents?: number | null | undefined;
  /** What to call it; the file's name unless given. */
  name?: string | null | undefined;
  /** What was asked, in words; kept with the job. */
  originalCommand?: string | null | undefined;
  /** The rows themselves, at most 100, in place of a file: objects with a text by the name of each column. */
  rows?: Array<unknown> | null | undefined;
  /** Sheet of a workbook; the first that is not hidden unless given. */
  sheet?: string | null | undefined;
};

/** Where a project stands. */
export type ProjectStatus =
  /** The last run was cancelled. */
  | 'CANCELLED'
  /** The film exists. */
  | 'COMPLETE'
  /** The last run ended without what it was asked for. */
  | 'FAILED'
  /** Clips are being made. */
  | 'GENERATING_VIDEO'
  /** Keyframes are being drawn. */
  | 'KEYFRAMING'
  /** The last run ended with gaps, which `errorMessage` names; the film, if it got so far, lacks those scenes. */
  | 'PARTIAL'
  /** The run on it stopped and can go on. */
  | 'PAUSED'
  /** Nothing was launched yet, or not since its provider changed. */
  | 'PENDING'
  /** The film is being stitched. */
  | 'STITCHING'
  /** The storyboard is being written. */
  | 'STORYBOARDING';

/** Who draws frames and makes clips. */
export type Provider =
  /** Built in: a free, offline preview film of designed frames and camera moves. */
  | 'ANIMATIC'
  /** Google: Gemini writes, Gemini image models draw, Veo or Omni films. */
  | 'GOOGLE';

/** What a reference image shows. */
export type ReferenceKind =
  /** A person, an animal, a figure: recognized wherever it appears. */
  | 'CHARACTER'
  /** A thing: its shape, colors and label stay the same. */
  | 'PRODUCT';

/** Which job, and within what. */
export type ResumeJobInput = {
  /** Id of a Job. */
  jobId: string | number;
  /** Most that all its rows may cost from now on, in cents; null lifts the cap. Left out, it stays. */
  maxCostCents?: number | null | undefined;
};

/** Which project to finish, and what its run may cost. */
export type ResumeProjectInput = {
  /** A key of your choice: sent again with the same request, it answers with the same run, as long as that is there. */
  idempotencyKey?: string | null | undefined;
  /** Most the run may cost from now on, in cents, with what it has cost so far; null for no cap. Its own cap, or the last run’s, stays unless given. */
  maxCostCents?: number | null | undefined;
  /** Id of a Project. */
  projectId: string | number;
};

/** Which run to resume, and what it may cost. */
export type ResumeRunInput = {
  /** Most the run may cost from now on, in cents, with what it has cost so far; null for no cap. Its own cap, or the last run’s, stays unless given. */
  maxCostCents?: number | null | undefined;
  /** Id of a PipelineRun. */
  runId: string | number;
};

/** Which rows to give another chance: by where they stand, or by their numbers; those that failed unless given. */
export type RetryRowsInput = {
  /** Id of a Job. */
  jobId: string | number;
  /** Inputs that change, by their names; null takes one out. The rows then start anew, unless it is only `maxCostCents` or `priority`. */
  overrides?: unknown;
  /** These rows, by their numbers in the sheet; at most 100 at a time. */
  rowNumbers?: Array<number> | null | undefined;
  /** All rows in any of these: FAILED, NEEDS_REVIEW, SKIPPED. */
  statuses?: Array<JobRowStatus> | null | undefined;
};

/** Which scene to make again, and with what other words; those left out stay. */
export type RetrySceneInput = {
  /** Prompt of the last frame, which is drawn anew; the next scene keeps its first frame. */
  endFramePrompt?: string | null | undefined;
  /** A key of your choice: sent again with the same request, it answers with the same run, as long as that is there. */
  idempotencyKey?: string | null | undefined;
  /** Most the run may cost from now on, in cents, with what it has cost so far; null for no cap. Its own cap, or the last run’s, stays unless given. */
  maxCostCents?: number | null | undefined;
  /** Words the narrator speaks; null for silence. */
  narration?: string | null | undefined;
  /** What happens, in a sentence or two. */
  sceneDescription?: string | null | undefined;
  /** Id of a Scene. */
  sceneId: string | number;
  /** Prompt of the first frame, of the first scene only: both its frames are drawn anew. Every other scene begins where the one before it ends. */
  startFramePrompt?: string | null | undefined;
  /** How camera and subject move from the first to the last frame. */
  videoMotionPrompt?: string | null | undefined;
};

/** Which flow a run goes through. */
export type RunKind =
  /** Storyboard, keyframes, clips, stitch. */
  | 'FILM'
  /** A film from outside into the library. */
  | 'INGEST'
  /** Transcript, moments, clips and stills of a video. */
  | 'MOMENTS'
  /** Stitch alone, from the clips that exist. */
  | 'STITCH';

/** Which video to look through, for what, and how its moments are cut. */
export type RunMomentsInput = {
  /** Shape of the clips: `SOURCE`, `9:16`, `1:1` or `4:5`. */
  aspectRatio?: string;
  /** Captions drawn on the clips. */
  captions?: CaptionStyle;
  /** Whether captions show words that a recogniser was not sure of, half of which may be wrong. */
  captionsFromDraft?: boolean;
  /** A key of your choice: sent again with the same request, it answers with the same run, as long as that is there. */
  idempotencyKey?: string | null | undefined;
  /** Language that is spoken, as `en` or `pt-BR`; where nobody says, what the source takes it for. */
  language?: string | null | undefined;
  /** Clips to cut at most, the best moments first; all unless given. */
  maxClips?: number | null | undefined;
  /** Most the run may cost, in cents: no call is made that could pass it. No cap unless given. */
  maxCostCents?: number | null | undefined;
  /** Seconds a moment has at most, 900 of them. */
  maxMomentLengthSeconds?: number;
  /** Moments to find at most, 100 of them. */
  maxMoments?: number;
  /** Seconds a moment has at least. */
  minMomentLengthSeconds?: number;
  /** Moments to find at least, if the video has room for them. */
  minMoments?: number;
  /** What finds the moments: `LEXICAL` by what is said and how, free of charge, or `GEMINI`, which is asked and costs; where there are no words, by shots and sound. */
  model?: string;
  /** Ids of the Moments to cut; those that the run finds unless given, or all that are kept. */
  momentIds?: Array<string | number> | null | undefined;
  /** Most seconds before the first word and after the last, 0 to 5; less where another word is near. */
  paddingSeconds?: number;
  /** Whose steps go first where workers are scarce. */
  priority?: RunPriority;
  /** How much to do. */
  scope?: MomentsScope;
  /** Last stage to do, to look at the result before the next; all unless given. */
  stopAfter?: RunStage | null | undefined;
  /** Where its words come from, if it has no transcript; the best that is to be had free of charge unless given. `GEMINI` costs. */
  transcriptSource?: TranscriptSource | null | undefined;
  /** What `GEMINI` is to look for, in words; what is worth posting unless given. */
  userPrompt?: string | null | undefined;
  /** Id of a Video. */
  videoId: string | number;
};

/** Whose steps go first where workers are scarce. */
export type RunPriority =
  /** Nobody waits: interactive runs go first. */
  | 'BATCH'
  /** A person waits for it. */
  | 'INTERACTIVE';

/** Stage of a run: each flow goes through some of them, in an order of its own. */
export type RunStage =
  /** Frames to shots. */
  | 'CLIPS'
  /** Moments cut out as films of their own. */
  | 'CUT_CLIPS'
  /** What is heard in a video and where its shots change. */
  | 'EXTRACT_AUDIO'
  /** A film from outside to a video. */
  | 'FETCH'
  /** Its parts that are worth posting. */
  | 'FIND_MOMENTS'
  /** Scenes to first and last frames. */
  | 'KEYFRAMES'
  /** A video to what players need of it. */
  | 'PROBE'
  /** Shots to one film. */
  | 'STITCH'
  /** Prompt to scenes. */
  | 'STORYBOARD'
  /** Stills of the video and of its clips. */
  | 'THUMBNAILS'
  /** What is said in it, in words with times. */
  | 'TRANSCRIBE';

/** Where a run stands. */
export type RunStatus =
  /** Ended by a person; what was finished stays. */
  | 'CANCELLED'
  /** Everything it was asked for exists. */
  | 'COMPLETED'
  /** Ended without its result. */
  | 'FAILED'
  /** Ended with gaps, which `errorMessage` names. */
  | 'PARTIAL'
  /** Stopped by a person or a cap; can be resumed. */
  | 'PAUSED'
  /** Accepted; no step has started. */
  | 'QUEUED'
  /** A worker is on it. */
  | 'RUNNING';

/** Where a scene stands. */
export type SceneStatus =
  /** Its last step failed. */
  | 'FAILED'
  /** Both frames exist. */
  | 'KEYFRAMES_DONE'
  /** Its frames are being drawn. */
  | 'KEYFRAMES_GENERATING'
  /** Written; nothing drawn. */
  | 'PENDING'
  /** Its clip exists. */
  | 'VIDEO_DONE'
  /** Its clip is being made. */
  | 'VIDEO_GENERATING';

/** What stands between the cells of a text. */
export type SheetDelimiter =
  /** `,` */
  | 'COMMA'
  /** `|` */
  | 'PIPE'
  /** `;` */
  | 'SEMICOLON'
  /** A tab. */
  | 'TAB';

/** Which rows to leave out. */
export type SkipRowsInput = {
  /** Id of a Job. */
  jobId: string | number;
  /** Their numbers in the sheet; at most 100 at a time. */
  rowNumbers: Array<number>;
};

/** Which project to stitch, and how. */
export type StitchFilmInput = {
  /** Seconds of crossfade between scenes; 0 is a hard cut. Between clips too short for it, as much as half of the shorter one, and the run warns. */
  crossfadeSeconds?: number;
  /** A key of your choice: sent again with the same request, it answers with the same run, as long as that is there. */
  idempotencyKey?: string | null | undefined;
  /** Whose steps go first where workers are scarce. */
  priority?: RunPriority;
  /** Id of a Project. */
  projectId: string | number;
};

/** Status of what an event tells of; several types share words. */
export type SubjectStatus =
  /** ReviewStatus: A person approved it. */
  | 'APPROVED'
  /** ProjectStatus: The last run was cancelled. RunStatus: Ended by a person; what was finished stays. JobStatus: Ended by a person; what rows had finished stays. */
  | 'CANCELLED'
  /** ProjectStatus: The film exists. VideoClipStatus: The file exists and was measured. */
  | 'COMPLETE'
  /** RunStatus: Everything it was asked for exists. JobStatus: Every row has ended, and at least one has its result. JobRowStatus: It has its result; `hasGaps` tells whether something of it is missing. */
  | 'COMPLETED'
  /** WebhookStatus: Nothing is sent; it keeps its place in the log, and goes on from there once it is enabled. */
  | 'DISABLED'
  /** WebhookStatus: It is sent what happens, in order. */
  | 'ENABLED'
  /** ProjectStatus: The last run ended without what it was asked for. RunStatus: Ended without its result. SceneStatus: Its last step failed. VideoClipStatus: The provider failed. JobStatus: Every row has ended, and none has its result. JobRowStatus: It has no result; it can be retried. */
  | 'FAILED'
  /** ReviewStatus: Made; nobody has judged it. */
  | 'GENERATED'
  /** ProjectStatus: Clips are being made. */
  | 'GENERATING_VIDEO'
  /** SceneStatus: Both frames exist. */
  | 'KEYFRAMES_DONE'
  /** SceneStatus: Its frames are being drawn. */
  | 'KEYFRAMES_GENERATING'
  /** ProjectStatus: Keyframes are being drawn. */
  | 'KEYFRAMING'
  /** VideoClipStatus: Paid for, and not to be had, or not any more; a person has another one made. */
  | 'LOST'
  /** JobRowStatus: Nobody knows what a provider made of a call: it is never retried by itself. */
  | 'NEEDS_REVIEW'
  /** ProjectStatus: The last run ended with gaps, which `errorMessage` names; the film, if it got so far, lacks those scenes. RunStatus: Ended with gaps, which `errorMessage` names. */
  | 'PARTIAL'
  /** ProjectStatus: The run on it stopped and can go on. RunStatus: Stopped by a person or a cap; can be resumed. JobStatus: No row starts: a person, a cap or a refusal that holds for every row stopped it; it can be resumed. */
  | 'PAUSED'
  /** ProjectStatus: Nothing was launched yet, or not since its provider changed. SceneStatus: Written; nothing drawn. VideoClipStatus: Not asked for yet. JobStatus: Previewed; nothing has started, and nothing will until it is confirmed. JobRowStatus: Not started yet, or waiting to go on. */
  | 'PENDING'
  /** VideoClipStatus: Asked about at least once. */
  | 'POLLING'
  /** JobRowStatus: Its run is on its way. */
  | 'PROCESSING'
  /** ReviewStatus: It is public. */
  | 'PUBLISHED'
  /** RunStatus: Accepted; no step has started. */
  | 'QUEUED'
  /** VideoClipStatus: Refused by the provider's safety filter. */
  | 'RAI_FILTERED'
  /** ReviewStatus: A person rejected it. */
  | 'REJECTED'
  /** RunStatus: A worker is on it. JobStatus: Its rows are started in order, some at a time. */
  | 'RUNNING'
  /** JobRowStatus: It was left out, by a person or for being a duplicate. */
  | 'SKIPPED'
  /** ProjectStatus: The film is being stitched. */
  | 'STITCHING'
  /** ProjectStatus: The storyboard is being written. */
  | 'STORYBOARDING'
  /** VideoClipStatus: Accepted by the provider. */
  | 'SUBMITTED'
  /** VideoClipStatus: Intent stored; not yet known to be accepted. */
  | 'SUBMITTING'
  /** VideoClipStatus: Asked about too often. */
  | 'TIMED_OUT'
  /** VideoClipStatus: Accepted or not: nobody knows; a person decides. */
  | 'UNKNOWN'
  /** SceneStatus: Its clip exists. */
  | 'VIDEO_DONE'
  /** SceneStatus: Its clip is being made. */
  | 'VIDEO_GENERATING';

/** What a transcript is written as. */
export type SubtitleFormat =
  /** Sentences with their times, as recognisers write them; with words where those were measured. */
  | 'JSON'
  /** SubRip, for nearly every player: captions of at most two lines. */
  | 'SRT'
  /** To read: a line a sentence, a blank line at long silences. */
  | 'TEXT'
  /** For browsers; with the times of words where they were measured. */
  | 'WEBVTT';

/** Where the words of a transcript come from, the best first. */
export type TranscriptSource =
  /** Google's transcription, which is paid. */
  | 'GEMINI'
  /** PocketSphinx, where it is installed; English. */
  | 'POCKETSPHINX'
  /** The narration of a film of ours: exact words, times of the voice that spoke them. */
  | 'SCRIPT'
  /** Subtitles, in the file or brought along. */
  | 'SUBTITLES'
  /** A Whisper model that a person has. */
  | 'WHISPER';

/** A row, and what it asks for from now on. */
export type UpdateRowInput = {
  /** Inputs that change, by their names; null takes one out. */
  input: unknown;
  /** Id of a Job. */
  jobId: string | number;
  /** Its number in the sheet. */
  rowNumber: number;
};

/** What spending is summed by. */
export type UsageGroup =
  /** What was asked for. */
  | 'CALL'
  /** Day (UTC) of the call. */
  | 'DAY'
  /** Model that was used. */
  | 'MODEL'
  /** Project, also a deleted one. */
  | 'PROJECT'
  /** Provider that was called. */
  | 'PROVIDER';

/** What the pictures are that a clip is filmed from. A model takes the ones or the others, never both. */
export type VideoClipSource =
  /** The scene's first and last frame, drawn before; where the image model takes reference images, from those. */
  | 'KEYFRAMES'
  /** The project's reference images and words alone: no frames are drawn or paid for. */
  | 'REFERENCE_IMAGES';

/** Where a clip stands. */
export type VideoClipStatus =
  /** The file exists and was measured. */
  | 'COMPLETE'
  /** The provider failed. */
  | 'FAILED'
  /** Paid for, and not to be had, or not any more; a person has another one made. */
  | 'LOST'
  /** Not asked for yet. */
  | 'PENDING'
  /** Asked about at least once. */
  | 'POLLING'
  /** Refused by the provider's safety filter. */
  | 'RAI_FILTERED'
  /** Accepted by the provider. */
  | 'SUBMITTED'
  /** Intent stored; not yet known to be accepted. */
  | 'SUBMITTING'
  /** Asked about too often. */
  | 'TIMED_OUT'
  /** Accepted or not: nobody knows; a person decides. */
  | 'UNKNOWN';

export type CancelJobMutationVariables = Exact<{
  input: JobInput;
}>;


export type CancelJobMutation = { cancelJob:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, path: Array<string> | null }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, path: Array<string> | null, issues: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'JobPayload', job: { id: string, name: string, status: JobStatus, totalRows: number, pendingRows: number, processingRows: number, processedRows: number, successfulRows: number, partialRows: number, failedRows: number, reviewRows: number, skippedRows: number, invalidRows: number, errorCode: ErrorCode | null, errorMessage: string | null, startedAt: string | null, completedAt: string | null, expectedSeconds: number | null, cost: { maxCostCents: number | null, settledMicroUsd: number, estimatedMicroUsd: number, reservedMicroUsd: number, unknownMicroUsd: number } } }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, path: Array<string> | null }
   | null };

export type DeleteJobMutationVariables = Exact<{
  input: DeleteJobInput;
}>;


export type DeleteJobMutation = { deleteJob:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, path: Array<string> | null }
    | { __typename: 'DeleteJobPayload', deletedJobId: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, path: Array<string> | null, issues: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, path: Array<string> | null }
   | null };

export type JobProgressSubscriptionVariables = Exact<{
  jobId: string | number;
  after?: string | null | undefined;
}>;


export type JobProgressSubscription = { jobProgress: { cursor: string, occurredAt: string, message: string, job: { id: string, name: string, status: JobStatus, totalRows: number, pendingRows: number, processingRows: number, processedRows: number, successfulRows: number, partialRows: number, failedRows: number, reviewRows: number, skippedRows: number, invalidRows: number, errorCode: ErrorCode | null, errorMessage: string | null, startedAt: string | null, completedAt: string | null, expectedSeconds: number | null, cost: { maxCostCents: number | null, settledMicroUsd: number, estimatedMicroUsd: number, reservedMicroUsd: number, unknownMicroUsd: number } } | null, row: { id: string, attempt: number, hasGaps: boolean, rowNumber: number, status: JobRowStatus, errorCode: ErrorCode | null, errorMessage: string | null, completedAt: string | null, project: { id: string } | null, problems: Array<{ column: string | null, value: string | null, reason: string }> } | null } };

export type JobCountersFragment = { id: string, name: string, status: JobStatus, totalRows: number, pendingRows: number, processingRows: number, processedRows: number, successfulRows: number, partialRows: number, failedRows: number, reviewRows: number, skippedRows: number, invalidRows: number, errorCode: ErrorCode | null, errorMessage: string | null, startedAt: string | null, completedAt: string | null, expectedSeconds: number | null, cost: { maxCostCents: number | null, settledMicroUsd: number, estimatedMicroUsd: number, reservedMicroUsd: number, unknownMicroUsd: number } };

export type JobLookFragment = { digest: string, kind: JobKind, columns: Array<string>, mapping: unknown, defaults: unknown, duplicateRows: number, concurrency: number, maxRowCostCents: number | null, createdAt: string, id: string, name: string, status: JobStatus, totalRows: number, pendingRows: number, processingRows: number, processedRows: number, successfulRows: number, partialRows: number, failedRows: number, reviewRows: number, skippedRows: number, invalidRows: number, errorCode: ErrorCode | null, errorMessage: string | null, startedAt: string | null, completedAt: string | null, expectedSeconds: number | null, estimate: { low: number, likely: number, high: number }, cost: { maxCostCents: number | null, settledMicroUsd: number, estimatedMicroUsd: number, reservedMicroUsd: number, unknownMicroUsd: number } };

export type JobFailureFragment = { rowNumber: number, status: JobRowStatus, errorCode: ErrorCode | null, errorMessage: string | null, completedAt: string | null, problems: Array<{ column: string | null, value: string | null, reason: string }> };

export type LookAtJobQueryVariables = Exact<{
  id: string | number;
}>;


export type LookAtJobQuery = { job: { digest: string, kind: JobKind, columns: Array<string>, mapping: unknown, defaults: unknown, duplicateRows: number, concurrency: number, maxRowCostCents: number | null, createdAt: string, id: string, name: string, status: JobStatus, totalRows: number, pendingRows: number, processingRows: number, processedRows: number, successfulRows: number, partialRows: number, failedRows: number, reviewRows: number, skippedRows: number, invalidRows: number, errorCode: ErrorCode | null, errorMessage: string | null, startedAt: string | null, completedAt: string | null, expectedSeconds: number | null, estimate: { low: number, likely: number, high: number }, cost: { maxCostCents: number | null, settledMicroUsd: number, estimatedMicroUsd: number, reservedMicroUsd: number, unknownMicroUsd: number } } | null };

export type ListJobsQueryVariables = Exact<{
  first: number;
  status?: Array<JobStatus> | JobStatus | null | undefined;
}>;


export type ListJobsQuery = { jobs: { totalCount: number, edges: Array<{ node: { createdAt: string, id: string, name: string, status: JobStatus, totalRows: number, pendingRows: number, processingRows: number, processedRows: number, successfulRows: number, partialRows: number, failedRows: number, reviewRows: number, skippedRows: number, invalidRows: number, errorCode: ErrorCode | null, errorMessage: string | null, startedAt: string | null, completedAt: string | null, expectedSeconds: number | null, cost: { maxCostCents: number | null, settledMicroUsd: number, estimatedMicroUsd: number, reservedMicroUsd: number, unknownMicroUsd: number } } }> } | null };

export type PauseJobMutationVariables = Exact<{
  input: PauseJobInput;
}>;


export type PauseJobMutation = { pauseJob:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, path: Array<string> | null }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, path: Array<string> | null, issues: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'JobPayload', job: { id: string, name: string, status: JobStatus, totalRows: number, pendingRows: number, processingRows: number, processedRows: number, successfulRows: number, partialRows: number, failedRows: number, reviewRows: number, skippedRows: number, invalidRows: number, errorCode: ErrorCode | null, errorMessage: string | null, startedAt: string | null, completedAt: string | null, expectedSeconds: number | null, cost: { maxCostCents: number | null, settledMicroUsd: number, estimatedMicroUsd: number, reservedMicroUsd: number, unknownMicroUsd: number } } }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, path: Array<string> | null }
   | null };

export type PreviewJobMutationVariables = Exact<{
  input: PreviewJobInput;
}>;


export type PreviewJobMutation = { previewJob:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, path: Array<string> | null }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, path: Array<string> | null, issues: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'JobPayload', job: { digest: string, kind: JobKind, columns: Array<string>, mapping: unknown, defaults: unknown, duplicateRows: number, concurrency: number, maxRowCostCents: number | null, createdAt: string, id: string, name: string, status: JobStatus, totalRows: number, pendingRows: number, processingRows: number, processedRows: number, successfulRows: number, partialRows: number, failedRows: number, reviewRows: number, skippedRows: number, invalidRows: number, errorCode: ErrorCode | null, errorMessage: string | null, startedAt: string | null, completedAt: string | null, expectedSeconds: number | null, estimate: { low: number, likely: number, high: number }, cost: { maxCostCents: number | null, settledMicroUsd: number, estimatedMicroUsd: number, reservedMicroUsd: number, unknownMicroUsd: number } } }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, path: Array<string> | null }
   | null };

export type BadRowsQueryVariables = Exact<{
  id: string | number;
  first: number;
  after?: string | null | undefined;
}>;


export type BadRowsQuery = { job: { rows: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { rowNumber: number, problems: Array<{ column: string | null, input: string | null, value: string | null, reason: string }> } }> } } | null };

export type DuplicateRowsQueryVariables = Exact<{
  id: string | number;
  first: number;
  after?: string | null | undefined;
}>;


export type DuplicateRowsQuery = { job: { rows: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { rowNumber: number, duplicateOf: { jobId: string, rowNumber: number } | null } }> } } | null };

export type JobResultsQueryVariables = Exact<{
  jobId: string | number;
  format: JobResultFormat;
  names?: string | null | undefined;
}>;


export type JobResultsQuery = { jobResults: string | null };

export type JobFilmsQueryVariables = Exact<{
  jobId: string | number;
  names?: string | null | undefined;
}>;


export type JobFilmsQuery = { jobFilms: string | null };

export type ResumeJobMutationVariables = Exact<{
  input: ResumeJobInput;
}>;


export type ResumeJobMutation = { resumeJob:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, path: Array<string> | null }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, path: Array<string> | null, issues: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'JobPayload', job: { id: string, name: string, status: JobStatus, totalRows: number, pendingRows: number, processingRows: number, processedRows: number, successfulRows: number, partialRows: number, failedRows: number, reviewRows: number, skippedRows: number, invalidRows: number, errorCode: ErrorCode | null, errorMessage: string | null, startedAt: string | null, completedAt: string | null, expectedSeconds: number | null, cost: { maxCostCents: number | null, settledMicroUsd: number, estimatedMicroUsd: number, reservedMicroUsd: number, unknownMicroUsd: number } } }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, path: Array<string> | null }
   | null };

export type RetryRowsMutationVariables = Exact<{
  input: RetryRowsInput;
}>;


export type RetryRowsMutation = { retryRows:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, path: Array<string> | null }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, path: Array<string> | null, issues: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'JobRowsPayload', count: number, job: { id: string, name: string, status: JobStatus, totalRows: number, pendingRows: number, processingRows: number, processedRows: number, successfulRows: number, partialRows: number, failedRows: number, reviewRows: number, skippedRows: number, invalidRows: number, errorCode: ErrorCode | null, errorMessage: string | null, startedAt: string | null, completedAt: string | null, expectedSeconds: number | null, cost: { maxCostCents: number | null, settledMicroUsd: number, estimatedMicroUsd: number, reservedMicroUsd: number, unknownMicroUsd: number } } }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, path: Array<string> | null }
   | null };

export type RetriedRowsQueryVariables = Exact<{
  id: string | number;
  status: Array<JobRowStatus> | JobRowStatus;
  first: number;
  after?: string | null | undefined;
}>;


export type RetriedRowsQuery = { job: { rows: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { rowNumber: number, estimate: { low: number, likely: number, high: number } } }> } } | null };

export type SkipRowsMutationVariables = Exact<{
  input: SkipRowsInput;
}>;


export type SkipRowsMutation = { skipRows:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, path: Array<string> | null }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, path: Array<string> | null, issues: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'JobRowsPayload', count: number, job: { id: string, name: string, status: JobStatus, totalRows: number, pendingRows: number, processingRows: number, processedRows: number, successfulRows: number, partialRows: number, failedRows: number, reviewRows: number, skippedRows: number, invalidRows: number, errorCode: ErrorCode | null, errorMessage: string | null, startedAt: string | null, completedAt: string | null, expectedSeconds: number | null, cost: { maxCostCents: number | null, settledMicroUsd: number, estimatedMicroUsd: number, reservedMicroUsd: number, unknownMicroUsd: number } } }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, path: Array<string> | null }
   | null };

export type ConfirmJobMutationVariables = Exact<{
  input: ConfirmJobInput;
}>;


export type ConfirmJobMutation = { confirmJob:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, path: Array<string> | null }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, path: Array<string> | null, issues: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'JobPayload', job: { id: string, name: string, status: JobStatus, totalRows: number, pendingRows: number, processingRows: number, processedRows: number, successfulRows: number, partialRows: number, failedRows: number, reviewRows: number, skippedRows: number, invalidRows: number, errorCode: ErrorCode | null, errorMessage: string | null, startedAt: string | null, completedAt: string | null, expectedSeconds: number | null, cost: { maxCostCents: number | null, settledMicroUsd: number, estimatedMicroUsd: number, reservedMicroUsd: number, unknownMicroUsd: number } } }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, path: Array<string> | null }
   | null };

export type FailedRowsQueryVariables = Exact<{
  id: string | number;
  last: number;
}>;


export type FailedRowsQuery = { job: { rows: { edges: Array<{ node: { rowNumber: number, status: JobRowStatus, errorCode: ErrorCode | null, errorMessage: string | null, completedAt: string | null, problems: Array<{ column: string | null, value: string | null, reason: string }> } }> } } | null };

export type UpdateRowMutationVariables = Exact<{
  input: UpdateRowInput;
}>;


export type UpdateRowMutation = { updateRow:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, path: Array<string> | null }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, path: Array<string> | null, issues: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'JobRowPayload', row: { id: string, rowNumber: number, status: JobRowStatus, input: unknown, problems: Array<{ column: string | null, reason: string }>, duplicateOf: { jobId: string, rowNumber: number } | null, estimate: { low: number, likely: number, high: number }, job: { id: string, digest: string } } }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, path: Array<string> | null }
   | null };

export type EstimateFilmQueryVariables = Exact<{
  input: GenerateFilmInput;
}>;


export type EstimateFilmQuery = { estimateFilm:
    | { __typename: 'FilmEstimate', provider: Provider, isFree: boolean, settledMicroUsd: number, reservedMicroUsd: number, sceneCount: { low: number, likely: number, high: number }, stages: Array<{ stage: RunStage, calls: { low: number, likely: number, high: number }, remainingMicroUsd: { low: number, likely: number, high: number }, totalMicroUsd: { low: number, likely: number, high: number } }>, remainingMicroUsd: { low: number, likely: number, high: number }, totalMicroUsd: { low: number, likely: number, high: number }, expectedTime: { seconds: number, basis: ExpectedTimeBasis } | null, warnings: Array<{ code: EstimateWarningCode, message: string }> }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, path: Array<string> | null, issues: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'ResourceError', code: ErrorCode, message: string, path: Array<string> | null }
   | null };

export type GenerateFilmMutationVariables = Exact<{
  input: GenerateFilmInput;
}>;


export type GenerateFilmMutation = { generateFilm:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, path: Array<string> | null }
    | { __typename: 'GenerateFilmPayload', run: { id: string, project: { id: string, title: string } | null }, warnings: Array<{ message: string }> }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, path: Array<string> | null, issues: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'ResourceError', code: ErrorCode, message: string, path: Array<string> | null }
   | null };

export type CreateProjectMutationVariables = Exact<{
  input: CreateProjectInput;
}>;


export type CreateProjectMutation = { createProject:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, path: Array<string> | null }
    | { __typename: 'CreateProjectPayload', project: { id: string } }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, path: Array<string> | null, issues: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, path: Array<string> | null }
   | null };

export type AddReferenceImageMutationVariables = Exact<{
  input: AddReferenceImageInput;
}>;


export type AddReferenceImageMutation = { addReferenceImage:
    | { __typename: 'AddReferenceImagePayload', referenceImage: { id: string } }
    | { __typename: 'ConflictError', code: ErrorCode, message: string, path: Array<string> | null }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, path: Array<string> | null, issues: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, path: Array<string> | null }
    | { __typename: 'ResourceError', code: ErrorCode, message: string, path: Array<string> | null }
   | null };

export type LaunchRunMutationVariables = Exact<{
  input: LaunchRunInput;
}>;


export type LaunchRunMutation = { launchRun:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, path: Array<string> | null }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, path: Array<string> | null, issues: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'LaunchRunPayload', run: { id: string, project: { id: string } | null } }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, path: Array<string> | null }
    | { __typename: 'ResourceError', code: ErrorCode, message: string, path: Array<string> | null }
   | null };

export type DeleteProjectMutationVariables = Exact<{
  input: DeleteProjectInput;
}>;


export type DeleteProjectMutation = { deleteProject:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, path: Array<string> | null }
    | { __typename: 'DeleteProjectPayload' }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, path: Array<string> | null }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, path: Array<string> | null }
   | null };

export type FilmByIdQueryVariables = Exact<{
  id: string | number;
}>;


export type FilmByIdQuery = { video: { id: string, title: string, url: string, durationSeconds: number, fileSizeBytes: number, width: number, height: number, videoCodec: string, audioCodec: string | null } | null };

export type NewestFilmQueryVariables = Exact<{ [key: string]: never; }>;


export type NewestFilmQuery = { videos: { edges: Array<{ node: { id: string, title: string, url: string, durationSeconds: number, fileSizeBytes: number, width: number, height: number, videoCodec: string, audioCodec: string | null } }> } | null };

export type NewestFilmOfProjectQueryVariables = Exact<{
  id: string | number;
}>;


export type NewestFilmOfProjectQuery = { project: { videos: { edges: Array<{ node: { id: string, title: string, url: string, durationSeconds: number, fileSizeBytes: number, width: number, height: number, videoCodec: string, audioCodec: string | null } }> } } | null };

export type StitchFilmMutationVariables = Exact<{
  input: StitchFilmInput;
}>;


export type StitchFilmMutation = { stitchFilm:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, path: Array<string> | null }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, path: Array<string> | null, issues: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, path: Array<string> | null }
    | { __typename: 'ResourceError', code: ErrorCode, message: string, path: Array<string> | null }
    | { __typename: 'StitchFilmPayload', run: { id: string, project: { id: string, title: string } | null } }
   | null };

export type IngestVideoMutationVariables = Exact<{
  input: IngestVideoInput;
}>;


export type IngestVideoMutation = { ingestVideo:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, path: Array<string> | null }
    | { __typename: 'IngestVideoPayload', run: { id: string } }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, path: Array<string> | null, issues: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, path: Array<string> | null }
   | null };

export type CreateUploadMutationVariables = Exact<{
  input: CreateUploadInput;
}>;


export type CreateUploadMutation = { createUpload:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, path: Array<string> | null }
    | { __typename: 'CreateUploadPayload', upload: { id: string, url: string } }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, path: Array<string> | null, issues: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, path: Array<string> | null }
    | { __typename: 'ResourceError', code: ErrorCode, message: string, path: Array<string> | null }
   | null };

export type ListMomentsQueryVariables = Exact<{
  id: string | number;
  first: number;
}>;


export type ListMomentsQuery = { video: { moments: { totalCount: number, edges: Array<{ node: { id: string, identifier: string, title: string, startSeconds: number, endSeconds: number, score: number | null, generationModel: string | null, clipErrorMessage: string | null, generationConfig: { id: string } | null, clip: { id: string, url: string, durationSeconds: number, fileSizeBytes: number, resolution: string, subtitles: string, thumbnail: { url: string } | null } | null } }> } } | null };

export type TranscriptOfQueryVariables = Exact<{
  id: string | number;
  format: SubtitleFormat;
}>;


export type TranscriptOfQuery = { video: { transcript: { subtitles: string } | null } | null };

export type SearchTranscriptsQueryVariables = Exact<{
  query: string;
  videoId?: string | number | null | undefined;
  first: number;
}>;


export type SearchTranscriptsQuery = { searchTranscripts: { edges: Array<{ node: { isGuess: boolean, sentence: { text: string, startSeconds: number, endSeconds: number }, video: { id: string, title: string } | null } }> } | null };

export type EstimateFragment = { provider: Provider, isFree: boolean, settledMicroUsd: number, reservedMicroUsd: number, sceneCount: { low: number, likely: number, high: number }, stages: Array<{ stage: RunStage, calls: { low: number, likely: number, high: number }, remainingMicroUsd: { low: number, likely: number, high: number }, totalMicroUsd: { low: number, likely: number, high: number } }>, remainingMicroUsd: { low: number, likely: number, high: number }, totalMicroUsd: { low: number, likely: number, high: number }, expectedTime: { seconds: number, basis: ExpectedTimeBasis } | null, warnings: Array<{ code: EstimateWarningCode, message: string }> };

export type ProjectEstimateQueryVariables = Exact<{
  id: string | number;
  stopAfter?: RunStage | null | undefined;
}>;


export type ProjectEstimateQuery = { project: { estimate: { provider: Provider, isFree: boolean, settledMicroUsd: number, reservedMicroUsd: number, sceneCount: { low: number, likely: number, high: number }, stages: Array<{ stage: RunStage, calls: { low: number, likely: number, high: number }, remainingMicroUsd: { low: number, likely: number, high: number }, totalMicroUsd: { low: number, likely: number, high: number } }>, remainingMicroUsd: { low: number, likely: number, high: number }, totalMicroUsd: { low: number, likely: number, high: number }, expectedTime: { seconds: number, basis: ExpectedTimeBasis } | null, warnings: Array<{ code: EstimateWarningCode, message: string }> } | null } | null };

export type UsageQueryVariables = Exact<{
  groupBy: UsageGroup;
  from?: string | null | undefined;
  to?: string | null | undefined;
}>;


export type UsageQuery = { usage: Array<{ key: string, title: string | null, calls: number, settledMicroUsd: number, reservedMicroUsd: number, unknownMicroUsd: number }> | null };

export type LedgerQueryVariables = Exact<{
  from?: string | null | undefined;
  to?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type LedgerQuery = { ledger: { edges: Array<{ node: { createdAt: string, kind: LedgerEntryKind, operationKey: string, amountMicroUsd: number, day: string, provider: Provider, model: string, call: PaidCall, projectId: string | null, runId: string, sceneId: string | null, providerRequestId: string | null, usage: unknown } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type BillFragment = { settledMicroUsd: number, estimatedMicroUsd: number, reservedMicroUsd: number, unknownMicroUsd: number };

export type ListProjectsQueryVariables = Exact<{
  first: number;
}>;


export type ListProjectsQuery = { projects: { totalCount: number, edges: Array<{ node: { id: string, title: string, status: ProjectStatus, style: string, aspectRatio: string, createdAt: string } }> } | null };

export type ProjectDetailsFragment = { id: string, title: string, status: ProjectStatus, errorMessage: string | null, createdAt: string, cost: { settledMicroUsd: number, estimatedMicroUsd: number, reservedMicroUsd: number, unknownMicroUsd: number }, scenes: Array<{ id: string, sceneIndex: number, sceneDescription: string, status: SceneStatus, clip: { status: VideoClipStatus, durationSeconds: number | null } | null }>, runs: { edges: Array<{ node: { id: string, kind: RunKind, status: RunStatus, stage: RunStage | null, errorMessage: string | null, waits: Array<{ reason: string, until: string }> } }> }, videos: { edges: Array<{ node: { id: string, title: string, url: string, durationSeconds: number, fileSizeBytes: number, width: number, height: number, videoCodec: string, audioCodec: string | null } }> } };

export type ProjectStatusQueryVariables = Exact<{
  id: string | number;
}>;


export type ProjectStatusQuery = { project: { id: string, title: string, status: ProjectStatus, errorMessage: string | null, createdAt: string, cost: { settledMicroUsd: number, estimatedMicroUsd: number, reservedMicroUsd: number, unknownMicroUsd: number }, scenes: Array<{ id: string, sceneIndex: number, sceneDescription: string, status: SceneStatus, clip: { status: VideoClipStatus, durationSeconds: number | null } | null }>, runs: { edges: Array<{ node: { id: string, kind: RunKind, status: RunStatus, stage: RunStage | null, errorMessage: string | null, waits: Array<{ reason: string, until: string }> } }> }, videos: { edges: Array<{ node: { id: string, title: string, url: string, durationSeconds: number, fileSizeBytes: number, width: number, height: number, videoCodec: string, audioCodec: string | null } }> } } | null };

export type NewestProjectQueryVariables = Exact<{ [key: string]: never; }>;


export type NewestProjectQuery = { projects: { edges: Array<{ node: { id: string, title: string, status: ProjectStatus, errorMessage: string | null, createdAt: string, cost: { settledMicroUsd: number, estimatedMicroUsd: number, reservedMicroUsd: number, unknownMicroUsd: number }, scenes: Array<{ id: string, sceneIndex: number, sceneDescription: string, status: SceneStatus, clip: { status: VideoClipStatus, durationSeconds: number | null } | null }>, runs: { edges: Array<{ node: { id: string, kind: RunKind, status: RunStatus, stage: RunStage | null, errorMessage: string | null, waits: Array<{ reason: string, until: string }> } }> }, videos: { edges: Array<{ node: { id: string, title: string, url: string, durationSeconds: number, fileSizeBytes: number, width: number, height: number, videoCodec: string, audioCodec: string | null } }> } } }> } | null };

export type CancelRunMutationVariables = Exact<{
  input: CancelRunInput;
}>;


export type CancelRunMutation = { cancelRun:
    | { __typename: 'CancelRunPayload', run: { id: string, status: RunStatus } }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, path: Array<string> | null, issues: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, path: Array<string> | null }
   | null };

export type PauseRunMutationVariables = Exact<{
  input: PauseRunInput;
}>;


export type PauseRunMutation = { pauseRun:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, path: Array<string> | null }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, path: Array<string> | null, issues: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, path: Array<string> | null }
    | { __typename: 'PauseRunPayload', run: { id: string, status: RunStatus } }
   | null };

export type ResumeRunMutationVariables = Exact<{
  input: ResumeRunInput;
}>;


export type ResumeRunMutation = { resumeRun:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, path: Array<string> | null }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, path: Array<string> | null, issues: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, path: Array<string> | null }
    | { __typename: 'ResumeRunPayload', run: { id: string, project: { id: string } | null } }
   | null };

export type ResumeProjectMutationVariables = Exact<{
  input: ResumeProjectInput;
}>;


export type ResumeProjectMutation = { resumeProject:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, path: Array<string> | null }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, path: Array<string> | null, issues: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, path: Array<string> | null }
    | { __typename: 'ResourceError', code: ErrorCode, message: string, path: Array<string> | null }
    | { __typename: 'ResumeProjectPayload', run: { id: string, project: { id: string } | null } }
   | null };

export type RetrySceneMutationVariables = Exact<{
  input: RetrySceneInput;
}>;


export type RetrySceneMutation = { retryScene:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, path: Array<string> | null }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, path: Array<string> | null, issues: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, path: Array<string> | null }
    | { __typename: 'ResourceError', code: ErrorCode, message: string, path: Array<string> | null }
    | { __typename: 'RetryScenePayload', run: { id: string, project: { id: string } | null } }
   | null };

export type RetryEstimateQueryVariables = Exact<{
  id: string | number;
}>;


export type RetryEstimateQuery = { scene: { retryEstimate: { provider: Provider, isFree: boolean, settledMicroUsd: number, reservedMicroUsd: number, sceneCount: { low: number, likely: number, high: number }, stages: Array<{ stage: RunStage, calls: { low: number, likely: number, high: number }, remainingMicroUsd: { low: number, likely: number, high: number }, totalMicroUsd: { low: number, likely: number, high: number } }>, remainingMicroUsd: { low: number, likely: number, high: number }, totalMicroUsd: { low: number, likely: number, high: number }, expectedTime: { seconds: number, basis: ExpectedTimeBasis } | null, warnings: Array<{ code: EstimateWarningCode, message: string }> } | null, project: { runs: { edges: Array<{ node: { id: string, kind: RunKind, status: RunStatus, stopAfter: RunStage | null, cost: { settledMicroUsd: number } } }> } } } | null };

export type OpenRunFragment = { id: string, kind: RunKind, status: RunStatus, stopAfter: RunStage | null, cost: { settledMicroUsd: number } };

export type NewestRunFragment = { runs: { edges: Array<{ node: { id: string, kind: RunKind, status: RunStatus, stopAfter: RunStage | null, cost: { settledMicroUsd: number } } }> } };

export type WhichRunQueryVariables = Exact<{
  id: string | number;
}>;


export type WhichRunQuery = { node:
    | { __typename: 'Clip' }
    | { __typename: 'DeadLetter' }
    | { __typename: 'GenerationConfig' }
    | { __typename: 'Ingest' }
    | { __typename: 'Job' }
    | { __typename: 'JobRow' }
    | { __typename: 'Keyframe' }
    | { __typename: 'LedgerEntry' }
    | { __typename: 'Moment' }
    | { __typename: 'PipelineRun', id: string, kind: RunKind, status: RunStatus, stopAfter: RunStage | null, project: { id: string } | null, cost: { settledMicroUsd: number } }
    | { __typename: 'Project', id: string, runs: { edges: Array<{ node: { id: string, kind: RunKind, status: RunStatus, stopAfter: RunStage | null, cost: { settledMicroUsd: number } } }> } }
    | { __typename: 'Prompt' }
    | { __typename: 'ReferenceImage' }
    | { __typename: 'RunPlan' }
    | { __typename: 'Scene' }
    | { __typename: 'Thumbnail' }
    | { __typename: 'Transcript' }
    | { __typename: 'Upload' }
    | { __typename: 'Video' }
    | { __typename: 'VideoClip' }
    | { __typename: 'Webhook' }
    | { __typename: 'WebhookDelivery' }
    | { __typename: 'Workspace' }
   | null };

export type LiveRunsQueryVariables = Exact<{ [key: string]: never; }>;


export type LiveRunsQuery = { pipelineRuns: { totalCount: number } | null, jobs: { totalCount: number } | null };

type Refusal_ConflictError_Fragment = { code: ErrorCode, message: string, path: Array<string> | null };

type Refusal_InvalidInputError_Fragment = { code: ErrorCode, message: string, path: Array<string> | null };

type Refusal_NotFoundError_Fragment = { code: ErrorCode, message: string, path: Array<string> | null };

type Refusal_ResourceError_Fragment = { code: ErrorCode, message: string, path: Array<string> | null };

export type RefusalFragment =
  | Refusal_ConflictError_Fragment
  | Refusal_InvalidInputError_Fragment
  | Refusal_NotFoundError_Fragment
  | Refusal_ResourceError_Fragment
;

export type RunOutcomeQueryVariables = Exact<{
  id: string | number;
}>;


export type RunOutcomeQuery = { pipelineRun: { id: string, status: RunStatus, errorCode: ErrorCode | null, errorMessage: string | null, totalDurationSeconds: number | null, estimatedCostMicroUsd: number, cost: { settledMicroUsd: number, estimatedMicroUsd: number, reservedMicroUsd: number, unknownMicroUsd: number }, project: { id: string, title: string } | null, videos: { edges: Array<{ node: { id: string, title: string, url: string, durationSeconds: number, fileSizeBytes: number, width: number, height: number, videoCodec: string, audioCodec: string | null } }> } } | null };

export type KindOfRunQueryVariables = Exact<{
  id: string | number;
}>;


export type KindOfRunQuery = { pipelineRun: { kind: RunKind } | null };

export type FilmFragment = { id: string, title: string, url: string, durationSeconds: number, fileSizeBytes: number, width: number, height: number, videoCodec: string, audioCodec: string | null };

export type RunProgressSubscriptionVariables = Exact<{
  runId: string | number;
  after?: string | null | undefined;
}>;


export type RunProgressSubscription = { runProgress: { cursor: string, occurredAt: string, status: RunStatus, stage: RunStage | null, percent: number, message: string, estimatedSecondsLeft: number | null, cost: { settledMicroUsd: number, estimatedMicroUsd: number, reservedMicroUsd: number, unknownMicroUsd: number }, run: { errorMessage: string | null } | null } };

export type RunEventsSubscriptionVariables = Exact<{
  runId: string | number;
  after?: string | null | undefined;
}>;


export type RunEventsSubscription = { runEvents:
    | { __typename: 'ClipChanged', cursor: string, occurredAt: string, previousStatus: SubjectStatus | null, status: SubjectStatus | null }
    | { __typename: 'JobChanged', cursor: string, occurredAt: string, previousStatus: SubjectStatus | null, status: SubjectStatus | null }
    | { __typename: 'JobRowChanged', cursor: string, occurredAt: string, previousStatus: SubjectStatus | null, status: SubjectStatus | null }
    | { __typename: 'KeyframeChanged', cursor: string, occurredAt: string, previousStatus: SubjectStatus | null, status: SubjectStatus | null }
    | { __typename: 'MomentChanged', cursor: string, occurredAt: string, previousStatus: SubjectStatus | null, status: SubjectStatus | null }
    | { __typename: 'OtherChanged', cursor: string, occurredAt: string, previousStatus: SubjectStatus | null, status: SubjectStatus | null }
    | { __typename: 'ProjectChanged', cursor: string, occurredAt: string, previousStatus: SubjectStatus | null, status: SubjectStatus | null }
    | { __typename: 'RunChanged', cursor: string, occurredAt: string, previousStatus: SubjectStatus | null, status: SubjectStatus | null }
    | { __typename: 'SceneChanged', cursor: string, occurredAt: string, previousStatus: SubjectStatus | null, status: SubjectStatus | null, scene: { id: string, sceneIndex: number, sceneDescription: string } | null }
    | { __typename: 'SnapshotMarker', cursor: string, occurredAt: string }
    | { __typename: 'ThumbnailChanged', cursor: string, occurredAt: string, previousStatus: SubjectStatus | null, status: SubjectStatus | null }
    | { __typename: 'TranscriptChanged', cursor: string, occurredAt: string, previousStatus: SubjectStatus | null, status: SubjectStatus | null }
    | { __typename: 'VideoChanged', cursor: string, occurredAt: string, previousStatus: SubjectStatus | null, status: SubjectStatus | null }
    | { __typename: 'VideoClipChanged', cursor: string, occurredAt: string, previousStatus: SubjectStatus | null, status: SubjectStatus | null, videoClip: { id: string, scene: { id: string, sceneIndex: number } } | null }
   };

export type IngestOutcomeQueryVariables = Exact<{
  id: string | number;
}>;


export type IngestOutcomeQuery = { pipelineRun: { id: string, status: RunStatus, errorCode: ErrorCode | null, errorMessage: string | null, cost: { settledMicroUsd: number, estimatedMicroUsd: number, reservedMicroUsd: number, unknownMicroUsd: number }, subject:
      | { video: { id: string, title: string, url: string, durationSeconds: number, fileSizeBytes: number, width: number, height: number, videoCodec: string, audioCodec: string | null } | null }
      | Record<PropertyKey, never>
     } | null };

export type RunMomentsMutationVariables = Exact<{
  input: RunMomentsInput;
}>;


export type RunMomentsMutation = { runMoments:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, path: Array<string> | null }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, path: Array<string> | null, issues: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, path: Array<string> | null }
    | { __typename: 'ResourceError', code: ErrorCode, message: string, path: Array<string> | null }
    | { __typename: 'RunMomentsPayload', run: { id: string } }
   | null };

export type CutFragment = { id: string, identifier: string, title: string, startSeconds: number, endSeconds: number, score: number | null, generationModel: string | null, clipErrorMessage: string | null, generationConfig: { id: string } | null, clip: { id: string, url: string, durationSeconds: number, fileSizeBytes: number, resolution: string, subtitles: string, thumbnail: { url: string } | null } | null };

export type MomentsOutcomeQueryVariables = Exact<{
  id: string | number;
}>;


export type MomentsOutcomeQuery = { pipelineRun: { id: string, status: RunStatus, errorCode: ErrorCode | null, errorMessage: string | null, totalMoments: number | null, totalClips: number | null, generationConfig: { id: string } | null, skippedStages: Array<{ stage: RunStage, reason: string }>, cost: { settledMicroUsd: number, estimatedMicroUsd: number, reservedMicroUsd: number, unknownMicroUsd: number }, subject:
      | { id: string, title: string, moments: { edges: Array<{ node: { id: string, identifier: string, title: string, startSeconds: number, endSeconds: number, score: number | null, generationModel: string | null, clipErrorMessage: string | null, generationConfig: { id: string } | null, clip: { id: string, url: string, durationSeconds: number, fileSizeBytes: number, resolution: string, subtitles: string, thumbnail: { url: string } | null } | null } }> } }
      | Record<PropertyKey, never>
     } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const BillFragmentDoc = new TypedDocumentString(`
    fragment Bill on Cost {
  settledMicroUsd
  estimatedMicroUsd
  reservedMicroUsd
  unknownMicroUsd
}
    `, {"fragmentName":"Bill"}) as unknown as TypedDocumentString<BillFragment, unknown>;
export const JobCountersFragmentDoc = new TypedDocumentString(`
    fragment JobCounters on Job {
  id
  name
  status
  totalRows
  pendingRows
  processingRows
  processedRows
  successfulRows
  partialRows
  failedRows
  reviewRows
  skippedRows
  invalidRows
  errorCode
  errorMessage
  startedAt
  completedAt
  expectedSeconds
  cost {
    ...Bill
    maxCostCents
  }
}
    fragment Bill on Cost {
  settledMicroUsd
  estimatedMicroUsd
  reservedMicroUsd
  unknownMicroUsd
}`, {"fragmentName":"JobCounters"}) as unknown as TypedDocumentString<JobCountersFragment, unknown>;
export const JobLookFragmentDoc = new TypedDocumentString(`
    fragment JobLook on Job {
  ...JobCounters
  digest
  kind
  columns
  mapping
  defaults
  duplicateRows
  concurrency
  maxRowCostCents
  createdAt
  estimate {
    low
    likely
    high
  }
}
    fragment JobCounters on Job {
  id
  name
  status
  totalRows
  pendingRows
  processingRows
  processedRows
  successfulRows
  partialRows
  failedRows
  reviewRows
  skippedRows
  invalidRows
  errorCode
  errorMessage
  startedAt
  completedAt
  expectedSeconds
  cost {
    ...Bill
    maxCostCents
  }
}
fragment Bill on Cost {
  settledMicroUsd
  estimatedMicroUsd
  reservedMicroUsd
  unknownMicroUsd
}`, {"fragmentName":"JobLook"}) as unknown as TypedDocumentString<JobLookFragment, unknown>;
export const JobFailureFragmentDoc = new TypedDocumentString(`
    fragment JobFailure on JobRow {
  rowNumber
  status
  errorCode
  errorMessage
  completedAt
  problems {
    column
    value
    reason
  }
}
    `, {"fragmentName":"JobFailure"}) as unknown as TypedDocumentString<JobFailureFragment, unknown>;
export const EstimateFragmentDoc = new TypedDocumentString(`
    fragment Estimate on FilmEstimate {
  provider
  isFree
  sceneCount {
    low
    likely
    high
  }
  stages {
    stage
    calls {
      low
      likely
      high
    }
    remainingMicroUsd {
      low
      likely
      high
    }
    totalMicroUsd {
      low
      likely
      high
    }
  }
  settledMicroUsd
  reservedMicroUsd
  remainingMicroUsd {
    low
    likely
    high
  }
  totalMicroUsd {
    low
    likely
    high
  }
  expectedTime {
    seconds
    basis
  }
  warnings {
    code
    message
  }
}
    `, {"fragmentName":"Estimate"}) as unknown as TypedDocumentString<EstimateFragment, unknown>;
export const FilmFragmentDoc = new TypedDocumentString(`
    fragment Film on Video {
  id
  title
  url
  durationSeconds
  fileSizeBytes
  width
  height
  videoCodec
  audioCodec
}
    `, {"fragmentName":"Film"}) as unknown as TypedDocumentString<FilmFragment, unknown>;
export const ProjectDetailsFragmentDoc = new TypedDocumentString(`
    fragment ProjectDetails on Project {
  id
  title
  status
  errorMessage
  createdAt
  cost {
    ...Bill
  }
  scenes {
    id
    sceneIndex
    sceneDescription
    status
    clip {
      status
      durationSeconds
    }
  }
  runs(first: 1) {
    edges {
      node {
        id
        kind
        status
        stage
        errorMessage
        waits {
          reason
          until
        }
      }
    }
  }
  videos(first: 1) {
    edges {
      node {
        ...Film
      }
    }
  }
}
    fragment Bill on Cost {
  settledMicroUsd
  estimatedMicroUsd
  reservedMicroUsd
  unknownMicroUsd
}
fragment Film on Video {
  id
  title
  url
  durationSeconds
  fileSizeBytes
  width
  height
  videoCodec
  audioCodec
}`, {"fragmentName":"ProjectDetails"}) as unknown as TypedDocumentString<ProjectDetailsFragment, unknown>;
export const OpenRunFragmentDoc = new TypedDocumentString(`
    fragment OpenRun on PipelineRun {
  id
  kind
  status
  stopAfter
  cost {
    settledMicroUsd
  }
}
    `, {"fragmentName":"OpenRun"}) as unknown as TypedDocumentString<OpenRunFragment, unknown>;
export const NewestRunFragmentDoc = new TypedDocumentString(`
    fragment NewestRun on Project {
  runs(first: 1) {
    edges {
      node {
        ...OpenRun
      }
    }
  }
}
    fragment OpenRun on PipelineRun {
  id
  kind
  status
  stopAfter
  cost {
    settledMicroUsd
  }
}`, {"fragmentName":"NewestRun"}) as unknown as TypedDocumentString<NewestRunFragment, unknown>;
export const RefusalFragmentDoc = new TypedDocumentString(`
    fragment Refusal on UserError {
  code
  message
  path
}
    `, {"fragmentName":"Refusal"}) as unknown as TypedDocumentString<RefusalFragment, unknown>;
export const CutFragmentDoc = new TypedDocumentString(`
    fragment Cut on Moment {
  id
  identifier
  title
  startSeconds
  endSeconds
  score
  generationModel
  generationConfig {
    id
  }
  clipErrorMessage
  clip {
    id
    url
    durationSeconds
    fileSizeBytes
    resolution
    subtitles(format: SRT)
    thumbnail {
      url
    }
  }
}
    `, {"fragmentName":"Cut"}) as unknown as TypedDocumentString<CutFragment, unknown>;
export const CancelJobDocument = new TypedDocumentString(`
    mutation CancelJob($input: JobInput!) {
  cancelJob(input: $input) {
    __typename
    ... on JobPayload {
      job {
        ...JobCounters
      }
    }
    ...Refusal
    ... on InvalidInputError {
      issues {
        path
        message
      }
    }
  }
}
    fragment JobCounters on Job {
  id
  name
  status
  totalRows
  pendingRows
  processingRows
  processedRows
  successfulRows
  partialRows
  failedRows
  reviewRows
  skippedRows
  invalidRows
  errorCode
  errorMessage
  startedAt
  completedAt
  expectedSeconds
  cost {
    ...Bill
    maxCostCents
  }
}
fragment Bill on Cost {
  settledMicroUsd
  estimatedMicroUsd
  reservedMicroUsd
  unknownMicroUsd
}
fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<CancelJobMutation, CancelJobMutationVariables>;
export const DeleteJobDocument = new TypedDocumentString(`
    mutation DeleteJob($input: DeleteJobInput!) {
  deleteJob(input: $input) {
    __typename
    ... on DeleteJobPayload {
      deletedJobId
    }
    ...Refusal
    ... on InvalidInputError {
      issues {
        path
        message
      }
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<DeleteJobMutation, DeleteJobMutationVariables>;
export const JobProgressDocument = new TypedDocumentString(`
    subscription JobProgress($jobId: ID!, $after: String) {
  jobProgress(jobId: $jobId, after: $after) {
    cursor
    occurredAt
    message
    job {
      ...JobCounters
    }
    row {
      id
      ...JobFailure
      attempt
      hasGaps
      project {
        id
      }
    }
  }
}
    fragment JobCounters on Job {
  id
  name
  status
  totalRows
  pendingRows
  processingRows
  processedRows
  successfulRows
  partialRows
  failedRows
  reviewRows
  skippedRows
  invalidRows
  errorCode
  errorMessage
  startedAt
  completedAt
  expectedSeconds
  cost {
    ...Bill
    maxCostCents
  }
}
fragment JobFailure on JobRow {
  rowNumber
  status
  errorCode
  errorMessage
  completedAt
  problems {
    column
    value
    reason
  }
}
fragment Bill on Cost {
  settledMicroUsd
  estimatedMicroUsd
  reservedMicroUsd
  unknownMicroUsd
}`) as unknown as TypedDocumentString<JobProgressSubscription, JobProgressSubscriptionVariables>;
export const LookAtJobDocument = new TypedDocumentString(`
    query LookAtJob($id: ID!) {
  job(id: $id) {
    ...JobLook
  }
}
    fragment JobCounters on Job {
  id
  name
  status
  totalRows
  pendingRows
  processingRows
  processedRows
  successfulRows
  partialRows
  failedRows
  reviewRows
  skippedRows
  invalidRows
  errorCode
  errorMessage
  startedAt
  completedAt
  expectedSeconds
  cost {
    ...Bill
    maxCostCents
  }
}
fragment JobLook on Job {
  ...JobCounters
  digest
  kind
  columns
  mapping
  defaults
  duplicateRows
  concurrency
  maxRowCostCents
  createdAt
  estimate {
    low
    likely
    high
  }
}
fragment Bill on Cost {
  settledMicroUsd
  estimatedMicroUsd
  reservedMicroUsd
  unknownMicroUsd
}`) as unknown as TypedDocumentString<LookAtJobQuery, LookAtJobQueryVariables>;
export const ListJobsDocument = new TypedDocumentString(`
    query ListJobs($first: Int!, $status: [JobStatus!]) {
  jobs(first: $first, filter: { status: $status }) {
    totalCount
    edges {
      node {
        ...JobCounters
        createdAt
      }
    }
  }
}
    fragment JobCounters on Job {
  id
  name
  status
  totalRows
  pendingRows
  processingRows
  processedRows
  successfulRows
  partialRows
  failedRows
  reviewRows
  skippedRows
  invalidRows
  errorCode
  errorMessage
  startedAt
  completedAt
  expectedSeconds
  cost {
    ...Bill
    maxCostCents
  }
}
fragment Bill on Cost {
  settledMicroUsd
  estimatedMicroUsd
  reservedMicroUsd
  unknownMicroUsd
}`) as unknown as TypedDocumentString<ListJobsQuery, ListJobsQueryVariables>;
export const PauseJobDocument = new TypedDocumentString(`
    mutation PauseJob($input: PauseJobInput!) {
  pauseJob(input: $input) {
    __typename
    ... on JobPayload {
      job {
        ...JobCounters
      }
    }
    ...Refusal
    ... on InvalidInputError {
      issues {
        path
        message
      }
    }
  }
}
    fragment JobCounters on Job {
  id
  name
  status
  totalRows
  pendingRows
  processingRows
  processedRows
  successfulRows
  partialRows
  failedRows
  reviewRows
  skippedRows
  invalidRows
  errorCode
  errorMessage
  startedAt
  completedAt
  expectedSeconds
  cost {
    ...Bill
    maxCostCents
  }
}
fragment Bill on Cost {
  settledMicroUsd
  estimatedMicroUsd
  reservedMicroUsd
  unknownMicroUsd
}
fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<PauseJobMutation, PauseJobMutationVariables>;
export const PreviewJobDocument = new TypedDocumentString(`
    mutation PreviewJob($input: PreviewJobInput!) {
  previewJob(input: $input) {
    __typename
    ... on JobPayload {
      job {
        ...JobLook
      }
    }
    ...Refusal
    ... on InvalidInputError {
      issues {
        path
        message
      }
    }
  }
}
    fragment JobCounters on Job {
  id
  name
  status
  totalRows
  pendingRows
  processingRows
  processedRows
  successfulRows
  partialRows
  failedRows
  reviewRows
  skippedRows
  invalidRows
  errorCode
  errorMessage
  startedAt
  completedAt
  expectedSeconds
  cost {
    ...Bill
    maxCostCents
  }
}
fragment JobLook on Job {
  ...JobCounters
  digest
  kind
  columns
  mapping
  defaults
  duplicateRows
  concurrency
  maxRowCostCents
  createdAt
  estimate {
    low
    likely
    high
  }
}
fragment Bill on Cost {
  settledMicroUsd
  estimatedMicroUsd
  reservedMicroUsd
  unknownMicroUsd
}
fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<PreviewJobMutation, PreviewJobMutationVariables>;
export const BadRowsDocument = new TypedDocumentString(`
    query BadRows($id: ID!, $first: Int!, $after: String) {
  job(id: $id) {
    rows(first: $first, after: $after, filter: { isInvalid: true }) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          rowNumber
          problems {
            column
            input
            value
            reason
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<BadRowsQuery, BadRowsQueryVariables>;
export const DuplicateRowsDocument = new TypedDocumentString(`
    query DuplicateRows($id: ID!, $first: Int!, $after: String) {
  job(id: $id) {
    rows(first: $first, after: $after, filter: { isDuplicate: true }) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          rowNumber
          duplicateOf {
            jobId
            rowNumber
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<DuplicateRowsQuery, DuplicateRowsQueryVariables>;
export const JobResultsDocument = new TypedDocumentString(`
    query JobResults($jobId: ID!, $format: JobResultFormat!, $names: String) {
  jobResults(jobId: $jobId, format: $format, names: $names)
}
    `) as unknown as TypedDocumentString<JobResultsQuery, JobResultsQueryVariables>;
export const JobFilmsDocument = new TypedDocumentString(`
    query JobFilms($jobId: ID!, $names: String) {
  jobFilms(jobId: $jobId, names: $names)
}
    `) as unknown as TypedDocumentString<JobFilmsQuery, JobFilmsQueryVariables>;
export const ResumeJobDocument = new TypedDocumentString(`
    mutation ResumeJob($input: ResumeJobInput!) {
  resumeJob(input: $input) {
    __typename
    ... on JobPayload {
      job {
        ...JobCounters
      }
    }
    ...Refusal
    ... on InvalidInputError {
      issues {
        path
        message
      }
    }
  }
}
    fragment JobCounters on Job {
  id
  name
  status
  totalRows
  pendingRows
  processingRows
  processedRows
  successfulRows
  partialRows
  failedRows
  reviewRows
  skippedRows
  invalidRows
  errorCode
  errorMessage
  startedAt
  completedAt
  expectedSeconds
  cost {
    ...Bill
    maxCostCents
  }
}
fragment Bill on Cost {
  settledMicroUsd
  estimatedMicroUsd
  reservedMicroUsd
  unknownMicroUsd
}
fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<ResumeJobMutation, ResumeJobMutationVariables>;
export const RetryRowsDocument = new TypedDocumentString(`
    mutation RetryRows($input: RetryRowsInput!) {
  retryRows(input: $input) {
    __typename
    ... on JobRowsPayload {
      count
      job {
        ...JobCounters
      }
    }
    ...Refusal
    ... on InvalidInputError {
      issues {
        path
        message
      }
    }
  }
}
    fragment JobCounters on Job {
  id
  name
  status
  totalRows
  pendingRows
  processingRows
  processedRows
  successfulRows
  partialRows
  failedRows
  reviewRows
  skippedRows
  invalidRows
  errorCode
  errorMessage
  startedAt
  completedAt
  expectedSeconds
  cost {
    ...Bill
    maxCostCents
  }
}
fragment Bill on Cost {
  settledMicroUsd
  estimatedMicroUsd
  reservedMicroUsd
  unknownMicroUsd
}
fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<RetryRowsMutation, RetryRowsMutationVariables>;
export const RetriedRowsDocument = new TypedDocumentString(`
    query RetriedRows($id: ID!, $status: [JobRowStatus!]!, $first: Int!, $after: String) {
  job(id: $id) {
    rows(
      first: $first
      after: $after
      filter: { status: $status, isInvalid: false }
    ) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          rowNumber
          estimate {
            low
            likely
            high
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RetriedRowsQuery, RetriedRowsQueryVariables>;
export const SkipRowsDocument = new TypedDocumentString(`
    mutation SkipRows($input: SkipRowsInput!) {
  skipRows(input: $input) {
    __typename
    ... on JobRowsPayload {
      count
      job {
        ...JobCounters
      }
    }
    ...Refusal
    ... on InvalidInputError {
      issues {
        path
        message
      }
    }
  }
}
    fragment JobCounters on Job {
  id
  name
  status
  totalRows
  pendingRows
  processingRows
  processedRows
  successfulRows
  partialRows
  failedRows
  reviewRows
  skippedRows
  invalidRows
  errorCode
  errorMessage
  startedAt
  completedAt
  expectedSeconds
  cost {
    ...Bill
    maxCostCents
  }
}
fragment Bill on Cost {
  settledMicroUsd
  estimatedMicroUsd
  reservedMicroUsd
  unknownMicroUsd
}
fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<SkipRowsMutation, SkipRowsMutationVariables>;
export const ConfirmJobDocument = new TypedDocumentString(`
    mutation ConfirmJob($input: ConfirmJobInput!) {
  confirmJob(input: $input) {
    __typename
    ... on JobPayload {
      job {
        ...JobCounters
      }
    }
    ...Refusal
    ... on InvalidInputError {
      issues {
        path
        message
      }
    }
  }
}
    fragment JobCounters on Job {
  id
  name
  status
  totalRows
  pendingRows
  processingRows
  processedRows
  successfulRows
  partialRows
  failedRows
  reviewRows
  skippedRows
  invalidRows
  errorCode
  errorMessage
  startedAt
  completedAt
  expectedSeconds
  cost {
    ...Bill
    maxCostCents
  }
}
fragment Bill on Cost {
  settledMicroUsd
  estimatedMicroUsd
  reservedMicroUsd
  unknownMicroUsd
}
fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<ConfirmJobMutation, ConfirmJobMutationVariables>;
export const FailedRowsDocument = new TypedDocumentString(`
    query FailedRows($id: ID!, $last: Int!) {
  job(id: $id) {
    rows(last: $last, filter: { status: [FAILED, NEEDS_REVIEW] }) {
      edges {
        node {
          ...JobFailure
        }
      }
    }
  }
}
    fragment JobFailure on JobRow {
  rowNumber
  status
  errorCode
  errorMessage
  completedAt
  problems {
    column
    value
    reason
  }
}`) as unknown as TypedDocumentString<FailedRowsQuery, FailedRowsQueryVariables>;
export const UpdateRowDocument = new TypedDocumentString(`
    mutation UpdateRow($input: UpdateRowInput!) {
  updateRow(input: $input) {
    __typename
    ... on JobRowPayload {
      row {
        id
        rowNumber
        status
        input
        problems {
          column
          reason
        }
        duplicateOf {
          jobId
          rowNumber
        }
        estimate {
          low
          likely
          high
        }
        job {
          id
          digest
        }
      }
    }
    ...Refusal
    ... on InvalidInputError {
      issues {
        path
        message
      }
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<UpdateRowMutation, UpdateRowMutationVariables>;
export const EstimateFilmDocument = new TypedDocumentString(`
    query EstimateFilm($input: GenerateFilmInput!) {
  estimateFilm(input: $input) {
    __typename
    ...Estimate
    ...Refusal
    ... on InvalidInputError {
      issues {
        path
        message
      }
    }
  }
}
    fragment Estimate on FilmEstimate {
  provider
  isFree
  sceneCount {
    low
    likely
    high
  }
  stages {
    stage
    calls {
      low
      likely
      high
    }
    remainingMicroUsd {
      low
      likely
      high
    }
    totalMicroUsd {
      low
      likely
      high
    }
  }
  settledMicroUsd
  reservedMicroUsd
  remainingMicroUsd {
    low
    likely
    high
  }
  totalMicroUsd {
    low
    likely
    high
  }
  expectedTime {
    seconds
    basis
  }
  warnings {
    code
    message
  }
}
fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<EstimateFilmQuery, EstimateFilmQueryVariables>;
export const GenerateFilmDocument = new TypedDocumentString(`
    mutation GenerateFilm($input: GenerateFilmInput!) {
  generateFilm(input: $input) {
    __typename
    ... on GenerateFilmPayload {
      run {
        id
        project {
          id
          title
        }
      }
      warnings {
        message
      }
    }
    ...Refusal
    ... on InvalidInputError {
      issues {
        path
        message
      }
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<GenerateFilmMutation, GenerateFilmMutationVariables>;
export const CreateProjectDocument = new TypedDocumentString(`
    mutation CreateProject($input: CreateProjectInput!) {
  createProject(input: $input) {
    __typename
    ... on CreateProjectPayload {
      project {
        id
      }
    }
    ...Refusal
    ... on InvalidInputError {
      issues {
        path
        message
      }
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<CreateProjectMutation, CreateProjectMutationVariables>;
export const AddReferenceImageDocument = new TypedDocumentString(`
    mutation AddReferenceImage($input: AddReferenceImageInput!) {
  addReferenceImage(input: $input) {
    __typename
    ... on AddReferenceImagePayload {
      referenceImage {
        id
      }
    }
    ...Refusal
    ... on InvalidInputError {
      issues {
        path
        message
      }
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<AddReferenceImageMutation, AddReferenceImageMutationVariables>;
export const LaunchRunDocument = new TypedDocumentString(`
    mutation LaunchRun($input: LaunchRunInput!) {
  launchRun(input: $input) {
    __typename
    ... on LaunchRunPayload {
      run {
        id
        project {
          id
        }
      }
    }
    ...Refusal
    ... on InvalidInputError {
      issues {
        path
        message
      }
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<LaunchRunMutation, LaunchRunMutationVariables>;
export const DeleteProjectDocument = new TypedDocumentString(`
    mutation DeleteProject($input: DeleteProjectInput!) {
  deleteProject(input: $input) {
    __typename
    ...Refusal
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<DeleteProjectMutation, DeleteProjectMutationVariables>;
export const FilmByIdDocument = new TypedDocumentString(`
    query FilmById($id: ID!) {
  video(id: $id) {
    ...Film
  }
}
    fragment Film on Video {
  id
  title
  url
  durationSeconds
  fileSizeBytes
  width
  height
  videoCodec
  audioCodec
}`) as unknown as TypedDocumentString<FilmByIdQuery, FilmByIdQueryVariables>;
export const NewestFilmDocument = new TypedDocumentString(`
    query NewestFilm {
  videos(first: 1) {
    edges {
      node {
        ...Film
      }
    }
  }
}
    fragment Film on Video {
  id
  title
  url
  durationSeconds
  fileSizeBytes
  width
  height
  videoCodec
  audioCodec
}`) as unknown as TypedDocumentString<NewestFilmQuery, NewestFilmQueryVariables>;
export const NewestFilmOfProjectDocument = new TypedDocumentString(`
    query NewestFilmOfProject($id: ID!) {
  project(id: $id) {
    videos(first: 1) {
      edges {
        node {
          ...Film
        }
      }
    }
  }
}
    fragment Film on Video {
  id
  title
  url
  durationSeconds
  fileSizeBytes
  width
  height
  videoCodec
  audioCodec
}`) as unknown as TypedDocumentString<NewestFilmOfProjectQuery, NewestFilmOfProjectQueryVariables>;
export const StitchFilmDocument = new TypedDocumentString(`
    mutation StitchFilm($input: StitchFilmInput!) {
  stitchFilm(input: $input) {
    __typename
    ... on StitchFilmPayload {
      run {
        id
        project {
          id
          title
        }
      }
    }
    ...Refusal
    ... on InvalidInputError {
      issues {
        path
        message
      }
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<StitchFilmMutation, StitchFilmMutationVariables>;
export const IngestVideoDocument = new TypedDocumentString(`
    mutation IngestVideo($input: IngestVideoInput!) {
  ingestVideo(input: $input) {
    __typename
    ... on IngestVideoPayload {
      run {
        id
      }
    }
    ...Refusal
    ... on InvalidInputError {
      issues {
        path
        message
      }
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<IngestVideoMutation, IngestVideoMutationVariables>;
export const CreateUploadDocument = new TypedDocumentString(`
    mutation CreateUpload($input: CreateUploadInput!) {
  createUpload(input: $input) {
    __typename
    ... on CreateUploadPayload {
      upload {
        id
        url
      }
    }
    ...Refusal
    ... on InvalidInputError {
      issues {
        path
        message
      }
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<CreateUploadMutation, CreateUploadMutationVariables>;
export const ListMomentsDocument = new TypedDocumentString(`
    query ListMoments($id: ID!, $first: Int!) {
  video(id: $id) {
    moments(first: $first, filter: { isDiscarded: false }) {
      totalCount
      edges {
        node {
          ...Cut
        }
      }
    }
  }
}
    fragment Cut on Moment {
  id
  identifier
  title
  startSeconds
  endSeconds
  score
  generationModel
  generationConfig {
    id
  }
  clipErrorMessage
  clip {
    id
    url
    durationSeconds
    fileSizeBytes
    resolution
    subtitles(format: SRT)
    thumbnail {
      url
    }
  }
}`) as unknown as TypedDocumentString<ListMomentsQuery, ListMomentsQueryVariables>;
export const TranscriptOfDocument = new TypedDocumentString(`
    query TranscriptOf($id: ID!, $format: SubtitleFormat!) {
  video(id: $id) {
    transcript {
      subtitles(format: $format)
    }
  }
}
    `) as unknown as TypedDocumentString<TranscriptOfQuery, TranscriptOfQueryVariables>;
export const SearchTranscriptsDocument = new TypedDocumentString(`
    query SearchTranscripts($query: String!, $videoId: ID, $first: Int!) {
  searchTranscripts(query: $query, videoId: $videoId, first: $first) {
    edges {
      node {
        isGuess
        sentence {
          text
          startSeconds
          endSeconds
        }
        video {
          id
          title
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<SearchTranscriptsQuery, SearchTranscriptsQueryVariables>;
export const ProjectEstimateDocument = new TypedDocumentString(`
    query ProjectEstimate($id: ID!, $stopAfter: RunStage) {
  project(id: $id) {
    estimate(stopAfter: $stopAfter) {
      ...Estimate
    }
  }
}
    fragment Estimate on FilmEstimate {
  provider
  isFree
  sceneCount {
    low
    likely
    high
  }
  stages {
    stage
    calls {
      low
      likely
      high
    }
    remainingMicroUsd {
      low
      likely
      high
    }
    totalMicroUsd {
      low
      likely
      high
    }
  }
  settledMicroUsd
  reservedMicroUsd
  remainingMicroUsd {
    low
    likely
    high
  }
  totalMicroUsd {
    low
    likely
    high
  }
  expectedTime {
    seconds
    basis
  }
  warnings {
    code
    message
  }
}`) as unknown as TypedDocumentString<ProjectEstimateQuery, ProjectEstimateQueryVariables>;
export const UsageDocument = new TypedDocumentString(`
    query Usage($groupBy: UsageGroup!, $from: String, $to: String) {
  usage(groupBy: $groupBy, from: $from, to: $to) {
    key
    title
    calls
    settledMicroUsd
    reservedMicroUsd
    unknownMicroUsd
  }
}
    `) as unknown as TypedDocumentString<UsageQuery, UsageQueryVariables>;
export const LedgerDocument = new TypedDocumentString(`
    query Ledger($from: String, $to: String, $after: String) {
  ledger(from: $from, to: $to, first: 100, after: $after) {
    edges {
      node {
        createdAt
        kind
        operationKey
        amountMicroUsd
        day
        provider
        model
        call
        projectId
        runId
        sceneId
        providerRequestId
        usage
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<LedgerQuery, LedgerQueryVariables>;
export const ListProjectsDocument = new TypedDocumentString(`
    query ListProjects($first: Int!) {
  projects(first: $first) {
    totalCount
    edges {
      node {
        id
        title
        status
        style
        aspectRatio
        createdAt
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ListProjectsQuery, ListProjectsQueryVariables>;
export const ProjectStatusDocument = new TypedDocumentString(`
    query ProjectStatus($id: ID!) {
  project(id: $id) {
    ...ProjectDetails
  }
}
    fragment Bill on Cost {
  settledMicroUsd
  estimatedMicroUsd
  reservedMicroUsd
  unknownMicroUsd
}
fragment ProjectDetails on Project {
  id
  title
  status
  errorMessage
  createdAt
  cost {
    ...Bill
  }
  scenes {
    id
    sceneIndex
    sceneDescription
    status
    clip {
      status
      durationSeconds
    }
  }
  runs(first: 1) {
    edges {
      node {
        id
        kind
        status
        stage
        errorMessage
        waits {
          reason
          until
        }
      }
    }
  }
  videos(first: 1) {
    edges {
      node {
        ...Film
      }
    }
  }
}
fragment Film on Video {
  id
  title
  url
  durationSeconds
  fileSizeBytes
  width
  height
  videoCodec
  audioCodec
}`) as unknown as TypedDocumentString<ProjectStatusQuery, ProjectStatusQueryVariables>;
export const NewestProjectDocument = new TypedDocumentString(`
    query NewestProject {
  projects(first: 1) {
    edges {
      node {
        ...ProjectDetails
      }
    }
  }
}
    fragment Bill on Cost {
  settledMicroUsd
  estimatedMicroUsd
  reservedMicroUsd
  unknownMicroUsd
}
fragment ProjectDetails on Project {
  id
  title
  status
  errorMessage
  createdAt
  cost {
    ...Bill
  }
  scenes {
    id
    sceneIndex
    sceneDescription
    status
    clip {
      status
      durationSeconds
    }
  }
  runs(first: 1) {
    edges {
      node {
        id
        kind
        status
        stage
        errorMessage
        waits {
          reason
          until
        }
      }
    }
  }
  videos(first: 1) {
    edges {
      node {
        ...Film
      }
    }
  }
}
fragment Film on Video {
  id
  title
  url
  durationSeconds
  fileSizeBytes
  width
  height
  videoCodec
  audioCodec
}`) as unknown as TypedDocumentString<NewestProjectQuery, NewestProjectQueryVariables>;
export const CancelRunDocument = new TypedDocumentString(`
    mutation CancelRun($input: CancelRunInput!) {
  cancelRun(input: $input) {
    __typename
    ... on CancelRunPayload {
      run {
        id
        status
      }
    }
    ...Refusal
    ... on InvalidInputError {
      issues {
        path
        message
      }
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<CancelRunMutation, CancelRunMutationVariables>;
export const PauseRunDocument = new TypedDocumentString(`
    mutation PauseRun($input: PauseRunInput!) {
  pauseRun(input: $input) {
    __typename
    ... on PauseRunPayload {
      run {
        id
        status
      }
    }
    ...Refusal
    ... on InvalidInputError {
      issues {
        path
        message
      }
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<PauseRunMutation, PauseRunMutationVariables>;
export const ResumeRunDocument = new TypedDocumentString(`
    mutation ResumeRun($input: ResumeRunInput!) {
  resumeRun(input: $input) {
    __typename
    ... on ResumeRunPayload {
      run {
        id
        project {
          id
        }
      }
    }
    ...Refusal
    ... on InvalidInputError {
      issues {
        path
        message
      }
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<ResumeRunMutation, ResumeRunMutationVariables>;
export const ResumeProjectDocument = new TypedDocumentString(`
    mutation ResumeProject($input: ResumeProjectInput!) {
  resumeProject(input: $input) {
    __typename
    ... on ResumeProjectPayload {
      run {
        id
        project {
          id
        }
      }
    }
    ...Refusal
    ... on InvalidInputError {
      issues {
        path
        message
      }
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<ResumeProjectMutation, ResumeProjectMutationVariables>;
export const RetrySceneDocument = new TypedDocumentString(`
    mutation RetryScene($input: RetrySceneInput!) {
  retryScene(input: $input) {
    __typename
    ... on RetryScenePayload {
      run {
        id
        project {
          id
        }
      }
    }
    ...Refusal
    ... on InvalidInputError {
      issues {
        path
        message
      }
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<RetrySceneMutation, RetrySceneMutationVariables>;
export const RetryEstimateDocument = new TypedDocumentString(`
    query RetryEstimate($id: ID!) {
  scene(id: $id) {
    retryEstimate {
      ...Estimate
    }
    project {
      ...NewestRun
    }
  }
}
    fragment Estimate on FilmEstimate {
  provider
  isFree
  sceneCount {
    low
    likely
    high
  }
  stages {
    stage
    calls {
      low
      likely
      high
    }
    remainingMicroUsd {
      low
      likely
      high
    }
    totalMicroUsd {
      low
      likely
      high
    }
  }
  settledMicroUsd
  reservedMicroUsd
  remainingMicroUsd {
    low
    likely
    high
  }
  totalMicroUsd {
    low
    likely
    high
  }
  expectedTime {
    seconds
    basis
  }
  warnings {
    code
    message
  }
}
fragment OpenRun on PipelineRun {
  id
  kind
  status
  stopAfter
  cost {
    settledMicroUsd
  }
}
fragment NewestRun on Project {
  runs(first: 1) {
    edges {
      node {
        ...OpenRun
      }
    }
  }
}`) as unknown as TypedDocumentString<RetryEstimateQuery, RetryEstimateQueryVariables>;
export const WhichRunDocument = new TypedDocumentString(`
    query WhichRun($id: ID!) {
  node(id: $id) {
    __typename
    ... on PipelineRun {
      ...OpenRun
      project {
        id
      }
    }
    ... on Project {
      id
      ...NewestRun
    }
  }
}
    fragment OpenRun on PipelineRun {
  id
  kind
  status
  stopAfter
  cost {
    settledMicroUsd
  }
}
fragment NewestRun on Project {
  runs(first: 1) {
    edges {
      node {
        ...OpenRun
      }
    }
  }
}`) as unknown as TypedDocumentString<WhichRunQuery, WhichRunQueryVariables>;
export const LiveRunsDocument = new TypedDocumentString(`
    query LiveRuns {
  pipelineRuns(first: 1, filter: { status: [QUEUED, RUNNING] }) {
    totalCount
  }
  jobs(first: 1, filter: { status: [RUNNING] }) {
    totalCount
  }
}
    `) as unknown as TypedDocumentString<LiveRunsQuery, LiveRunsQueryVariables>;
export const RunOutcomeDocument = new TypedDocumentString(`
    query RunOutcome($id: ID!) {
  pipelineRun(id: $id) {
    id
    status
    errorCode
    errorMessage
    totalDurationSeconds
    estimatedCostMicroUsd
    cost {
      ...Bill
    }
    project {
      id
      title
    }
    videos(first: 1) {
      edges {
        node {
          ...Film
        }
      }
    }
  }
}
    fragment Bill on Cost {
  settledMicroUsd
  estimatedMicroUsd
  reservedMicroUsd
  unknownMicroUsd
}
fragment Film on Video {
  id
  title
  url
  durationSeconds
  fileSizeBytes
  width
  height
  videoCodec
  audioCodec
}`) as unknown as TypedDocumentString<RunOutcomeQuery, RunOutcomeQueryVariables>;
export const KindOfRunDocument = new TypedDocumentString(`
    query KindOfRun($id: ID!) {
  pipelineRun(id: $id) {
    kind
  }
}
    `) as unknown as TypedDocumentString<KindOfRunQuery, KindOfRunQueryVariables>;
export const RunProgressDocument = new TypedDocumentString(`
    subscription RunProgress($runId: ID!, $after: String) {
  runProgress(runId: $runId, after: $after) {
    cursor
    occurredAt
    status
    stage
    percent
    message
    estimatedSecondsLeft
    cost {
      ...Bill
    }
    run {
      errorMessage
    }
  }
}
    fragment Bill on Cost {
  settledMicroUsd
  estimatedMicroUsd
  reservedMicroUsd
  unknownMicroUsd
}`) as unknown as TypedDocumentString<RunProgressSubscription, RunProgressSubscriptionVariables>;
export const RunEventsDocument = new TypedDocumentString(`
    subscription RunEvents($runId: ID!, $after: String) {
  runEvents(runId: $runId, after: $after) {
    __typename
    ... on LiveEvent {
      cursor
      occurredAt
    }
    ... on ChangeEvent {
      previousStatus
      status
    }
    ... on SceneChanged {
      scene {
        id
        sceneIndex
        sceneDescription
      }
    }
    ... on VideoClipChanged {
      videoClip {
        id
        scene {
          id
          sceneIndex
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RunEventsSubscription, RunEventsSubscriptionVariables>;
export const IngestOutcomeDocument = new TypedDocumentString(`
    query IngestOutcome($id: ID!) {
  pipelineRun(id: $id) {
    id
    status
    errorCode
    errorMessage
    cost {
      ...Bill
    }
    subject {
      ... on Ingest {
        video {
          ...Film
        }
      }
    }
  }
}
    fragment Bill on Cost {
  settledMicroUsd
  estimatedMicroUsd
  reservedMicroUsd
  unknownMicroUsd
}
fragment Film on Video {
  id
  title
  url
  durationSeconds
  fileSizeBytes
  width
  height
  videoCodec
  audioCodec
}`) as unknown as TypedDocumentString<IngestOutcomeQuery, IngestOutcomeQueryVariables>;
export const RunMomentsDocument = new TypedDocumentString(`
    mutation RunMoments($input: RunMomentsInput!) {
  runMoments(input: $input) {
    __typename
    ... on RunMomentsPayload {
      run {
        id
      }
    }
    ...Refusal
    ... on InvalidInputError {
      issues {
        path
        message
      }
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<RunMomentsMutation, RunMomentsMutationVariables>;
export const MomentsOutcomeDocument = new TypedDocumentString(`
    query MomentsOutcome($id: ID!) {
  pipelineRun(id: $id) {
    id
    status
    errorCode
    errorMessage
    totalMoments
    totalClips
    generationConfig {
      id
    }
    skippedStages {
      stage
      reason
    }
    cost {
      ...Bill
    }
    subject {
      ... on Video {
        id
        title
        moments(first: 100, filter: { isDiscarded: false }) {
          edges {
            node {
              ...Cut
            }
          }
        }
      }
    }
  }
}
    fragment Bill on Cost {
  settledMicroUsd
  estimatedMicroUsd
  reservedMicroUsd
  unknownMicroUsd
}
fragment Cut on Moment {
  id
  identifier
  title
  startSeconds
  endSeconds
  score
  generationModel
  generationConfig {
    id
  }
  clipErrorMessage
  clip {
    id
    url
    durationSeconds
    fileSizeBytes
    resolution
    subtitles(format: SRT)
    thumbnail {
      url
    }
  }
}`) as unknown as TypedDocumentString<MomentsOutcomeQuery, MomentsOutcomeQueryVariables>;