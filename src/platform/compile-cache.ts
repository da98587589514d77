import path from 'node:path';

/**
 * Where Node keeps compiled modules between processes, beside the packages that are installed anyway.
 *
 * Every process starts from source, and stripping types and compiling costs a child 0.3 s of CPU that
 * it needs for a frame. Where it cannot be written, Node goes on without.
 */
export const COMPILE_CACHE = path.join(import.meta.dirname, '../../node_modules/.cache/vidpipe-compiled');
