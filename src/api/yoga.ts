import { createYoga, type YogaServerInstance } from 'graphql-yoga';
import type { ApiContext } from '../graphql/context.ts';
import type { Ctx } from '../platform/context.ts';
import { useTypedInputErrors } from './input-values.ts';
import type { PresentError } from './present-error.ts';
import { schema } from './schema.ts';

export const GRAPHQL_PATH = '/graphql';

/** What the transport tells Yoga of a request. */
export type Transport = { origin: string };

export type Yoga = YogaServerInstance<Transport, ApiContext>;

/** The graph over HTTP; the sockets borrow its parser, validation and error texts. */
export function openYoga(ctx: Ctx, presentError: PresentError): Yoga {
  return createYoga<Transport, ApiContext>({
    schema,
    graphqlEndpoint: GRAPHQL_PATH,
    context: ({ origin }) => ({ ...ctx, origin }),
    plugins: [useTypedInputErrors()],
    maskedErrors: { maskError: presentError, errorMessage: 'Something failed on our side.' },
    // Errors are logged by the presenter, once and with their id.
    logging: false,
    graphiql: false,
    landingPage: false,
    multipart: false,
    batching: false,
    // The server looks at Content-Length itself: Yoga's own count doubles the cost of a request.
    maxRequestBodySize: false,
    // Pages of other origins are refused before they get here.
    cors: false,
    disposeOnProcessTerminate: false,
  });
}
