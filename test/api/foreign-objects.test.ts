import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import { schema } from '../../src/api/schema.ts';
import { encodeGlobalId, newId, type NodeType } from '../../src/core/ids.ts';
import { seedMoments } from '../support/seed-moments.ts';
import { seedFilm, seedWorkspace } from '../support/seed.ts';
import { useTestApi } from '../support/test-api.ts';
import { seedLetter } from './support/seed-letter.ts';

type Field = GraphQLField<unknown, unknown>;
type Input = Pick<GraphQLArgument, 'name' | 'type'>;
type Kind = 'query' | 'mutation' | 'subscription';
/** Where an id goes in a field's arguments: `['input', 'plan', 'planId']`. */
type Place = string[];

const ROOTS = {
  query: schema.getQueryType(),
  mutation: schema.getMutationType(),
  subscription: schema.getSubscriptionType(),
};

/** What an argument's id is of; `id` and `ids` are of what the field answers with. */
const TYPE_OF: Record<string, NodeType> = {
  projectId: 'Project',
  runId: 'PipelineRun',
  sceneId: 'Scene',
  videoClipId: 'VideoClip',
  deadLetterId: 'DeadLetter',
  planId: 'RunPlan',
  videoId: 'Video',
  momentIds: 'Moment',
  webhookId: 'Webhook',
  jobId: 'Job',
  referenceImageId: 'ReferenceImage',
  transcriptId: 'Transcript',
  momentId: 'Moment',
  clipId: 'Clip',
  uploadId: 'Upload',
  subject: 'Project',
  within: 'Project',
};

/** What a required value that is no id may be. */
const SAMPLES: Record<string, unknown> = {
  String: 'x',
  Int: 1,
  Float: 1,
  Boolean: false,
  VideoClipOutcome: 'WAS_CHARGED',
  JSON: {},
};

const unwrapped = (type: GraphQLInputType) => (isNonNullType(type) ? type.ofType : type);

/** None in an input with a file, which is no JSON. */
function placesIn({ name, type }: Input, above: Place = []): Place[] {
  const named = getNamedType(type);
  if (isInputObjectType(named) && takesFile(named)) return [];
  if (named.name === 'ID') return [[...above, name]];
  if (!isInputObjectType(named)) return [];
  return Object.values(named.getFields()).flatMap((field) => placesIn(field, [...above, name]));
}

const takesFile = (type: GraphQLInputObjectType) =>
  Object.values(type.getFields()).some((field) => getNamedType(field.type).name === 'File');

/** The least that fills an input, with `id` at `place`. */
function fill({ name, type }: Input, place: Place, id: string, own: (name: string) => string): unknown {
  const isOnTheWay = place[0] === name;
  if (!isOnTheWay && !isNonNullType(type)) return undefined;
  const inner = unwrapped(type);
  const named = getNamedType(type);
  const value = () => {
    if (named.name === 'ID') return isOnTheWay ? id : own(name);
    if (named.name in SAMPLES) return SAMPLES[named.name];
    if (isEnumType(named)) return named.getValues()[0]?.name;
    if (!isInputObjectType(named)) throw new Error(`Give a sample of ${named.name}.`);
    const fields = Object.values(named.getFields());
    const rest = isOnTheWay ? place.slice(1) : [];
    return Object.fromEntries(fields.map((field) => [field.name, fill(field, rest, id, own)]));
  };
  return isListType(inner) ? [value()] : value();
}

const cases = Object.entries(ROOTS).flatMap(([kind, root]) =>
  Object.values(root?.getFields() ?? {}).flatMap((field) =>
    field.args
      .flatMap((arg) => placesIn(arg))
      .map((place): [string, Kind, Field, Place] => [
        `${field.name}(${place.join('.')})`,
        kind as Kind,
        field,
        place,
      ]),
  ),
);

function typeAt(field: Field, place: Place): NodeType {
  const name = place.at(-1) ?? '';
  const type = TYPE_OF[name] ?? (/^ids?$/.test(name) ? getNamedType(field.type).name : undefined);
  if (type === undefined) throw new Error(`Say in TYPE_OF what ${name} is the id of.`);
  return type === 'Node' ? 'Project' : (type as NodeType);
}

let own: Partial<Record<NodeType, string>>;
let foreign: Partial<Record<NodeType, string>>;
const api = useTestApi();
beforeAll(async () => {
  own = await seedEverything(api.ctx.actor.workspaceId);
  foreign = await seedEverything(await seedWorkspace(api.db));
});

/** One object of each type that an argument names, as a global id. */
async function seedEverything(workspaceId: string): Promise<Partial<Record<NodeType, string>>> {
  const { projectId, sceneIds, runId, videoId } = await seedFilm(api.ctx, { workspaceId, title: 'A secret' });
  const [sceneId = ''] = sceneIds;
  const clip = await api.db.videoClip.findFirstOrThrow({ where: { sceneId } });
  const letter = await seedLetter(api.db, runId);
  const plan = await api.db.runPlan.create({
    data: { id: newId(), workspaceId, projectId, digest: 'x', facts: {}, expiresAt: new Date(2 ** 42) },
  });
  const reference = await api.db.referenceImage.create({
    data: {
      id: newId(),
      projectId,
      kind: 'PRODUCT',
      name: 'A secret',
      filePath: 'x',
      width: 1,
      height: 1,
      sizeBytes: 1,
      sha256: 'x',
    },
  });
  const webhook = await api.db.webhook.create({
    data: {
      id: newId(),
      workspaceId,
      url: 'https://a.example',
      document: '{ cursor }',
      origin: '',
      cursor: 0,
    },
  });
  const job = await api.db.job.create({
    data: {
      id: newId(),
      workspaceId,
      kind: 'FILM',
      name: 'A secret',
      originalCommand: 'x',
      previewedAt: new Date(),
    },
  });
  const ingest = await api.db.ingest.create({
    data: { id: newId(), workspaceId, source: 'URL', sourceUrl: 'https://a.test/b.mp4', title: 'A secret' },
  });
  const upload = await api.db.upload.create({
    data: { id: newId(), workspaceId, fileName: 'secret.mp4', sizeBytes: 5, receivedBytes: 5 },
  });
  const { transcriptId, momentId, clipId, thumbnailId } = await seedMoments(api.db, workspaceId, videoId);
  const ids: Partial<Record<NodeType, string>> = {
    Transcript: transcriptId,
    Moment: momentId,
    Ingest: ingest.id,
    Upload: upload.id,
    Clip: clipId,
    Thumbnail: thumbnailId,
    Job: job.id,
    Project: projectId,
    Scene: sceneId,
    VideoClip: clip.id,
    PipelineRun: runId,
    RunPlan: plan.id,
    DeadLetter: letter.id,
    Video: videoId,
    Webhook: webhook.id,
    ReferenceImage: reference.id,
  };
  return Object.fromEntries(
    Object.entries(ids).map(([type, id]) => [type, encodeGlobalId(type as NodeType, id)]),
  );
}

/** What a field answers to an id at a place; own objects wherever it asks for more. */
async function answer(kind: Kind, field: Field, place: Place, id: string): Promise<unknown> {
  const ownId = (name: string) => own[typeAt(field, [name])] ?? '';
  const variables = Object.fromEntries(field.args.map((arg) => [arg.name, fill(arg, place, id, ownId)]));
  const declared = field.args.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const given = field.args.map(({ name }) => `${name}: $${name}`).join(', ');
  const document = `${kind} (${declared}) { ${field.name}(${given}) ${selectionOf(kind, field)} }`;
  if (kind !== 'subscription') return api.send(document, variables);
  const client = api.connect();
  try {
    const events = client.iterate({ query: document, variables });
    return (await events.next()) as unknown;
  } catch (errors) {
    return errors;
  } finally {
    await client.dispose();
  }
}

function selectionOf(kind: Kind, { type }: Field): string {
  const named = getNamedType(type);
  if (kind === 'mutation' || (kind === 'query' && isUnionType(named)))
    return '{ __typename ... on UserError { code message path } }';
  if (isLeafType(named)) return '';
  return isObjectType(named) && 'totalCount' in named.getFields() ? '{ totalCount }' : '{ __typename }';
}

describe('an object of another workspace is as good as none', () => {
  test('every kind of operation takes ids', () => {
    expect(new Set(cases.map(([, kind]) => kind))).toEqual(new Set(Object.keys(ROOTS)));
  });

  test.each(cases)('%s', async (_name, kind, field, place) => {
    const type = typeAt(field, place);
    const theirs = foreign[type];
    if (theirs === undefined) throw new Error(`Seed a ${type}.`);
    const nobodys = encodeGlobalId(type, newId());
    const [told, expected] = [
      await answer(kind, field, place, theirs),
      await answer(kind, field, place, nobodys),
    ].map((result) => JSON.stringify(result).replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID'));
    expect(told).toBe(expected);
    expect(told).toMatch(/"code":"(NOT_FOUND|PLAN_STALE)"|:\[?null|"totalCount":0/);
    expect(told).not.toContain('secret');
  });
});
