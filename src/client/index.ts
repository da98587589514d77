/** `vidpipe/client`: follows what happens in a vidpipe server, in browsers and in Node. */
export { type AnswerError, ApiError } from './api-error.ts';
export { type Client, type ClientOptions, createClient } from './client.ts';
export type { TypedDocument } from './document.ts';
export type { FollowOptions } from './follow.ts';
