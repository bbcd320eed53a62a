import { createServer } from 'node:net';

/** Ports that are free now, all different. */
export async function findFreePorts(count: number, host: string): Promise<readonly number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listen(host)));
  return Promise.all(
    servers.map(
      ({ server, port }) =>
        new Promise<number>((resolve) => {
          server.close(() => resolve(port));
        }),
    ),
  );
}

function listen(host: string) {
  return new Promise<{ server: ReturnType<typeof createServer>; port: number }>(
    (resolve, reject) => {
      const server = createServer();
      server.once('error', reject);
      server.listen({ port: 0, host }, () => {
        const address = server.address();
        resolve({ server, port: typeof address === 'object' ? (address?.port ?? 0) : 0 });
      });
    },
  );
}
