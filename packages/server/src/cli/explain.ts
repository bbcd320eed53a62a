import { routes } from '@tenth/model/api.ts';
import type { Explanation } from '@tenth/model/explanation.ts';
import { z } from 'zod';
import { callServer, openHere, remoteOf } from './call-server.ts';
import type { CliContext, Flags } from './context.ts';
import { printExplanation } from './print-explanation.ts';

const text = z.coerce.string();
const explainFlags = z.object({
  person: z.string('give --person userId:ID, anonymousId:ID or profileId:ID'),
  campaign: text.optional(),
  at: text.optional(),
  message: text.optional(),
  json: z.boolean().default(false),
  url: z.url().optional(),
  apiKey: text.optional(),
});

const { params, query, path } = routes.explainMoment;

/** `tenth explain`: why a person was or was not shown something at a past moment. */
export async function explainDecision(flags: Flags, context: CliContext): Promise<number> {
  const own = explainFlags.parse(flags);
  const asked = {
    params: params.parse({ person: own.person }),
    query: query.parse({ campaignId: own.campaign, at: own.at, messageId: own.message }),
  };
  const remote = remoteOf(own);
  const explanation =
    remote === undefined
      ? await explainHere(asked, flags, context)
      : routes.explainMoment.reply.parse(await (await callServer(remote, addressOf(asked))).json());
  context.print(own.json ? JSON.stringify(explanation, null, 2) : printExplanation(explanation));
  return 0;
}

interface Asked {
  readonly params: z.output<typeof params>;
  readonly query: z.output<typeof query>;
}

async function explainHere(asked: Asked, flags: Flags, context: CliContext): Promise<Explanation> {
  const { tenth, caller } = await openHere(flags, context);
  try {
    return await tenth.admin.handlers.explainMoment({ caller, ...asked });
  } finally {
    await tenth.stop();
  }
}

function addressOf(asked: Asked): string {
  const given = Object.entries(asked.query).filter(
    (entry): entry is [string, NonNullable<(typeof entry)[1]>] => entry[1] !== undefined,
  );
  const address = path.replace(':person', encodeURIComponent(asked.params.person));
  return `${address}?${new URLSearchParams(given)}`;
}
