import { initContextCache } from '@pothos/core';
import {
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  executeSubscriptionEvent,
  GraphQLError,
  type ValidatedSubscriptionArgs,
  validateSubscriptionArgs,
} from 'graphql';
import type { Plugin, YogaInitialContext } from 'graphql-yoga';
import { passEnded } from '../../features/api-keys/pass.ts';
import { tailOf } from '../../features/audit/live/log-tail.ts';
import { LiveEvents } from '../../graphql/live.ts';
import { formatError, type PresentError } from '../operations/present-error.ts';
import type { ServedContext } from '../operations/served-context.ts';
import { type Execute, Group } from './group.ts';
import type { LiveTally } from './live-tally.ts';
import { Member } from './member.ts';
import { KeptBytes } from './kept-bytes.ts';
import { operationKey } from './operation-key.ts';
import type { Outlet } from './outlet.ts';
import { QueueOutlet } from './queue-outlet.ts';

/** Ours: hours of one film. For one further behind, reading the state anew is quicker. */
const MAX_MISSED = 1_000;

export type FanOutLimits = {
  /** Events a slow subscriber may be behind before it is ended with `SUBSCRIPTION_OVERFLOW`. */
  maxMissed?: number;
  /** Bytes of memory that live subscriptions may take by what they were asked with; 256 MiB unless given. */
  maxKeptBytes?: number;
};

type Options = FanOutLimits & { presentError: PresentError; tally: LiveTally };

/**
 * Delivers subscriptions: each event is executed once for all subscribers of the same operation, variables and
 * viewer, and the same text goes to all of them.
 */
export function useFanOut({ presentError, tally, maxMissed = MAX_MISSED, maxKeptBytes }: Options): Plugin {
  /** By what their members have in common. */
  const groups = new Map<string, Group>();
  tally.groups = groups;
  const kept = new KeptBytes(maxKeptBytes);

  async function subscribe(args: ExecutionArgs): Promise<Outlet | ExecutionResult> {
    const validated = validateSubscriptionArgs(args);
    if (!('operation' in validated)) return { errors: validated };
    // Each subscriber's own resolver decides whether it may listen, whoever listens already.
    const events = await createSourceEventStream(validated);
    if (!(events instanceof LiveEvents)) return events as ExecutionResult;

    const {
      outlet = new QueueOutlet(),
      pass,
      res: _,
      ...held
    } = validated.contextValue as ServedContext & YogaInitialContext;
    if (events.isOver) {
      outlet.end();
      return outlet;
    }
    // As long as anybody listens nothing is kept of the request but what was asked: it may have brought much else.
    const context = { ...held, params: undefined, request: undefined };
    const tail = tailOf(context);
    await tail.ready;
    const { query, variables } = held.params;
    const forget = kept.keep(pass.keyId, args.document, { query, variables });
    if (!forget) return { errors: [tooMuchKept()] };
    const execute = executor({ ...validated, contextValue: context }, presentError);
    // Of the viewer an answer depends on the workspace alone: its keys share what they hear.
    const key = JSON.stringify([operationKey(args), context.actor.workspaceId, context.origin]);
    const onEmpty = () => groups.delete(key);
    const group =
      groups.get(key) ??
      new Group({ tail, actor: context.actor, events, execute, tally, maxMissed, onEmpty });
    groups.set(key, group);
    const member = new Member(group, outlet, events.position);
    outlet.onLeave = () => member.end();
    member.onEnd = forget;
    const forgetPass = pass.onEnd(() => member.end(passEnded()));
    member.onEnd = () => {
      forgetPass();
      forget();
    };
    const { marker, position } = events;
    void member.start(marker && execute(marker, { position, isLast: false }));
    return outlet;
  }

  return {
    onSubscribe: ({ setSubscribeFn }) => setSubscribeFn(subscribe),
  };
}

const tooMuchKept = () =>
  new GraphQLError('The documents and variables of live subscriptions take too much memory; complete some.', {
    extensions: { code: 'TOO_MANY_OPERATIONS', http: { status: 503 } },
  });

/** Executes the selection of an operation for an event, with caches of its own: others may be on their way. */
const executor =
  (operation: ValidatedSubscriptionArgs, presentError: PresentError): Execute =>
  async (event, at) => {
    const contextValue = { ...(operation.contextValue as object), ...initContextCache() };
    const result = await executeSubscriptionEvent({ ...operation, contextValue, rootValue: event });
    const { data = null } = result;
    const errors = result.errors?.map(presentError);
    const json = JSON.stringify({ data, ...(errors && { errors: errors.map(formatError) }) });
    return { data, ...(errors && { errors }), json, ...at };
  };
