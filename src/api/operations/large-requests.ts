import { GraphQLError, parse } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Pass } from '../../features/api-keys/pass.ts';
import { aside, moduleBeside } from '../../platform/aside/aside.ts';
import { turnOfLoop } from '../../platform/aside/turn-of-loop.ts';
import type { PresentError } from './present-error.ts';
import type { Refusals } from '../admission/refusals.ts';
import { JSON_TYPE } from './request-body.ts';
import type { Transport } from './served-context.ts';
import type { DocumentCache } from './document-cache.ts';
import { errorsAgain } from './told-errors.ts';
import type { Asked } from './read-request.ts';
import type { Given, Read } from './read-request.task.ts';
import { isLightDocument, isLightJson, SHORT_BYTES } from './request-weight.ts';

const READER = moduleBeside(import.meta.url, './read-request.task');

/** Ours: commands that serve themselves for some seconds do not pay for a thread that they never need. */
const WARM_AFTER_MILLISECONDS = 10_000;

/**
 * Readies the thread that reads large requests a while after the start, so that the first of them need not wait for it.
 *
 * @returns what calls it off.
 */
export function warmReaderSoon(onError: (error: unknown) => void): () => void {
  const timer = setTimeout(() => void aside.warm(READER).catch(onError), WARM_AFTER_MILLISECONDS);
  timer.unref();
  return () => clearTimeout(timer);
}

type Options = { documents: DocumentCache; presentError: PresentError; refusals: Refusals };

/** Why an operation may not go on; `of` variables it is an answer of its own, as if it had been executed. */
export type Refusal = { errors: GraphQLError[]; of: 'document' | 'variables' };

/** What a socket said: an operation that may go on, or why it may not. */
export type Message = { id: string } & ({ asked: Asked } | { refusal: Refusal });

/**
 * Reads requests that would hold the event loop up: large documents and those that are slow to validate, JSON of many
 * pieces. A thread does, one after the other; what is left to the event loop is to parse a document that is valid.
 */
export class LargeRequests {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /** What is wrong with a document; null if nothing is, or if it is small and has yet to be looked at. */
  async errorsOf(query: unknown, pass: Pass): Promise<GraphQLError[] | null> {
    if (typeof query !== 'string' || this.#options.documents.has(query) || isLightDocument(query))
      return null;
    try {
      const refusal = refusalOf(await this.#read({ document: query }, query.length, pass));
      return refusal && refusal.errors;
    } catch (error) {
      return [this.#present(error)];
    }
  }

  /**
   * What a body says; of one that is no request, no more than tells why.
   *
   * @throws {SyntaxError} if it is no JSON.
   * @throws {AggregateError} of the {@link GraphQLError}s that a client gets.
   */
  async body(json: Buffer, pass: Pass): Promise<unknown> {
    if (isLightJson(json)) return JSON.parse(new TextDecoder().decode(json));
    const read = await this.#read({ json, of: 'body' }, json.length, pass).catch((error: unknown) => {
      throw new AggregateError([this.#present(error)]);
    });
    if ('malformed' in read) throw new SyntaxError(read.malformed);
    if ('sketch' in read) return read.sketch;
    const refusal = refusalOf(read);
    if (refusal) throw new AggregateError(refusal.errors);
    return 'asked' in read && read.asked;
  }

  /**
   * What a socket's message says that is not light; null for what no client may say, or not at such length.
   *
   * @throws {DomainError} if it cannot be read now, or at all.
   */
  async message(json: Buffer, pass: Pass): Promise<Message | null> {
    const read = await this.#read({ json, of: 'message' }, json.length, pass).catch((error: unknown) => {
      this.#present(error);
      throw error;
    });
    if ('malformed' in read || 'sketch' in read || read.id === undefined) return null;
    const { id } = read;
    const refusal = refusalOf(read);
    return refusal ? { id, refusal } : { id, asked: (read as { asked: Asked }).asked };
  }

  async #read(given: Given, bytes: number, { actor }: Pass): Promise<Read> {
    const { documents } = this.#options;
    const answer = await aside.do<Read>(READER, given, { whose: actor.name, bytes }, (read) => {
      // Parsed here: to bring the document over takes longer.
      if ('asked' in read && !documents.has(read.asked.query))
        documents.admit(read.asked.query, parse(read.asked.query));
    });
    // What follows of it takes as long once more.
    await turnOfLoop();
    return answer;
  }

  #present(error: unknown): GraphQLError {
    const { message, extensions } = this.#options.presentError(error);
    if (extensions['code'] === 'OVERLOADED') this.#options.refusals.count('large_requests');
    const http = extensions['code'] === 'QUERY_TOO_COMPLEX' ? { http: { spec: true, status: 400 } } : {};
    return new GraphQLError(message, { extensions: { ...extensions, ...http } });
  }
}

const refusalOf = (read: Read): Refusal | null =>
  'errors' in read ? { errors: errorsAgain(read.errors), of: read.of } : null;

/** Has large requests over HTTP read aside. */
export function useLargeRequests(large: LargeRequests): Plugin<object, Transport> {
  return {
    onRequestParse({ request, requestParser, serverContext, setRequestParser }) {
      const { headers, method } = request;
      if (!requestParser || method !== 'POST' || Number(headers.get('content-length')) <= SHORT_BYTES) return;
      if (!JSON_TYPE.test(headers.get('content-type') ?? '')) return;
      setRequestParser(async () => {
        const json = Buffer.from(await request.arrayBuffer());
        const body = large.body(json, serverContext.pass);
        // What is no JSON is for Yoga's own reader to refuse.
        await body.catch((error: unknown) => error instanceof SyntaxError || Promise.reject(error));
        return requestParser({ json: () => body } as Request);
      });
    },
    async onParams({ params, context, setResult }) {
      const errors = await large.errorsOf(params.query, context.pass);
      if (errors) setResult({ errors });
    },
  };
}
