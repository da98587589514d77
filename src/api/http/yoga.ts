import { createYoga, type YogaServerInstance } from 'graphql-yoga';
import type { MediaSigner } from '../../features/assets/media-signer.ts';
import type { Ctx } from '../../platform/context.ts';
import { useGetRequests } from './get-requests.ts';
import { type FanOutLimits, useFanOut } from '../live/fan-out.ts';
import type { LiveTally } from '../live/live-tally.ts';
import { type StreamLimits, useServerSentEvents } from '../live/server-sent-events.ts';
import { useMultipart } from '../uploads/multipart.ts';
import type { DocumentCache } from '../operations/document-cache.ts';
import { useDocuments } from '../operations/documents.ts';
import { useTypedInputErrors } from '../operations/input-values.ts';
import { type LargeRequests, useLargeRequests } from '../operations/large-requests.ts';
import { useQueryLimits } from '../operations/query-limits.ts';
import type { PresentError } from '../operations/present-error.ts';
import { schema } from '../schema.ts';
import type { ServedContext, Transport } from '../operations/served-context.ts';

export const GRAPHQL_PATH = '/graphql';

export type Yoga = YogaServerInstance<Transport, ServedContext>;

type Options = FanOutLimits &
  StreamLimits & {
    ctx: Omit<Ctx, 'actor'>;
    presentError: PresentError;
    signer: MediaSigner;
    documents: DocumentCache;
    large: LargeRequests;
    tally: LiveTally;
    /** Whether pages from elsewhere use the server. */
    hasGuests: boolean;
  };

const NO_QUERY = () => '';

/** The graph over HTTP; the sockets borrow its parser, validation and error texts. */
export function openYoga(options: Options): Yoga {
  const {
    ctx,
    presentError,
    signer,
    documents,
    large,
    hasGuests,
    places,
    refusals,
    streamPatience,
    ...live
  } = options;
  return createYoga<Transport, ServedContext>({
    schema,
    graphqlEndpoint: GRAPHQL_PATH,
    context: ({ origin, pass, outlet, request }) => ({
      ...ctx,
      actor: pass.actor,
      origin,
      pass,
      // On a page from elsewhere a picture opens by a signed address alone.
      mediaQuery: pass.keyId === null && !hasGuests ? NO_QUERY : signer.query,
      lastEventId: request?.headers.get('last-event-id') ?? null,
      ...(outlet && { outlet }),
    }),
    plugins: [
      useGetRequests(),
      useMultipart(),
      useLargeRequests(large),
      useDocuments(documents),
      useTypedInputErrors(),
      useQueryLimits(),
      useFanOut({ presentError, ...live }),
      useServerSentEvents({ places, refusals, ...(streamPatience && { streamPatience }) }),
    ],
    maskedErrors: { maskError: presentError, errorMessage: 'Something failed on our side.' },
    // Errors are logged by the presenter, once and with their id.
    logging: false,
    graphiql: false,
    landingPage: false,
    // Ours takes files (`useMultipart`), from the disk.
    multipart: false,
    // Ours holds no errors, and so much memory at most (`useDocuments`).
    parserAndValidationCache: false,
    batching: false,
    // The server looks at Content-Length itself: Yoga's own count doubles the cost of a request.
    maxRequestBodySize: false,
    // Pages of other origins are refused, or let in, before they get here.
    cors: false,
    disposeOnProcessTerminate: false,
  });
}
