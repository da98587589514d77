import type pg from 'pg';

/** PGlite has no autovacuum and no checkpointer; five minutes keep both the log and the plans small. */
const INTERVAL_MILLISECONDS = 5 * 60_000;

/** Vacuums and checkpoints the embedded database now and then. Returns a function that stops it. */
export function startHousekeeping(pool: pg.Pool): () => void {
  const timer = setInterval(() => void clean(pool), INTERVAL_MILLISECONDS);
  timer.unref();
  return () => clearInterval(timer);
}

async function clean(pool: pg.Pool): Promise<void> {
  try {
    await pool.query('VACUUM (ANALYZE)');
    await pool.query('CHECKPOINT');
  } catch {
    // The next round tries again; a database that is really broken says so to whoever uses it.
  }
}
