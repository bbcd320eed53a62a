import { connect, createServer, type Socket } from 'node:net';

/** What becomes of bytes on their way; a change holds for open connections, too. */
export type Weather =
  | { readonly kind: 'fair' }
  /** Everything arrives so much later. */
  | { readonly kind: 'slow'; readonly delayMs: number }
  /** Nothing arrives and nobody is told, as when a cable is pulled. */
  | { readonly kind: 'cut' };

export interface TcpProxy {
  readonly port: number;
  set(weather: Weather): void;
  stop(): Promise<void>;
}

/** A network of one's own between a process and a server: slow or cut when a test wants it so. */
export async function startTcpProxy(target: {
  readonly host: string;
  readonly port: number;
}): Promise<TcpProxy> {
  let weather: Weather = { kind: 'fair' };
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };
  const carry = (from: Socket, to: Socket) => {
    from.on('data', (bytes) => {
      if (weather.kind === 'fair') {
        to.write(bytes);
      } else if (weather.kind === 'slow') {
        setTimeout(() => to.destroyed || to.write(bytes), weather.delayMs);
      }
    });
    // An end that a cut swallowed is made up for when the weather clears: see `set`.
    from.on('close', () => weather.kind === 'cut' || to.destroy());
  };
  const server = createServer((near) => {
    const far = connect(target);
    keep(near);
    keep(far);
    carry(near, far);
    carry(far, near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('the proxy listens on no port');
  }
  return {
    port: address.port,
    set(next) {
      if (weather.kind === 'cut' && next.kind !== 'cut') {
        // What was lost is not sent again, so these connections are of no use any more.
        for (const socket of sockets) {
          socket.destroy();
        }
      }
      weather = next;
    },
    async stop() {
      for (const socket of sockets) {
        socket.destroy();
      }
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
