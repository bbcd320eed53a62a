import { SECOND_MS } from '@tenth/model/time.ts';
import pg from 'pg';
import { type ChangedThing, type ChangeFeed, changedThings } from '../../nodes/ports.ts';

const CONNECT_AGAIN_MS = SECOND_MS;
const CONNECT_WITHIN_MS = 10 * SECOND_MS;
/** By default a line that died without a word is found out after two hours. */
const KEEP_ALIVE_AFTER_MS = 30 * SECOND_MS;

/** Listens to what the triggers on plans and keys tell, on a connection of its own. */
export function createChangeFeed(
  connectionString: string,
  onFailed: (error: unknown) => void,
): ChangeFeed {
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  async function listen(onChange: (thing: ChangedThing) => void, onGap: () => void): Promise<void> {
    const connecting = new pg.Client({
      connectionString,
      connectionTimeoutMillis: CONNECT_WITHIN_MS,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
    });
    client = connecting;
    const again = once(() => {
      if (!isStopped) {
        timer = setTimeout(() => void listen(onChange, onGap), CONNECT_AGAIN_MS).unref();
      }
    });
    connecting.on('error', (error) => onFailed(error));
    connecting.on('end', again);
    connecting.on('notification', ({ payload }) => {
      const thing = changedThings.find((one) => one === payload);
      if (thing !== undefined) {
        onChange(thing);
      }
    });
    try {
      await connecting.connect();
      await connecting.query('listen tenth_changes');
      onGap();
    } catch (error) {
      onFailed(error);
      await connecting.end().catch(onFailed);
      again();
    }
  }

  return {
    start: (onChange, onGap) => void listen(onChange, onGap),
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await client?.end().catch(onFailed);
    },
  };
}

function once(act: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) {
      isDone = true;
      act();
    }
  };
}
