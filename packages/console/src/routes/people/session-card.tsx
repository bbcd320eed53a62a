import type { Person } from '@tenth/model/person.ts';
import { useFormat } from '../../frame/use-format.ts';
import { useMessages } from '../../messages/locale-provider.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Muted } from '../../ui/layout.tsx';
import { nameChannel, nameDevice } from '../../words/names.ts';

export function SessionCard({ session }: Pick<Person, 'session'>) {
  const { person: messages } = useMessages();
  const format = useFormat();
  if (session === null) {
    return (
      <Card title={messages.session}>
        <Muted>{messages.noSession}</Muted>
      </Card>
    );
  }
  const facts = [
    { name: messages.channel, value: nameChannel(session.channel, format.locale) },
    { name: messages.source, value: session.source },
    { name: messages.campaignParam, value: session.campaign },
    { name: messages.keyword, value: session.keyword },
    { name: messages.landing, value: session.landingPath },
    { name: messages.landingCategory, value: session.landingCategory },
    { name: messages.device, value: nameDevice(session.device, format.locale) },
    { name: messages.pages, value: format.count(session.pages) },
    { name: messages.started, value: format.moment(session.startedAt) },
  ];
  return (
    <Card
      title={messages.session}
      actions={
        <Badge>{session.isNewVisitor ? messages.newVisitor : messages.returningVisitor}</Badge>
      }
    >
      <Facts facts={facts.filter((fact) => fact.value !== '')} />
    </Card>
  );
}
