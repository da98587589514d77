/** Bringing a film in from outside: what a mutation does before the background takes over. */
import { z } from 'zod';
import { type InputIssue, InvalidInputError, refuseIssues } from '../../../core/errors.ts';
import { newId, requireId } from '../../../core/ids.ts';
import { scopesOf } from '../../../core/scopes.ts';
import type { Ingest, PipelineRun, RunPriority } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { untilKnown } from '../../../platform/database/lost-commit.ts';
import type { FilmFetcher } from '../../../platform/outbound/outbound.ts';
import { recordAudit } from '../../audit/log/audit.ts';
import { digestOf } from '../../idempotency/idempotency-key.ts';
import { claimUpload } from '../../ingests/upload/claim-upload.ts';
import { nameOnServer } from '../../ingests/source/server-file.ts';
import { MAX_TITLE_LENGTH, text } from '../../projects/project-input.ts';
import { createRun } from '../../runs/run.ts';
import { languageTag } from '../../transcripts/language-tag.ts';
import { findRepeated } from '../confirm/find-repeated.ts';
import { flows } from '../flows.ts';

/** Longest address, in UTF-16 units; what browsers and servers agree on. */
const MAX_URL_LENGTH = 2_000;
const MAX_PATH_LENGTH = 4_096;
/** As `identifierOf` writes them. */
const IDENTIFIER = /^[\p{Ll}\p{Lo}\p{N}]+(-[\p{Ll}\p{Lo}\p{N}]+)*$/u;
const MAX_IDENTIFIER_LENGTH = 100;

export type IngestVideoInput = {
  url?: string | null | undefined;
  path?: string | null | undefined;
  /** Global id of an upload of which all is here. */
  uploadId?: string | null | undefined;
  title: string;
  identifier?: string | null | undefined;
  language?: string | null | undefined;
  priority?: RunPriority;
  idempotencyKey: string | null;
};

type Source = Pick<Ingest, 'source' | 'sourceUrl' | 'serverName' | 'uploadId'>;
type Launched = { ingest: Ingest; run: PipelineRun };

/**
 * Launches the run that brings a film in; it is in the library once it is fetched.
 *
 * @throws {InvalidInputError} naming every field that is wrong.
 * @throws {DomainError} `IDEMPOTENCY_CONFLICT`; `NOT_FOUND` naming `uploadId`.
 */
export async function ingestVideo(ctx: Ctx, input: IngestVideoInput): Promise<Launched> {
  const { identifier = null, priority = 'INTERACTIVE', idempotencyKey } = input;
  const title = checkTitle(input, ctx.outbound.films);
  const language = languageTag(input.language);
  const source = await sourceOf(ctx, input);
  const requestDigest = digestOf({ ingest: source, title, identifier, language });
  const launch = () =>
    ctx.db.$transaction(async (tx) => {
      const repeated = await findRepeated(tx, ctx.actor, idempotencyKey, requestDigest);
      if (repeated) return launchedBy(tx, repeated);
      await refuseTaken(tx, identifier);
      if (source.uploadId !== null) await claimUpload(tx, ctx, source.uploadId);
      const { workspaceId } = ctx.actor;
      const data = { id: newId(), workspaceId, ...source, title, identifier, language };
      const ingest = await tx.ingest.create({ data });
      await recordAudit(tx, ctx.actor, {
        subject: { type: 'Ingest', id: ingest.id },
        scopes: scopesOf({ Ingest: ingest.id }),
        eventType: 'STATE_CHANGE',
        message: `"${title}" is to be brought in.`,
        details: { source: ingest.source },
      });
      const run = await createRun(tx, ctx, flows, {
        kind: 'INGEST',
        subject: { type: 'Ingest', id: ingest.id },
        options: {},
        estimatedCostMicroUsd: 0n,
        stopAfter: null,
        maxCostCents: null,
        priority,
        idempotencyKey,
        requestDigest,
      });
      return { ingest, run };
    });
  return idempotencyKey === null ? launch() : untilKnown(launch);
}

async function launchedBy(tx: Tx, run: PipelineRun): Promise<Launched> {
  return { run, ingest: await tx.ingest.findUniqueOrThrow({ where: { id: run.ingestId ?? '' } }) };
}

/** @returns the title. */
function checkTitle(input: IngestVideoInput, films: FilmFetcher): string {
  const title = text('The title', MAX_TITLE_LENGTH).safeParse(input.title);
  const messages = title.error?.issues.map(({ message }) => message) ?? [];
  refuseIssues([
    ...messages.map((message) => ({ path: ['title'], message })),
    ...identifierIssues(input.identifier),
    ...sourceIssues(input),
    ...(input.url == null ? [] : urlIssues(input.url, films)),
  ]);
  return title.data ?? '';
}

function identifierIssues(identifier: string | null | undefined): InputIssue[] {
  if (identifier == null) return [];
  if (identifier.length <= MAX_IDENTIFIER_LENGTH && IDENTIFIER.test(identifier)) return [];
  const message = `Must be small letters and digits with single hyphens between, as in my-talk-2, at most ${MAX_IDENTIFIER_LENGTH} of them.`;
  return [{ path: ['identifier'], message }];
}

function sourceIssues({ url, path, uploadId }: IngestVideoInput): InputIssue[] {
  const given = Object.entries({ url, path, uploadId }).flatMap(([name, value]) =>
    value == null ? [] : [name],
  );
  if (given.length === 1) return [];
  const message = 'Say once where the film is: give one address, file or upload, and no other.';
  const wrong = given.length === 0 ? ['url'] : given.slice(1);
  return wrong.map((name) => ({ path: [name], message }));
}

const urlIssue = (message: string): InputIssue[] => [{ path: ['url'], message }];

function urlIssues(given: string, films: FilmFetcher): InputIssue[] {
  const parsed = z
    .url({ protocol: /^https?$/ })
    .max(MAX_URL_LENGTH)
    .safeParse(given);
  if (!parsed.success)
    return urlIssue('Must be an address as in https://example.com/talk.mp4, of at most 2,000 characters.');
  const url = new URL(parsed.data);
  if (url.username || url.password)
    return urlIssue('Must not hold a password: everybody of the workspace can read it.');
  if (films.refuses(url))
    return urlIssue('Must be a public address; VIDPIPE_INGEST_NETWORKS lets others be reached.');
  return [];
}

async function sourceOf({ ingest }: Ctx, { url, path, uploadId }: IngestVideoInput): Promise<Source> {
  const none = { sourceUrl: null, serverName: null, uploadId: null };
  if (url != null) return { ...none, source: 'URL', sourceUrl: new URL(url).href };
  if (uploadId != null)
    return { ...none, source: 'UPLOAD', uploadId: requireId('Upload', uploadId, ['uploadId']) };
  if (path == null || path.length > MAX_PATH_LENGTH)
    throw new InvalidInputError([{ path: ['path'], message: 'Must be the path of a film.' }]);
  return { ...none, source: 'PATH', serverName: await nameOnServer(path, ingest) };
}

async function refuseTaken(tx: Tx, identifier: string | null): Promise<void> {
  if (identifier === null || (await tx.video.count({ where: { identifier } })) === 0) return;
  const message = 'Is the identifier of another film; choose one that is not.';
  throw new InvalidInputError([{ path: ['identifier'], message }]);
}
