/** Requests whose operation is in their address; Yoga's own reader fails on variables that are no JSON. */
import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';

type Parse = NonNullable<Parameters<NonNullable<Plugin['onRequestParse']>>[0]['requestParser']>;

/** Refuses an address whose variables or extensions are no JSON, as a body that is none. */
export function useGetRequests(): Plugin {
  return {
    onRequestParse({ request, requestParser, setRequestParser }) {
      if (request.method === 'GET' && requestParser) setRequestParser(readWith(requestParser));
    },
  };
}

const readWith =
  (parse: Parse): Parse =>
  (request) => {
    try {
      return parse(request);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw new GraphQLError('The variables or extensions in the address are no valid JSON.', {
        extensions: { code: 'BAD_REQUEST', http: { status: 400 } },
      });
    }
  };
