import { type Adapter, Files } from 'files-sdk';
import { agentsThrough } from '../outbound/environment-proxy.ts';
import type { GcsAddress, S3Address } from './storage-url.ts';

/** What Amazon calls its oldest region; S3-compatible servers that have none take this name for theirs. */
const ANY_REGION = 'us-east-1';
/** A request that asks for little gives up after this; one that moves a file may take as long as it likes. */
const PATIENCE_MILLISECONDS = 30_000;
/** A transfer that stands still for this long has lost its other side. */
const STALLED_MILLISECONDS = 60_000;
const CONNECTING_MILLISECONDS = 10_000;
/** The SDK's own number. */
const SOCKETS = 50;

/** Options of every request that moves no file. */
export const BRIEF = { timeout: PATIENCE_MILLISECONDS };

/**
 * A client of the folder in a bucket; credentials are the usual ones of the cloud's own environment.
 *
 * Only the SDK of this cloud is loaded.
 *
 * @throws {Error} if the address leaves open what the environment does not tell either.
 */
export async function openBucket(address: S3Address | GcsAddress): Promise<Files> {
  const adapter = address.kind === 'S3' ? await s3Adapter(address) : await gcsAdapter(address);
  return new Files({ adapter, ...(address.prefix !== '' && { prefix: address.prefix }) });
}

async function s3Adapter({ bucket, region, endpoint, forcePathStyle }: S3Address): Promise<Adapter> {
  const { s3 } = await import('files-sdk/s3');
  const known = region ?? process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION'];
  const adapter = s3({
    bucket,
    forcePathStyle,
    ...(endpoint !== undefined && { endpoint, region: known ?? ANY_REGION }),
    ...(endpoint === undefined && known !== undefined && { region: known }),
  });
  // The library makes the client itself; what it sends requests with may be another one.
  adapter.raw.config.requestHandler = await proxiedHandler();
  return adapter;
}

/** Never waits for ever, and goes through the environment's proxy, as the SDK's own does not. */
async function proxiedHandler() {
  const { NodeHttpHandler } = await import('@smithy/node-http-handler');
  const agents = agentsThrough(process.env, { keepAlive: true, maxSockets: SOCKETS });
  return new NodeHttpHandler({
    httpAgent: agents.http,
    httpsAgent: agents.https,
    connectionTimeout: CONNECTING_MILLISECONDS,
    socketTimeout: STALLED_MILLISECONDS,
  });
}

async function gcsAdapter({ bucket }: GcsAddress): Promise<Adapter> {
  const { gcs } = await import('files-sdk/gcs');
  return gcs({ bucket });
}
