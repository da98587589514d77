/**
 * The subscription of the live benchmark with Mercurius as its documentation has it: every subscriber executes. It
 * follows the same log of the same database (`DATABASE_URL`), and reads it with hand-written, named statements.
 */
import Fastify from 'fastify';
import { GraphQLScalarType } from 'graphql';
import mercurius from 'mercurius';
import pg from 'pg';

const connectionString = process.env.DATABASE_URL;
const pool = new pg.Pool({ connectionString });
const rows = async (name, text, values) => (await pool.query({ name, text, values })).rows;

const TOPIC = 'projects';
const schema = `
  scalar DateTime
  enum EventType { PROJECT_CHANGED }
  type Query { ok: Boolean }
  type Subscription { workspaceEvents(types: [EventType!]): Event! }
  union Event = SnapshotMarker | ProjectChanged
  interface LiveEvent { cursor: String! occurredAt: DateTime! }
  type SnapshotMarker implements LiveEvent { cursor: String! occurredAt: DateTime! }
  type ProjectChanged implements LiveEvent {
    cursor: String!
    occurredAt: DateTime!
    message: String!
    project: Project
  }
  type Project {
    id: ID!
    title: String!
    prompt: String!
    status: String!
    createdAt: DateTime!
    updatedAt: DateTime!
    scenes: [Scene!]!
  }
  type Scene { id: ID! status: String! }
`;

async function* fromTheMarkerOn(pubsub) {
  const events = await pubsub.subscribe(TOPIC);
  yield { workspaceEvents: { __typename: 'SnapshotMarker', cursor: '0', occurredAt: new Date() } };
  yield* events;
}

const app = Fastify();
await app.register(mercurius, {
  schema,
  jit: 1,
  subscription: true,
  resolvers: {
    DateTime: new GraphQLScalarType({ name: 'DateTime', serialize: (date) => date.toISOString() }),
    Event: { resolveType: ({ __typename }) => __typename },
    Subscription: { workspaceEvents: { subscribe: (_root, _args, { pubsub }) => fromTheMarkerOn(pubsub) } },
    ProjectChanged: {
      project: async ({ subjectId }) => {
        const [project] = await rows(
          'project',
          `SELECT id, title, prompt, status, created_at "createdAt", updated_at "updatedAt"
           FROM projects WHERE id = $1`,
          [subjectId],
        );
        return project ?? null;
      },
    },
    Project: {
      scenes: ({ id }) =>
        rows('scenes', 'SELECT id, status FROM scenes WHERE project_id = $1 ORDER BY scene_index', [id]),
    },
  },
});

const log = new pg.Client({ connectionString });
await log.connect();
log.on('notification', async ({ payload }) => {
  const [event] = await rows(
    'event',
    `SELECT sequence cursor, time "occurredAt", message, subject_id "subjectId"
     FROM audit_logs WHERE sequence = $1`,
    [JSON.parse(payload).sequence],
  );
  const workspaceEvents = { __typename: 'ProjectChanged', ...event };
  app.graphql.pubsub.publish({ topic: TOPIC, payload: { workspaceEvents } });
});
await log.query('LISTEN vidpipe_audit');

const url = await app.listen({ port: 0, host: '127.0.0.1' });
console.log(`${url}/graphql`);
