import { type Outgoing, OutgoingFailure } from './outgoing.ts';

export type ReadPage =
  | { readonly kind: 'page'; readonly status: number; readonly text: string }
  | { readonly kind: 'unreachable'; readonly reason: OutgoingFailure['reason'] };

/** Reads pages that a marketer names. */
export function pagesOver(outgoing: Pick<Outgoing, 'send'>) {
  return {
    /** @throws {Problem} address-refused */
    async read(url: string): Promise<ReadPage> {
      try {
        const { status, body } = await outgoing.send({
          url,
          method: 'GET',
          headers: { accept: 'text/html' },
        });
        return { kind: 'page', status, text: body.toString('utf8') };
      } catch (error) {
        if (error instanceof OutgoingFailure) {
          return { kind: 'unreachable', reason: error.reason };
        }
        throw error;
      }
    },
  };
}
